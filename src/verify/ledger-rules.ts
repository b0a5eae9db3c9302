import type { Calendar } from '../calendar/calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { formatLegal } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import { DeadlineInputError, type Limit } from '../deadlines/limit.ts'
import { applyEvents, type ClockMode, type LegalEvent } from '../deadlines/modes.ts'
import type { Rules } from '../deadlines/rules.ts'
import type { Ledger, Standstill } from '../deadlines/variance.ts'
import { booksOf, type LineRow, type RoundClock, windowOf } from '../reports/books.ts'
import type { Text } from '../text.ts'
import type { Invariant, LedgerBreach } from './invariants.ts'

export type Interval = LineRow & {
  track: 'accountable' | 'side'
  subject_id: string
  seq: number
  agency_id: string
  unit_agency_id: string
  task_element: string | null
  task_unit_id: string | null
  in_place_of: string | null
  /** Who made the decision of its step that ended it; null where something else did. */
  decided_by: string | null
  allotted_minutes: number | null
  opened_by: { act: string }
}

export type Asked = {
  id: string
  agency_id: string
  unit_id: string
  sent_at: Date
  outcome: string | null
  answered_at: Date | null
}

/** A round of the dossier's clock, and where it stood still within it. */
export type ClockRound = RoundClock & {
  stoppedAt: Date | null
  endedAt: Date | null
  stops: Standstill[]
  mode: ClockMode
  /** A day that it counts was decided anew after its end: its date stays as it was promised. */
  decidedSince: boolean
}

/** One dossier as the record has it. */
export type LedgerFacts = {
  id: string
  code: string
  filedAt: Date
  /** When nothing held it any more; null while it is open. */
  overAt: Date | null
  finishedAt: Date | null
  now: Date
  calendar: Calendar
  rules: Rules
  intervals: Interval[]
  rounds: ClockRound[]
  /** Null before receipt. */
  receivedAt: Date | null
  /** The date the dossier goes by in lists and periods: that of its last round. */
  originalDueAt: Date | null
  /** What the procedure's version allows a round to promise. */
  limits: Limit[]
  events: LegalEvent[]
  asked: Asked[]
  /** Instants (ms) of everything that may end an interval. */
  acts: ReadonlySet<number>
  /** The waits in which the applicant holds the dossier, by element. */
  applicantWaits: ReadonlySet<string>
  /** Minutes by step: what the decision gives, of every step and of those within the dossier's limit. */
  allotted: ReadonlyMap<string, number>
  inLimit: Map<string, number>
  /** Whether a person has a post in a unit on some day of a stretch. */
  isOf(personId: string, unitId: string, from: LegalDay, to: LegalDay): boolean
}

type Found = Pick<LedgerBreach, 'invariant' | 'interval' | 'detail'>
type Say = (invariant: Invariant, at: Interval | null, vi: string, en: string) => void

/** Every breach of the invariants, in the order of the line. Pure: the same facts give the same breaches. */
export function breachesOf(facts: LedgerFacts): LedgerBreach[] {
  const found: Found[] = []
  const say: Say = (invariant, at, vi, en) =>
    found.push({
      invariant,
      interval: at && {
        track: at.track,
        seq: at.seq,
        step: at.step_name.vi,
        from: at.from_at,
        to: at.to_at,
      },
      detail: { vi, en },
    })
  const line = facts.intervals.filter(({ track }) => track === 'accountable').sort((a, b) => a.seq - b.seq)
  const sides = facts.intervals.filter(({ track }) => track === 'side')
  tiling(facts, line, say)
  for (const interval of line) boundaries(facts, interval, say)
  for (const interval of line) whose(facts, interval, say)
  happened(facts, say)
  for (const interval of facts.intervals) holder(facts, interval, say)
  for (const interval of line) allotment(facts, interval, say)
  original(facts, say)
  for (const round of facts.rounds) {
    promised(facts, round, say)
    due(facts, round, say)
    books(facts, round, line, say)
  }
  consulted(facts, sides, say)
  return found.map((one) => ({ dossierId: facts.id, code: facts.code, ...one }))
}

const both = (at: Date | null): Text & { en: string } =>
  at ? { vi: formatLegal(at, 'vi'), en: formatLegal(at, 'en') } : { vi: 'đang giữ', en: 'still held' }
const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()

function tiling({ filedAt, overAt }: LedgerFacts, line: Interval[], say: Say): void {
  const first = line[0]
  if (!first || !same(first.from_at, filedAt))
    say('filing', first ?? null, `nộp ${both(filedAt).vi}`, `filed ${both(filedAt).en}`)
  for (const [n, interval] of line.entries()) {
    if (interval.to_at && interval.to_at < interval.from_at)
      say('backwards', interval, `đến ${both(interval.to_at).vi}`, `to ${both(interval.to_at).en}`)
    const before = line[n - 1]
    if (!before) continue
    const ended = both(before.to_at)
    const [vi, en] = [
      `khoảng trước (${before.seq}): ${ended.vi}`,
      `the one before (${before.seq}): ${ended.en}`,
    ]
    if (!before.to_at || before.to_at > interval.from_at) say('overlap', interval, vi, en)
    else if (before.to_at < interval.from_at) say('gap', interval, vi, en)
  }
  const last = line.at(-1)
  if (last && !same(last.to_at, overAt)) {
    const end = overAt ? both(overAt) : { vi: 'đang mở', en: 'open' }
    say(
      'end',
      last,
      `hồ sơ ${end.vi}, khoảng cuối ${both(last.to_at).vi}`,
      `dossier ${end.en}, last interval ${both(last.to_at).en}`,
    )
  }
}

