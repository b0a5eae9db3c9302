import type { Calendar } from '../calendar/calendar.ts'
import { formatWorkingTime, type Text } from '../calendar/format.ts'
import { type Allotment, checkAllotments } from './allotment.ts'
import { DeadlineInputError } from './limit.ts'

/** An interval of the accountable line. `excluded`: time of the applicant or of a stage that does not count. */
export type HoldingInterval = {
  id?: string
  holder: string
  step: string
  round: number
  from: Date
  /** Null while it runs. */
  to: Date | null
  excluded?: boolean
}

/** The round that set the due date, as `applyEvents` gives it. */
export type LedgerRound = { number: number; startedAt: Date; countFrom: Date; dueAt: Date }

/**
 * A line of the ledger, in working minutes; `variance` = used − allotted, signed.
 * `receipt-day`: what passed before counting began, "ngày nhận, không tính" (never in the sum).
 * `unused-step`: an allotment no interval has drawn on. `spare`: what the limit leaves, "dự phòng".
 */
export type LedgerLine = {
  kind: 'receipt-day' | 'interval' | 'unused-step' | 'spare'
  id?: string
  holder: string
  step: string
  from: Date | null
  to: Date | null
  used: number
  /** Time that does not count: excluded, or before counting began. */
  notCounted: number
  allotted: number
  variance: number
}

export type Ledger = {
  lines: LedgerLine[]
  /** Sum of the variances; equals `finishMinusDue` when the intervals tile the round. */
  sum: number
  /** Working minutes from the due date to the end, an end before counting began taken as its beginning. */
  finishMinusDue: number
  /** The end is past the due date. After the day's last close of work that is late by no working minute. */
  late: boolean
  balanced: boolean
}

/** Where the clock stood still within a round (PAUSE, an excluded stage); `to` is null while it does. */
export type Standstill = { from: Date; to: Date | null }

export type LedgerInput = {
  calendar: Calendar
  round: LedgerRound
  /** Their working time is nobody's use, whoever held the dossier meanwhile. */
  stops?: Standstill[]
  intervals: HoldingInterval[]
  allotments: Allotment[]
  leadHolder: string
  /** The end, or now for a dossier still open (then running intervals count up to it). */
  until: Date
}

const later = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b)
const earlier = (a: Date, b: Date): Date => (a.getTime() <= b.getTime() ? a : b)

/**
 * The accountable line of the round that set the due date: used against allotted per interval, the steps
 * that were not needed, the spare, and the day of receipt (rules 10). A step's allotment is drawn on by
 * its intervals in order, so that sending back adds to the earlier step; what is left is saved by the last.
 */
export function ledgerOf(input: LedgerInput): Ledger {
  const { calendar, round, stops = [], intervals, allotments, leadHolder, until } = input
  checkAllotments(allotments)
  const own = intervals.filter((interval) => interval.round === round.number)
  const minutes = (from: Date, to: Date) =>
    to.getTime() > from.getTime() ? calendar.workingMinutesBetween(from, to) : 0
  const measured = own.map((interval) => {
    const to = interval.to ?? later(until, interval.from)
    const whole = minutes(interval.from, to)
    const from = later(interval.from, round.countFrom)
    const counted = minutes(from, to)
    const still = stops.reduce(
      (sum, stop) => sum + minutes(later(stop.from, from), earlier(stop.to ?? to, to)),
      0,
    )
    const used = interval.excluded ? 0 : counted - still
    return { ...interval, to, used, notCounted: whole - used, out: counted - used }
  })

  const left = new Map(allotments.map(({ step, minutes: allotted }) => [step, allotted]))
  const lastOfStep = new Map(
    measured.flatMap((interval, index) => (interval.excluded ? [] : [[interval.step, index]])),
  )
  const lines = measured.map((interval, index): LedgerLine => {
    const available = interval.excluded ? 0 : (left.get(interval.step) ?? 0)
    const isLast = lastOfStep.get(interval.step) === index
    const allotted = isLast ? available : Math.min(available, interval.used)
    if (!interval.excluded) left.set(interval.step, available - allotted)
    return {
      kind: 'interval',
      ...(interval.id === undefined ? {} : { id: interval.id }),
      holder: interval.holder,
      step: interval.step,
      from: interval.from,
      to: interval.to,
      used: interval.used,
      notCounted: interval.notCounted,
      allotted,
      variance: interval.used - allotted,
    }
  })
  const promised = (
    kind: 'unused-step' | 'spare' | 'receipt-day',
    holder: string,
    step: string,
    allotted: number,
  ): LedgerLine => ({
    kind,
    holder,
    step,
    from: null,
    to: null,
    used: 0,
    notCounted: 0,
    allotted,
    variance: allotted === 0 ? 0 : -allotted,
  })
  const unused = allotments
    .filter(({ step, minutes: allotted }) => allotted > 0 && !lastOfStep.has(step))
    .map(({ step, holder, minutes: allotted }) =>
      promised('unused-step', holder ?? leadHolder, step, allotted),
    )

  // What the round holds: its counted time up to the due date without what was taken out of it.
  const takenOut = measured.reduce((sum, { out }) => sum + out, 0)
  const capacity = calendar.workingMinutesBetween(round.countFrom, round.dueAt) - takenOut
  const given = allotments.reduce((sum, { minutes: allotted }) => sum + allotted, 0)
  const spare = promised('spare', leadHolder, 'dự phòng', capacity - given)

  const receiptDay: LedgerLine = {
    ...promised('receipt-day', leadHolder, 'ngày nhận, không tính', 0),
    from: round.startedAt,
    to: round.countFrom,
    notCounted: minutes(round.startedAt, round.countFrom),
  }
  const counted = [...lines, ...unused, spare]
  const sum = counted.reduce((total, { variance }) => total + variance, 0)
  const end = later(until, round.countFrom)
  const finishMinusDue = calendar.workingMinutesBetween(round.dueAt, end)
  return {
    lines: [receiptDay, ...counted],
    sum,
    finishMinusDue,
    late: end > round.dueAt,
    balanced: sum === finishMinusDue,
  }
}

