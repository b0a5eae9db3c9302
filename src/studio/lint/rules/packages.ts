/**
 * What other people's rules (bpmnlint, Camunda's compatibility plugin) say, in our words: they speak English, and of
 * things an analyst has never seen. Each row: what is wrong and what to do, in Vietnamese and English.
 */
import type { Rule, Words } from '../fault.ts'

type Row = [wrong: Words, mend: Words]
const words = (vi: string, en: string): Words => ({ vi, en })

const BASICS = words(
  'Ký pháp BPMN: sơ đồ phải nói rõ bắt đầu, kết thúc và đường đi, máy mới chạy đúng như người đọc.',
  'BPMN’s own grammar: a diagram must say where it begins, ends and goes, or the machine runs another one than people read.',
)
const ENGINE = words(
  'Máy điều phối Zeebe 8.5 từ chối hoặc làm sai phần tử này: thủ tục sẽ không ban hành được.',
  'Zeebe 8.5 refuses this element or does something else with it: the procedure could not be published.',
)

const REMOVE = words('Bỏ phần này khỏi sơ đồ.', 'Remove it from the diagram.')
const TEMPLATE = words(
  'Chọn một mẫu bước có sẵn cho phần tử này.',
  'Choose one of our templates for this element.',
)
const AWAIT = words(
  'Thay bằng bước chờ (await.*) và một câu hỏi ngay sau nó.',
  'Use a waiting step (await.*) and a question right after it.',
)