function boundaries({ acts }: LedgerFacts, interval: Interval, say: Say): void {
  for (const at of [interval.from_at, interval.to_at])
    if (at && !acts.has(at.getTime())) say('boundary', interval, both(at).vi, both(at).en)
}

function holder({ now, isOf }: LedgerFacts, interval: Interval, say: Say): void {
  const { unit_code: unit, person_name: person } = interval
  if (interval.unit_agency_id !== interval.agency_id)
    say('holder', interval, `${unit} thuộc cơ quan khác`, `${unit} belongs to another agency`)
  if (interval.task_element === interval.element_id && interval.task_unit_id !== interval.unit_id)
    say('holder', interval, `việc này không ở ${unit}`, `the task is not one of ${unit}`)
  const [from, to] = [legalDay(interval.from_at), legalDay(interval.to_at ?? now)]
  // Whoever stands in does it for somebody of the unit.
  const own = interval.in_place_of ?? interval.person_id
  if (
    own &&
    !isOf(own, interval.unit_id, from, to) &&
    !(interval.person_id && isOf(interval.person_id, interval.unit_id, from, to))
  )
    say(
      'holder',
      interval,
      `${person ?? own} không có chức danh ở ${unit}`,
      `${person ?? own} has no post in ${unit}`,
    )
}

/** Whose time it was: of whoever ended it by a decision, and the applicant's only where they were waited for. */
function whose({ applicantWaits, receivedAt, finishedAt }: LedgerFacts, interval: Interval, say: Say): void {
  const { decided_by: by, person_id: person, on_behalf, element_id, from_at } = interval
  // Unclaimed, it was the unit's until the decision.
  if (by && person && by !== person)
    say(
      'actor',
      interval,
      `ghi cho ${interval.person_name ?? 'đơn vị'}, người khác đã quyết định`,
      `put to ${interval.person_name ?? 'the unit'}, somebody else decided`,
    )
  // Before the receipt nothing counts, and what nobody collects is the applicant's time too (rules 1, 3).
  const counts = receivedAt !== null && from_at >= receivedAt && !(finishedAt && from_at >= finishedAt)
  if (on_behalf === 'applicant' && counts && !applicantWaits.has(element_id))
    say('applicant', interval, 'không phải bước chờ người nộp', 'no wait for the applicant')
}

/** A clock stops and goes on by what somebody did. */
function happened({ events, acts }: LedgerFacts, say: Say): void {
  for (const { kind, at } of events)
    if (!acts.has(at.getTime())) say('event', null, `${kind}: ${both(at).vi}`, `${kind}: ${both(at).en}`)
}

function allotment({ allotted }: LedgerFacts, interval: Interval, say: Say): void {
  const { element_id, allotted_minutes: written } = interval
  const decided = allotted.get(element_id) ?? null
  // What comes back refused is held beyond the step's own time.
  if (written === decided || (written === null && interval.opened_by.act === 'handover.refused')) return
  say(
    'allotment',
    interval,
    `ghi ${written ?? 'không'} phút, quyết định ${decided ?? 'không'} phút`,
    `written ${written ?? 'no'} minutes, decided ${decided ?? 'no'}`,
  )
}

/** The dossier's own date is that of its last round, whatever a new date has promised beside it. */
function original({ rounds, originalDueAt }: LedgerFacts, say: Say): void {
  const last = rounds.at(-1)
  if (!last || same(last.dueAt, originalDueAt)) return
  const [written, right] = [both(originalDueAt), both(last.dueAt)]
  say(
    'due',
    null,
    `hồ sơ ghi ${written.vi}, lần hẹn ${last.round} ghi ${right.vi}`,
    `the dossier says ${written.en}, round ${last.round} ${right.en}`,
  )
}

/** A longer limit than the procedure's would make any date right. */
function promised({ limits }: LedgerFacts, { round, committed }: ClockRound, say: Say): void {
  const isThis = (one: Limit) => one.value === committed.value && one.unit === committed.unit
  if (limits.some(isThis)) return
  const [was, is] = [limits.map(({ value, unit }) => `${value} ${unit}`).join(' / '), committed]
  say(
    'limit',
    null,
    `lần hẹn ${round}: ghi ${is.value} ${is.unit}, thủ tục quy định ${was}`,
    `round ${round}: written ${is.value} ${is.unit}, the procedure has ${was}`,
  )
}

