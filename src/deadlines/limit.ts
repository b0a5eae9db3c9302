export type LimitUnit = 'working-day' | 'working-hour' | 'half-day' | 'calendar-day' | 'month' | 'same-day'

export type Channel = 'DIRECT' | 'POSTAL' | 'ONLINE'

/** A number of days, hours or months; `same-day` ignores the value (write 1). */
export type Span = {
  value: number
  unit: LimitUnit
  /** For limits in days: received after this time of day, it counts as received on the next working day. */
  cutoff?: { at: string; source: string } | undefined
}

/**
 * The time an agency has. `split` gives the two appointments of a land dossier with tax: the second is
 * counted from the proof of payment (8 working days are 5 + 3, and so on: QĐ 138/2025/QĐ-UBND of Đồng Tháp).
 */
export type Limit = Span & {
  channel?: Channel
  case?: string
  split?: { first: Span; second: Span }
  decision?: string | null
  source?: string
  verified?: boolean
}

/** A question that cannot be computed: which field, and how to mend it. Shown to people as it is. */
export class DeadlineInputError extends RangeError {
  readonly field: string
  readonly text: { vi: string; en: string }
  constructor(field: string, text: { vi: string; en: string }) {
    super(`${field}: ${text.en}`)
    this.name = 'DeadlineInputError'
    this.field = field
    this.text = text
  }
}

const LARGEST: Record<LimitUnit, number> = {
  'working-day': 3650,
  'working-hour': 29_200,
  'half-day': 7300,
  'calendar-day': 3650,
  month: 120,
  'same-day': 1,
}

/** Throws DeadlineInputError unless the limit is a positive, plausible number of a known unit. */
export function checkSpan({ value, unit }: Span, field = 'limit'): void {
  const largest = LARGEST[unit]
  if (largest === undefined)
    throw new DeadlineInputError(`${field}.unit`, {
      vi: `đơn vị '${unit}' không có; dùng ${Object.keys(LARGEST).join(', ')}`,
      en: `there is no unit '${unit}'; use ${Object.keys(LARGEST).join(', ')}`,
    })
  // 4.1 hours are 246 minutes, though 4.1 * 60 is not 246 to a computer.
  const minutes = value * 60
  const whole =
    unit === 'working-hour' ? Math.abs(minutes - Math.round(minutes)) < 1e-6 : Number.isInteger(value)
  if (typeof value !== 'number' || !whole || value <= 0 || value > largest)
    throw new DeadlineInputError(`${field}.value`, {
      vi: `${value} không hợp lệ; ghi số từ 1 đến ${largest}${unit === 'working-hour' ? ' (giờ, tròn phút)' : ', không lẻ'}`,
      en: `${value} is not valid; write a number from 1 to ${largest}${unit === 'working-hour' ? ' (hours, to the minute)' : ', whole'}`,
    })
}

/**
 * The limit for a channel and a case: rows naming another channel or case do not apply, and the row that
 * names most decides. Undefined when none applies.
 */
export function chooseLimit(limits: Limit[], want: { channel?: Channel; case?: string }): Limit | undefined {
  const named = (limit: Limit) => Number(limit.case !== undefined) * 2 + Number(limit.channel !== undefined)
  return limits
    .filter((limit) => limit.channel === undefined || limit.channel === want.channel)
    .filter((limit) => limit.case === undefined || limit.case === want.case)
    .sort((a, b) => named(b) - named(a))[0]
}

const UNIT_WORDS: Record<LimitUnit, { vi: string; en: string }> = {
  'working-day': { vi: 'ngày làm việc', en: 'working day' },
  'working-hour': { vi: 'giờ làm việc', en: 'working hour' },
  'half-day': { vi: 'buổi làm việc', en: 'working half-day' },
  'calendar-day': { vi: 'ngày', en: 'calendar day' },
  month: { vi: 'tháng', en: 'month' },
  'same-day': { vi: 'trong ngày', en: 'the same day' },
}

/** A limit in words: '7 ngày làm việc', '7 working days', 'trong ngày'. */
export function limitText({ value, unit }: Span): { vi: string; en: string } {
  const words = UNIT_WORDS[unit]
  if (unit === 'same-day') return words
  const number = String(value)
  return {
    vi: `${number.replace('.', ',')} ${words.vi}`,
    en: `${number} ${words.en}${value === 1 ? '' : 's'}`,
  }
}

/** True for units counted in working time from the moment of receipt (BLDS 2015 art. 147.1). */
export const startsAtOnce = (unit: LimitUnit): boolean => unit === 'working-hour' || unit === 'half-day'

/**
 * Working minutes of an allotment in hours, half-days or working days (0.25 working day = 120 minutes of
 * an 8-hour day). Other units have no fixed working time: DeadlineInputError.
 */
export function spanMinutes({ value, unit }: Span, fullDayMinutes: number): number {
  if (unit === 'working-hour') return Math.round(value * 60)
  if (unit === 'half-day') return Math.ceil((value * fullDayMinutes) / 2)
  if (unit === 'working-day') return Math.round(value * fullDayMinutes)
  throw new DeadlineInputError('allotment.unit', {
    vi: `'${unit}' không đổi được ra giờ làm việc; dùng working-day, half-day hoặc working-hour`,
    en: `'${unit}' has no fixed working time; use working-day, half-day or working-hour`,
  })
}
