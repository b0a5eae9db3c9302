/** Every step can be reached, every way ends, and the machines' work is ours. */
import { flowNodes, incoming, is, jobType, outgoing, say } from '../say.js'

/** Everything that a walk from some nodes meets. @param {any[]} from @param {(node: any) => any[]} next */
const walk = (from, next) => {
  const seen = new Set(from)
  const open = [...from]
  while (open.length > 0)
    for (const node of next(open.pop()))
      if (node && !seen.has(node)) {
        seen.add(node)
        open.push(node)
      }
  return seen
}

/** Nodes of one scope: a subprocess inside is judged as a scope of its own. @param {any} scope */
const nodesOf = (scope) => (scope.flowElements ?? []).filter((each) => is(each, 'bpmn:FlowNode'))

const scopes = ['bpmn:Process', 'bpmn:SubProcess']

export const reachable = () => ({
  /** @param {any} scope @param {any} reporter */
  check(scope, reporter) {
    if (!is(scope, ...scopes)) return
    const nodes = nodesOf(scope)
    const starts = nodes.filter((node) => is(node, 'bpmn:StartEvent', 'bpmn:BoundaryEvent'))
    if (starts.length === 0) return
    const met = walk(starts, (node) => outgoing(node).map((flow) => flow.targetRef))
    for (const node of nodes)
      if (!met.has(node) && !node.triggeredByEvent)
        say(reporter, node, {
          vi: `Không hồ sơ nào tới được “${node.name ?? node.id}”: không có đường từ sự kiện bắt đầu. Nối vào đường đi hoặc xóa.`,
          en: `No dossier reaches “${node.name ?? node.id}”: nothing leads there from the start. Connect it or delete it.`,
        })
  },
})

export const loopExit = () => ({
  /** @param {any} scope @param {any} reporter */
  check(scope, reporter) {
    if (!is(scope, ...scopes)) return
    const nodes = nodesOf(scope)
    const ends = nodes.filter((node) => outgoing(node).length === 0)
    const ending = walk(ends, (node) => incoming(node).map((flow) => flow.sourceRef))
    const caught = nodes.filter((node) => !ending.has(node))
    const first = caught.find((node) => is(node, 'bpmn:Activity')) ?? caught[0]
    if (!first) return
    const names = caught.filter((node) => node.name).map((node) => `“${node.name}”`)
    say(reporter, first, {
      vi: `Vòng lặp không có lối ra: hồ sơ vào ${names.join(', ')} thì không bao giờ kết thúc. Thêm một câu hỏi có đường ra khỏi vòng.`,
      en: `A loop without an exit: a dossier that enters ${names.join(', ')} never ends. Add a question with a way out.`,
    })
  },
})

export const selfLoop = () => ({
  /** @param {any} flow @param {any} reporter */
  check(flow, reporter) {
    if (is(flow, 'bpmn:SequenceFlow') && flow.sourceRef && flow.sourceRef === flow.targetRef)
      say(reporter, flow, {
        vi: `Đường “${flow.name ?? flow.id}” quay lại chính bước nó đi ra. Dẫn tới bước khác hoặc xóa.`,
        en: `The flow “${flow.name ?? flow.id}” leads back to the step it leaves. Lead it elsewhere or delete it.`,
      })
  },
})

export const oneProcess = () => ({
  /** @param {any} definitions @param {any} reporter */
  check(definitions, reporter) {
    if (!is(definitions, 'bpmn:Definitions')) return
    const processes = (definitions.rootElements ?? []).filter((each) => is(each, 'bpmn:Process'))
    for (const process of processes.slice(1))
      say(reporter, process, {
        vi: `Tệp có thêm quy trình “${process.name ?? process.id}”: mỗi thủ tục chỉ một quy trình. Xóa quy trình thừa.`,
        en: `The file has another process “${process.name ?? process.id}”: a procedure has one. Delete it.`,
      })
  },
})

export const ourTemplate = () => ({
  /** @param {any} node @param {any} reporter */
  check(node, reporter) {
    if (!is(node, 'bpmn:ServiceTask')) return
    const template = node.get('zeebe:modelerTemplate')
    if (template !== `mot-cua.${jobType(node)}`)
      say(reporter, node, {
        vi: `“${node.name ?? node.id}” không vẽ bằng mẫu bước có sẵn${template ? ` (mẫu đang ghi: ${template})` : ''}. Chọn một mẫu cho bước này.`,
        en: `“${node.name ?? node.id}” was not drawn with one of our templates${template ? ` (it says ${template})` : ''}. Choose a template for it.`,
      })
  },
})

/** Nothing but the parts of a procedure: what stands elsewhere in the file would be deployed with it. */
export const nothingElse = () => ({
  /** @param {any} definitions @param {any} reporter */
  check(definitions, reporter) {
    if (!is(definitions, 'bpmn:Definitions')) return
    for (const each of definitions.imports ?? [])
      say(reporter, definitions, {
        vi: `Tệp gọi thêm tệp khác (${each.location ?? each.namespace}). Bỏ phần import.`,
        en: `The file imports another one (${each.location ?? each.namespace}). Remove the import.`,
      })
    if ((definitions.rootElements ?? []).some((each) => flowNodes(each).length > 0)) return
    say(reporter, definitions, {
      vi: 'Sơ đồ chưa có bước nào. Vẽ từ sự kiện bắt đầu đến sự kiện kết thúc.',
      en: 'The diagram has no steps. Draw from a start event to an end event.',
    })
  },
})
