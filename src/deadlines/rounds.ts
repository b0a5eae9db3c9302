import type { Calendar } from '../calendar/calendar.ts'
import { addDays, daysBetween } from '../calendar/day.ts'
import { formatLegal, formatWorkingTime } from '../calendar/format.ts'
import { isoLegal, legalDay } from '../clock.ts'
import { countSpan, moveOffDaysOff, walkMinutes } from './count.ts'
import { limitText, type Span } from './limit.ts'
import { look, say, sayDays, type Trace } from './proof.ts'
import type { Rules } from './rules.ts'

/**
 * A raw event of the clock. `asked`: form 02 was sent; `complete`: the papers are complete; `excluded` and
 * `resumed`: a stage that does not count began and ended; `finished`: the result is at the one-stop.
 */
export type LegalEvent = {
  at: Date
  kind: 'asked' | 'complete' | 'excluded' | 'resumed' | 'finished'
  document?: string
}

/** A time that does not count: waiting for the applicant, or a stage of another body. */
export type Stop = {
  kind: 'asked' | 'excluded'
  from: Date
  to: Date | null
  /** Working minutes taken out; null while it lasts and for a wait that ended in a restart. */
  minutes: number | null
  document?: string
}

/** One count of a limit: from receipt, after a supplement, or to the second appointment. */
export type Round = {
  number: number
  cause: 'received' | 'restarted' | 'second-appointment'
  startedAt: Date
  countFrom: Date
  /** As moved by its stops. */
  dueAt: Date
  span: Span
  /** Working minutes of the limit, before any stop. */
  limitMinutes: number
  stops: Stop[]
  endedAt: Date | null
  endedBy: 'asked' | 'excluded' | 'finished' | null
}

/** A round while it is computed; `rawLastDay` is its last calendar day before moving off a day off. */
export type OpenRound = Round & { rawLastDay: string }

type Context = { calendar: Calendar; rules: Rules }

/** Starts a count. */
export function openRound(
  trace: Trace,
  { calendar, rules }: Context,
  start: { number: number; cause: Round['cause']; from: Date; span: Span },
): OpenRound {
  const { number, cause, from, span } = start
  const { dueAt, countFrom, rawLastDay } = countSpan(trace, { calendar, rules, from, span })
  return {
    number,
    cause,
    startedAt: from,
    countFrom,
    dueAt,
    span,
    limitMinutes: calendar.workingMinutesBetween(countFrom, dueAt),
    stops: [],
    endedAt: null,
    endedBy: null,
    rawLastDay,
  }
}

const STOP_WORDS = {
  asked: { vi: 'yêu cầu bổ sung', en: 'supplement requested' },
  excluded: { vi: 'dừng tính thời gian', en: 'time not counted' },
}

/** Puts a round's clock on hold. */
export function stopRound(trace: Trace, round: OpenRound, event: LegalEvent, kind: Stop['kind']): void {
  const { at, document } = event
  round.stops.push({ kind, from: at, to: null, minutes: null, ...(document ? { document } : {}) })
  say(trace, (lang) => {
    const by = document ? ` (${document})` : ''
    return `${STOP_WORDS[kind][lang]}${by} ${formatLegal(at, lang)}`
  })
}

/** The line of a stop once its end is known. */
export function stopLine(trace: Trace, stop: Stop, to: Date, source: string, minutes?: number): void {
  const words = STOP_WORDS[stop.kind]
  const by = stop.document ? ` (${stop.document})` : ''
  trace.lines.push({
    kind: 'stopped',
    from: isoLegal(stop.from),
    to: isoLegal(to),
    counted: false,
    ...(minutes === undefined ? {} : { minutes }),
    reason: { vi: `${words.vi}${by}`, en: `${words.en}${by}` },
    source,
  })
}

/**
 * Ends a stop and moves the round's end by exactly its working time (calendar days and months: by its
 * calendar days, then off a day off).
 */
export function resumeRound(
  trace: Trace,
  { calendar, rules }: Context,
  round: OpenRound,
  to: Date,
  source: string,
): void {
  const stop = round.stops.at(-1)!
  const minutes = calendar.workingMinutesBetween(stop.from, to)
  stop.to = to
  stop.minutes = minutes
  stopLine(trace, stop, to, source, minutes)
  const start = trace.lines.length
  const year = legalDay(stop.from).slice(0, 4)
  const { unit } = round.span
  if (unit === 'calendar-day' || unit === 'month') {
    const days = daysBetween(legalDay(stop.from), legalDay(to))
    round.rawLastDay = addDays(round.rawLastDay, days)
    say(trace, (lang) => {
      const resumed = `${lang === 'vi' ? 'tính tiếp từ' : 'resumed'} ${formatLegal(to, lang)}`
      return `${resumed}, ${limitText({ value: days, unit: 'calendar-day' })[lang]} ${lang === 'vi' ? 'không tính' : 'not counted'}`
    })
    round.dueAt = calendar.closeOfWork(moveOffDaysOff(trace, calendar, rules, round.rawLastDay))
  } else {
    for (let day = legalDay(stop.from); day <= legalDay(to); day = addDays(day, 1)) look(trace, calendar, day)
    say(trace, (lang) => {
      const time = formatWorkingTime(minutes, lang, calendar.fullDayMinutes)
      return lang === 'vi'
        ? `tính tiếp từ ${formatLegal(to, lang)}, ${time} không tính`
        : `resumed ${formatLegal(to, lang)}, ${time} not counted`
    })
    round.dueAt = walkMinutes(trace, calendar, round.dueAt, minutes)
  }
  sayDays(trace, start, year)
}
