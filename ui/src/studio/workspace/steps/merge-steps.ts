import type { FormName, ProcedureDefinition, ProcedureStep, PromiseName } from '../../../app/api-types.ts'
import type { Change } from './definition-acts.ts'
import { type Graph, incoming, nextOf, outgoing } from './graph.ts'
import type { LooseDefinition } from './rows.ts'

type Outcome = ProcedureStep['outcomes'][string]
type Limit = ProcedureDefinition['allotments'][string][string]
type Who = Pick<ProcedureStep, 'role' | 'unit' | 'agency'>
export type Pair = { into: string; from: string }
/** What the analyst chooses: whose people do it, on whose panel, and whether the times are added up. */
export type MergeChoice = { who: string; panel: string; time: 'sum' | 'keep' }

/** Why two steps cannot be one, with what the words need. */
export type Obstacle =
  | { why: 'not-next' }
  | { why: 'other-ways'; steps: string[] }
  | { why: 'several-answers'; outcomes: string[] }
  | { why: 'no-panel'; promises: PromiseName[] }

/** Two steps that follow each other, and what becomes of the answers of both when one person gives them. */
export type Merge = Pair & {
  first: string
  second: string
  choice: MergeChoice
  /** Steps whose people, and whose panel, may be chosen. */
  mayDo: string[]
  mayAsk: string[]
  step: ProcedureStep
  /** Answer of the first, or of the second, to the merged step's; null: nobody sends back to himself. */
  answers: { first: Record<string, string | null>; second: Record<string, string | null> }
  /** Answers that only the first gave, with where they lead. */
  extra: { outcome: string; target: string }[]
}

/** What a promise asks of the panel it is kept on (src/tasks/schemas.ts); what is not named needs nothing of its own. */
const ASKED_ON: Partial<Record<PromiseName, FormName[]>> = {
  'clock.start': ['reception'],
  'letter.receipt': ['reception', 'supplement-receive'],
  'letter.refusal': ['reception'],
  'assign.person': ['assign'],
  'supplement.draft': ['supplement-draft'],
  'supplement.approve': ['supplement-approve'],
  'supplement.send': ['supplement-send'],
  'supplement.receive': ['supplement-receive'],
  'consultation.draft': ['appraise', 'consultation-summary'],
  'consultation.summary': ['consultation-summary', 'refusal-draft'],
  'register.enter': ['register'],
  'group.notice': ['group-notice'],
  'result.draft': ['appraise', 'consultation-summary', 'refusal-draft', 'register'],
  'result.sign': ['result-sign'],
  'result.return': ['result-return'],
}
/** Panels that ask for a reason. */
const REASONED: FormName[] = [
  'reception',
  'appraise',
  'consultation-approve',
  'consultation-summary',
  'supplement-approve',
  'refusal-draft',
  'register',
  'result-review',
  'result-sign',
]

/** Promises that a panel does not ask what they need for; whoever takes the work themselves assigns nobody. */
const unkept = (outcomes: Outcome[], form: FormName, role: ProcedureStep['role']): PromiseName[] => [
  ...new Set(
    outcomes.flatMap(({ promises, needsReason }) => [
      ...promises.filter(
        (promise) =>
          !(ASKED_ON[promise]?.includes(form) ?? true) &&
          !(promise === 'assign.person' && role === 'officer'),
      ),
      ...(needsReason && !REASONED.includes(form) ? (['send-back'] as const) : []),
    ]),
  ),
]

const isBack = ({ promises }: Outcome) => promises.includes('send-back')
const union = <T>(...lists: (readonly T[])[]): T[] => [...new Set(lists.flat())]

/** What can be reached from an element without passing another. */
const beyond = (graph: Graph, from: string, without: string): Set<string> => {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || id === without) continue
    seen.add(id)
    open.push(...outgoing(graph, id).map(({ target }) => target))
  }
  return seen
}

