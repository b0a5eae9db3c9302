import { buildCalendar, type Calendar } from '../../calendar/calendar.ts'
import { addDays } from '../../calendar/day.ts'
import { legalDay } from '../../clock.ts'
import { type Axis, axisOfCalendar, endOf, instantOf, workedBetween } from '../history/axis.ts'
import { diceOf } from './dice.ts'
import { judge } from './judge.ts'
import { delaysOf, type History, type Past } from './past.ts'
import {
  type Answers,
  type Assumptions,
  type Design,
  libraryOf,
  type Plan,
  type PlannedStop,
  planOf,
  recordedAnswers,
  type Stuck,
} from './plan.ts'
import { type Column, columnOf, type Lead, type Passed, really, relative } from './result.ts'
import { type Job, type Pool, simulate } from './simulate.ts'

export type Left = Stuck & { count: number; codes: string[] }

export type Replayed = {
  /** Dossiers filed in the period, and those that could be replayed in both versions. */
  total: number
  replayed: number
  left: Left[]
  actual: Column
  current: Column
  draft: Column
  /** What the replay of the version in force makes different from what happened; shares of it. */
  calibration: { [K in keyof Lead]: number | null } & { lateShare: number }
}

export type Progress = { phase: 'plan' | 'current' | 'draft' | 'sum'; done: number; total: number }

/** Working time beyond the last filing for which dossiers may stay in the system. */
const DAYS_BEYOND = 730
const CODES_SHOWN = 20

const stuck = (found: Plan | Stuck | Answers): found is Stuck => 'reason' in found

type World = { axisFor: (agencyId: string) => Axis; calendarFor: (agencyId: string) => Calendar }

function worldOf({ past, days, hours }: History): World {
  const first = past.reduce((least, { filedAt }) => Math.min(least, filedAt), Number.POSITIVE_INFINITY)
  const last = past.reduce((most, { filedAt, finishedAt }) => Math.max(most, filedAt, finishedAt ?? 0), 0)
  const from = addDays(legalDay(instantOf(Number.isFinite(first) ? first : 0)), -7)
  const to = addDays(legalDay(instantOf(last)), DAYS_BEYOND)
  const calendars = new Map(hours.map((each) => [each.agencyId, buildCalendar(days, each.hours)]))
  const axes = new Map<string, Axis>()
  const calendarFor = (agencyId: string) => calendars.get(agencyId)!
  return {
    calendarFor,
    axisFor: (agencyId) => {
      const known = axes.get(agencyId) ?? axisOfCalendar(calendarFor(agencyId), from, to)
      axes.set(agencyId, known)
      return known
    },
  }
}

/** Why a dossier of the record cannot be replayed whatever the design. */
function unfinished({ ended, finishedAt, visits }: Past): Stuck | null {
  if (ended !== 'finished') return { reason: ended, elementId: null }
  return finishedAt === null || visits.length === 0 ? { reason: 'open', elementId: null } : null
}

/**
 * Replays a year's dossiers through the version in force and through the draft, by the same rules: their own arrivals, times
 * and outcomes, the people there were, the working calendar. Pure: the same input gives the same result.
 */
