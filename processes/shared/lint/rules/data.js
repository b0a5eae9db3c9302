/**
 * Diagram and data must say the same. These rules take the procedure's data as their configuration:
 * { steps, waits, fees, exchanges, children, jobTypes } of procedure.json (or of a shared process) and the element templates.
 */
import {
  asks,
  extension,
  flowNodes,
  holdsToken,
  incoming,
  is,
  isWait,
  jobType,
  outgoing,
  say,
} from '../say.js'

/** @param {any} data */
export const nativeUserTask = (data) => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) return
    if (!extension(node, 'zeebe:UserTask'))
      say(reporter, node, {
        vi: `“${node.name}” phải là tác vụ người dùng của Camunda (zeebe:userTask); kiểu cũ bị máy làm thay. Đổi cách thực hiện sang “Camunda user task”.`,
        en: `“${node.name}” must be a native user task (zeebe:userTask); the old kind is taken by a machine. Set its implementation to “Camunda user task”.`,
      })
    const reference = extension(node, 'zeebe:FormDefinition')?.externalReference ?? ''
    const form = /^="([a-z-]+):" \+ subjectId$/.exec(reference)?.[1]
    const wanted = data?.steps?.[node.id]?.form
    if (!form || (wanted && form !== wanted))
      say(reporter, node, {
        vi: `“${node.name}” phải có biểu mẫu tham chiếu ="${wanted ?? '<biểu mẫu>'}:" + subjectId, hiện là ${reference || 'trống'}.`,
        en: `“${node.name}” needs the form reference ="${wanted ?? '<form>'}:" + subjectId, it is ${reference || 'empty'}.`,
      })
  },
})

/** @param {any} data */
export const stepsKnown = (data) => ({
  /** @param {any} process @param {any} reporter */
  check(process, reporter) {
    if (!is(process, 'bpmn:Process')) return
    const nodes = flowNodes(process)
    const steps = nodes.filter((node) => is(node, 'bpmn:UserTask'))
    const waits = nodes.filter(isWait)
    for (const node of steps)
      if (!data?.steps?.[node.id])
        say(reporter, node, {
          vi: `Bước “${node.name}” (${node.id}) chưa có trong dữ liệu thủ tục: không biết ai làm, biểu mẫu nào. Thêm vào "steps".`,
          en: `The step “${node.name}” (${node.id}) is not in the procedure's data: nobody knows who does it. Add it to "steps".`,
        })
    for (const node of waits)
      if (data?.waits?.[node.id]?.type !== jobType(node))
        say(reporter, node, {
          vi: `Bước chờ “${node.name}” (${node.id}, ${jobType(node)}) chưa có đúng loại trong dữ liệu thủ tục. Sửa "waits".`,
          en: `The wait “${node.name}” (${node.id}, ${jobType(node)}) is not in the procedure's data with this type. Mend "waits".`,
        })
    for (const [kind, drawn] of [
      ['steps', steps],
      ['waits', waits],
    ])
      for (const id of Object.keys(data?.[kind] ?? {}))
        if (!drawn.some((node) => node.id === id))
          say(reporter, process, {
            vi: `Dữ liệu thủ tục có "${id}" trong "${kind}" nhưng sơ đồ không vẽ. Vẽ bước này hoặc bỏ khỏi dữ liệu.`,
            en: `The procedure's data has "${id}" in "${kind}", the diagram does not. Draw it or remove it from the data.`,
          })
  },
})

/** @param {any} data */
export const jobTypeKnown = (data) => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!is(node, 'bpmn:ServiceTask')) return
    const type = jobType(node)
    if (!data?.jobTypes?.includes(type))
      say(reporter, node, {
        vi: `Không có việc của máy tên “${type}”: hồ sơ sẽ đứng mãi ở “${node.name}”. Chọn một mẫu có sẵn: ${data?.jobTypes?.join(', ')}.`,
        en: `There is no work for machines called “${type}”: dossiers would stand at “${node.name}” for ever. Choose a template: ${data?.jobTypes?.join(', ')}.`,
      })
  },
})

/** Work for machines that a question asks about. @type {Record<string, string[]>} */
const MACHINE_OUTCOMES = { 'fee.calculate': ['due', 'none'] }

/** The steps, waits and machines' work whose outcome a question asks: back through joints and machines' work. @param {any} gateway */
const askedOf = (gateway) => {
  const found = new Set()
  const seen = new Set()
  const open = incoming(gateway).map((flow) => flow.sourceRef)
  while (open.length > 0) {
    const node = open.pop()
    if (!node || seen.has(node)) continue
    seen.add(node)
    if (holdsToken(node) || MACHINE_OUTCOMES[jobType(node)]) found.add(node)
    else if (is(node, 'bpmn:Gateway') && !asks(node))
      open.push(...incoming(node).map((flow) => flow.sourceRef))
  }
  return [...found]
}

/** @param {any} data @param {any} node */
const outcomesOf = (data, node) => {
  const machine = MACHINE_OUTCOMES[jobType(node)]
  if (machine) return machine
  const step = data?.steps?.[node.id]
  return step
    ? [...Object.keys(step.outcomes), ...(step.clockOutcomes ?? [])]
    : (data?.waits?.[node.id]?.outcomes ?? [])
}

