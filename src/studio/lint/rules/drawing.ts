/** Our own rules of diagrams (processes/shared/lint): their reasons and mends. What is wrong they say themselves. */
import { ENGINE_RULES } from '../engine-rules.ts'
import type { Rule, Words } from '../fault.ts'

const words = (vi: string, en: string): Words => ({ vi, en })
const error = (reason: Words, mend: Words): Rule => ({ severity: 'error', part: 'diagram', reason, mend })
const STANDARD = {
  text: 'Chuẩn chức năng của hệ thống một cửa điện tử (TT 22/2019/TT-BTTTT); điều khoản chưa đối chiếu',
  verified: false,
}

const AWAIT = words(
  'Thay bằng bước chờ (await.*) và một câu hỏi ngay sau nó.',
  'Use a waiting step (await.*) and a question right after it.',
)
const QUESTION = words(
  'Bỏ phần này; hỏi kết quả bằng một câu hỏi sau bước.',
  'Remove it and ask for the outcome with a question after the step.',
)

const rules: Record<string, Rule> = {
  'no-event': error(ENGINE_RULES['no-event'], AWAIT),
  'no-receive-task': error(ENGINE_RULES['no-receive-task'], AWAIT),
  'no-event-gateway': error(ENGINE_RULES['no-event-gateway'], AWAIT),
  'no-boundary-event': error(ENGINE_RULES['no-boundary-event'], QUESTION),
  'no-event-subprocess': error(
    ENGINE_RULES['no-event-subprocess'],
    words(
      'Bỏ quy trình con; rút hồ sơ đã có quy trình dùng chung “Dừng giải quyết”.',
      'Remove it; withdrawal has the shared process “stop”.',
    ),
  ),
  'no-multi-instance': error(
    ENGINE_RULES['no-multi-instance'],
    words(
      'Lấy ý kiến nhiều nơi bằng “Gửi lấy ý kiến” rồi “Chờ ý kiến”.',
      'Ask several bodies with “Request opinions”, then “Await opinions”.',
    ),
  ),
  'no-waiting-join': error(
    ENGINE_RULES['no-waiting-join'],
    words(
      'Xếp các bước nối tiếp nhau, hoặc gom việc chờ vào một bước chờ.',
      'Put the steps one after another, or wait once in a waiting step.',
    ),
  ),
  'no-call-activity': error(
    ENGINE_RULES['no-call-activity'],
    words(
      'Bỏ bước gọi: lấy ý kiến, xin lỗi, dừng do hệ thống mở riêng.',
      'Remove the call: consultations, apologies and stops are started by the system.',
    ),
  ),
  'no-business-rule-task': error(
    words(
      'Bảng quyết định không có dòng nào khớp thì vẫn đi tiếp với kết quả rỗng.',
      'A decision without a matching row goes on with an empty answer.',
    ),
    words('Dùng mẫu bước “Chuyển đơn vị thụ lý”.', 'Use the template “Route to the unit”.'),
  ),
  'no-other-task': error(
    words('Loại bước này không có người hay máy nào làm.', 'Nobody and nothing does this kind of step.'),
    words('Đổi thành bước của người hoặc bước của máy.', 'Make it a person’s step or a machine’s step.'),
  ),
  'no-duration': error(
    words(
      'Giờ máy không phải giờ làm việc: hẹn theo khoảng thời gian là sai luật.',
      'Machine hours are not working hours.',
    ),
    AWAIT,
  ),
  'task-name': {
    ...error(
      words(
        'Tên bước phải đọc được trên một trang A3: động từ và đối tượng, tối đa năm tiếng.',
        'Names must be read on one A3 page: verb and object, at most five words.',
      ),
      words(
        'Viết ngắn lại; chi tiết để ở hướng dẫn của bước.',
        'Shorten it; details belong to the step’s help.',
      ),
    ),
  },
  'gateway-question': error(
    words('Người đọc chỉ hiểu chỗ rẽ khi nó là câu hỏi.', 'People understand a fork when it is a question.'),
    words('Đặt tên là câu hỏi, có dấu hỏi: “Đã bổ sung?”.', 'Name it as a question: “Supplemented?”.'),
  ),
  'flow-answer': error(
    words('Mỗi đường ra là một câu trả lời.', 'Each way out is an answer.'),
    words('Ghi câu trả lời lên đường.', 'Write the answer on the flow.'),
  ),
  'event-name': error(
    words('Sự kiện nói điều đã xảy ra với hồ sơ.', 'An event says what happened to the dossier.'),
    words('Đặt tên, ví dụ “Đã trả kết quả”.', 'Name it, such as “Result returned”.'),
  ),
  size: {
    ...error(
      words(
        'Quá ba mươi bước thì không đọc được trên một trang A3 ngang.',
        'More than thirty steps cannot be read on one A3 page.',
      ),
      words(
        'Gộp bước; việc kèm theo để cam kết của bước lo.',
        'Merge steps; leave what goes with them to their promises.',
      ),
    ),
    severity: 'warning',
  },
  reachable: error(
    words(
      'Bước không tới được thì không ai làm, mà sơ đồ vẫn hứa là có.',
      'What is never reached is never done, though the diagram promises it.',
    ),
    words('Nối vào đường đi hoặc xóa.', 'Connect it or delete it.'),
  ),
  'loop-exit': {
    ...error(
      words(
        'Hồ sơ vào vòng lặp không lối ra thì không bao giờ có kết quả.',
        'A dossier in a loop without an exit never gets a result.',
      ),
      words('Thêm một câu hỏi có đường ra khỏi vòng.', 'Add a question with a way out of the loop.'),
    ),
    source: STANDARD,
  },
  'self-loop': error(
    words(
      'Bước tự quay lại chính mình không nói ai làm gì tiếp.',
      'A step that leads to itself says nothing of what comes next.',
    ),
    words('Dẫn tới bước khác hoặc xóa đường.', 'Lead the flow elsewhere or delete it.'),
  ),
  'one-process': error(
    words(
      'Một thủ tục là một quy trình: phần thừa cũng sẽ được triển khai.',
      'A procedure is one process: another one would be deployed with it.',
    ),
    words('Xóa quy trình thừa khỏi tệp.', 'Delete the other process from the file.'),
  ),
  'our-template': error(
    words(
      'Việc của máy chỉ có trong các mẫu bước của hệ thống.',
      'Machines do what our templates say and nothing else.',
    ),
    words('Chọn một mẫu bước trong bảng mẫu.', 'Choose a template from the list.'),
  ),
  'nothing-else': error(
    words(
      'Tệp sơ đồ chỉ chứa đúng quy trình của thủ tục.',
      'The file holds the procedure’s process and nothing else.',
    ),
    words('Bỏ phần thừa, vẽ phần thiếu.', 'Remove what does not belong, draw what is missing.'),
  ),
  'native-user-task': error(
    words(
      'Bước của người phải hiện thành việc trên bàn làm việc, với đúng biểu mẫu.',
      'A person’s step must come to somebody’s desk, with its form.',
    ),
    words(
      'Chọn lại loại bước và biểu mẫu ở bảng bước.',
      'Choose the kind and the form of the step in the step table.',
    ),
  ),
  'steps-known': {
    ...error(
      words(
        'Bước vẽ mà không khai thì không biết ai nhận, biểu mẫu nào; khai mà không vẽ thì không bao giờ tới.',
        'A step drawn and not described has no receiver; one described and not drawn never comes.',
      ),
      words(
        'Khai người làm và biểu mẫu ở bảng bước, hoặc xóa bước.',
        'Say who does it in the step table, or delete it.',
      ),
    ),
    source: STANDARD,
  },
  'job-type-known': error(
    words(
      'Việc của máy không có ai chạy thì hồ sơ đứng mãi ở đó.',
      'Without a worker dossiers stand there for ever.',
    ),
    words('Chọn một mẫu bước đang có.', 'Choose a template that there is.'),
  ),
  outcomes: {
    ...error(
      words(
        'Kết quả không có đường đi, hoặc đường hỏi kết quả không có, là hồ sơ kẹt giữa đường.',
        'An outcome without a flow, or a flow for an outcome nobody gives, leaves dossiers stuck.',
      ),
      words(
        'Cho mỗi kết quả của bước đúng một đường, điều kiện =outcome = "<kết quả>".',
        'Give each outcome of the step one flow, with =outcome = "<outcome>".',
      ),
    ),
    source: STANDARD,
  },
  'fee-paid': {
    ...error(
      words(
        'Có mức phí mà sơ đồ không thu thì không ai được yêu cầu nộp.',
        'Fees that the diagram never asks for are never paid.',
      ),
      words(
        'Vẽ “Tính phí”, câu hỏi “Có phí?”, rồi “Chờ nộp tiền”.',
        'Draw “Calculate fee”, the question “Fee due?”, then “Await payment”.',
      ),
    ),
    part: 'fees',
  },
  'exchange-answered': error(
    words(
      'Câu trả lời của hệ thống khác kết thúc đúng bước chờ đứng sau câu hỏi.',
      'Another system’s answer ends the very wait behind the question.',
    ),
    words(
      'Đặt bước chờ ngay sau bước hỏi và khai hệ thống được hỏi.',
      'Put the wait right behind the question and name the system asked.',
    ),
  ),
  'parts-opened': error(
    words(
      'Thủ tục liên thông chờ đúng những thủ tục nó vừa mở.',
      'A group waits for the very parts it has opened.',
    ),
    words(
      'Đặt bước chờ ngay sau bước mở và khai từng thủ tục thành phần.',
      'Put the wait right behind the opening and name each part.',
    ),
  ),
}

/** By the name under which the linter reports them; `xml` is a file that cannot be read at all. */
export const drawingRules: Record<string, Rule> = {
  ...Object.fromEntries(Object.entries(rules).map(([name, rule]) => [`mot-cua/${name}`, rule])),
  xml: error(
    words('Tệp không phải sơ đồ BPMN đọc được.', 'The file is no BPMN diagram that can be read.'),
    words(
      'Nhập lại tệp từ trình vẽ, hoặc khôi phục bản trước.',
      'Import it again, or restore an earlier revision.',
    ),
  ),
}
