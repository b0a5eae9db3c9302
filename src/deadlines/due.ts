import { type Calendar, endOfDay } from '../calendar/calendar.ts'
import { formatLegal } from '../calendar/format.ts'
import { atLegal, isoLegal, legalDay } from '../clock.ts'
import { type Count, countSpan } from './count.ts'
import { checkSpan, DeadlineInputError, type Limit } from './limit.ts'
import { finishProof, type Proof, say, sayDue, startTrace, type Trace } from './proof.ts'
import type { Rules } from './rules.ts'

/** A due date. `limitMinutes` are the working minutes from `countFrom` (end of the uncounted day) to it. */
export type Due = {
  dueAt: Date
  countFrom: Date
  limitMinutes: number
  /** Same-day results need no receipt (form 01) unless asked or due on another day (NĐ 61 art. 17.4). */
  form01: Count['form01']
  proof: Proof
}

export type DueInput = { calendar: Calendar; rules: Rules; receivedAt: Date; limit: Limit }

/**
 * When a limit ends: the close of work on its last day; hours and half-days to the minute. The day of
 * receipt is not counted (BLDS 2015 art. 147), a last day off moves on (art. 148), hours start at once.
 * Throws DeadlineInputError for an impossible limit or instant.
 */
export function computeDue(input: DueInput): Due {
  const { calendar, receivedAt, limit } = input
  checkInstant(receivedAt, 'receivedAt')
  checkSpan(limit)
  const trace = startTrace()
  const { dueAt, countFrom, form01 } = countFirst(trace, input)
  const again = (other: Calendar) => countFirst(startTrace(), { ...input, calendar: other }).dueAt
  return {
    dueAt,
    countFrom,
    limitMinutes: calendar.workingMinutesBetween(countFrom, dueAt),
    form01,
    proof: finishProof(trace, calendar, dueAt, again),
  }
}

function countFirst(trace: Trace, { calendar, rules, receivedAt, limit }: DueInput): Count {
  sayReceived(trace, receivedAt)
  const count = countSpan(trace, { calendar, rules, from: receivedAt, span: limit })
  sayDue(trace, count.dueAt, rules.lastDay.source)
  return count
}

/** The opening line of every proof. */
export function sayReceived(trace: Trace, receivedAt: Date): void {
  trace.lines.push({
    kind: 'received',
    day: legalDay(receivedAt),
    from: isoLegal(receivedAt),
    counted: false,
    reason: { vi: 'tiếp nhận hồ sơ', en: 'dossier received' },
    source: '',
  })
  say(trace, (lang) => `${lang === 'vi' ? 'Nhận' : 'Received'} ${formatLegal(receivedAt, lang)}`)
}

/** Throws DeadlineInputError unless the value is an instant between the years 2000 and 2199. */
export function checkInstant(instant: Date, field: string): void {
  const time = instant.getTime()
  if (Number.isNaN(time) || time < Date.UTC(2000, 0, 1) || time >= Date.UTC(2200, 0, 1))
    throw new DeadlineInputError(field, {
      vi: 'không phải thời điểm trong các năm 2000–2199; ghi dạng 2026-11-02T09:10:00+07:00',
      en: 'not an instant in 2000–2199; write it like 2026-11-02T09:10:00+07:00',
    })
}

/**
 * Rule `handOver`: when the one-stop must have handed a dossier over. The same working day; received
 * after 15:00 (15:00:00 is not after) or on a day off, the next opening. Moves no due date.
 */
export function handOverBy({ calendar, rules, receivedAt }: Omit<DueInput, 'limit'>): Date {
  const day = legalDay(receivedAt)
  const until = (at: Date) => receivedAt.getTime() <= at.getTime()
  return calendar.isWorkingDay(day) &&
    until(atLegal(day, rules.handOver.value.cutoff)) &&
    until(calendar.closeOfWork(day))
    ? calendar.closeOfWork(day)
    : calendar.openOfWork(calendar.nextWorkingDay(day))
}

/**
 * Rule `onlineFiled`, only for procedures whose text says so: a filing after 17:00 or on a day off counts
 * as made at 08:00 of the next working day.
 */
export function onlineFiledAt({
  calendar,
  rules,
  filedAt,
}: {
  calendar: Calendar
  rules: Rules
  filedAt: Date
}): Date {
  const { closes, opens } = rules.onlineFiled.value
  const day = legalDay(filedAt)
  const inTime = filedAt.getTime() <= atLegal(day, closes).getTime()
  return calendar.isWorkingDay(day) && inTime ? filedAt : atLegal(calendar.nextWorkingDay(day), opens)
}

/**
 * When silence takes effect: the limit of a consultation, counted from sending, has passed without an
 * answer. An answer is in time until `answerBy` (close of work on the last day); silence is effective
 * when that day has ended.
 */
export function silenceOf(input: { calendar: Calendar; rules: Rules; sentAt: Date; limit: Limit }): {
  answerBy: Date
  effectiveAt: Date
  proof: Proof
} {
  const { dueAt, proof } = computeDue({ ...input, receivedAt: input.sentAt })
  const atOnce = input.limit.unit === 'working-hour' || input.limit.unit === 'half-day'
  return { answerBy: dueAt, effectiveAt: atOnce ? dueAt : endOfDay(legalDay(dueAt)), proof }
}

/**
 * Whether silence can be waited for: after it takes effect the remaining steps (`stepsAfterMinutes`,
 * working minutes) must still fit before `dueAt`, and before `apologyBy` one must know that they do.
 * When not, the apology is to be offered on sending (rules 6).
 */
export function silenceFits(input: {
  calendar: Calendar
  effectiveAt: Date
  stepsAfterMinutes: number
  dueAt: Date
  apologyBy: Date
}): { fits: boolean; offerApology: boolean; minutesLeft: number } {
  const { calendar, effectiveAt, stepsAfterMinutes, dueAt, apologyBy } = input
  const minutesLeft = calendar.workingMinutesBetween(effectiveAt, dueAt) - stepsAfterMinutes
  const fits = minutesLeft >= 0
  return { fits, offerApology: !fits || effectiveAt.getTime() > apologyBy.getTime(), minutesLeft }
}
