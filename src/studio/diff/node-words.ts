import type { Text } from '../../text.ts'
import type { Diagram, DiagramFlow, DiagramNode } from './diagram.ts'
import { quoted, say } from './words.ts'

type Words = Required<Text>

/** What analysts call a symbol of the diagram. */
export function kindOf(node: DiagramNode): Words {
  if (node.type === 'userTask') return say('bước', 'step')
  if (node.job?.startsWith('await.')) return say('bước chờ', 'wait')
  if (node.type.endsWith('Task')) return say('việc của máy', 'machine task')
  if (node.type.endsWith('Gateway')) return say('câu hỏi', 'question')
  if (node.type === 'startEvent') return say('điểm bắt đầu', 'start')
  if (node.type === 'endEvent') return say('điểm kết thúc', 'end')
  return say('phần tử', 'element')
}

/** “Thẩm định hồ sơ”; a joint has no name of its own. */
export function nameOfNode(node: DiagramNode | undefined, id: string): Words {
  if (!node) return quoted(say(id, id))
  if (node.name) return quoted(say(node.name, node.name))
  return node.type.endsWith('Gateway') ? say('chỗ nhập dòng', 'a joint') : quoted(say(id, id))
}

/** “bước “Thẩm định hồ sơ”” */
export function nodeWords(node: DiagramNode): Words {
  const [kind, name] = [kindOf(node), nameOfNode(node, node.id)]
  return node.name
    ? say(`${kind.vi} ${name.vi}`, `${kind.en} ${name.en}`)
    : say(name.vi, name.en === 'a joint' ? 'joint' : name.en)
}

/** “Kết quả thẩm định? – đạt”, or where a flow without a label starts. */
export function branchWords(flow: DiagramFlow, diagram: Diagram): Words {
  const from = nameOfNode(diagram.nodes.get(flow.source), flow.source)
  return flow.name
    ? say(`${from.vi}, nhánh “${flow.name}”`, `${from.en}, branch “${flow.name}”`)
    : say(from.vi, from.en)
}
