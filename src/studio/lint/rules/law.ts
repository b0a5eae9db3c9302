/** Rules of law and of good practice over the whole procedure: why, what to do, and the text they rest on. */
import type { FaultPart, Rule, Words } from '../fault.ts'

const words = (vi: string, en: string): Words => ({ vi, en })
const rule = (
  severity: Rule['severity'],
  part: FaultPart,
  reason: Words,
  mend: Words,
  source?: Rule['source'],
): Rule => ({
  severity,
  part,
  reason,
  mend,
  ...(source && { source }),
})
const text = (name: string, verified: boolean) => ({ text: name, verified })

const STANDARD = text(
  'Chuẩn chức năng của hệ thống một cửa điện tử (TT 22/2019/TT-BTTTT); điều khoản chưa đối chiếu',
  false,
)
const INTERNAL_PROCESS = text('TT 01/2018/TT-VPCP Điều 8 (quy trình nội bộ, quy trình điện tử)', true)
const RETURN_ON_TIME = text('NĐ 61/2018/NĐ-CP Điều 19', true)
const ONE_STOP = text('NĐ 61/2018/NĐ-CP Điều 5 khoản 1 điểm e', true)
const SILENCE = text('NĐ 61/2018/NĐ-CP Điều 19 khoản 5', true)
const HELD = text(
  'Dữ liệu Nhà nước đã có thì không yêu cầu người dân khai, nộp lại; điều khoản chưa đối chiếu',
  false,
)