function due({ calendar, rules, receivedAt, events: all }: LedgerFacts, round: ClockRound, say: Say): void {
  if (!receivedAt || round.decidedSince) return
  // Ended while the clock stood still: the date stays that of the instant at which it stopped.
  const events = round.stoppedAt ? all.filter(({ kind }) => kind !== 'finished') : all
  const { mode, committed: limit } = round
  let rounds: ReturnType<typeof applyEvents>['rounds']
  try {
    ;({ rounds } = applyEvents({ calendar, rules, mode, receivedAt, limit, events }))
  } catch (error) {
    if (!(error instanceof DeadlineInputError)) throw error
    say('event', null, error.text.vi, error.text.en)
    return
  }
  const counted = rounds.find(({ number }) => number === round.round)
  if (!counted || same(counted.dueAt, round.dueAt)) return
  const [written, right] = [both(round.dueAt), both(counted.dueAt)]
  say(
    'due',
    null,
    `lần hẹn ${round.round}: ghi ${written.vi}, tính được ${right.vi}`,
    `round ${round.round}: written ${written.en}, counted ${right.en}`,
  )
}

function books(facts: LedgerFacts, round: ClockRound, line: Interval[], say: Say): void {
  const { calendar, rules, inLimit, now } = facts
  const until = round.stoppedAt ?? round.endedAt ?? facts.finishedAt ?? now
  const window = windowOf(calendar, rules, round, until)
  const ledger = booksOf({
    calendar,
    clock: round,
    window,
    rows: line,
    allotments: inLimit,
    stops: round.stops,
  })
  const name = (vi: string, en: string): [string, string] => [
    `lần hẹn ${round.round}: ${vi}`,
    `round ${round.round}: ${en}`,
  ]
  if (!ledger.balanced)
    say(
      'sum',
      null,
      ...name(
        `tổng ${ledger.sum}, xong trừ hạn ${ledger.finishMinusDue} phút`,
        `sum ${ledger.sum}, finish less due ${ledger.finishMinusDue} minutes`,
      ),
    )
  const spare = spareOf(ledger)
  // Days decided since move the minutes of the limit, and not its date.
  if (spare < 0 && !round.decidedSince)
    say('limit', null, ...name(`vượt ${-spare} phút`, `${-spare} minutes too much`))
  for (const { id, used } of ledger.lines.filter(({ kind }) => kind === 'interval')) {
    const interval = line.find((one) => one.id === id)
    const counted = interval ? countedBy(calendar, interval, round, window.countFrom, until) : 0
    if (interval && used !== counted)
      say(
        'uncounted',
        interval,
        `tính ${used} phút, được tính ${counted} phút`,
        `${used} minutes used, ${counted} of them count`,
      )
  }
}

const spareOf = ({ lines }: Ledger): number => lines.find(({ kind }) => kind === 'spare')?.allotted ?? 0

/** Minute by minute of a stretch, past the arithmetic of the books: what of an interval counts at all. */
function countedBy(
  calendar: Calendar,
  interval: Interval,
  { stops }: ClockRound,
  countFrom: Date,
  until: Date,
): number {
  if (interval.on_behalf === 'applicant') return 0
  let from = Math.max(interval.from_at.getTime(), countFrom.getTime())
  const to = Math.min((interval.to_at ?? until).getTime(), until.getTime())
  let minutes = 0
  const add = (end: number) => {
    if (end > from) minutes += calendar.workingMinutesBetween(new Date(from), new Date(end))
  }
  for (const stop of [...stops].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    add(Math.min(stop.from.getTime(), to))
    from = Math.max(from, (stop.to ?? until).getTime())
  }
  add(to)
  return minutes
}

function consulted({ asked, filedAt, overAt, now }: LedgerFacts, sides: Interval[], say: Say): void {
  for (const one of asked) {
    const own = sides.filter(({ subject_id }) => subject_id === one.id)
    const [side] = own
    if (!side || own.length > 1) {
      say(
        'side',
        side ?? null,
        `${own.length} khoảng cho lần gửi ${both(one.sent_at).vi}`,
        `${own.length} intervals for what was sent ${both(one.sent_at).en}`,
      )
      continue
    }
    const isOver = one.outcome !== null || overAt !== null
    if (!same(side.from_at, one.sent_at) || side.unit_id !== one.unit_id || (side.to_at === null) === isOver)
      say('side', side, `gửi ${both(one.sent_at).vi}`, `sent ${both(one.sent_at).en}`)
    else if (one.answered_at && !same(side.to_at, one.answered_at))
      say('side', side, `trả lời ${both(one.answered_at).vi}`, `answered ${both(one.answered_at).en}`)
  }
  for (const side of sides) {
    if (!asked.some(({ id }) => id === side.subject_id))
      say('side', side, 'không có lần lấy ý kiến nào', 'there is no consultation of it')
    if (
      side.from_at < filedAt ||
      (side.to_at ?? now) < side.from_at ||
      (overAt && (!side.to_at || side.to_at > overAt))
    )
      say(
        'inside',
        side,
        `${both(side.from_at).vi} – ${both(side.to_at).vi}`,
        `${both(side.from_at).en} – ${both(side.to_at).en}`,
      )
  }
}
