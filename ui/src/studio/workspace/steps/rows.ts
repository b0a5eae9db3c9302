import type { ProcedureDefinition, ProcedureStep, ProcedureWait } from '../../../app/api-types.ts'
import { inOrderOfAnswers, stepNumbers } from '../../draft/reading.ts'
import { askers, asks, type Graph, type Next, nextOf, questionOf, readingOrder } from './graph.ts'
import { MACHINE_OUTCOMES } from './kinds.ts'

/** Of a draft anything may be missing. */
export type LooseDefinition = Partial<ProcedureDefinition>
type Limit = ProcedureDefinition['allotments'][string][string]

export type StepRow = {
  id: string
  /** Of people's steps, from 1; machines' work and waits have none. */
  number: number | null
  kind: 'step' | 'wait' | 'machine'
  branch: 'main' | 'side' | 'loose'
  name: string
  type: string
  step: ProcedureStep | null
  wait: ProcedureWait | null
  /** Time allotted, by case; null: none. */
  limits: { case: string; limit: Limit | null }[]
  next: Next[]
  /** Others that the same question asks: changing where an outcome leads changes it for them too. */
  sharedWith: string[]
}

export const casesOf = (definition: LooseDefinition): string[] =>
  (definition.cases ?? []).map(({ key }) => key)

const outcomesOf = (step: ProcedureStep | null, wait: ProcedureWait | null, type: string): string[] => {
  if (step) return [...Object.keys(step.outcomes ?? {}), ...(step.clockOutcomes ?? [])]
  return wait?.outcomes ?? MACHINE_OUTCOMES[type] ?? []
}

/**
 * Puts the ways out of each question in the order of the outcomes they answer: the first outcome is the straight way on.
 * (The order in the file is no guide: taking a change back may write a way behind the others.)
 */
export const orderWays = (graph: Graph, definition: LooseDefinition): Graph => {
  for (const node of graph.nodes.values()) {
    if (!asks(graph, node.id)) continue
    const known = askers(graph, node.id).flatMap((id) =>
      outcomesOf(
        definition.steps?.[id] ?? null,
        definition.waits?.[id] ?? null,
        graph.nodes.get(id)?.type ?? '',
      ),
    )
    node.outgoing = inOrderOfAnswers(node.outgoing, known, (flow) => graph.flows.get(flow)?.outcome ?? null)
  }
  return graph
}

/** The steps, waits and machines' work of a draft, in reading order. */
export const rowsOf = (graph: Graph, definition: LooseDefinition): StepRow[] => {
  const cases = casesOf(definition)
  const order = readingOrder(graph)
  const numbers = stepNumbers(order, (id) => graph.nodes.get(id)?.kind === 'step')
  return order
    .flatMap(({ id, branch }) => {
      const node = graph.nodes.get(id)
      return node && (node.kind === 'step' || node.kind === 'wait' || node.kind === 'machine')
        ? [{ node, kind: node.kind, branch }]
        : []
    })
    .map(({ node, kind, branch }) => {
      const step = kind === 'step' ? (definition.steps?.[node.id] ?? null) : null
      const wait = kind === 'wait' ? (definition.waits?.[node.id] ?? null) : null
      const question = questionOf(graph, node.id)
      return {
        id: node.id,
        number: numbers.get(node.id) ?? null,
        kind,
        branch,
        name: node.name,
        type: node.type,
        step,
        wait,
        limits: cases.map((each) => ({
          case: each,
          limit: definition.allotments?.[each]?.[node.id] ?? null,
        })),
        next: nextOf(graph, node.id, outcomesOf(step, wait, node.type)),
        sharedWith: question ? askers(graph, question).filter((other) => other !== node.id) : [],
      }
    })
}

/** Elements that a step may lead to: steps, waits, machines' work, ends. */
export const targetsOf = (graph: Graph): { id: string; name: string }[] =>
  readingOrder(graph).flatMap(({ id }) => {
    const node = graph.nodes.get(id)
    return node && ['step', 'wait', 'machine', 'end'].includes(node.kind) ? [{ id, name: node.name }] : []
  })
