/**
 * What the one-stop writes to people, as data: {name} stands for a fact of the dossier or of the act. The sender is
 * always the one-stop, because contact with the applicant goes through it alone (NĐ 61/2018 art. 5.1e).
 * `letter` names the kind of letter whose reason and dates the text repeats.
 */
export const templates = {
  filed: {
    vi: {
      subject: 'Hồ sơ {code} đã được gửi, đang chờ tiếp nhận',
      body: `Hồ sơ {code}, thủ tục {procedure}, đã được gửi đến {office} lúc {filedAt}.

Đây là xác nhận đã nộp, chưa phải Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Thời hạn giải quyết bắt đầu khi cán bộ một cửa tiếp nhận hồ sơ; khi đó ông/bà sẽ nhận được ngày hẹn trả.`,
    },
    en: {
      subject: 'Dossier {code} has been filed and awaits reception',
      body: `Dossier {code}, procedure {procedure}, was filed with {office} on {filedAt}.

This confirms the filing. It is not yet the receipt with an appointment: the time limit starts when an officer of the one-stop receives the dossier, and you will then be told the due date.`,
    },
  },
  delegate: {
    vi: {
      subject: 'Hồ sơ {code} đã được nộp thay ông/bà',
      body: `{delegate} đã nộp hồ sơ {code}, thủ tục {procedure}, thay ông/bà lúc {filedAt}.

Nếu ông/bà không ủy quyền việc này, hãy liên hệ ngay với {office}.`,
    },
    en: {
      subject: 'Dossier {code} has been filed on your behalf',
      body: `{delegate} filed dossier {code}, procedure {procedure}, on your behalf on {filedAt}.

If you did not authorise this, contact {office} at once.`,
    },
  },
  received: {
    vi: {
      subject: 'Hồ sơ {code} đã được tiếp nhận, hẹn trả {dueAt}',
      body: `{office} đã tiếp nhận hồ sơ {code}, thủ tục {procedure}, lúc {receivedAt}.

Hẹn trả kết quả: {dueAt}.
Cách tính: {proof}`,
    },
    en: {
      subject: 'Dossier {code} has been received, due {dueAt}',
      body: `{office} received dossier {code}, procedure {procedure}, on {receivedAt}.

The result is due: {dueAt}.
How the date was counted: {proof}`,
    },
  },
  guided: {
    vi: {
      subject: 'Hồ sơ {code} còn thiếu giấy tờ, chưa được tiếp nhận',
      body: `Hồ sơ {code}, thủ tục {procedure}, nộp tại {office}, còn thiếu giấy tờ nên chưa được tiếp nhận. Phiếu yêu cầu bổ sung (mẫu 02) gửi kèm nêu đủ các giấy tờ cần nộp.

Thời hạn giải quyết bắt đầu khi hồ sơ đủ và được tiếp nhận; khi đó ông/bà nhận được ngày hẹn trả.`,
    },
    en: {
      subject: 'Dossier {code} lacks papers and has not been received',
      body: `Dossier {code}, procedure {procedure}, filed at {office}, lacks papers and has not been received. The enclosed request (form 02) names all that is missing.

The time limit starts when the dossier is complete and received; you will then be told the due date.`,
    },
  },
  'fee-due': {
    vi: {
      subject: 'Hồ sơ {code}: phải nộp {amount} trước {payBy}',
      body: `Hồ sơ {code}, thủ tục {procedure}, phải nộp {amount} phí, lệ phí. Hồ sơ được chuyển cho cán bộ một cửa tiếp nhận sau khi nộp.

Nộp trực tuyến ở trang hồ sơ hoặc bằng tiền mặt tại quầy, chậm nhất {payBy}.`,
    },
    en: {
      subject: 'Dossier {code}: {amount} to pay by {payBy}',
      body: `A fee of {amount} is to be paid for dossier {code}, procedure {procedure}. The dossier goes to the one-stop for reception once it is paid.

Pay on the dossier's page or in cash at the counter by {payBy}.`,
    },
  },
  'fee-paid': {
    vi: {
      subject: 'Đã nhận phí của hồ sơ {code}',
      body: `Đã nhận {amount} phí, lệ phí của hồ sơ {code}, thủ tục {procedure}. Biên lai có trong trang hồ sơ.

Hồ sơ đang chờ cán bộ một cửa tiếp nhận; thời hạn giải quyết bắt đầu khi tiếp nhận.`,
    },
    en: {
      subject: 'The fee of dossier {code} has been received',
      body: `{amount} has been received as the fee of dossier {code}, procedure {procedure}. The receipt is on the dossier's page.

The dossier now awaits reception by the one-stop; its time limit starts when it is received.`,
    },
  },
  'fee-reminder': {
    vi: {
      subject: 'Nhắc nộp phí hồ sơ {code} trước {payBy}',
      body: `Hồ sơ {code}, thủ tục {procedure}, chưa được nộp phí: {amount}.

Nộp trực tuyến ở trang hồ sơ hoặc bằng tiền mặt tại quầy, chậm nhất {payBy}. Sau thời điểm đó hồ sơ được đóng và ông/bà cần nộp hồ sơ mới.`,
    },
    en: {
      subject: 'Reminder: pay the fee of dossier {code} by {payBy}',
      body: `The fee of dossier {code}, procedure {procedure}, has not been paid: {amount}.

Pay on the dossier's page or in cash at the counter by {payBy}. After that the dossier is closed and you will need to file a new one.`,
    },
  },
  'fee-expired': {
    vi: {
      subject: 'Hồ sơ {code} đã đóng vì chưa nộp phí',
      body: `Đến {payBy} chưa nhận được {amount} phí, lệ phí của hồ sơ {code}, thủ tục {procedure}, nên hồ sơ đã được đóng.

Ông/bà có thể nộp hồ sơ mới. Nếu đã trả tiền mà ngân hàng báo đến sau thời điểm này, khoản tiền được ghi lại và hoàn cho ông/bà.`,
    },
    en: {
      subject: 'Dossier {code} has been closed: its fee was not paid',
      body: `By {payBy} the fee of {amount} of dossier {code}, procedure {procedure}, had not arrived, so the dossier has been closed.

You may file a new one. If you did pay and the bank reports it later, the money is recorded and returned to you.`,
    },
  },
  'receipt-voided': {
    vi: {
      subject: 'Hồ sơ {code}: biên lai {receipt} đã hủy',
      body: `Biên lai {receipt} của hồ sơ {code}, thủ tục {procedure}, lập sai và đã được hủy. Phí được thu lại và có biên lai mới tại {office}.`,
    },
    en: {
      subject: 'Dossier {code}: receipt {receipt} was voided',
      body: `Receipt {receipt} of dossier {code}, procedure {procedure}, was written wrongly and has been voided. The fee is taken again, with a new receipt, at {office}.`,
    },
  },
  'refund-needed': {
    vi: {
      subject: 'Có tiền phải hoàn: hồ sơ {code}',
      body: `Ngân hàng báo một khoản tiền cho hồ sơ {code}, thủ tục {procedure}, khi không còn phí phải nộp (nộp sau hạn hoặc nộp hai lần). Khoản này chưa được tính là phí.

Đề nghị hoàn tiền cho người nộp và ghi lại ở phần “Phí, lệ phí” của hồ sơ.`,
    },
    en: {
      subject: 'Money to refund: dossier {code}',
      body: `The bank reported money for dossier {code}, procedure {procedure}, when nothing was owed any more (paid after the limit, or twice). It does not count as a fee.

Refund the payer and record it under “Fees” on the dossier's page.`,
    },
  },
  'supplement-requested': {
    vi: {
      subject: 'Hồ sơ {code} cần bổ sung',
      body: `Hồ sơ {code}, thủ tục {procedure}, cần bổ sung, hoàn thiện các nội dung sau:
{items}

Đề nghị nộp đủ trong một lần, chậm nhất {waitUntil}. Thời gian chờ bổ sung không tính vào thời hạn giải quyết; sau khi nhận đủ, ông/bà sẽ được báo ngày hẹn trả.`,
    },
    en: {
      subject: 'Dossier {code} needs supplements',
      body: `Dossier {code}, procedure {procedure}, needs the following to be completed:
{items}

Please submit everything at once, by {waitUntil}. The time you need is not counted in the agency's time limit; when everything has arrived you will be told the due date.`,
    },
  },
  'supplement-reminder': {
    vi: {
      subject: 'Nhắc bổ sung hồ sơ {code} trước {waitUntil}',
      body: `Hồ sơ {code}, thủ tục {procedure}, vẫn chờ ông/bà bổ sung:
{items}

Sau {waitUntil}, nếu chưa nhận được, hồ sơ sẽ được đóng và ông/bà cần nộp hồ sơ mới.`,
    },
    en: {
      subject: 'Reminder: supplement dossier {code} by {waitUntil}',
      body: `Dossier {code}, procedure {procedure}, still waits for you to submit:
{items}

If nothing arrives by {waitUntil}, the dossier will be closed and you will need to file a new one.`,
    },
  },
  'supplement-received': {
    vi: {
      subject: 'Đã nhận bổ sung hồ sơ {code}, hẹn trả {dueAt}',
      body: `{office} đã nhận đủ nội dung bổ sung của hồ sơ {code}, thủ tục {procedure}.

Hẹn trả kết quả: {dueAt}.
Cách tính: {proof}`,
    },
    en: {
      subject: 'Supplement of dossier {code} received, due {dueAt}',
      body: `{office} has received the complete supplement of dossier {code}, procedure {procedure}.

The result is due: {dueAt}.
How the date was counted: {proof}`,
    },
  },
  apology: {
    letter: 'apology',
    vi: {
      subject: 'Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}: {newDueAt}',
      body: `{agency} xin lỗi ông/bà: hồ sơ {code}, thủ tục {procedure}, không thể có kết quả đúng hẹn ({dueAt}).

Lý do: {reason}
Ngày trả kết quả mới: {newDueAt}.`,
    },
    en: {
      subject: 'Apology and new date for dossier {code}: {newDueAt}',
      body: `{agency} apologises: the result of dossier {code}, procedure {procedure}, cannot be ready when promised ({dueAt}).

Reason: {reason}
New date: {newDueAt}.`,
    },
  },
  'due-date-moved': {
    vi: {
      subject: 'Hồ sơ {code}: ngày hẹn trả đổi từ {oldDueAt} sang {newDueAt}',
      body: `Lịch làm việc thay đổi nên ngày hẹn trả kết quả của hồ sơ {code}, thủ tục {procedure}, được tính lại.

Ngày hẹn cũ: {oldDueAt}.
Ngày hẹn mới: {newDueAt}.
Lý do: {reason}

Số ngày làm việc để giải quyết không thay đổi. Đây không phải là lần hẹn lại do chậm trễ.`,
    },
    en: {
      subject: 'Dossier {code}: the due date moves from {oldDueAt} to {newDueAt}',
      body: `The working calendar has changed, so the due date of dossier {code}, procedure {procedure}, was counted again.

Old date: {oldDueAt}.
New date: {newDueAt}.
Reason: {reason}

The number of working days is the same as before. This is not a new date because of a delay.`,
    },
  },
  'due-date-earlier': {
    vi: {
      subject: 'Hồ sơ {code}: ngày trả kết quả sớm hơn, {newDueAt}',
      body: `Hồ sơ {code}, thủ tục {procedure}, được chuyển sang quy trình mới và sẽ có kết quả sớm hơn ngày đã hẹn.

Ngày hẹn cũ: {oldDueAt}.
Ngày hẹn mới: {newDueAt}.
Lý do: {reason}

Ông/bà không phải làm gì thêm.`,
    },
    en: {
      subject: 'Dossier {code}: the result comes earlier, {newDueAt}',
      body: `Dossier {code}, procedure {procedure}, goes on under the new process and its result comes earlier than promised.

Old date: {oldDueAt}.
New date: {newDueAt}.
Reason: {reason}

There is nothing you have to do.`,
    },
  },
  explanation: {
    letter: 'explanation',
    vi: {
      subject: 'Giải trình về hồ sơ {code} quá hạn sau khi hẹn lại',
      body: `{agency} xin lỗi ông/bà: hồ sơ {code}, thủ tục {procedure}, vẫn chưa có kết quả vào ngày đã hẹn lại.

Lý do: {reason}
Theo quy định chỉ được hẹn lại một lần nên thư này không nêu ngày mới. Kết quả sẽ được trả ngay khi có.`,
    },
    en: {
      subject: 'Explanation: dossier {code} is late after its new date',
      body: `{agency} apologises: the result of dossier {code}, procedure {procedure}, was not ready on the new date either.

Reason: {reason}
The law allows one new date only, so this letter names none. The result will be returned as soon as it is ready.`,
    },
  },
  'confirmation-requested': {
    vi: {
      subject: 'Hồ sơ {code}: đề nghị xác nhận biểu mẫu trước {confirmBy}',
      body: `{office} đã lập biểu mẫu kết quả của hồ sơ {code}, thủ tục {procedure}.

Đề nghị ông/bà đăng nhập, xem lại từng mục rồi chọn “Đồng ý”, hoặc sửa mục chưa đúng, chậm nhất {confirmBy}. Hết ngày đó mà không trả lời thì được coi là đồng ý.`,
    },
    en: {
      subject: 'Dossier {code}: please confirm the form by {confirmBy}',
      body: `{office} has prepared the form of the result of dossier {code}, procedure {procedure}.

Please log in, look each entry over and confirm it, or correct what is wrong, by {confirmBy}. No answer by the end of that day counts as agreement.`,
    },
  },
  'confirmation-silent': {
    vi: {
      subject: 'Hồ sơ {code}: biểu mẫu được coi là đã đồng ý',
      body: `Hết hạn xác nhận ({confirmBy}) mà chưa có trả lời về biểu mẫu của hồ sơ {code}, thủ tục {procedure}. Theo quy định, biểu mẫu được coi là đã đồng ý và hồ sơ được giải quyết tiếp.

Nếu biểu mẫu có sai sót, hãy liên hệ ngay với {office}.`,
    },
    en: {
      subject: 'Dossier {code}: the form counts as confirmed',
      body: `The time to confirm ({confirmBy}) has passed without an answer about the form of dossier {code}, procedure {procedure}. By its rule the form counts as confirmed and the dossier goes on.

If something in it is wrong, contact {office} at once.`,
    },
  },
  'result-ready': {
    vi: {
      subject: 'Đã có kết quả hồ sơ {code}',
      body: `Hồ sơ {code}, thủ tục {procedure}, đã có kết quả.

Mời ông/bà nhận tại {office}, hoặc đăng nhập để tải bản điện tử. Khi đến nhận xin mang theo giấy tờ tùy thân và giấy tiếp nhận hồ sơ.`,
    },
    en: {
      subject: 'The result of dossier {code} is ready',
      body: `The result of dossier {code}, procedure {procedure}, is ready.

Please collect it at {office}, or log in to download the electronic copy. Bring an identity paper and the receipt.`,
    },
  },
  'limit-extended': {
    vi: {
      subject: 'Hồ sơ {code}: cần xác minh, ngày hẹn trả là {newDueAt}',
      body: `Hồ sơ {code}, thủ tục {procedure}, phải xác minh nên được giải quyết trong thời hạn dài hơn mà quy định cho phép.

Ngày hẹn cũ: {oldDueAt}.
Ngày hẹn mới: {newDueAt}.
Nội dung xác minh: {reason}`,
    },
    en: {
      subject: 'Dossier {code}: to be verified, due {newDueAt}',
      body: `Something in dossier {code}, procedure {procedure}, has to be verified, for which the law gives a longer limit.

Old date: {oldDueAt}.
New date: {newDueAt}.
To be verified: {reason}`,
    },
  },
  'group-finished': {
    vi: {
      subject: 'Đã có kết quả cả nhóm thủ tục của hồ sơ {code}',
      body: `Hồ sơ liên thông {code}, {procedure}, đã giải quyết xong. Thông báo gửi kèm nêu kết quả của từng thủ tục trong nhóm.

Kết quả của từng thủ tục nhận tại {office}, hoặc tải ở trang hồ sơ sau khi đăng nhập.`,
    },
    en: {
      subject: 'All procedures of group dossier {code} are done',
      body: `The group dossier {code}, {procedure}, is done. The enclosed notice names the result of each procedure in it.

Each result is collected at {office}, or downloaded from the dossier's page after logging in.`,
    },
  },
  refused: {
    letter: 'refusal',
    vi: {
      subject: 'Hồ sơ {code} bị từ chối tiếp nhận, giải quyết',
      body: `Hồ sơ {code}, thủ tục {procedure}, bị từ chối tiếp nhận, giải quyết.

Lý do: {reason}

Ông/bà có thể nộp hồ sơ mới khi đã đáp ứng các nội dung nêu trên, hoặc khiếu nại theo quy định của pháp luật.`,
    },
    en: {
      subject: 'Dossier {code} has been refused',
      body: `Dossier {code}, procedure {procedure}, has been refused.

Reason: {reason}

You may file a new dossier once the points above are met, or lodge a complaint as the law provides.`,
    },
  },
  closed: {
    vi: {
      subject: 'Hồ sơ {code} đã đóng vì quá hạn bổ sung',
      body: `Đến hết {waitUntil}, {office} chưa nhận được nội dung bổ sung của hồ sơ {code}, thủ tục {procedure}, nên hồ sơ đã được đóng.

Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.`,
    },
    en: {
      subject: 'Dossier {code} is closed: the supplement did not arrive',
      body: `By {waitUntil}, {office} had not received the supplement of dossier {code}, procedure {procedure}. The dossier has been closed.

You may file a new dossier at any time.`,
    },
  },
  withdrawn: {
    vi: {
      subject: 'Đã dừng giải quyết hồ sơ {code} theo yêu cầu',
      body: 'Theo yêu cầu của ông/bà, {office} đã dừng giải quyết hồ sơ {code}, thủ tục {procedure}.',
    },
    en: {
      subject: 'Dossier {code} has been stopped as you asked',
      body: 'As you asked, {office} has stopped dossier {code}, procedure {procedure}.',
    },
  },
  'stop-rejected': {
    vi: {
      subject: 'Không thể dừng giải quyết hồ sơ {code}',
      body: 'Yêu cầu dừng giải quyết hồ sơ {code}, thủ tục {procedure}, không thực hiện được vì đã có kết quả hoặc quyết định giải quyết. {office} sẽ báo khi trả kết quả.',
    },
    en: {
      subject: 'Dossier {code} cannot be stopped',
      body: 'The request to stop dossier {code}, procedure {procedure}, cannot be met because its result or decision exists already. {office} will tell you when it can be collected.',
    },
  },
  'deadline-warning': {
    vi: {
      subject: 'Sắp đến hạn: hồ sơ {code}, {dueAt}',
      body: `Hồ sơ {code}, thủ tục {procedure}, đến hạn {dueAt}. Bước đang giữ: {step}.

Nếu không kịp, thư xin lỗi và hẹn lại phải được gửi trước hạn; chỉ được hẹn lại một lần.`,
    },
    en: {
      subject: 'Due soon: dossier {code}, {dueAt}',
      body: `Dossier {code}, procedure {procedure}, is due {dueAt}. It stands at: {step}.

If it cannot be done in time, the apology with the new date must leave before the due date; only one new date is allowed.`,
    },
  },
  'deadline-breach': {
    vi: {
      subject: 'Quá hạn: hồ sơ {code}, hẹn {dueAt}',
      body: `Hồ sơ {code}, thủ tục {procedure}, đã quá hạn ({dueAt}). Bước đang giữ: {step}.

Đề nghị xử lý ngay và giải trình nguyên nhân.`,
    },
    en: {
      subject: 'Late: dossier {code}, due {dueAt}',
      body: `Dossier {code}, procedure {procedure}, is past its due date ({dueAt}). It stands at: {step}.

Please finish it at once and explain the cause.`,
    },
  },
  'step-overdue': {
    vi: {
      subject: 'Cần can thiệp: hồ sơ {code} dừng ở bước {step}',
      body: `Hồ sơ {code}, thủ tục {procedure}: bước {step} quá hạn nội bộ từ {stepDueAt}. Đang giữ: {holder}.

Đề nghị đôn đốc hoặc giao lại việc; xem mục Cần can thiệp trên bảng phân công.`,
    },
    en: {
      subject: 'Needs you: dossier {code} stands at {step}',
      body: `Dossier {code}, procedure {procedure}: the step {step} has been past its internal limit since {stepDueAt}. Held by: {holder}.

Please urge or reassign it; see "Needs you" on the team board.`,
    },
  },
  urging: {
    vi: {
      subject: 'Phiếu đôn đốc {number}: {count} hồ sơ, trả lời trước {answerBy}',
      body: `{office} gửi Phiếu đôn đốc {number} về hồ sơ {code}, thủ tục {procedure}. Danh sách hồ sơ được đôn đốc:
{dossiers}

{text}

Đề nghị trả lời trên hệ thống chậm nhất {answerBy}.`,
    },
    en: {
      subject: 'Urging slip {number}: {count} dossier(s), answer by {answerBy}',
      body: `{office} has sent urging slip {number} about dossier {code}, procedure {procedure}. The dossiers urged:
{dossiers}

{text}

Please answer in the system by {answerBy}.`,
    },
  },
  'urging-answered': {
    vi: {
      subject: 'Đã trả lời Phiếu đôn đốc {number}',
      body: `{unit} trả lời Phiếu đôn đốc {number} về hồ sơ {code}, thủ tục {procedure}:

{answer}`,
    },
    en: {
      subject: 'Urging slip {number} has been answered',
      body: `{unit} answers urging slip {number} about dossier {code}, procedure {procedure}:

{answer}`,
    },
  },
  'collect-reminder': {
    vi: {
      subject: 'Nhắc nhận kết quả hồ sơ {code}',
      body: `Kết quả hồ sơ {code}, thủ tục {procedure}, đã có từ {finishedAt} và chưa được nhận.

Mời ông/bà đến {office} nhận kết quả. Khi đến xin mang theo giấy tờ tùy thân và giấy tiếp nhận hồ sơ.`,
    },
    en: {
      subject: 'Please collect the result of dossier {code}',
      body: `The result of dossier {code}, procedure {procedure}, has been ready since {finishedAt} and has not been collected.

Please collect it at {office}. Bring an identity paper and the receipt.`,
    },
  },
  'stand-in': {
    vi: {
      subject: 'Ông/bà làm thay {absent} từ {from} đến {to}',
      body: `{absent} vắng mặt từ {from} đến hết {to}; ông/bà làm thay: {kinds}.

Từ ngày đầu, việc của {absent} hiện trong “Việc của tôi” của ông/bà. Làm thay không gồm quyền ký.`,
    },
    en: {
      subject: 'You stand in for {absent} from {from} to {to}',
      body: `{absent} is away from {from} to {to} (both included); you stand in for: {kinds}.

From the first day on their work is on your own list. Standing in never includes signing.`,
    },
  },
  'stand-in-begins': {
    vi: {
      subject: 'Hôm nay ông/bà bắt đầu làm thay {absent}',
      body: `{absent} vắng mặt từ hôm nay đến hết {to}; ông/bà làm thay: {kinds}. Đang có {open} việc.

Làm thay không gồm quyền ký.`,
    },
    en: {
      subject: 'From today you stand in for {absent}',
      body: `{absent} is away from today to {to} (included); you stand in for: {kinds}. Open tasks: {open}.

Standing in never includes signing.`,
    },
  },
  'stand-in-over': {
    vi: {
      subject: 'Ông/bà không còn làm thay {absent}',
      body: `Lần vắng mặt của {absent} từ {from} đã được sửa: {change}. Từ đó việc của {absent} không còn trong danh sách của ông/bà.`,
    },
    en: {
      subject: 'You no longer stand in for {absent}',
      body: `The absence of {absent} from {from} has been changed: {change}. From then on their work is not on your list.`,
    },
  },
  'absence-entered': {
    vi: {
      subject: '{absent} vắng mặt từ {from} đến {to}',
      body: `{absent} vắng mặt từ {from} đến hết {to}. Làm thay: {substitute} ({kinds}).`,
    },
    en: {
      subject: '{absent} is away from {from} to {to}',
      body: `{absent} is away from {from} to {to} (both included). Standing in: {substitute} ({kinds}).`,
    },
  },
  'password-link': {
    vi: {
      subject: 'Có liên kết đặt lại mật khẩu cho tài khoản của ông/bà',
      body: `{maker} đã tạo liên kết đặt lại mật khẩu cho tài khoản của ông/bà lúc {at}. Ai có liên kết đó đặt được mật khẩu mới và đăng nhập bằng tên ông/bà.

Nếu ông/bà không nhờ việc này, hãy báo ngay người phụ trách và thanh tra.`,
    },
    en: {
      subject: 'A link to reset the password of your account was made',
      body: `{maker} made a link to reset the password of your account on {at}. Whoever has the link can set a new password and log in as you.

If you did not ask for it, tell your head and the inspectors at once.`,
    },
  },
  'password-link-mailed': {
    vi: {
      subject: 'Liên kết đặt mật khẩu cho tài khoản của ông/bà',
      body: `{maker} đã tạo liên kết để ông/bà đặt mật khẩu cho tài khoản {login} lúc {at}:

{link}

Liên kết dùng được một lần, đến {until}; liên kết tạo trước đó không còn dùng được. Ai có liên kết đặt được mật khẩu và đăng nhập bằng tên ông/bà, nên xin không chuyển tiếp thư này.

Nếu ông/bà không nhờ việc này, hãy báo ngay người phụ trách và thanh tra.`,
    },
    en: {
      subject: 'A link to set the password of your account',
      body: `{maker} made a link on {at} with which you set the password of the account {login}:

{link}

It works once, until {until}; links made before it no longer work. Whoever has the link can set the password and log in as you, so please do not forward this message.

If you did not ask for it, tell your head and the inspectors at once.`,
    },
  },
  'password-set': {
    vi: {
      subject: 'Mật khẩu của ông/bà vừa được đặt qua liên kết',
      body: `Mật khẩu của tài khoản ông/bà đã được đặt lúc {at}, qua liên kết do {maker} tạo. Các lượt đăng nhập trước đó đã kết thúc.

Nếu không phải ông/bà đặt, hãy báo ngay người phụ trách và thanh tra.`,
    },
    en: {
      subject: 'Your password has just been set through a link',
      body: `The password of your account was set on {at}, through a link that {maker} made. Earlier logins have ended.

If it was not you, tell your head and the inspectors at once.`,
    },
  },
  'second-factor-added': {
    vi: {
      subject: 'Tài khoản của ông/bà vừa có lớp xác thực thứ hai',
      body: `{maker} đã thêm lớp xác thực thứ hai cho tài khoản của ông/bà lúc {at}. Từ nay khi đăng nhập phải nhập mã của ứng dụng xác thực.

Nếu không phải ông/bà thêm, hãy báo ngay người phụ trách và thanh tra.`,
    },
    en: {
      subject: 'Your account has just been given a second factor',
      body: `{maker} added a second factor to your account on {at}. From now on logging in asks for a code of the authenticator app.

If it was not you, tell your head and the inspectors at once.`,
    },
  },
  'second-factor-removed': {
    vi: {
      subject: 'Lớp xác thực thứ hai của ông/bà đã được gỡ',
      body: `{maker} đã gỡ lớp xác thực thứ hai của tài khoản ông/bà lúc {at}. Từ nay chỉ cần mật khẩu để đăng nhập.

Nếu ông/bà không làm và không nhờ việc này, hãy báo ngay người phụ trách và thanh tra.`,
    },
    en: {
      subject: 'The second factor of your account was removed',
      body: `{maker} removed the second factor of your account on {at}. From now on the password alone lets in.

If you neither did this nor asked for it, tell your head and the inspectors at once.`,
    },
  },
  'work-in-place': {
    vi: {
      subject: 'Việc làm thay {absent}: {task}, hồ sơ {code}',
      body: `{absent} đang vắng nên việc “{task}” của hồ sơ {code}, thủ tục {procedure}, được chuyển đến ông/bà.`,
    },
    en: {
      subject: 'Work of {absent}, who is away: {task}, dossier {code}',
      body: `{absent} is away, so the task “{task}” of dossier {code}, procedure {procedure}, has come to you.`,
    },
  },
  'silence-reported': {
    vi: {
      subject: 'Báo cáo: quá hạn trả lời ý kiến về hồ sơ {code}',
      body: `Đã quá hạn mà chưa có ý kiến trả lời về hồ sơ {code}, thủ tục {procedure}:
{silentBodies}

Báo cáo người đứng đầu bộ phận một cửa theo Điều 19 khoản 5 điểm b Nghị định 61/2018/NĐ-CP.`,
    },
    en: {
      subject: 'Report: no answer in time about dossier {code}',
      body: `The limit has passed without an answer about dossier {code}, procedure {procedure}, from:
{silentBodies}

Reported to the head of the one-stop under art. 19.5b of Decree 61/2018/NĐ-CP.`,
    },
  },
  'explanation-asked': {
    vi: {
      subject: 'Yêu cầu giải trình về hồ sơ {code}, trả lời trước {answerBy}',
      body: `Người kiểm tra yêu cầu giải trình về hồ sơ {code}, thủ tục {procedure}: {finding}.

{question}

Đề nghị trả lời trên hệ thống, mục Giải trình, chậm nhất {answerBy}.`,
    },
    en: {
      subject: 'Please explain: dossier {code}, answer by {answerBy}',
      body: `The auditors ask for an explanation about dossier {code}, procedure {procedure}: {finding}.

{question}

Please answer in the system, under Explanations, by {answerBy}.`,
    },
  },
  'explanation-due': {
    vi: {
      subject: 'Sắp hết hạn giải trình hồ sơ {code}: {answerBy}',
      body: `Giải trình về hồ sơ {code}, thủ tục {procedure} ({finding}), phải gửi chậm nhất {answerBy}.`,
    },
    en: {
      subject: 'Explanation due soon: dossier {code}, {answerBy}',
      body: `The explanation about dossier {code}, procedure {procedure} ({finding}), is due by {answerBy}.`,
    },
  },
  'explanation-overdue': {
    vi: {
      subject: 'Quá hạn giải trình hồ sơ {code}',
      body: `Đã quá hạn {answerBy} mà chưa có giải trình về hồ sơ {code}, thủ tục {procedure} ({finding}). Người kiểm tra có thể kết luận mà không cần giải trình.`,
    },
    en: {
      subject: 'No explanation in time: dossier {code}',
      body: `No explanation about dossier {code}, procedure {procedure} ({finding}), came by {answerBy}. The auditors may conclude without one.`,
    },
  },
  'explanation-answered': {
    vi: {
      subject: 'Đã có giải trình về hồ sơ {code}',
      body: `{by} đã giải trình về hồ sơ {code}, thủ tục {procedure} ({finding}), nêu nguyên nhân {cause}. Xin xem và kết luận.`,
    },
    en: {
      subject: 'Explained: dossier {code}',
      body: `{by} has explained dossier {code}, procedure {procedure} ({finding}), naming a cause that is {cause}. Please read it and conclude.`,
    },
  },
  'explanation-concluded': {
    vi: {
      subject: 'Kết luận về hồ sơ {code}: {verdict}',
      body: `Người kiểm tra đã kết luận lúc {concludedAt} về hồ sơ {code}, thủ tục {procedure} ({finding}): {verdict}.

{conclusion}`,
    },
    en: {
      subject: 'Concluded: dossier {code}, {verdict}',
      body: `The auditors concluded on {concludedAt} about dossier {code}, procedure {procedure} ({finding}): {verdict}.

{conclusion}`,
    },
  },
  'plan-held': {
    vi: {
      subject: 'Quy trình phiên bản {version} của thủ tục {code} không có hiệu lực được từ {day}',
      body: `Phiên bản {version} của thủ tục {code} ({procedure}), ban hành theo {decision}, đến ngày {day} có hiệu lực nhưng hệ thống không đưa vào dùng được:
{reason}

Hồ sơ mới vẫn nộp theo phiên bản đang có hiệu lực. Mở trang thủ tục trong Thiết kế để rút kế hoạch và ban hành lại.`,
    },
    en: {
      subject: 'Version {version} of procedure {code} cannot come into force on {day}',
      body: `Version {version} of procedure {code} ({procedure}), published by {decision}, was to come into force on {day}, and cannot:
{reason}

New dossiers are still filed under the version in force. Open the procedure in the Studio, withdraw the plan and publish it anew.`,
    },
  },
} as const satisfies Record<string, Template>

type Wording = { subject: string; body: string }
type Template = { letter?: 'apology' | 'explanation' | 'refusal'; vi: Wording; en: Wording }

export type TemplateName = keyof typeof templates

export const isTemplate = (name: string): name is TemplateName => Object.hasOwn(templates, name)

/** The kind of letter that a template repeats, if it does. */
export const letterOf = (name: TemplateName): Template['letter'] => (templates[name] as Template).letter