/** Steps, waits and machines' work that lead to an element, past gateways. */
const leadingTo = (graph: Graph, id: string): string[] => {
  const seen = new Set<string>()
  const open = incoming(graph, id).map(({ source }) => source)
  const found = new Set<string>()
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    if (graph.nodes.get(at)?.kind === 'gateway') open.push(...incoming(graph, at).map(({ source }) => source))
    else found.add(at)
  }
  return [...found]
}

const answersTo = (graph: Graph, definition: LooseDefinition, id: string, target: string): string[] => {
  const keys = Object.keys(definition.steps?.[id]?.outcomes ?? definition.waits?.[id]?.outcomes ?? {})
  const next = nextOf(graph, id, keys)
  if (next[0]?.outcome === null) return next[0].target === target ? (keys.length > 0 ? keys : ['']) : []
  return next.flatMap(({ outcome, target: to }) => (outcome !== null && to === target ? [outcome] : []))
}

const whoOf = ({ role, unit, agency }: ProcedureStep): Who => ({ role, unit, agency })

/** The merged step's answers: the second's, each with what the first promised on the way to it, then the first's own. */
const answersOf = (
  graph: Graph,
  definition: LooseDefinition,
  [first, second]: [string, string],
  passing: string,
  onFirstPanel: boolean,
) => {
  const a = definition.steps![first]!
  const b = definition.steps![second]!
  const back = answersTo(graph, definition, second, first)
  const answers: Merge['answers'] = { first: {}, second: {} }
  const outcomes: Record<string, Outcome> = {}
  const kept = Object.entries(b.outcomes).filter(([key]) => !back.includes(key))
  for (const [key, outcome] of kept) {
    // The first's panel knows its own answer by name.
    const name = onFirstPanel && Object.keys(answers.second).length === 0 ? passing : key
    answers.second[key] = name
    outcomes[name] = isBack(outcome)
      ? outcome
      : {
          ...outcome,
          promises: union(a.outcomes[passing]!.promises, outcome.promises),
          needsReason: (a.outcomes[passing]!.needsReason ?? false) || (outcome.needsReason ?? false),
        }
  }
  for (const key of back) answers.second[key] = null
  const targets = new Map(
    nextOf(graph, first, Object.keys(a.outcomes)).map((one) => [one.outcome, one.target]),
  )
  const extra: Merge['extra'] = []
  for (const [key, outcome] of Object.entries(a.outcomes)) {
    if (key === passing) continue
    const name = key in outcomes ? `${key}-b` : key
    answers.first[key] = name
    const same = Object.values(outcomes).some(({ label }) => label.vi === outcome.label.vi)
    outcomes[name] = same
      ? { ...outcome, label: { vi: `${outcome.label.vi} (${a.name.vi.toLocaleLowerCase('vi')})` } }
      : outcome
    const target = targets.get(key)
    if (target) extra.push({ outcome: name, target })
  }
  answers.first[passing] = null
  return { answers, outcomes, extra }
}

