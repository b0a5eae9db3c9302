import type { ProcedureDefinition } from '../../procedures/definition.ts'
import { type Flow, type FlowNode, type Way, waysWith } from '../flow/diagram.ts'
import { anyOf, type Dice, drawn, type Estimate, picked } from './dice.ts'
import type { Past, PastVisit, UnitKind } from './past.ts'

/** A version of a procedure, as far as a replay asks. */
export type Design = { flow: Flow; definition: ProcedureDefinition }

/** What the analyst assumes where nothing has been recorded. */
export type Assumptions = {
  seed: number
  /** New step → working minutes, new wait → minutes by the clock on the wall. */
  steps: Record<string, Estimate>
  /** Question → way → how often it is taken. Asked for, it goes before what was recorded. */
  gateways: Record<string, Record<string, number>>
  /** Step → steps of the version in force whose work it takes over. */
  takesOver: Record<string, string[]>
}

/** Why a dossier cannot be replayed. */
export type Stuck = {
  reason: 'open' | 'withdrawn' | 'part' | 'other-path' | 'no-way' | 'no-time' | 'endless' | 'unsupported'
  elementId: string | null
}

export type PlannedStop = {
  elementId: string
  pool: string | null
  delay: number
  limit: number
  work: number
  pause: number
  outcome: string | null
  /** What machines did on the way to it, which takes no time. */
  machines: string[]
  /** Where its own dossier's clock was recorded to stand still, from its beginning. */
  still: PastVisit['still']
  /** Recorded of the dossier itself, taken from another one's, or estimated. */
  basis: 'own' | 'borrowed' | 'estimate'
}
export type Plan = { stops: PlannedStop[] }

/** A walk that comes by so often goes round for ever. */
const MOST_STOPS = 200

/** What machines answered to a dossier, in order: inferred from where it came next. */
export type Answers = Map<string, (string | null)[]>

type Trail = { machine: string; answer: string | null }[]

/**
 * From `node` on without stopping: to the stop that was recorded next (`wanted`; null: an end). Answers what the machines
 * must have said, or undefined where no way leads there.
 */
function leads(flow: Flow, node: FlowNode, outcome: string | null, wanted: string | null): Trail | undefined {
  const seen = new Set<string>()
  const look = (
    at: FlowNode,
    answer: string | null,
    asked: string | null,
    depth: number,
  ): Trail | undefined => {
    if (depth > 60) return undefined
    for (const way of waysWith(at, answer)) {
      const next = flow.nodes.get(way.target)
      if (!next) continue
      const said = answer ?? way.outcomes?.[0] ?? null
      const step: Trail = answer === null && asked && way.outcomes ? [{ machine: asked, answer: said }] : []
      if (next.kind === 'step' || next.kind === 'wait' || next.kind === 'end') {
        if (wanted === null ? next.kind === 'end' : next.id === wanted) return step
        continue
      }
      const key = `${next.id}/${said}/${asked}`
      if (seen.has(key)) continue
      seen.add(key)
      const machine = next.kind === 'machine'
      const rest = look(next, machine ? null : said, machine ? next.id : asked, depth + 1)
      if (rest) return [...step, ...rest]
    }
    return undefined
  }
  return look(node, outcome, null, 0)
}

/**
 * Whether the recorded way is one that the diagram draws; what machines answered on it. `uncollected`: processing is over,
 * and what comes after it (the applicant has not been there yet) is still open.
 */
export function recordedAnswers(
  flow: Flow,
  { visits, uncollected }: Pick<Past, 'visits' | 'uncollected'>,
): Answers | Stuck {
  const answers: Answers = new Map()
  let at = flow.nodes.get(flow.start)!
  let outcome: string | null = null
  for (const visit of [...visits, null]) {
    const trail = leads(flow, at, outcome, visit?.elementId ?? null)
    if (!trail && !visit && uncollected) break
    if (!trail) return { reason: 'other-path', elementId: visit?.elementId ?? at.id }
    for (const { machine, answer } of trail) answers.set(machine, [...(answers.get(machine) ?? []), answer])
    if (!visit) break
    at = flow.nodes.get(visit.elementId)!
    outcome = visit.outcome
  }
  return answers
}

