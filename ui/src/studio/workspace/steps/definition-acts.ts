import type { ProcedureDefinition, ProcedureStep, ProcedureWait } from '../../../app/api-types.ts'
import type { LooseDefinition } from './rows.ts'

/** Changes to a procedure's data that go with a change of its diagram. Each gives a new definition and leaves the old. */
export type Change = (definition: LooseDefinition) => LooseDefinition
type Limit = ProcedureDefinition['allotments'][string][string]
type Keyed<T> = Record<string, T>

const without = <T>(all: Keyed<T>, id: string): Keyed<T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== id))
const renamed = <T>(all: Keyed<T>, from: string, to: string): Keyed<T> =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key === from ? to : key, value]))

const overAllotments = (definition: LooseDefinition, act: (each: Keyed<Limit>) => Keyed<Limit>) =>
  Object.fromEntries(Object.entries(definition.allotments ?? {}).map(([key, each]) => [key, act(each)]))

export const putStep =
  (id: string, step: ProcedureStep): Change =>
  (definition) => ({ ...definition, steps: { ...definition.steps, [id]: step } })

export const putWait =
  (id: string, wait: ProcedureWait): Change =>
  (definition) => ({ ...definition, waits: { ...definition.waits, [id]: wait } })

export const mendStep =
  (id: string, mend: (step: ProcedureStep) => ProcedureStep): Change =>
  (definition) => {
    const step = definition.steps?.[id]
    return step ? putStep(id, mend(step))(definition) : definition
  }

/** The name of a step or wait in the data is the name in the diagram; its English stays where the Vietnamese does. */
export const nameElement =
  (id: string, name: string): Change =>
  (definition) => {
    const rename = <T extends { name: { vi: string; en?: string | undefined } }>(each: T): T =>
      each.name.vi === name ? each : { ...each, name: { vi: name } }
    const step = definition.steps?.[id]
    const wait = definition.waits?.[id]
    if (step) return putStep(id, rename(step))(definition)
    return wait ? putWait(id, rename(wait))(definition) : definition
  }

/** A question to another system goes with its task or its wait, and no paper is looked up by it any more. */
const withoutExchange = ({ exchanges, papers }: LooseDefinition, id: string): Partial<LooseDefinition> => {
  const gone = Object.entries(exchanges ?? {}).flatMap(([key, { wait }]) =>
    key === id || wait === id ? [key] : [],
  )
  if (gone.length === 0) return {}
  const isGone = (key: string) => gone.includes(key)
  return {
    exchanges: Object.fromEntries(Object.entries(exchanges ?? {}).filter(([key]) => !isGone(key))),
    ...(papers && {
      papers: papers.map((paper) => {
        if (!paper.lookUp || !isGone(paper.lookUp.exchange)) return paper
        const { lookUp: _, ...rest } = paper
        return rest
      }),
    }),
  }
}

/** The question to another system is known by its task, and its wait by its own id. */
const movedExchange = (
  { exchanges, papers }: LooseDefinition,
  from: string,
  to: string,
): Partial<LooseDefinition> => ({
  ...(exchanges && {
    exchanges: Object.fromEntries(
      Object.entries(renamed(exchanges, from, to)).map(([key, each]) => [
        key,
        each.wait === from ? { ...each, wait: to } : each,
      ]),
    ),
  }),
  ...(papers && {
    papers: papers.map((paper) =>
      paper.lookUp?.exchange === from ? { ...paper, lookUp: { ...paper.lookUp, exchange: to } } : paper,
    ),
  }),
})

/** What is not drawn any more leaves steps, waits, phases and allotments, and nobody is the same person as in it. */
export const dropElement =
  (id: string): Change =>
  (definition) => {
    const steps = without(definition.steps ?? {}, id)
    return {
      ...definition,
      steps: Object.fromEntries(
        Object.entries(steps).map(([key, step]) => {
          if (step.sameAs !== id) return [key, step]
          const { sameAs: _, ...rest } = step
          return [key, rest]
        }),
      ),
      waits: without(definition.waits ?? {}, id),
      ...withoutExchange(definition, id),
      allotments: overAllotments(definition, (each) => without(each, id)),
      phases: (definition.phases ?? []).map((phase) => ({
        ...phase,
        elements: phase.elements.filter((element) => element !== id),
      })),
    }
  }

/** An element that gets another id takes its data along. */
export const moveData =
  (from: string, to: string): Change =>
  (definition) => ({
    ...definition,
    steps: Object.fromEntries(
      Object.entries(renamed(definition.steps ?? {}, from, to)).map(([key, step]) => [
        key,
        step.sameAs === from ? { ...step, sameAs: to } : step,
      ]),
    ),
    waits: renamed(definition.waits ?? {}, from, to),
    ...movedExchange(definition, from, to),
    allotments: overAllotments(definition, (each) => renamed(each, from, to)),
    phases: (definition.phases ?? []).map((phase) => ({
      ...phase,
      elements: phase.elements.map((element) => (element === from ? to : element)),
    })),
  })

/** Puts a new element into the phase of the one before it. */
export const joinPhase =
  (id: string, beside: string): Change =>
  (definition) => ({
    ...definition,
    phases: (definition.phases ?? []).map((phase) => {
      const at = phase.elements.indexOf(beside)
      return at < 0 || phase.elements.includes(id)
        ? phase
        : { ...phase, elements: [...phase.elements.slice(0, at + 1), id, ...phase.elements.slice(at + 1)] }
    }),
  })

/** The time allotted to an element in one case; null takes it away. Allotments keep the order of `order` (the table's). */
export const allot =
  (caseKey: string, id: string, limit: Limit | null, order: string[]): Change =>
  (definition) => {
    const now = definition.allotments?.[caseKey] ?? {}
    const next = limit ? { ...now, [id]: limit } : without(now, id)
    const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
    const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => place(a) - place(b)))
    return { ...definition, allotments: { ...definition.allotments, [caseKey]: sorted } }
  }