/** What merging two steps would make of them, or why it cannot be done. Without a choice the first possible one is taken. */
export const mergeOf = (
  graph: Graph,
  definition: LooseDefinition,
  { into, from }: Pair,
  wanted: Partial<MergeChoice> = {},
): { merge: Merge } | { obstacle: Obstacle } => {
  const steps = definition.steps ?? {}
  const onward = (a: string, b: string) =>
    a === b || !steps[a] || !steps[b]
      ? []
      : answersTo(graph, definition, a, b).filter((key) => {
          const outcome = steps[a]!.outcomes?.[key]
          return outcome !== undefined && !isBack(outcome)
        })
  const [first, second] = onward(into, from).length > 0 ? [into, from] : [from, into]
  const passing = onward(first, second)
  if (passing.length === 0) return { obstacle: { why: 'not-next' } }
  if (passing.length > 1) return { obstacle: { why: 'several-answers', outcomes: passing } }
  const later = beyond(graph, second, first)
  const others = leadingTo(graph, second).filter(
    (id) => id !== first && !later.has(id) && answersTo(graph, definition, id, second).length > 0,
  )
  if (others.length > 0) return { obstacle: { why: 'other-ways', steps: others } }

  const pair = [into, from]
  const made = (panel: string) => answersOf(graph, definition, [first, second], passing[0]!, panel === first)
  const lacking = (who: string, panel: string) => {
    const { outcomes } = made(panel)
    const signs = Object.values(outcomes).some(({ promises }) => promises.includes('result.sign'))
    if (signs && definition.signer && steps[who]!.role !== definition.signer.role)
      return ['result.sign' as const]
    return unkept(Object.values(outcomes), steps[panel]!.form, steps[who]!.role)
  }
  const able = pair
    .flatMap((who) => pair.map((panel) => ({ who, panel })))
    .filter(({ who, panel }) => lacking(who, panel).length === 0)
  const chosen =
    able.find(({ who, panel }) => who === wanted.who && panel === wanted.panel) ??
    able.find(({ who }) => who === wanted.who) ??
    able[0]
  if (!chosen) return { obstacle: { why: 'no-panel', promises: lacking(into, into) } }
  const { answers, outcomes, extra } = made(chosen.panel)
  const { sameAs, ...kept } = steps[into]!
  const gone = steps[from]!
  const step: ProcedureStep = {
    ...kept,
    ...whoOf(steps[chosen.who]!),
    form: steps[chosen.panel]!.form,
    ...(sameAs && sameAs !== from && chosen.who === into && { sameAs }),
    mergedFrom: union(kept.mergedFrom ?? [], gone.mergedFrom ?? [], [from]),
    outcomes,
    clockOutcomes: union(gone.clockOutcomes ?? [], kept.clockOutcomes ?? []),
  }
  return {
    merge: {
      into,
      from,
      first,
      second,
      choice: { ...chosen, time: wanted.time ?? firstTime(definition, { into, from }) },
      mayDo: union(able.map(({ who }) => who)),
      mayAsk: union(able.filter(({ who }) => who === chosen.who).map(({ panel }) => panel)),
      step,
      answers,
      extra,
    },
  }
}

/** The step before (-1) or after (1) another with which it can be one; null: none. */
export const besideOf = (
  graph: Graph,
  definition: LooseDefinition,
  id: string,
  by: -1 | 1,
): string | null => {
  const near =
    by === 1
      ? nextOf(graph, id, Object.keys(definition.steps?.[id]?.outcomes ?? {})).map(({ target }) => target)
      : leadingTo(graph, id)
  for (const other of near) {
    const found = other ? mergeOf(graph, definition, { into: id, from: other }) : null
    if (found && 'merge' in found && (found.merge.first === id) === (by === 1)) return other
  }
  return null
}

const HOURS_A_DAY = 8
const hours = ({ value, unit }: Limit) => (unit === 'working-hour' ? value : value * HOURS_A_DAY)

/** The time of two steps together; of two that no common measure has, the longer wish cannot be told: the kept one's. */
const together = (kept: Limit | undefined, gone: Limit | undefined): Limit | undefined => {
  if (!kept || !gone) return kept ?? gone
  if (kept.unit === gone.unit && kept.unit !== 'same-day') return { ...kept, value: kept.value + gone.value }
  if (kept.unit === 'calendar-day' || gone.unit === 'calendar-day') return kept
  return { value: hours(kept) + hours(gone), unit: 'working-hour' }
}

export type TimeOfCase = {
  case: string
  limit: Limit | null
  /** Working hours of all steps, and those the committed limit has; null: counted otherwise. */
  used: number
  most: number | null
}