export const basicRows: Record<string, Row> = {
  'ad-hoc-sub-process': [
    words('Quy trình con tùy biến vẽ sai.', 'An ad-hoc subprocess is drawn wrong.'),
    REMOVE,
  ],
  'conditional-event': [
    words('Sự kiện điều kiện thiếu điều kiện.', 'A conditional event has no condition.'),
    REMOVE,
  ],
  'conditional-flows': [
    words('Một đường ra của câu hỏi chưa có điều kiện.', 'A way out of a question has no condition.'),
    words(
      'Đặt điều kiện =outcome = "<kết quả>" cho đường này.',
      'Give the flow the condition =outcome = "<outcome>".',
    ),
  ],
  'end-event-required': [
    words('Sơ đồ chưa có sự kiện kết thúc.', 'The diagram has no end event.'),
    words('Vẽ sự kiện kết thúc và nối bước cuối vào đó.', 'Draw an end event and lead the last step to it.'),
  ],
  'event-based-gateway': [
    words('Cổng sự kiện nối sai.', 'An event-based gateway is connected wrong.'),
    AWAIT,
  ],
  'event-sub-process-typed-start-event': [
    words('Quy trình con theo sự kiện thiếu loại sự kiện.', 'An event subprocess starts without a type.'),
    REMOVE,
  ],
  global: [
    words(
      'Một khai báo chung (thông điệp, lỗi…) không dùng hoặc thiếu tên.',
      'A global element (message, error …) is unused or unnamed.',
    ),
    REMOVE,
  ],
  'link-event': [
    words('Sự kiện nối trang không thành cặp.', 'A link event has no partner.'),
    words('Nối thẳng bằng một đường đi.', 'Draw one flow instead.'),
  ],
  'no-bpmndi': [
    words(
      'Phần tử này có trong tệp nhưng không có hình vẽ.',
      'This element is in the file and not in the drawing.',
    ),
    words(
      'Xóa rồi vẽ lại phần tử, hoặc bố trí lại sơ đồ.',
      'Delete and draw it again, or lay the diagram out anew.',
    ),
  ],
  'no-complex-gateway': [
    words('Cổng phức hợp không dùng được.', 'A complex gateway cannot be used.'),
    words('Dùng câu hỏi (cổng loại trừ).', 'Use a question (exclusive gateway).'),
  ],
  'no-disconnected': [
    words('Phần tử này chưa nối với gì.', 'This element is connected to nothing.'),
    words('Nối vào đường đi hoặc xóa.', 'Connect it or delete it.'),
  ],
  'no-duplicate-sequence-flows': [
    words('Hai đường giống hệt nhau nối cùng hai phần tử.', 'Two equal flows join the same two elements.'),
    words('Xóa một đường.', 'Delete one of them.'),
  ],
  'no-gateway-join-fork': [
    words('Một cổng vừa nhập vừa rẽ nhánh.', 'A gateway both joins and forks.'),
    words('Tách thành hai cổng: một cổng nhập, một câu hỏi.', 'Make it two: a joint, then a question.'),
  ],
  'no-implicit-split': [
    words(
      'Một bước có hai đường ra mà không có câu hỏi: cả hai sẽ chạy cùng lúc.',
      'A step has two ways out and no question: both would run at once.',
    ),
    words('Đặt một câu hỏi sau bước.', 'Put a question behind the step.'),
  ],
  'no-implicit-end': [
    words('Đường đi dừng ở đây mà không kết thúc.', 'The way stops here without an end.'),
    words('Nối tới bước sau hoặc tới sự kiện kết thúc.', 'Lead it to the next step or to an end event.'),
  ],
  'no-implicit-start': [
    words('Không có đường nào dẫn tới phần tử này.', 'Nothing leads to this element.'),
    words('Nối từ bước trước, hoặc xóa.', 'Lead an earlier step to it, or delete it.'),
  ],
  'no-inclusive-gateway': [
    words(
      'Cổng bao hàm khó đọc và không dựng lại được giữa chừng.',
      'An inclusive gateway is hard to read and cannot be rebuilt half-way.',
    ),
    words('Dùng câu hỏi (cổng loại trừ).', 'Use a question (exclusive gateway).'),
  ],
  'no-overlapping-elements': [
    words('Hai hình đè lên nhau.', 'Two shapes overlap.'),
    words('Kéo một hình ra, hoặc bố trí lại sơ đồ.', 'Move one, or lay the diagram out anew.'),
  ],
  'single-blank-start-event': [
    words('Sơ đồ có hơn một sự kiện bắt đầu.', 'The diagram has more than one start.'),
    words('Giữ một sự kiện bắt đầu: “Đã nộp hồ sơ”.', 'Keep one start event: “Filed”.'),
  ],
  'single-event-definition': [
    words('Sự kiện có nhiều loại cùng lúc.', 'An event is of several types.'),
    REMOVE,
  ],
  'start-event-required': [
    words('Sơ đồ chưa có sự kiện bắt đầu.', 'The diagram has no start event.'),
    words('Vẽ sự kiện bắt đầu “Đã nộp hồ sơ”.', 'Draw a start event “Filed”.'),
  ],
  'sub-process-blank-start-event': [
    words('Quy trình con phải bắt đầu bằng sự kiện thường.', 'A subprocess must start with a plain event.'),
    words('Đổi sự kiện bắt đầu thành loại thường.', 'Make its start event a plain one.'),
  ],
  'superfluous-gateway': [
    words(
      'Cổng này một vào một ra, không hỏi gì.',
      'This gateway has one way in, one way out, and asks nothing.',
    ),
    words('Xóa cổng và nối thẳng.', 'Delete it and draw one flow.'),
  ],
  'superfluous-termination': [
    words('Kết thúc cưỡng bức ở đây là thừa.', 'The terminate end event is superfluous here.'),
    words('Dùng sự kiện kết thúc thường.', 'Use a plain end event.'),
  ],
}

