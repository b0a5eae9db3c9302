/**
 * Every open dossier must be movable to another version and rebuildable after a loss. Zeebe 8.5 refuses or cannot do
 * either at these elements, so a procedure waits in native user tasks and in await.* service tasks only.
 */
import { holdsToken, incoming, is, outgoing, say } from '../say.js'

const AWAIT = {
  vi: 'Thay bằng tác vụ dịch vụ await.* và một câu hỏi ngay sau nó.',
  en: 'Use a service task of type await.* and a question right after it.',
}

/** @param {(node: any) => boolean} found @param {string} vi @param {string} en */
const forbid = (found, vi, en) => () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (found(node)) say(reporter, node, { vi, en })
  },
})

export const noEvent = forbid(
  (node) =>
    is(node, 'bpmn:Event') && !is(node, 'bpmn:BoundaryEvent') && (node.eventDefinitions ?? []).length > 0,
  `Thủ tục không dùng sự kiện thông điệp, hẹn giờ hay tín hiệu: hồ sơ đang chờ ở đó không chuyển được sang phiên bản khác. ${AWAIT.vi}`,
  `A procedure uses no message, timer or signal events: a dossier waiting there cannot be migrated. ${AWAIT.en}`,
)

export const noReceiveTask = forbid(
  (node) => is(node, 'bpmn:ReceiveTask'),
  `Thủ tục không dùng tác vụ nhận: hồ sơ đang chờ ở đó không chuyển được sang phiên bản khác. ${AWAIT.vi}`,
  `A procedure uses no receive tasks: a dossier waiting there cannot be migrated. ${AWAIT.en}`,
)

export const noEventGateway = forbid(
  (node) => is(node, 'bpmn:EventBasedGateway'),
  `Thủ tục không dùng cổng sự kiện: hồ sơ đang chờ ở đó không chuyển và không dựng lại được. ${AWAIT.vi}`,
  `A procedure uses no event-based gateway: a dossier waiting there can be neither migrated nor rebuilt. ${AWAIT.en}`,
)

export const noBoundaryEvent = forbid(
  (node) => is(node, 'bpmn:BoundaryEvent'),
  'Thủ tục không gắn sự kiện vào bước: thời hạn là việc của đồng hồ hồ sơ, hết hạn là một kết quả của bước chờ. Bỏ sự kiện này, hỏi kết quả bằng một câu hỏi sau bước.',
  'A procedure has no boundary events: limits belong to the dossier’s clock and expiry is an outcome of a wait. Remove it and ask for the outcome after the step.',
)

export const noEventSubprocess = forbid(
  (node) => is(node, 'bpmn:SubProcess') && node.triggeredByEvent === true,
  'Thủ tục không dùng quy trình con theo sự kiện: chỉ cần có nó là mọi hồ sơ không chuyển được phiên bản. Rút hồ sơ đã có quy trình dùng chung “Dừng giải quyết”.',
  'A procedure has no event subprocess: its mere presence keeps every dossier from being migrated. Withdrawal has the shared process “stop”.',
)

export const noMultiInstance = forbid(
  (node) => is(node, 'bpmn:Activity') && Boolean(node.loopCharacteristics),
  'Thủ tục không dùng bước nhiều bản sao: không dựng lại được giữa chừng. Lấy ý kiến nhiều nơi dùng consultation.request rồi await.consultations.',
  'A procedure has no multi-instance steps: they cannot be rebuilt half-way. To ask several bodies use consultation.request, then await.consultations.',
)

/** Can a token wait for a person on the way from the last parallel fork to this gateway? @param {any} join */
const canWait = (join) => {
  const seen = new Set()
  const open = incoming(join).map((flow) => flow.sourceRef)
  while (open.length > 0) {
    const node = open.pop()
    if (!node || seen.has(node)) continue
    seen.add(node)
    if (holdsToken(node)) return true
    const isFork = is(node, 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway') && outgoing(node).length > 1
    if (!isFork) open.push(...incoming(node).map((flow) => flow.sourceRef))
  }
  return false
}

export const noWaitingJoin = forbid(
  (node) =>
    is(node, 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway') && incoming(node).length > 1 && canWait(node),
  'Cổng hợp nhánh không được đợi người: nhánh xong trước sẽ kẹt ở đây khi chuyển hay dựng lại hồ sơ. Cho các bước nối tiếp nhau, hoặc gom việc chờ vào một tác vụ await.*.',
  'A joining gateway must not wait for a person: the branch that finishes first is stuck here when dossiers are migrated or rebuilt. Put the steps one after another, or wait once in an await.* task.',
)

export const noBusinessRuleTask = forbid(
  (node) => is(node, 'bpmn:BusinessRuleTask'),
  'Thủ tục không dùng tác vụ bảng quyết định: không có dòng nào khớp thì nó vẫn đi tiếp với kết quả rỗng. Phân tuyến bằng tác vụ dịch vụ dossier.route.',
  'A procedure has no business rule task: when nothing matches it goes on with an empty answer. Route with the service task dossier.route.',
)

export const noCallActivity = forbid(
  (node) => is(node, 'bpmn:CallActivity'),
  'Thủ tục không gọi quy trình khác: bản gọi luôn là bản mới nhất nên hồ sơ cũ sẽ đổi luật giữa đường. Lấy ý kiến, xin lỗi, dừng được hệ thống mở riêng.',
  'A procedure calls no other process: the call takes the latest version, so old dossiers would change rules half-way. Consultations, apologies and stops are started by the system.',
)

export const noOtherTask = forbid(
  (node) =>
    is(node, 'bpmn:Task') &&
    !is(node, 'bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:ReceiveTask', 'bpmn:BusinessRuleTask'),
  'Một bước là việc của người (user task) hoặc việc của máy (service task); loại tác vụ này không ai làm. Chọn một trong hai loại.',
  'A step is work for people (user task) or for machines (service task); nobody does this kind of task. Choose one of the two.',
)

export const noDuration = forbid(
  (node) => is(node, 'bpmn:TimerEventDefinition') && !/^=/.test(node.timeDate?.body ?? ''),
  'Không hẹn giờ bằng khoảng thời gian (PT…): giờ máy không phải giờ làm việc. Dùng một thời điểm tính sẵn, ví dụ =nextAlarmAt.',
  'No duration timers (PT…): machine hours are not working hours. Use an instant that was computed, such as =nextAlarmAt.',
)