/**
 * Whether the intervals of a line tile a life: in order, each beginning where the last ended, only the
 * last still running. Throws DeadlineInputError naming the interval that does not.
 */
export function checkTiling(intervals: HoldingInterval[]): void {
  intervals.forEach(({ from, to }, index) => {
    const before = index === 0 ? from : intervals[index - 1]!.to
    const field = `intervals[${index}].from`
    if (before === null || before.getTime() !== from.getTime())
      throw new DeadlineInputError(field, {
        vi: 'không nối liền khoảng trước (hở hoặc chồng)',
        en: 'does not begin where the previous interval ended (gap or overlap)',
      })
    if (to !== null && to.getTime() < from.getTime())
      throw new DeadlineInputError(`intervals[${index}].to`, {
        vi: 'kết thúc trước khi bắt đầu',
        en: 'ends before it begins',
      })
  })
}

/**
 * The auditor's sentence: 'Trễ 2 ngày 1 giờ LV: bước Thẩm định, Phòng KT-HT vượt 2 ngày 3 giờ LV; bước Ký
 * tiết kiệm 2 giờ LV'. Overruns first, the greatest first; the spare last. `name` puts holders in words.
 * A finish after hours of the due day is late, never "on time", though no working minute is.
 */
export function varianceSentence(
  ledger: Ledger,
  name: (line: LedgerLine) => Text,
  fullDayMinutes: number,
): Text {
  const words = (minutes: number, lang: 'vi' | 'en') => formatWorkingTime(minutes, lang, fullDayMinutes)
  const byStep = new Map<string, LedgerLine>()
  for (const line of ledger.lines.filter(({ kind }) => kind !== 'receipt-day')) {
    const key = JSON.stringify([line.kind === 'spare', line.step, line.holder])
    const known = byStep.get(key)
    byStep.set(key, known ? { ...known, variance: known.variance + line.variance } : line)
  }
  const moved = [...byStep.values()]
    .filter(({ variance }) => variance !== 0)
    .sort((a, b) => Number(a.kind === 'spare') - Number(b.kind === 'spare') || b.variance - a.variance)
  const sentence = (lang: 'vi' | 'en'): string => {
    const vi = lang === 'vi'
    const total = ledger.finishMinusDue
    const head =
      total > 0
        ? `${vi ? 'Trễ' : 'Late by'} ${words(total, lang)}`
        : total < 0
          ? `${vi ? 'Sớm' : 'Early by'} ${words(total, lang)}`
          : ledger.late
            ? vi
              ? 'Trễ, sau giờ làm việc của ngày hẹn'
              : 'Late, after hours of the due day'
            : vi
              ? 'Đúng hạn'
              : 'On time'
    const parts = moved.map((line) => {
      const verb = line.variance > 0 ? (vi ? 'vượt' : 'over by') : vi ? 'tiết kiệm' : 'saved'
      return `${name(line)[lang]} ${verb} ${words(line.variance, lang)}`
    })
    return parts.length > 0 ? `${head}: ${parts.join('; ')}` : head
  }
  return { vi: sentence('vi'), en: sentence('en') }
}