export function replay(
  history: History,
  current: Design,
  draft: Design,
  assumptions: Assumptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Replayed {
  const world = worldOf(history)
  const left: { past: Past; stuck: Stuck }[] = []
  const recorded: { past: Past; answers: Answers }[] = []
  for (const past of history.past) {
    const answers = unfinished(past) ?? recordedAnswers(current.flow, past)
    if (stuck(answers)) left.push({ past, stuck: answers })
    else recorded.push({ past, answers })
  }

  const delays = delaysOf(
    recorded.map(({ past }) => past),
    history.staff,
    world.axisFor,
  )
  const library = libraryOf(recorded)
  const plan = (design: Design, name: string, given: Assumptions) => (one: (typeof recorded)[number]) =>
    planOf({
      ...one,
      base: current,
      design,
      assumptions: given,
      library,
      delayOf: (visit) => delays.get(visit) ?? 0,
      dice: diceOf(given.seed, `${name}/${one.past.id}`),
    })
  // Whatever is assumed of the draft, the version in force is replayed alike.
  const asRecorded: Assumptions = { seed: 0, steps: {}, gateways: {}, takesOver: {} }
  const planCurrent = plan(current, 'current', asRecorded)
  const planDraft = plan(draft, 'draft', assumptions)
  const planned: { past: Past; current: Plan; draft: Plan }[] = []
  recorded.forEach((one, n) => {
    if (n % 500 === 0) onProgress({ phase: 'plan', done: n, total: recorded.length })
    const ways = [planCurrent(one), planDraft(one)] as const
    const failed = ways.find(stuck)
    if (failed) left.push({ past: one.past, stuck: failed })
    else planned.push({ past: one.past, current: ways[0] as Plan, draft: ways[1] as Plan })
  })

  const run = (design: Design, which: 'current' | 'draft') =>
    played(
      planned.map((each) => ({ past: each.past, stops: each[which].stops })),
      design,
      history,
      world,
      (done) => onProgress({ phase: which, done, total: planned.length }),
    )
  const now = run(current, 'current')
  const then = run(draft, 'draft')
  onProgress({ phase: 'sum', done: planned.length, total: planned.length })
  const actual = columnOf(
    planned.map(({ past }) => really(past, world.axisFor)),
    history.staff,
    world.axisFor,
    spanOf(planned),
  )
  const rate = ({ late, judged }: Column) => (judged > 0 ? late / judged : 0)
  return {
    total: history.past.length,
    replayed: planned.length,
    left: grouped(left),
    actual,
    current: now,
    draft: then,
    calibration: {
      mean: relative(now.lead.mean, actual.lead.mean),
      p50: relative(now.lead.p50, actual.lead.p50),
      p90: relative(now.lead.p90, actual.lead.p90),
      lateShare: rate(now) - rate(actual),
    },
  }
}

/** The time over which a load is a share, for every column alike: from the first filing to the last real end. */
const spanOf = (planned: readonly { past: Past }[]) => ({
  from: planned.reduce((least, { past }) => Math.min(least, past.filedAt), Number.POSITIVE_INFINITY),
  until: planned.reduce((most, { past }) => Math.max(most, past.finishedAt ?? 0), 0),
})

type Ready = { past: Past; stops: PlannedStop[] }

/** One version's column. */
function played(
  planned: Ready[],
  { definition }: Design,
  { staff }: History,
  { axisFor, calendarFor }: World,
  onProgress: (done: number) => void,
): Column {
  const keys = [...new Set(planned.flatMap(({ stops }) => stops.map(({ pool }) => pool)))].filter(
    (key) => key !== null,
  )
  const known = new Map(staff.map((each) => [each.key, each]))
  const pools = keys.map((key): Pool => {
    const people = known.get(key)?.people ?? []
    return {
      axis: axisFor(known.get(key)!.agencyId),
      // Somebody did the work, even where no post says who.
      people: (people.length > 0 ? people : [{ from: 0, count: 1 }]).map(({ from, count }) => ({
        from,
        count: Math.max(1, count),
      })),
    }
  })
  const numbers = new Map(keys.map((key, n) => [key, n]))
  const jobs = planned.map(
    ({ past, stops }): Job => ({
      arrives: past.filedAt,
      stops: stops.map(({ pool, delay, limit, work, pause }) => ({
        pool: pool === null ? -1 : numbers.get(pool)!,
        delay,
        limit,
        work,
        pause,
      })),
    }),
  )
  // Beyond its last day a calendar counts nothing.
  const horizon = pools.reduce((least, { axis }) => Math.min(least, endOf(axis)), Number.POSITIVE_INFINITY)
  const times = simulate(jobs, pools, { onProgress, horizon })
  const passed = planned.flatMap(({ past, stops }, job): Passed[] => {
    const [reached, taken, done] = [times.reached[job]!, times.taken[job]!, times.done[job]!]
    // Still in the system at the end of the calendar.
    if (Number.isNaN(done.at(-1))) return []
    const { endedAt, late } = judge(stops, { reached, done }, definition, past, calendarFor(past.agencyId))
    return [
      {
        lead: workedBetween(axisFor(past.agencyId), past.filedAt, endedAt),
        late,
        stays: stops.map(({ elementId, pool, delay, work, pause, basis }, n) => {
          const axis = pools[numbers.get(pool ?? '') ?? -1]?.axis
          const wait = axis ? workedBetween(axis, reached[n]!, taken[n]!) : pause
          return {
            elementId,
            pool,
            wait,
            queue: axis ? Math.max(0, wait - delay) : 0,
            work,
            basis,
          }
        }),
      },
    ]
  })
  return columnOf(passed, staff, axisFor, spanOf(planned), times.inSystem)
}

function grouped(left: { past: Past; stuck: Stuck }[]): Left[] {
  const groups = Map.groupBy(left, ({ stuck: { reason, elementId } }) => `${reason}/${elementId}`)
  return [...groups.values()]
    .map((group) => ({
      ...group[0]!.stuck,
      count: group.length,
      codes: group.slice(0, CODES_SHOWN).map(({ past }) => past.code),
    }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
}