export const compatRows: Record<string, Row> = {
  implementation: [
    words('Bước của máy chưa nói làm việc gì.', 'A machine’s step does not say what it does.'),
    TEMPLATE,
  ],
  'called-element': [
    words('Bước gọi quy trình khác thiếu tên quy trình.', 'A call activity names no process.'),
    REMOVE,
  ],
  'duplicate-task-headers': [
    words('Một tham số của bước có hai lần.', 'A header of the step is there twice.'),
    words('Xóa một trong hai.', 'Delete one of the two.'),
  ],
  'element-type': [
    words('Loại phần tử này không chạy được.', 'This type of element cannot run.'),
    words(
      'Thay bằng bước của người, bước của máy, câu hỏi hoặc sự kiện thường.',
      'Use a person’s step, a machine’s step, a question or a plain event.',
    ),
  ],
  'error-reference': [words('Sự kiện lỗi thiếu mã lỗi.', 'An error event has no code.'), REMOVE],
  'event-based-gateway-target': [
    words('Cổng sự kiện dẫn tới phần tử không được phép.', 'An event-based gateway leads where it may not.'),
    AWAIT,
  ],
  'executable-process': [
    words('Quy trình chưa được đánh dấu chạy được.', 'The process is not marked as executable.'),
    words('Đánh dấu “Executable” cho quy trình.', 'Mark the process as executable.'),
  ],
  'loop-characteristics': [
    words('Bước lặp hoặc nhiều bản sao khai thiếu.', 'A loop or multi-instance step is incomplete.'),
    REMOVE,
  ],
  'message-reference': [
    words('Sự kiện thông điệp thiếu thông điệp.', 'A message event names no message.'),
    AWAIT,
  ],
  'io-mapping': [
    words('Ánh xạ biến của bước khai sai.', 'The variable mapping of the step is wrong.'),
    words('Sửa hoặc xóa ánh xạ biến.', 'Mend or delete the mapping.'),
  ],
  'no-binding-type': [
    words('Cách chọn phiên bản gọi không dùng được ở 8.5.', 'A binding type does not exist in 8.5.'),
    REMOVE,
  ],
  'no-business-id': [
    words('Mã nghiệp vụ không dùng được ở 8.5.', 'A business id does not exist in 8.5.'),
    REMOVE,
  ],
  'no-cancel-execution-listener': [
    words('Bộ lắng nghe hủy không dùng được ở 8.5.', 'Cancel listeners do not exist in 8.5.'),
    REMOVE,
  ],
  'no-execution-listener-headers': [
    words('Bộ lắng nghe không dùng được ở 8.5.', 'Listener headers do not exist in 8.5.'),
    REMOVE,
  ],
  'no-execution-listeners': [
    words('Bộ lắng nghe không dùng được ở 8.5.', 'Execution listeners do not exist in 8.5.'),
    REMOVE,
  ],
  'no-expression': [
    words('Chỗ này không nhận biểu thức.', 'No expression may stand here.'),
    words('Ghi một giá trị cố định.', 'Write a fixed value.'),
  ],
  'no-job-priority-definition': [
    words('Độ ưu tiên việc không dùng được ở 8.5.', 'Job priorities do not exist in 8.5.'),
    REMOVE,
  ],
  'no-loop': [
    words(
      'Vòng lặp này chỉ đi qua các bước tự chạy: máy sẽ quay mãi.',
      'This loop passes only steps that run by themselves: it would never end.',
    ),
    words(
      'Đưa một bước của người hoặc bước chờ vào vòng, hoặc bỏ vòng.',
      'Put a person’s step or a wait into the loop, or remove it.',
    ),
  ],
  'no-multiple-none-start-events': [
    words('Sơ đồ có hơn một sự kiện bắt đầu.', 'The diagram has more than one start.'),
    words('Giữ một sự kiện bắt đầu.', 'Keep one start event.'),
  ],
  'no-priority-definition': [
    words('Độ ưu tiên không dùng được ở 8.5.', 'Priorities do not exist in 8.5.'),
    REMOVE,
  ],
  'no-propagate-all-parent-variables': [
    words('Cách truyền biến này không dùng được ở 8.5.', 'This way to pass variables does not exist in 8.5.'),
    REMOVE,
  ],
  'no-task-listeners': [
    words('Bộ lắng nghe tác vụ không dùng được ở 8.5.', 'Task listeners do not exist in 8.5.'),
    REMOVE,
  ],
  'no-version-tag': [
    words('Nhãn phiên bản không dùng được ở 8.5.', 'Version tags do not exist in 8.5.'),
    REMOVE,
  ],
  'sequence-flow-condition': [
    words('Điều kiện của một đường đi khai sai.', 'The condition of a flow is wrong.'),
    words('Đặt điều kiện =outcome = "<kết quả>".', 'Give it the condition =outcome = "<outcome>".'),
  ],
  'start-event-form': [
    words('Sự kiện bắt đầu không mang biểu mẫu.', 'A start event carries no form.'),
    REMOVE,
  ],
  subscription: [words('Đăng ký thông điệp khai sai.', 'A message subscription is wrong.'), AWAIT],
  timer: [words('Hẹn giờ khai sai.', 'A timer is wrong.'), AWAIT],
  'user-task-definition': [
    words('Bước của người chưa phải tác vụ gốc của Camunda.', 'A person’s step is no native user task.'),
    words('Vẽ lại bước bằng mẫu “Bước của người”.', 'Draw it again as a person’s step.'),
  ],
  'user-task-form': [
    words('Biểu mẫu của bước khai sai.', 'The form of the step is wrong.'),
    words('Chọn lại biểu mẫu cho bước.', 'Choose the form of the step again.'),
  ],
  'variable-name': [
    words('Tên biến không hợp lệ.', 'A variable’s name is not allowed.'),
    words('Đổi tên biến.', 'Rename it.'),
  ],
  feel: [
    words('Biểu thức FEEL viết sai.', 'A FEEL expression is not well formed.'),
    words(
      'Sửa biểu thức; câu hỏi chỉ cần =outcome = "<kết quả>".',
      'Mend it; a question only needs =outcome = "<outcome>".',
    ),
  ],
  'feel-compatibility': [
    words(
      'Biểu thức FEEL dùng hàm mà 8.5 chưa có.',
      'A FEEL expression uses a function that 8.5 does not have.',
    ),
    words('Viết lại bằng hàm có sẵn.', 'Write it with functions that are there.'),
  ],
  'bpmnlint/start-event-required': [
    words('Sơ đồ chưa có sự kiện bắt đầu.', 'The diagram has no start event.'),
    words('Vẽ sự kiện bắt đầu “Đã nộp hồ sơ”.', 'Draw a start event “Filed”.'),
  ],
  'connector-properties': [
    words('Bước dùng bộ nối của Camunda.', 'The step uses one of Camunda’s connectors.'),
    TEMPLATE,
  ],
  'inclusive-gateway': [
    words('Cổng bao hàm không nhập nhánh được.', 'An inclusive gateway cannot join here.'),
    words('Dùng câu hỏi (cổng loại trừ).', 'Use a question (exclusive gateway).'),
  ],
  'escalation-boundary-event-attached-to-ref': [
    words('Sự kiện leo thang gắn sai chỗ.', 'An escalation event is attached wrong.'),
    REMOVE,
  ],
  'escalation-reference': [words('Sự kiện leo thang thiếu mã.', 'An escalation event has no code.'), REMOVE],
  'link-event': [
    words('Sự kiện nối trang không thành cặp.', 'A link event has no partner.'),
    words('Nối thẳng bằng một đường đi.', 'Draw one flow instead.'),
  ],
  'task-schedule': [
    words('Hạn của tác vụ khai trong sơ đồ.', 'A task’s due date stands in the diagram.'),
    words('Xóa; thời hạn do đồng hồ hồ sơ tính.', 'Delete it; limits belong to the dossier’s clock.'),
  ],
  secrets: [words('Có tham chiếu bí mật trong sơ đồ.', 'The diagram refers to a secret.'), REMOVE],
  'signal-reference': [
    words('Sự kiện tín hiệu thiếu tên tín hiệu.', 'A signal event names no signal.'),
    REMOVE,
  ],
  'wait-for-completion': [words('Kết thúc bù trừ khai sai.', 'A compensation end event is wrong.'), REMOVE],
}

const ruleOf = (reason: Words, [, mend]: Row): Rule => ({ severity: 'error', part: 'diagram', reason, mend })
const named = (prefix: string, reason: Words, rows: Record<string, Row>) =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [prefix + name, ruleOf(reason, row)]))

/** By the name under which the linter reports them. */
export const packageRules: Record<string, Rule> = {
  ...named('', BASICS, basicRows),
  ...named('camunda-compat/', ENGINE, compatRows),
}

/** What is wrong, in Vietnamese, by the same name. */
export const packageMessages: Record<string, string> = Object.fromEntries([
  ...Object.entries(basicRows).map(([name, [wrong]]) => [name, wrong.vi]),
  ...Object.entries(compatRows).map(([name, [wrong]]) => [`camunda-compat/${name}`, wrong.vi]),
])
