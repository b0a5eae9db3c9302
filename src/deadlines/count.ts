import type { Calendar } from '../calendar/calendar.ts'
import { endOfDay } from '../calendar/calendar.ts'
import { addDays, addMonths, type LegalDay } from '../calendar/day.ts'
import { atLegal, isoLegal, legalDay } from '../clock.ts'
import { limitText, type Span } from './limit.ts'
import { look, say, sayDays, type Trace } from './proof.ts'
import type { Rules } from './rules.ts'

/** The end of one count. `rawLastDay` is the last calendar day before it moved off a day off. */
export type Count = { dueAt: Date; countFrom: Date; rawLastDay: LegalDay; form01: 'required' | 'on-request' }

type CountInput = { calendar: Calendar; rules: Rules; from: Date; span: Span }

/** Counts a limit from an instant, writing every day into the trace. */
export function countSpan(trace: Trace, { calendar, rules, from, span }: CountInput): Count {
  const start = trace.lines.length
  const day = legalDay(from)
  say(trace, (lang) => limitText(span)[lang])
  const count = countUnit(trace, { calendar, rules, from, span }, day)
  sayDays(trace, start, day.slice(0, 4))
  return count
}

function countUnit(trace: Trace, input: CountInput, day: LegalDay): Count {
  const { calendar, rules, from, span } = input
  switch (span.unit) {
    case 'working-hour':
    case 'half-day': {
      say(trace, (lang) => (lang === 'vi' ? 'tính ngay' : 'counted at once'))
      const minutes =
        span.unit === 'working-hour'
          ? Math.round(span.value * 60)
          : Math.ceil(span.value * calendar.fullDayOn(day) * rules.halfDay.value.shareOfDay)
      const dueAt = walkMinutes(trace, calendar, from, minutes)
      return { dueAt, countFrom: from, rawLastDay: legalDay(dueAt), form01: 'required' }
    }
    case 'same-day':
      return countSameDay(trace, input, day)
    default: {
      const first = firstDay(trace, input, day)
      const receipt = calendar.explain(first)
      trace.lines.push({
        kind: 'first-day',
        day: first,
        counted: false,
        reason: { vi: 'ngày nhận, không tính', en: 'day of receipt, not counted' },
        source: rules.dayCount.source,
      })
      say(trace, (lang) => (lang === 'vi' ? 'không tính ngày nhận' : 'day of receipt not counted'))
      if (!receipt.working) trace.touched.set(first, receipt)
      const rawLastDay = lastDay(trace, input, first)
      const last = moveOffDaysOff(trace, calendar, rules, rawLastDay)
      return { dueAt: calendar.closeOfWork(last), countFrom: endOfDay(first), rawLastDay, form01: 'required' }
    }
  }
}

/** The day that counts as that of receipt: the next working day, where the text says so of what comes after a time of day. */
function firstDay(trace: Trace, { calendar, from, span }: CountInput, day: LegalDay): LegalDay {
  const { cutoff } = span
  if (!cutoff || !calendar.isWorkingDay(day) || from.getTime() <= atLegal(day, cutoff.at).getTime())
    return day
  const reason = {
    vi: `nhận sau ${cutoff.at}, tính là nhận ngày làm việc tiếp theo`,
    en: `received after ${cutoff.at}, counts as received on the next working day`,
  }
  trace.lines.push({ kind: 'skipped', day, counted: false, reason, source: cutoff.source })
  let next = addDays(day, 1)
  for (let found = look(trace, calendar, next); !found.working; found = look(trace, calendar, next)) {
    trace.lines.push({
      kind: 'skipped',
      day: next,
      counted: false,
      reason: found.text,
      source: found.source,
    })
    next = addDays(next, 1)
  }
  return next
}

function lastDay(trace: Trace, { calendar, rules, span }: CountInput, day: LegalDay): LegalDay {
  if (span.unit === 'working-day') return countWorkingDays(trace, calendar, day, span.value)
  const last = span.unit === 'month' ? addMonths(day, span.value) : addDays(day, span.value)
  const words = limitText(span)
  trace.lines.push({
    kind: 'counted',
    from: addDays(day, 1),
    to: last,
    counted: true,
    reason: { vi: `${words.vi} liên tục`, en: `${words.en} on end` },
    source: span.unit === 'month' ? rules.month.source : rules.dayCount.source,
  })
  return last
}