const ASKED = /^=outcome = "([a-z-]+)"$/

/** @param {any} data */
export const outcomes = (data) => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!asks(node) || !is(node, 'bpmn:ExclusiveGateway')) return
    const answers = outgoing(node).map((flow) => ASKED.exec(flow.conditionExpression?.body ?? '')?.[1])
    outgoing(node).forEach((flow, n) => {
      if (!answers[n])
        say(reporter, flow, {
          vi: `Đường “${flow.name ?? flow.id}” phải có điều kiện =outcome = "<kết quả>", kể cả đường mặc định: kết quả lạ phải thành sự cố, không được đi nhầm đường.`,
          en: `The flow “${flow.name ?? flow.id}” needs the condition =outcome = "<outcome>", without a default: an unknown outcome must be an incident and never take a wrong way.`,
        })
    })
    for (const source of askedOf(node)) {
      const known = outcomesOf(data, source)
      for (const answer of answers.filter(Boolean))
        if (!known.includes(answer))
          say(reporter, node, {
            vi: `Câu hỏi “${node.name}” hỏi "${answer}" nhưng “${source.name}” không có kết quả đó (có: ${known.join(', ')}).`,
            en: `“${node.name}” asks for "${answer}", which is no outcome of “${source.name}” (it has: ${known.join(', ')}).`,
          })
      for (const outcome of known)
        if (!answers.includes(outcome))
          say(reporter, node, {
            vi: `“${source.name}” có kết quả "${outcome}" nhưng câu hỏi “${node.name}” không có đường cho nó. Vẽ thêm đường.`,
            en: `“${source.name}” has the outcome "${outcome}", for which “${node.name}” has no way out. Draw one.`,
          })
    }
  },
})

/** @param {any} data */
export const feePaid = (data) => ({
  /** @param {any} process @param {any} reporter */
  check(process, reporter) {
    if (!is(process, 'bpmn:Process') || !data?.fees?.length) return
    const types = flowNodes(process).map(jobType)
    for (const type of ['fee.calculate', 'await.payment'])
      if (!types.includes(type))
        say(reporter, process, {
          vi: `Thủ tục có phí ("fees") nhưng sơ đồ không có ${type}: tiền sẽ không được thu. Vẽ fee.calculate, câu hỏi “Có phí?”, rồi await.payment.`,
          en: `The procedure has fees, the diagram has no ${type}: nobody would be asked to pay. Draw fee.calculate, the question “Fee due?”, then await.payment.`,
        })
  },
})

/** @param {any} data */
export const exchangeAnswered = (data) => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (jobType(node) !== 'exchange.request') return
    const rule = data?.exchanges?.[node.id]
    if (!rule)
      return say(reporter, node, {
        vi: `“${node.name}” (${node.id}) chưa có trong "exchanges" của dữ liệu thủ tục: không biết hỏi hệ thống nào. Thêm hệ thống và các trường gửi đi.`,
        en: `“${node.name}” (${node.id}) is not in "exchanges" of the procedure's data: nobody knows which system to ask. Add the system and the fields to send.`,
      })
    // The answer ends the visit of the wait that has the question's number, so one must follow the other.
    const next = outgoing(node).map((flow) => flow.targetRef)
    if (next.length !== 1 || next[0]?.id !== rule.wait || jobType(next[0]) !== 'await.exchange')
      say(reporter, node, {
        vi: `Ngay sau “${node.name}” phải là bước chờ "${rule.wait}" (await.exchange), và chỉ nó: câu trả lời kết thúc đúng lần chờ đó.`,
        en: `Right after “${node.name}” stands its wait "${rule.wait}" (await.exchange) and nothing else: the answer ends that very wait.`,
      })
  },
})

/** @param {any} data */
export const partsOpened = (data) => ({
  /** @param {any} process @param {any} reporter */
  check(process, reporter) {
    if (!is(process, 'bpmn:Process')) return
    const drawn = flowNodes(process).filter((node) => jobType(node) === 'children.open')
    const parts = data?.children ?? []
    for (const { key, open } of parts)
      if (!drawn.some((node) => node.id === open))
        say(reporter, process, {
          vi: `Không bước nào trong sơ đồ mở thủ tục thành phần "${key}": cần một bước children.open tên ${open}.`,
          en: `Nothing in the diagram opens the part "${key}": draw a children.open task ${open}.`,
        })
    for (const node of drawn) {
      const opened = parts.filter((/** @type {any} */ part) => part.open === node.id)
      if (opened.length === 0)
        say(reporter, node, {
          vi: `“${node.name}” (${node.id}) không mở thủ tục nào: thêm vào "children" của dữ liệu.`,
          en: `“${node.name}” (${node.id}) opens no part: name it in "children" of the data.`,
        })
      // The group waits once for each set: for those it has just opened.
      const next = outgoing(node).map((flow) => flow.targetRef)
      for (const { key, wait } of opened)
        if (next.length !== 1 || next[0]?.id !== wait || jobType(next[0]) !== 'await.children')
          say(reporter, node, {
            vi: `Ngay sau “${node.name}” phải là bước chờ "${wait}" (await.children) của "${key}".`,
            en: `Right after “${node.name}” stands the wait "${wait}" (await.children) of "${key}".`,
          })
    }
  },
})
