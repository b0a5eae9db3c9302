import type { Calendar } from '../calendar/calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { isoLegal, legalDay } from '../clock.ts'
import type { Explained, Question } from './explain-schema.ts'
import { DeadlineInputError, type LimitUnit } from './limit.ts'
import { milestones } from './milestones.ts'
import { applyEvents, type LegalEvent } from './modes.ts'
import { type Proof, proofText } from './proof.ts'
import { type Rules, rulesOn } from './rules.ts'

/** The calendar of an agency (without one: the usual office hours), as known on a day; undefined for an unknown agency. */
export type CalendarFor = (agency?: string, knownOn?: LegalDay) => Calendar | undefined

const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/i

/** An instant as asked for: without an offset it is a wall-clock time of Asia/Ho_Chi_Minh. */
const instantOf = (text: string): Date => new Date(OFFSET.test(text) ? text : `${text}+07:00`)

/** As every reader of RFC 3339 takes it: '2026-11-24T17:00:00+07:00'. */
const withSeconds = (at: Date): string => isoLegal(at).replace(/^(.{16})/, '$1:00')

/** Nobody waits longer; a history of centuries would keep a server busy for one question. */
const MOST_YEARS = 20
const YEAR = 366 * 86_400_000

/** Days that one question may walk over, all its counts together: about a second of work. */
const MOST_DAYS = 20_000
/** Calendar days that one unit of a limit walks over, with room for days off. */
const DAYS_OF: Record<LimitUnit, number> = {
  'working-day': 1.6,
  'working-hour': 0.25,
  'half-day': 0.9,
  'calendar-day': 1,
  month: 31,
  'same-day': 1,
}

/** Each event may begin a new count of the whole limit: long limits with many events are refused before they are walked. */
function checkWork({ limit, events }: Question, mostDays: number): void {
  const days = limit.value * DAYS_OF[limit.unit] * (1 + events.length / 2)
  if (days > mostDays)
    throw new DeadlineInputError(events.length > 1 ? 'events' : 'limit.value', {
      vi: `thời hạn này với ${events.length} sự kiện phải tính qua quá nhiều ngày (trên ${mostDays}); bớt sự kiện hoặc ghi thời hạn ngắn hơn`,
      en: `this limit with ${events.length} events would be counted over too many days (more than ${mostDays}); give fewer events or a shorter limit`,
    })
}

function checkSpan(receivedAt: Date, events: LegalEvent[]): void {
  const index = events.findIndex(({ at }) => at.getTime() - receivedAt.getTime() > MOST_YEARS * YEAR)
  if (index >= 0)
    throw new DeadlineInputError(`events[${index}].at`, {
      vi: `muộn hơn lúc nhận quá ${MOST_YEARS} năm; kiểm tra lại ngày`,
      en: `more than ${MOST_YEARS} years after the receipt; check the day`,
    })
}

const asOfDay = (text: string): LegalDay => (/T/i.test(text) ? legalDay(instantOf(text)) : text)

/**
 * Answers one question about a date: when the limit ends, when the holder is warned, when an apology must have left, and
 * the proof. Dates are computed as for a dossier, by the rules of the day of receipt. Throws DeadlineInputError with
 * the field of the question and how to mend it; a question that would walk over more than `mostDays` days is refused.
 */
export function explain(question: Question, calendarFor: CalendarFor, mostDays = MOST_DAYS): Explained {
  checkWork(question, mostDays)
  const asOf = question.asOf === undefined ? undefined : asOfDay(question.asOf)
  const calendar = calendarFor(question.agency, asOf)
  if (!calendar)
    throw new DeadlineInputError('agency', {
      vi: `không có cơ quan '${question.agency}'; ghi mã cơ quan như T00.X01, hoặc bỏ mục này để tính theo giờ hành chính`,
      en: `there is no agency '${question.agency}'; give its code, such as T00.X01, or leave this out for office hours`,
    })
  const receivedAt = instantOf(question.received)
  const events = question.events.map(
    ({ at, kind, document }): LegalEvent => ({ at: instantOf(at), kind, ...(document ? { document } : {}) }),
  )
  checkSpan(receivedAt, events)
  const state = named(() => {
    const rules = rulesKnown(receivedAt, asOf)
    const clock = applyEvents({
      calendar,
      rules,
      mode: question.mode,
      receivedAt,
      limit: limitOf(question),
      events,
    })
    return { rules, ...clock }
  })
  const round = state.rounds.at(-1)!
  const moments = milestones({
    calendar,
    rules: state.rules,
    unit: round.span.unit,
    startedAt: round.startedAt,
    countFrom: round.countFrom,
    dueAt: round.dueAt,
  })
  const unlessStopped = (at: Date) => (state.stopped ? null : withSeconds(at))
  return {
    dueAt: unlessStopped(state.lastDueAt),
    warnAt: unlessStopped(moments.warnAt),
    apologyBy: unlessStopped(moments.apologyBy),
    provisional: state.proof.provisional,
    proof: linesOf(state.proof),
  }
}

/**
 * The rules for a dossier received at an instant, as known on a day: a rule is known from the day it takes force, and
 * the one before it went on without an end until then.
 */
function rulesKnown(receivedAt: Date, asOf: LegalDay | undefined): Rules {
  const received = legalDay(receivedAt)
  if (asOf === undefined || asOf >= received) return rulesOn(received)
  try {
    return rulesOn(asOf)
  } catch (error) {
    throw error instanceof DeadlineInputError ? new DeadlineInputError('asOf', error.text) : error
  }
}

function limitOf({ limit, mode }: Question) {
  const { value, unit, split } = limit
  if (split && mode !== 'EXCLUDED-STAGE')
    throw new DeadlineInputError('limit.split', {
      vi: 'hai lần hẹn chỉ có với mode EXCLUDED-STAGE; đổi mode hoặc bỏ split',
      en: 'two appointments go with the mode EXCLUDED-STAGE only; change the mode or leave the split out',
    })
  const isSum = split?.first.unit === unit && split.second.unit === unit
  if (isSum && split.first.value + split.second.value !== value)
    throw new DeadlineInputError('limit.split', {
      vi: `hai lần hẹn cộng lại phải là ${value}`,
      en: `the two appointments must add up to ${value}`,
    })
  return { value, unit, ...(split ? { split } : {}) }
}

/** Faults name the field as the question calls it. */
function named<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof DeadlineInputError && error.field === 'receivedAt')
      throw new DeadlineInputError('received', error.text)
    throw error
  }
}

function linesOf(proof: Proof): Explained['proof'] {
  const warnings = proof.warnings.map(({ day, text, source, dueAtIfOff }) => ({
    kind: 'warning' as const,
    day,
    counted: false,
    reason: text,
    source,
    dueAtIfOff,
  }))
  const words = { vi: proofText(proof, 'vi'), en: proofText(proof, 'en') }
  return [
    ...proof.lines,
    ...warnings,
    { kind: 'sentence' as const, counted: false, reason: words, source: '' },
  ]
}