export const lawRules: Record<string, Rule> = {
  receiver: rule(
    'error',
    'diagram',
    words(
      'Bước không có người nhận thì hồ sơ nằm đó, không ai chịu trách nhiệm.',
      'A step without a receiver leaves the dossier with nobody.',
    ),
    words(
      'Sửa người làm và đơn vị của bước, hoặc đặt bước sau “Chuyển đơn vị thụ lý”.',
      'Mend who does the step and in which unit, or put it behind “Route to the unit”.',
    ),
    STANDARD,
  ),
  'role-held': rule(
    'warning',
    'diagram',
    words('Vai trò này hôm nay chưa có ai giữ.', 'Nobody holds this role today.'),
    words(
      'Nhờ quản trị viên giao vai trò, hoặc đổi người làm.',
      'Have an administrator give somebody the role, or change who does it.',
    ),
    STANDARD,
  ),
  'result-lost': rule(
    'error',
    'diagram',
    words(
      'Kết quả đã ký phải có số và đến tay người nộp; đường đi nào bỏ qua việc đó là mất kết quả.',
      'A signed result must be numbered and reach the applicant; a way around that loses it.',
    ),
    words(
      'Dẫn mọi đường sau bước ký qua bước cấp số và bước trả kết quả.',
      'Lead every way behind the signature through numbering and returning.',
    ),
    STANDARD,
  ),
  'limit-undefined': rule(
    'error',
    'limits',
    words(
      'Chỗ chờ hoặc thời hạn không có con số thì không tính được ngày trả.',
      'A wait or a limit without a figure gives no date.',
    ),
    words('Ghi thời hạn lớn hơn 0 cùng căn cứ.', 'Give a limit above 0 with its basis.'),
    STANDARD,
  ),
  'allotment-missing': rule(
    'error',
    'limits',
    words(
      'Trường hợp không phân bổ thời gian thì không biết bước nào trễ.',
      'Without allotments nobody can say which step is late.',
    ),
    words('Phân bổ thời gian cho các bước của trường hợp này.', 'Allot time to the steps of this case.'),
    INTERNAL_PROCESS,
  ),
  'step-unallotted': rule(
    'warning',
    'limits',
    words(
      'Bước trên đường chính không có thời gian riêng thì không bao giờ bị nhắc.',
      'A step of the main way without time of its own is never reminded.',
    ),
    words(
      'Phân bổ thời gian cho bước, hoặc để bước khác gánh.',
      'Allot time to the step, or leave it to another.',
    ),
    INTERNAL_PROCESS,
  ),
  'supplement-basis': rule(
    'error',
    'limits',
    words(
      'Yêu cầu bổ sung làm dân chờ thêm: mỗi lượt phải có căn cứ pháp lý.',
      'Asking for more makes people wait: each round needs a legal basis.',
    ),
    words(
      'Ghi điều khoản cho phép lượt bổ sung này, hoặc bỏ lượt.',
      'Name the article that allows this round, or remove it.',
    ),
    RETURN_ON_TIME,
  ),
  'silence-after-due': {
    ...rule(
      'warning',
      'limits',
      words(
        'Hỏi ý kiến rồi chờ im lặng có hiệu lực thì đã quá ngày hẹn trả: hai thời hạn không khớp.',
        'Waiting until silence counts takes longer than the day promised: the two limits do not fit.',
      ),
      words(
        'Rút hạn lấy ý kiến, nâng thời hạn cam kết, hoặc ghi lý do chấp nhận khi ban hành.',
        'Shorten the consultation, raise the committed limit, or give the reason at publishing.',
      ),
      SILENCE,
    ),
    needsAcknowledgement: true,
  },
  'signer-set': rule(
    'error',
    'letters',
    words('Không có bước ký thì không có kết quả hợp lệ.', 'Without a signature there is no valid result.'),
    words(
      'Thêm bước ký kết quả cho lãnh đạo (cam kết “Ký kết quả”).',
      'Add a step in which the leader signs (promise “sign the result”).',
    ),
    text('NĐ 61/2018/NĐ-CP Điều 19; thẩm quyền ký theo từng thủ tục', false),
  ),
  'one-stop': rule(
    'error',
    'diagram',
    words(
      'Liên hệ với người nộp chỉ qua bộ phận một cửa.',
      'Contact with the applicant goes through the one-stop only.',
    ),
    words('Giao bước này cho bộ phận một cửa.', 'Give this step to the one-stop.'),
    ONE_STOP,
  ),
  'one-stop-returns': rule(
    'error',
    'diagram',
    words('Phải biết bộ phận nào giao kết quả cho người nộp.', 'It must be known who hands the result over.'),
    words('Thêm bước “Trả kết quả” của bộ phận một cửa.', 'Add the step “Return result” of the one-stop.'),
    ONE_STOP,
  ),
  'watch-set': rule(
    'error',
    'limits',
    words(
      'Đồng hồ phải bắt đầu khi tiếp nhận và kết thúc khi có kết quả, nếu không hồ sơ không bao giờ trễ, hoặc trễ mãi.',
      'The clock must start at receipt and end with the result, or nothing is ever late, or always.',
    ),
    words(
      'Đặt cam kết bắt đầu và kết thúc đồng hồ ở đúng bước.',
      'Put the promises that start and end the clock at their steps.',
    ),
    RETURN_ON_TIME,
  ),
  'committed-decision': rule(
    'warning',
    'limits',
    words(
      'Cam kết ngắn hơn pháp luật phải theo một quyết định.',
      'A promise shorter than the law rests on a decision.',
    ),
    words(
      'Ghi số quyết định công bố thời hạn cam kết (có thể là quyết định ban hành bản này).',
      'Name the decision that commits to it (it may be the one that publishes this version).',
    ),
    INTERNAL_PROCESS,
  ),
  'committed-comparable': rule(
    'error',
    'limits',
    words(
      'Thời hạn cam kết quy đổi ra dài hơn thời hạn pháp luật.',
      'Converted, the committed limit is longer than the legal one.',
    ),
    words(
      'Ghi hai thời hạn cùng đơn vị, hoặc rút ngắn cam kết.',
      'Give both in one unit, or shorten the commitment.',
    ),
    RETURN_ON_TIME,
  ),
  'basis-unverified': rule(
    'warning',
    'limits',
    words('Căn cứ chưa ai đối chiếu với văn bản gốc.', 'Nobody has checked this basis against the text.'),
    words(
      'Đối chiếu văn bản rồi đánh dấu đã đối chiếu.',
      'Check it against the text, then mark it as verified.',
    ),
  ),
  'field-twice': rule(
    'warning',
    'form',
    words(
      'Hỏi một điều hai lần là bắt dân khai thừa.',
      'Asking one thing twice makes people declare too much.',
    ),
    words('Bỏ một mục, hoặc đổi tiêu đề cho rõ khác nhau.', 'Drop one field, or word them apart.'),
    HELD,
  ),
  'read-only-filled': rule(
    'error',
    'form',
    words(
      'Ô bắt buộc mà không ai gõ được thì có người không nộp được: hồ sơ giấy không điền sẵn, và thông tin của người nộp có thể thiếu hoặc không hợp mẫu.',
      'What must be answered and nobody may type keeps somebody from filing: on paper nothing is filled in, and a record may lack the answer or have one that does not fit.',
    ),
    words(
      'Bỏ “chỉ đọc”: khi thông tin người nộp trả lời được, hệ thống tự khóa họ tên và số định danh.',
      'Take away the read-only: where the applicant’s record answers, the system locks name and number by itself.',
    ),
    HELD,
  ),
  'prefill-text': rule(
    'error',
    'form',
    words(
      'Thông tin người nộp là chữ: ô chọn, ô ngày, ô số không nhận được.',
      'The applicant’s record holds words: a choice, a day or a number cannot take them.',
    ),
    words('Đổi thành ô chữ, hoặc bỏ nguồn điền sẵn.', 'Make it a text question, or take the source away.'),
    HELD,
  ),
  'field-held': rule(
    'warning',
    'form',
    words(
      'Có số định danh thì cơ sở dữ liệu dân cư đã có điều này (gợi ý, chưa đối chiếu từng trường hợp).',
      'With the identity number the population database has this (a hint, not checked case by case).',
    ),
    words(
      'Điền sẵn từ cơ sở dữ liệu dân cư, hoặc bỏ mục.',
      'Fill it in from the population database, or drop it.',
    ),
    HELD,
  ),
  'paper-held': rule(
    'warning',
    'papers',
    words(
      'Giấy tờ này Nhà nước đã có dữ liệu (gợi ý, chưa đối chiếu từng trường hợp).',
      'The State holds the data of this paper (a hint, not checked case by case).',
    ),
    words(
      'Thay bằng tra cứu nơi văn bản cho phép; nếu không thì giữ và ghi chú.',
      'Replace it by a look-up where the text allows it; else keep it with a note.',
    ),
    HELD,
  ),
  'form-pattern': rule(
    'error',
    'form',
    words(
      'Mẫu kiểm tra lặp trong lặp, hoặc nhiều chỗ lặp cùng nhận một chữ, có thể làm máy chạy mãi khi dân gõ một câu dài.',
      'A pattern that repeats what repeats, or the same letters in several places, may never end on a long answer.',
    ),
    words(
      'Bắt đầu mẫu bằng ^ và viết mỗi chỗ lặp một loại chữ khác nhau.',
      'Begin it with ^ and let each repetition take other letters.',
    ),
  ),
  'form-keyword': rule(
    'error',
    'form',
    words(
      'Từ khóa lạ có thể bắt dân khai thêm mà không ai thấy: không so sánh được, không hiện trong trình soạn.',
      'A keyword of another kind may make people answer more without anybody seeing it: no comparison reads it, no editor shows it.',
    ),
    words(
      'Bỏ từ khóa; đặt điều kiện bằng if, then, required.',
      'Take it out; say conditions with if, then and required.',
    ),
  ),
  'form-pattern-length': rule(
    'error',
    'form',
    words(
      'Câu trả lời quá 1000 ký tự không khớp mẫu nào, nên người dân chỉ biết lúc nộp.',
      'An answer of more than 1000 characters fits no pattern, which people would learn only when they file.',
    ),
    words(
      'Khai maxLength từ 1000 trở xuống, hoặc bỏ mẫu.',
      'Say a maxLength of at most 1000, or take the pattern out.',
    ),
  ),
  'no-mapping': rule(
    'error',
    'diagram',
    words(
      'Biến nhân lên qua từng dòng ánh xạ có thể làm đầy bộ nhớ máy chạy quy trình; dữ liệu của hồ sơ nằm trong sổ, không nằm trong biến.',
      'Variables that double from line to line can fill the engine’s memory; a dossier’s data lie in the record, not in variables.',
    ),
    words(
      'Xóa ánh xạ; các bước của thủ tục không cần đến.',
      'Take the mapping out; no step of a procedure needs one.',
    ),
  ),
  'routing-feel': rule(
    'error',
    'routing',
    words(
      'Một ô viết sai thì máy không nhận cả bảng, và thủ tục không đưa vào chạy được.',
      'For one cell that is written wrong the whole table is refused, and the procedure cannot run.',
    ),
    words(
      'Sửa ô được nêu: nhiều giá trị thì đặt trong ngoặc kép, cách nhau bằng dấu phẩy.',
      'Mend the cell that is named: several values stand in quotes, with commas between them.',
    ),
  ),
  'routing-rows': rule(
    'error',
    'routing',
    words(
      'Hồ sơ không có dòng phân tuyến thì thành sự cố ngay sau tiếp nhận.',
      'A dossier without a row becomes an incident right after receipt.',
    ),
    words(
      'Thêm dòng cho thủ tục và trường hợp này, mã thủ tục đặt trong ngoặc kép.',
      'Add a row for this procedure and case, the code in quotes.',
    ),
    STANDARD,
  ),
  'example-fits': rule(
    'error',
    'examples',
    words(
      'Ví dụ là bài kiểm tra của thủ tục: đi qua bước hoặc kết quả không còn trong sơ đồ thì không chạy được, nên không ban hành được.',
      'Examples are the procedure’s tests: one that walks what is no longer drawn cannot run, so nothing is published with it.',
    ),
    words(
      'Sửa đường đi của ví dụ theo sơ đồ mới, hoặc xóa ví dụ.',
      'Mend the example’s walk after the new diagram, or delete the example.',
    ),
  ),
  'no-examples': rule(
    'warning',
    'examples',
    words(
      'Không có ví dụ thì không ai thấy hồ sơ đi thế nào trước khi ban hành.',
      'Without examples nobody sees how dossiers go before publishing.',
    ),
    words('Thêm ít nhất một ví dụ đi đến kết quả.', 'Add at least one example that ends with a result.'),
  ),
  'not-harmless': rule(
    'error',
    'diagram',
    words(
      'Tệp chứa thứ có thể chạy, kéo tệp khác vào hoặc không bao giờ dừng.',
      'The file holds what could run, fetch something or never end.',
    ),
    words('Xóa phần được nêu; dòng ghi trong lời báo.', 'Remove what is named; the line is given.'),
  ),
  'namespace-unknown': rule(
    'warning',
    'diagram',
    words(
      'Phần mở rộng của trình vẽ khác được giữ nguyên nhưng không có tác dụng.',
      'Extensions of other modellers are kept and have no effect.',
    ),
    words('Không cần làm gì; xóa nếu không dùng.', 'Nothing to do; delete it if it is of no use.'),
  ),
}
