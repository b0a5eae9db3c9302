/** A diagram is read by jurists: short names, questions with answers, and no more than fits on a page. */
import { asks, flowNodes, is, outgoing, say, warn } from '../say.js'

const MAX_WORDS = 5
/** Steps, waits and events. Questions are not counted: a process of twelve steps needs one behind nearly each of them. */
const MAX_NODES = 30

const words = (name) => (name ?? '').trim().split(/\s+/).filter(Boolean).length

export const taskName = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!is(node, 'bpmn:Task')) return
    const count = words(node.name)
    if (count === 0 || count > MAX_WORDS) {
      const tell = count === 0 ? say : warn
      tell(reporter, node, {
        vi: `Tên bước “${node.name ?? ''}” phải là động từ và đối tượng, từ một đến ${MAX_WORDS} tiếng. Viết ngắn lại.`,
        en: `The step “${node.name ?? ''}” needs a name of verb and object in one to ${MAX_WORDS} words. Shorten it.`,
      })
    }
  },
})

export const gatewayQuestion = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!asks(node) || is(node, 'bpmn:ParallelGateway')) return
    if (!(node.name ?? '').trim().endsWith('?'))
      say(reporter, node, {
        vi: `Cổng rẽ nhánh phải là một câu hỏi; “${node.name ?? ''}” không có dấu hỏi. Ví dụ: “Đã bổ sung?”.`,
        en: `A gateway with several ways out must be a question; “${node.name ?? ''}” has no question mark. For example “Supplemented?”.`,
      })
  },
})

export const flowAnswer = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!asks(node) || !is(node, 'bpmn:ExclusiveGateway')) return
    for (const flow of outgoing(node))
      if (words(flow.name) === 0)
        say(reporter, flow, {
          vi: `Đường ra của câu hỏi “${node.name ?? ''}” chưa có câu trả lời. Ghi tên cho đường này.`,
          en: `A way out of “${node.name ?? ''}” has no answer on it. Name this flow.`,
        })
  },
})

export const eventName = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (is(node, 'bpmn:Event') && words(node.name) === 0)
      say(reporter, node, {
        vi: 'Sự kiện phải nói điều gì đã xảy ra, ví dụ “Đã bổ sung”. Ghi tên cho sự kiện này.',
        en: 'An event must say what happened, such as “Supplemented”. Name this event.',
      })
  },
})

export const size = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!is(node, 'bpmn:Process')) return
    const count = flowNodes(node).filter((each) => !is(each, 'bpmn:Gateway')).length
    if (count > MAX_NODES)
      warn(reporter, node, {
        vi: `Sơ đồ có ${count} bước và sự kiện, nhiều hơn ${MAX_NODES}: không đọc được trên một trang A3. Gộp các bước, để cam kết của bước lo phần việc kèm theo.`,
        en: `The diagram has ${count} steps and events, more than ${MAX_NODES}: it cannot be read on one A3 page. Merge steps and leave what goes with them to their promises.`,
      })
  },
})
