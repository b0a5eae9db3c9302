/** Rules of the data: its shape, and names that point to one another (src/procedures/definition.ts, agreement.ts). */
import type { FaultPart, Rule, Words } from '../fault.ts'

const words = (vi: string, en: string): Words => ({ vi, en })
const error = (part: FaultPart, reason: Words, mend: Words): Rule => ({
  severity: 'error',
  part,
  reason,
  mend,
})
const NĐ61 = (article: string, verified = true) => ({
  text: `NĐ 61/2018/NĐ-CP ${article}`,
  verified,
})
const STANDARD = {
  text: 'Chuẩn chức năng của hệ thống một cửa điện tử (TT 22/2019/TT-BTTTT); điều khoản chưa đối chiếu',
  verified: false,
}
const LIMITS = words(
  'Giấy hẹn in ngày trả từ thời hạn này; thiếu hoặc sai thì không hẹn được với dân.',
  'The appointment’s date comes from this limit; without it nobody can be promised one.',
)
const POINTS = words(
  'Tên này trỏ tới chỗ không có, nên khi chạy không tìm thấy.',
  'The name points to nothing, so nothing would be found when it runs.',
)

export const dataRules: Record<string, Rule> = {
  shape: error(
    'facts',
    words(
      'Dữ liệu thiếu hoặc sai kiểu thì thủ tục không đọc được.',
      'Data that are missing or of the wrong kind make no procedure.',
    ),
    words('Điền hoặc sửa đúng mục được nêu.', 'Fill in or mend the field that is named.'),
  ),
  'name-known': error(
    'facts',
    POINTS,
    words(
      'Chọn một trong các tên có sẵn, hoặc khai thêm tên này.',
      'Choose one of the names there are, or add this one.',
    ),
  ),
  'limit-per-case': {
    ...error(
      'limits',
      LIMITS,
      words('Khai đúng một thời hạn cho mỗi trường hợp.', 'Give each case exactly one limit.'),
    ),
    source: STANDARD,
  },
  'committed-within-legal': {
    ...error(
      'limits',
      words(
        'Cam kết với dân không được dài hơn pháp luật cho phép.',
        'What is promised may not be longer than the law allows.',
      ),
      words('Rút ngắn thời hạn cam kết.', 'Shorten the committed limit.'),
    ),
    source: NĐ61('Điều 19'),
  },
  'case-for-all': error(
    'facts',
    words(
      'Hồ sơ không rơi vào trường hợp nào thì không có thời hạn.',
      'A dossier that fits no case would have no limit.',
    ),
    words('Để trường hợp cuối không kèm điều kiện.', 'Leave the last case without a condition.'),
  ),
  'paper-once': error(
    'papers',
    words(
      'Hai giấy tờ cùng mã thì không biết tệp thuộc giấy nào.',
      'With one key for two papers nobody knows whose file it is.',
    ),
    words('Đổi mã hoặc xóa một giấy tờ.', 'Change the key or delete one.'),
  ),
  'fee-once': error(
    'fees',
    words(
      'Hai mức phí cho cùng một việc thì không biết thu bao nhiêu.',
      'Two amounts for one thing leave open what is owed.',
    ),
    words('Giữ một mức cho mỗi kênh và trường hợp.', 'Keep one amount for each channel and case.'),
  ),
  'payment-limit': {
    ...error(
      'fees',
      words(
        'Chờ nộp tiền không có hạn thì hồ sơ treo mãi.',
        'Waiting for money without a limit hangs a dossier for ever.',
      ),
      words(
        'Khai hạn nộp tiền với căn cứ và vẽ “Chờ nộp tiền”.',
        'Say how long payment is awaited, with its basis, and draw “Await payment”.',
      ),
    ),
    source: STANDARD,
  },
  'confirmation-limit': {
    ...error(
      'limits',
      words(
        'Chờ xác nhận phải có hạn và hậu quả khi im lặng.',
        'Awaiting a confirmation needs a limit and what silence means.',
      ),
      words('Khai hạn xác nhận, hoặc xóa bước chờ.', 'Give the limit, or delete the wait.'),
    ),
    source: STANDARD,
  },
  'parts-fit': error(
    'diagram',
    words(
      'Thủ tục liên thông chờ đúng những thủ tục nó mở, theo đúng thứ tự.',
      'A group waits for the parts it opens, in their order.',
    ),
    words(
      'Sửa danh sách thủ tục thành phần cho khớp sơ đồ.',
      'Make the list of parts agree with the diagram.',
    ),
  ),
  'stage-left-out': {
    ...error(
      'limits',
      words(
        'Giai đoạn của cơ quan khác chỉ được bỏ ra ngoài thời hạn khi có căn cứ; hai lần hẹn phải cộng đúng thời hạn.',
        'A stage of another body is left out of the limit only where a text says so; two appointments add up to the limit.',
      ),
      words(
        'Ghi căn cứ và cách tính EXCLUDED-STAGE, hoặc cho đồng hồ chạy tiếp.',
        'Give the text and the clock mode EXCLUDED-STAGE, or let the clock run on.',
      ),
    ),
    source: { text: 'QĐ 138/2025/QĐ-UBND Đồng Tháp Điều 5 khoản 3 (hai lần hẹn)', verified: false },
  },
  'same-day-rule': {
    ...error(
      'limits',
      words(
        'Nhận sau 15:00 thì trả vào ngày làm việc sau: quy tắc này đi cùng thời hạn trong ngày.',
        'Received after 15:00 it is returned next working day: the rule goes with same-day limits.',
      ),
      words(
        'Bật quy tắc 15:00, hoặc đổi đơn vị thời hạn.',
        'Switch the 15:00 rule on, or change the limit’s unit.',
      ),
    ),
    source: { text: 'Quy tắc 15:00 của thời hạn trả trong ngày; theo từng thủ tục', verified: false },
  },
  'allotments-fit': {
    ...error(
      'limits',
      words(
        'Các bước cộng lại dài hơn lời hẹn thì hồ sơ nào cũng trễ.',
        'Steps that add up to more than the promise make every dossier late.',
      ),
      words(
        'Bớt thời gian của các bước, hoặc nâng thời hạn cam kết trong phạm vi pháp luật.',
        'Shorten the steps, or raise the committed limit within the law.',
      ),
    ),
    source: { text: 'TT 01/2018/TT-VPCP Điều 8 (quy trình nội bộ)', verified: true },
  },
  'signer-is-role': error(
    'letters',
    words('Kết quả chỉ người có thẩm quyền được ký.', 'Only who is entitled may sign the result.'),
    words('Giao bước ký cho vai trò của người ký.', 'Give the signing step to the signer’s role.'),
  ),
  'form-fields': error(
    'form',
    POINTS,
    words(
      'Bỏ mục khỏi nhóm, hoặc thêm lại mục vào biểu mẫu.',
      'Take the field out of the group, or put it back into the form.',
    ),
  ),
  'case-field': error(
    'form',
    words('Trường hợp được chọn theo câu trả lời này.', 'The case is chosen by this answer.'),
    words(
      'Giữ mục đó trong biểu mẫu, hoặc đổi điều kiện của trường hợp.',
      'Keep the field in the form, or change the case’s condition.',
    ),
  ),
  'result-fields': error(
    'letters',
    words(
      'Kết quả in câu trả lời này; thiếu mục thì chỗ in để trống.',
      'The result prints this answer; without it the place stays empty.',
    ),
    words(
      'Giữ mục trong biểu mẫu, hoặc bỏ khỏi kết quả.',
      'Keep the field in the form, or take it out of the result.',
    ),
  ),
  'form-schema': error(
    'form',
    words('Biểu mẫu không đọc được thì dân không nộp được.', 'A form that cannot be read cannot be filed.'),
    words('Sửa kiểu, điều kiện của mục được nêu.', 'Mend the kind or the condition of the field.'),
  ),
  'template-fields': error(
    'letters',
    words(
      'Mẫu kết quả gọi mục không có thì in ra chỗ trống.',
      'A template that names what is not there prints a gap.',
    ),
    words('Chọn mục có trong danh sách.', 'Choose a field of the list.'),
  ),
  'template-once': error('letters', POINTS, words('Đổi mã của một mẫu.', 'Change the key of one of them.')),
  'process-id': error(
    'diagram',
    words(
      'Mã quy trình gắn sơ đồ với thủ tục; mã của thủ tục khác sẽ chạy nhầm hồ sơ.',
      'The process id ties the diagram to its procedure; another’s would run the wrong dossiers.',
    ),
    words('Đặt lại mã quy trình đúng mã thủ tục.', 'Set the process id to this procedure’s.'),
  ),
  'decision-id': error(
    'routing',
    words(
      'Mã bảng gắn phân tuyến với thủ tục; mã của thủ tục khác sẽ chuyển nhầm nơi.',
      'The table’s id ties routing to its procedure; another’s would send dossiers elsewhere.',
    ),
    words('Đặt lại mã bảng phân tuyến.', 'Set the id of the routing table.'),
  ),
  'example-shape': error(
    'examples',
    words('Ví dụ chạy như một bài kiểm tra trước khi ban hành.', 'Examples run as a test before publishing.'),
    words('Sửa ví dụ được nêu hoặc xóa.', 'Mend the example or delete it.'),
  ),
}
