import { listOf, recOf } from '../diff/keyed.ts'
import type { ProcedureSource } from '../source.ts'
import { type Flow, type FlowNode, readDiagram, UnreadableDiagram, type Way } from './diagram.ts'
import { inOrderOfAnswers, MACHINE_OUTCOMES, type Placed, readingOrder, stepNumbers } from './reading.ts'

/** The data beside a diagram, as far as its order asks; of a draft anything may be missing. */
type Facts = { steps?: unknown; waits?: unknown }

const texts = (value: unknown): string[] => listOf(value).map(String)

function answers(node: FlowNode, { steps, waits }: Facts): string[] {
  const step = recOf(steps)[node.id]
  if (step !== undefined)
    return [...Object.keys(recOf(recOf(step).outcomes)), ...texts(recOf(step).clockOutcomes)]
  const wait = recOf(waits)[node.id]
  return wait === undefined ? (MACHINE_OUTCOMES[node.type] ?? []) : texts(recOf(wait).outcomes)
}

const answerOf = ({ outcomes }: Way) => outcomes?.[0] ?? null

/** A question: more than one way out, or an answer on its only one. Else a gateway only joins. */
const asks = ({ kind, ways }: FlowNode): boolean =>
  kind === 'choice' && (ways.length > 1 || ways.some((way) => answerOf(way) !== null))

/** The nodes whose answer each question asks: back through joints. */
function askersOf(flow: Flow): (question: string) => FlowNode[] {
  const before = new Map<string, FlowNode[]>()
  for (const node of flow.nodes.values())
    for (const { target } of node.ways) before.set(target, [...(before.get(target) ?? []), node])
  return (question) => {
    const seen = new Set<string>()
    const found: FlowNode[] = []
    const open = [...(before.get(question) ?? [])]
    for (let node = open.pop(); node; node = open.pop()) {
      if (seen.has(node.id)) continue
      seen.add(node.id)
      if (node.kind === 'choice' && !asks(node)) open.push(...(before.get(node.id) ?? []))
      else found.push(node)
    }
    return found
  }
}

/** The nodes of a diagram in the order in which its step table reads them. */
export function orderOf(flow: Flow, facts: Facts): Placed[] {
  const askers = askersOf(flow)
  return readingOrder(flow.nodes.keys(), [flow.start], (id) => {
    const node = flow.nodes.get(id)
    if (!node) return []
    const known = asks(node) ? askers(id).flatMap((asker) => answers(asker, facts)) : []
    return inOrderOfAnswers(node.ways, known, answerOf).map(({ target }) => target)
  })
}

/** The number of each step that people do, in reading order, from 1. */
export const numbersOf = (flow: Flow, facts: Facts): Map<string, number> =>
  stepNumbers(orderOf(flow, facts), (id) => flow.nodes.get(id)?.kind === 'step')

/** Those of a draft; none while its diagram cannot be read. */
export async function draftNumbers({
  bpmn,
  definition,
}: Pick<ProcedureSource, 'bpmn' | 'definition'>): Promise<Map<string, number>> {
  try {
    return numbersOf(await readDiagram(bpmn), definition)
  } catch (error) {
    if (error instanceof UnreadableDiagram) return new Map()
    throw error
  }
}