function countWorkingDays(trace: Trace, calendar: Calendar, from: LegalDay, count: number): LegalDay {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    const { working, text, source } = look(trace, calendar, day)
    trace.lines.push({ kind: working ? 'counted' : 'skipped', day, counted: working, reason: text, source })
    if (working) left--
  }
  return day
}

/** A last day that is off moves to the next working day (BLDS 2015 art. 148.5). */
export function moveOffDaysOff(trace: Trace, calendar: Calendar, rules: Rules, last: LegalDay): LegalDay {
  let day = last
  let found = look(trace, calendar, day)
  while (!found.working) {
    trace.lines.push({ kind: 'skipped', day, counted: false, reason: found.text, source: found.source })
    day = addDays(day, 1)
    found = look(trace, calendar, day)
  }
  if (day !== last)
    trace.lines.push({
      kind: 'moved',
      day,
      counted: true,
      reason: {
        vi: 'ngày cuối trùng ngày nghỉ, chuyển sang ngày làm việc tiếp theo',
        en: 'the last day is off: moved to the next working day',
      },
      source: rules.lastDay.source,
    })
  return day
}

function countSameDay(trace: Trace, { calendar, rules, from }: CountInput, day: LegalDay): Count {
  const { cutoff } = rules.sameDayResult.value
  const received = look(trace, calendar, day)
  const after = (at: Date) => from.getTime() > at.getTime()
  const late = after(atLegal(day, cutoff))
  // A half day closes before the cut-off: what comes after closing cannot be done on it any more.
  const closed = received.working && !late && after(calendar.closeOfWork(day))
  if (received.working && !late && !closed) {
    trace.lines.push({
      kind: 'counted',
      day,
      counted: true,
      reason: { vi: `nhận không sau ${cutoff}`, en: `received not after ${cutoff}` },
      source: rules.sameDayResult.source,
    })
    return { dueAt: calendar.closeOfWork(day), countFrom: from, rawLastDay: day, form01: 'on-request' }
  }
  const reason = closed
    ? { vi: 'nhận sau giờ làm việc', en: 'received after closing' }
    : received.working
      ? { vi: `nhận sau ${cutoff}`, en: `received after ${cutoff}` }
      : { vi: `nhận ngày nghỉ (${received.text.vi})`, en: `received on a day off (${received.text.en})` }
  trace.lines.push({ kind: 'first-day', day, counted: false, reason, source: rules.sameDayResult.source })
  say(
    trace,
    (lang) =>
      `${reason[lang]}, ${lang === 'vi' ? 'trả ngày làm việc tiếp theo' : 'due the next working day'}`,
  )
  const next = countWorkingDays(trace, calendar, day, 1)
  return { dueAt: calendar.closeOfWork(next), countFrom: endOfDay(day), rawLastDay: next, form01: 'required' }
}

/** Walks working minutes forward through sessions, skipping days off; starts at the next opening. */
export function walkMinutes(trace: Trace, calendar: Calendar, from: Date, minutes: number): Date {
  const end = calendar.addWorkingMinutes(from, minutes)
  for (let day = legalDay(from); day <= legalDay(end); day = addDays(day, 1)) {
    const { working, text, source } = look(trace, calendar, day)
    if (!working) {
      trace.lines.push({ kind: 'skipped', day, counted: false, reason: text, source })
      continue
    }
    for (const session of calendar.sessions(day)) {
      const opens = new Date(Math.max(session.from.getTime(), from.getTime()))
      const closes = new Date(Math.min(session.to.getTime(), end.getTime()))
      const counted = calendar.workingMinutesBetween(opens, closes)
      if (counted <= 0) continue
      trace.lines.push({
        kind: 'counted',
        day,
        from: isoLegal(opens),
        to: isoLegal(closes),
        counted: true,
        minutes: counted,
        reason: text,
        source,
      })
    }
  }
  return end
}
