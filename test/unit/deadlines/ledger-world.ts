import type { ClockMode, LegalEvent } from '../../../src/deadlines/modes.ts'
import { applyEvents } from '../../../src/deadlines/modes.ts'
import type { ClockRound, Interval, LedgerFacts } from '../../../src/verify/ledger-rules.ts'
import { type Happened, STEPS } from './histories.ts'
import { calendar, limit, rulesAt } from './world.ts'

const AGENCY = 'X01'
const of = (unit: string) => `${AGENCY}.${unit}`
const ALLOTTED = new Map(
  Object.entries(STEPS).flatMap(([step, { minutes }]): [string, number][] =>
    minutes === null ? [] : [[step, minutes]],
  ),
)
const MINUTES: Partial<Record<string, number>> = Object.fromEntries(ALLOTTED)

type Open = { -readonly [K in keyof Interval]: Interval[K] }

/** What the record of a generated history holds, made by the rules of ledger.ts without a database. */
export function factsOf(history: Happened[], mode: ClockMode = 'RESTART'): LedgerFacts {
  const line: Open[] = []
  const sides: Open[] = []
  const events: LegalEvent[] = []
  const acts = new Set<number>()
  const asked: LedgerFacts['asked'] = []
  let [round, receivedAt, filedAt] = [1, new Date(0), new Date(0)]
  let finishedAt: Date | null = null
  let overAt: Date | null = null

  const interval = (from: Date, unit: string, element: string, more: Partial<Open> = {}): Open => ({
    id: `${line.length + sides.length}`,
    track: 'accountable',
    subject_id: 'd',
    seq: line.length + 1,
    round,
    agency_id: AGENCY,
    unit_agency_id: AGENCY,
    unit_id: of(unit),
    unit_code: of(unit),
    unit_name: { vi: unit },
    person_id: null,
    person_name: null,
    in_place_of: null,
    decided_by: null,
    on_behalf: 'holder',
    element_id: element,
    step_name: { vi: element },
    task_element: null,
    task_unit_id: null,
    allotted_minutes: MINUTES[element] ?? null,
    from_at: from,
    to_at: null,
    opened_by: { act: 'act' },
    ...more,
  })
  const next = (from: Date, unit: string, element: string, more: Partial<Open> = {}) => {
    const last = line.at(-1)
    if (last) last.to_at = from
    line.push(interval(from, unit, element, more))
  }
  const last = () => line.at(-1)!
  const passed = (from: Date) => next(from, last().unit_code.split('.')[1]!, '')

  for (const one of history) {
    if ('at' in one) acts.add(one.at.getTime())
    switch (one.kind) {
      case 'filed':
        filedAt = one.at
        next(one.at, 'MC', '')
        break
      case 'opened':
        Object.assign(last(), {
          unit_id: of(STEPS[one.element].unit),
          unit_code: of(STEPS[one.element].unit),
          element_id: one.element,
          step_name: { vi: one.element },
          person_id: one.person,
          allotted_minutes: MINUTES[one.element] ?? null,
          task_element: one.element,
          task_unit_id: of(STEPS[one.element].unit),
        })
        break
      case 'received':
        receivedAt = one.at
        passed(one.at)
        break
      case 'passed':
        passed(one.at)
        break
      case 'changed': {
        const { id: _, seq: __, ...same } = last()
        next(one.at, '', '', { ...same, from_at: one.at, to_at: null, person_id: one.person })
        break
      }
      case 'refused':
        next(one.at, 'MC', 'Receive', { allotted_minutes: null, opened_by: { act: 'handover.refused' } })
        break
      case 'asked':
        events.push({ at: one.at, kind: 'asked' })
        next(one.at, 'KT', 'AwaitSupplement', { on_behalf: 'applicant' })
        break
      case 'submitted':
        next(one.at, 'MC', 'TakeSupplement')
        break
      case 'completed':
        events.push({ at: one.at, kind: 'complete' })
        if (mode === 'RESTART') round++
        passed(one.at)
        break
      case 'excluded':
      case 'resumed':
        events.push({ at: one.at, kind: one.kind })
        break
      case 'consulted':
        asked.push({
          id: `c${one.body}`,
          agency_id: 'S02',
          unit_id: 'S02.CM',
          sent_at: one.at,
          outcome: null,
          answered_at: null,
        })
        sides.push(
          interval(one.at, 'CM', 'Answer', {
            id: `side${one.body}`,
            track: 'side',
            subject_id: `c${one.body}`,
            seq: 1,
            agency_id: 'S02',
            unit_agency_id: 'S02',
            unit_id: 'S02.CM',
          }),
        )
        break
      case 'answered': {
        const own = asked.find(({ id }) => id === `c${one.body}`)!
        Object.assign(own, { outcome: 'agreed', answered_at: one.at })
        sides.find(({ subject_id }) => subject_id === own.id)!.to_at = one.at
        break
      }
      case 'finished':
        finishedAt = one.at
        events.push({ at: one.at, kind: 'finished' })
        passed(one.at)
        break
      case 'ended':
        overAt = one.at
        if (!finishedAt) events.push({ at: one.at, kind: 'finished' })
        finishedAt ??= one.at
        last().to_at = one.at
        for (const side of sides) side.to_at ??= one.at
    }
  }
  const rules = rulesAt(receivedAt)
  const committed = limit(7, 'working-day')
  const state = applyEvents({ calendar, rules, mode, receivedAt, limit: committed, events })
  return {
    id: 'd',
    code: 'HS-1',
    filedAt,
    overAt,
    finishedAt,
    now: overAt ?? filedAt,
    calendar,
    rules,
    intervals: [...line, ...sides],
    rounds: state.rounds.map(
      (one): ClockRound => ({
        round: one.number,
        startedAt: one.startedAt,
        dueAt: one.dueAt,
        stoppedAt: one.endedBy === 'asked' ? one.endedAt : null,
        endedAt: one.endedAt,
        committed,
        stops: one.stops.map(({ from, to }) => ({ from, to })),
        mode,
        decidedSince: false,
      }),
    ),
    receivedAt,
    originalDueAt: state.lastDueAt,
    limits: [committed],
    events,
    asked,
    acts,
    applicantWaits: new Set(['AwaitSupplement']),
    allotted: ALLOTTED,
    inLimit: new Map([...ALLOTTED].filter(([step]) => step !== 'Receive')),
    isOf: (person, unit) =>
      Object.values(STEPS).some(
        (step) => of(step.unit) === unit && (step.people as readonly string[]).includes(person),
      ),
  }
}