/** What each case allots to the merged step, and what is left of its limit. */
export const timesOf = (
  definition: LooseDefinition,
  { into, from }: Pair,
  time: MergeChoice['time'],
): TimeOfCase[] =>
  Object.entries(definition.allotments ?? {}).map(([key, each]) => {
    const limit = time === 'sum' ? together(each[into], each[from]) : each[into]
    const others = Object.entries(each).filter(([id]) => id !== into && id !== from)
    const committed = definition.limits?.find((row) => row.case === key)?.committed
    const counted = committed && ['working-day', 'working-hour', 'same-day'].includes(committed.unit)
    return {
      case: key,
      limit: limit ?? null,
      used: [...others.map(([, one]) => one), ...(limit ? [limit] : [])].reduce(
        (sum, one) => sum + hours(one),
        0,
      ),
      most: counted ? hours(committed) : null,
    }
  })

/** The times of both, unless only the kept step's fits the limit. */
const firstTime = (definition: LooseDefinition, pair: Pair): MergeChoice['time'] => {
  const fits = (time: MergeChoice['time']) =>
    timesOf(definition, pair, time).every(({ used, most }) => most === null || used <= most)
  return !fits('sum') && fits('keep') ? 'keep' : 'sum'
}

/** The procedure's data with one step for two: its times, phases and all that named the step that is gone. */
export const mergeData =
  (merge: Merge): Change =>
  (definition) => {
    const { into, from, step, choice } = merge
    const times = new Map(timesOf(definition, merge, choice.time).map((each) => [each.case, each.limit]))
    const named = (id: string) => (id === from ? into : id)
    return {
      ...definition,
      steps: Object.fromEntries(
        Object.entries(definition.steps ?? {}).flatMap(([id, each]) => {
          if (id === from) return []
          if (id === into) return [[id, step]]
          return [[id, each.sameAs === from ? { ...each, sameAs: into } : each]]
        }),
      ),
      allotments: Object.fromEntries(
        Object.entries(definition.allotments ?? {}).map(([key, each]) => {
          const limit = times.get(key)
          const place = into in each ? into : from
          return [
            key,
            Object.fromEntries(
              Object.entries(each).flatMap(([id, one]): [string, Limit][] => {
                if (id === place) return limit ? [[into, limit]] : []
                return id === from ? [] : [[id, one]]
              }),
            ),
          ]
        }),
      ),
      phases: (definition.phases ?? []).flatMap((phase) => {
        const elements = phase.elements.filter((id) => id !== from)
        const { milestone } = phase
        const moved = milestone && {
          ...milestone,
          from: named(milestone.from),
          until: named(milestone.until),
        }
        return elements.length > 0 ? [{ ...phase, elements, ...(moved && { milestone: moved }) }] : []
      }),
    }
  }

type Visit = { element: string; outcome: string }

/** The way of an example where two steps are one: one visit for two, the answers by their new names. */
export const mergedWalk = ({ into, first, second, answers }: Merge, walk: Visit[]): Visit[] =>
  walk.flatMap((visit) => {
    if (visit.element !== first && visit.element !== second) return [visit]
    const known = visit.element === first ? answers.first : answers.second
    if (!(visit.outcome in known)) return [{ ...visit, element: into }]
    const outcome = known[visit.outcome]
    return outcome == null ? [] : [{ ...visit, element: into, outcome }]
  })

type ExampleFile = { name: string; content: Record<string, unknown> }
const walkOf = (content: Record<string, unknown>): Visit[] =>
  Array.isArray(content.walk) ? (content.walk as Visit[]) : []

/** Every example, its way led through the merged step; those that do not come there stay the same objects. */
export const mergedExamples = <T extends ExampleFile>(merge: Merge, examples: readonly T[]): T[] =>
  examples.map((example) => {
    const walk = walkOf(example.content)
    if (!walk.some(({ element }) => element === merge.first || element === merge.second)) return example
    return { ...example, content: { ...example.content, walk: mergedWalk(merge, walk) } }
  })
