import type { ProcedureDefinition, Step } from '../../procedures/definition.ts'
import type { ReadData } from './data.ts'
import type { CheckContext, ProcedureSource, StudioFault } from './fault.ts'
import type { Graph, GraphNode } from './graph.ts'

/** What the rules of law look at. */
export type Facts = ReadData & { graph: Graph | null; source: ProcedureSource; context: CheckContext }
export type Law = (facts: Facts) => StudioFault[]

/** The parts of the definition that a rule needs, or null where one of them cannot be read. */
export function needed<K extends keyof ProcedureDefinition>(
  { definition }: Facts,
  ...names: K[]
): Pick<ProcedureDefinition, K> | null {
  return names.every((name) => definition[name] !== undefined)
    ? (definition as Pick<ProcedureDefinition, K>)
    : null
}

type PromiseName = Step['outcomes'][string]['promises'][number]

/** Whether an outcome of a step promises something. */
export const promisesAny = (step: Step, ...names: PromiseName[]): boolean =>
  Object.values(step.outcomes).some(({ promises }) => names.some((name) => promises.includes(name)))

/** What a step, a wait or a machine may answer; null: nothing that flows ask for. */
export function answersOf(
  node: GraphNode,
  { steps, waits }: Pick<ProcedureDefinition, 'steps' | 'waits'>,
): string[] {
  const step = steps[node.id]
  if (step) return [...Object.keys(step.outcomes), ...step.clockOutcomes]
  return waits[node.id]?.outcomes ?? []
}