/** What was recorded of every dossier, for those who come where they never were. */
export type Library = { visits: Map<string, PastVisit[]>; answers: Map<string, (string | null)[]> }

export function libraryOf(recorded: readonly { past: Past; answers: Answers }[]): Library {
  const library: Library = { visits: new Map(), answers: new Map() }
  const add = <T>(to: Map<string, T[]>, key: string, items: readonly T[]) => {
    const known = to.get(key) ?? []
    known.push(...items)
    to.set(key, known)
  }
  for (const { past, answers } of recorded) {
    for (const visit of past.visits) add(library.visits, visit.elementId, [visit])
    for (const [machine, said] of answers) add(library.answers, machine, said)
  }
  return library
}

type PlanInput = {
  past: Past
  answers: Answers
  base: Design
  /** The version it is planned through: the same as `base`, or the draft. */
  design: Design
  assumptions: Assumptions
  library: Library
  delayOf: (visit: PastVisit) => number
  dice: Dice
}

const isStop = (node: FlowNode | undefined) => node?.kind === 'step' || node?.kind === 'wait'

/**
 * The way of one dossier through a design: unchanged steps with its own recorded times and outcomes, steps that take
 * others over with theirs together, new ones by their estimate.
 */
export function planOf(input: PlanInput): Plan | Stuck {
  const { past, base, design, assumptions, library, dice } = input
  const { flow } = design
  const left = [...past.visits]
  const asked = new Map<string, number>()
  let machines: string[] = []
  const stops: PlannedStop[] = []
  let node = flow.nodes.get(flow.start)!
  let outcome: string | null = null
  for (let walked = 0; walked < MOST_STOPS * 5; walked++) {
    if (node.kind === 'end') return { stops }
    if (node.kind === 'other') return { reason: 'unsupported', elementId: node.id }
    if (isStop(node)) {
      if (stops.length >= MOST_STOPS) return { reason: 'endless', elementId: node.id }
      const stop = stopAt(input, node, left)
      if (!stop) return { reason: 'no-time', elementId: node.id }
      stops.push({ ...stop, machines })
      machines = []
      outcome = stop.outcome
    } else if (node.kind === 'machine') {
      const nth = asked.get(node.id) ?? 0
      asked.set(node.id, nth + 1)
      machines.push(node.id)
      const own = input.answers.get(node.id)
      const others = library.answers.get(node.id)
      outcome = own && nth < own.length ? own[nth]! : others ? anyOf(others, dice) : null
    }
    const way = wayFrom(node, outcome, base, assumptions, dice)
    if (!way) return { reason: 'no-way', elementId: node.id }
    if (node.kind === 'choice' && way.outcomes && !way.outcomes.includes(outcome ?? '')) {
      // The question was answered by assumption: so did whoever stood before it.
      outcome = way.outcomes[0]!
      const last = stops.at(-1)
      if (last) last.outcome = outcome
    }
    node = flow.nodes.get(way.target)!
    if (!node) return { reason: 'unsupported', elementId: way.target }
  }
  return { reason: 'endless', elementId: node.id }
}

function wayFrom(
  node: FlowNode,
  outcome: string | null,
  base: Design,
  { gateways }: Assumptions,
  dice: Dice,
): Way | undefined {
  if (node.kind !== 'choice') return node.ways.length === 1 ? node.ways[0] : undefined
  const weights = gateways[node.id]
  if (weights && node.ways.length > 1) {
    const known = node.ways.filter(({ id }) => (weights[id] ?? 0) > 0)
    if (known.length > 0) return picked(known, ({ id }) => weights[id]!, dice)
  }
  const ways = waysWith(node, outcome)
  if (ways.length === 1) return ways[0]
  // Nobody has answered a question that is new, or that nobody could answer before: every way as often.
  if (!base.flow.nodes.has(node.id) || outcome === null) {
    const open = ways.length > 0 ? ways : node.ways
    return open.length > 0 ? anyOf(open, dice) : undefined
  }
  return undefined
}

/** Steps of the version in force whose times an element takes. */
export function sourcesOf(elementId: string, base: Design, { takesOver }: Assumptions): string[] {
  const others = (takesOver[elementId] ?? []).filter((id) => isStop(base.flow.nodes.get(id)))
  return isStop(base.flow.nodes.get(elementId)) ? [...new Set([elementId, ...others])] : others
}

function stopAt(
  { past, base, design, assumptions, library, delayOf, dice }: PlanInput,
  node: FlowNode,
  left: PastVisit[],
): Omit<PlannedStop, 'machines'> | undefined {
  const sources = sourcesOf(node.id, base, assumptions)
  const poolFor = (visit: PastVisit | undefined) => poolOf(node, visit, past, base, design)
  const estimate = assumptions.steps[node.id]
  if (sources.length === 0) {
    if (!estimate) return undefined
    const takes = drawn(estimate, dice)
    const waits = node.kind === 'wait'
    return {
      elementId: node.id,
      pool: poolFor(undefined),
      delay: 0,
      limit: 0,
      work: waits ? 0 : takes,
      pause: waits ? takes : 0,
      outcome: onlyOutcome(node, design),
      still: [],
      basis: 'estimate',
    }
  }
  const run = takeRun(left, sources)
  const visits = run.length > 0 ? run : borrowed(library, sources, dice)
  const [first, last] = [visits[0], visits.at(-1)]
  if (!first || !last) return undefined
  // One act instead of several: the hand-overs between them, and what was waited for them, are gone.
  const work = visits.reduce((sum, visit) => sum + visit.work, 0)
  const pool = poolFor(visits.find(({ elementId }) => elementId === node.id))
  return {
    elementId: node.id,
    pool,
    delay: pool ? delayOf(first) : 0,
    limit: pool ? first.wait : 0,
    work: pool ? work : 0,
    pause: pool ? 0 : visits.reduce((sum, { from, to }) => sum + to - from, 0),
    outcome: last.outcome,
    still: pool ? [] : stillOf(visits),
    basis: run.length > 0 ? 'own' : 'borrowed',
  }
}

/** Where the clock stood still in stays one behind the other, from the first one's beginning. */
function stillOf(visits: readonly PastVisit[]): PastVisit['still'] {
  let before = 0
  return visits.flatMap((visit) => {
    const begun = before
    before += visit.to - visit.from
    return visit.still.map(({ from, to }) => ({ from: begun + from, to: begun + to }))
  })
}

/** The next stay at one of `sources`, with those at the others that followed it at once. Takes them out of `left`. */
function takeRun(left: PastVisit[], sources: string[]): PastVisit[] {
  const at = left.findIndex(({ elementId }) => sources.includes(elementId))
  if (at < 0) return []
  let to = at + 1
  const met = new Set([left[at]!.elementId])
  while (to < left.length && sources.includes(left[to]!.elementId) && !met.has(left[to]!.elementId))
    met.add(left[to++]!.elementId)
  return left.splice(at, to - at)
}

function borrowed({ visits }: Library, sources: string[], dice: Dice): PastVisit[] {
  const known = visits.get(sources[0]!) ?? sources.flatMap((id) => visits.get(id) ?? [])
  return known.length > 0 ? [anyOf(known, dice)] : []
}

/** Who does it: whoever did it before, unless the design gives it to another unit or role. */
function poolOf(
  node: FlowNode,
  visit: PastVisit | undefined,
  past: Past,
  base: Design,
  design: Design,
): string | null {
  if (node.kind === 'wait') return null
  const step = design.definition.steps[node.id]
  const before = base.definition.steps[node.id]
  const same = step && before && step.unit === before.unit && step.role === before.role
  if (visit?.pool && (same || !step)) return visit.pool
  const kinds: UnitKind[] = ['one-stop', 'specialist', 'leadership', 'clerical']
  const kind = kinds.find((one) => one === step?.unit) ?? 'specialist'
  const unit = past.units[kind] ?? past.units.specialist
  return unit ? `${unit}/${step?.role ?? 'officer'}` : (visit?.pool ?? null)
}

/** A step with one answer has given it. */
function onlyOutcome({ id }: FlowNode, { definition }: Design): string | null {
  const outcomes = Object.keys(definition.steps[id]?.outcomes ?? {})
  return outcomes.length === 1 ? outcomes[0]! : null
}
