/** Dates and amounts as every page writes them. Instants are ISO strings; the place is always Asia/Ho_Chi_Minh. */
export type Language = 'vi' | 'en'

const WEEKDAYS = {
  vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

const read = (instant: string | number) => {
  const found: Record<string, string> = {}
  for (const part of parts.formatToParts(new Date(instant))) found[part.type] = part.value
  return found as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>
}

/** The legal day ('YYYY-MM-DD', Asia/Ho_Chi_Minh) on which an instant falls. */
export const legalDay = (instant: string | number): string => {
  const { year, month, day } = read(instant)
  return `${year}-${month}-${day}`
}

/** Day of the week of a legal day, 0 = Sunday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The legal day `count` days later (earlier when negative). */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/** The legal day that somebody typed, day first as everybody writes it here (or as ISO 8601); null when it is none. */
export const readDay = (typed: string): string | null => {
  const [, dayOfMonth, month, year] = DAY_FIRST.exec(typed.trim()) ?? []
  const day = year ? `${year}-${month!.padStart(2, '0')}-${dayOfMonth!.padStart(2, '0')}` : typed.trim()
  const known = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined
  return known && !Number.isNaN(known.getTime()) && known.toISOString().startsWith(day) ? day : null
}

/** A legal day as `T3 24/11/2026`. */
export const formatDay = (day: string, language: Language): string => {
  const [year, month, date] = day.split('-')
  return `${WEEKDAYS[language][weekday(day)]} ${date}/${month}/${year}`
}

/** `T3 24/11`: where the year is plain from its surroundings. */
export const formatShortDay = (day: string, language: Language): string =>
  formatDay(day, language).slice(0, -5)

/** An instant as `T3 24/11/2026 17:00`. */
export const formatInstant = (instant: string | number, language: Language): string => {
  const { hour, minute } = read(instant)
  return `${formatDay(legalDay(instant), language)} ${hour}:${minute}`
}

/** `17:00`, Asia/Ho_Chi_Minh. */
export const formatTime = (instant: string | number): string => {
  const { hour, minute } = read(instant)
  return `${hour}:${minute}`
}

/** A line of a proof may name a day or an instant. */
export const formatDayOrInstant = (value: string, language: Language): string =>
  value.length === 10 ? formatDay(value, language) : formatInstant(value, language)

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** Working minutes in words, a working day being 8 hours: `2 ngày 3 giờ LV`. The sign is the caller's to say. */
export const workingTime = (minutes: number, language: Language): string => {
  const whole = Math.abs(Math.round(minutes))
  const amounts = { day: Math.floor(whole / 480), hour: Math.floor((whole % 480) / 60), minute: whole % 60 }
  const said = (['day', 'hour', 'minute'] as const).filter((unit) => amounts[unit] > 0)
  const units = said.length > 0 ? said : (['minute'] as const)
  if (language === 'en') return `${units.map((unit) => plural(amounts[unit], unit)).join(' ')} (working time)`
  const names = { day: 'ngày', hour: 'giờ', minute: 'phút' }
  return `${units.map((unit) => `${amounts[unit]} ${names[unit]}`).join(' ')} LV`
}

/** Whole VND: `150.000 đồng`, `150,000 VND`. */
export const formatMoney = (amount: number, language: Language): string =>
  language === 'vi' ? `${amount.toLocaleString('vi-VN')} đồng` : `${amount.toLocaleString('en-GB')} VND`

const MEGABYTE = 1_048_576

/** A file's size in the unit a person would choose. */
export const formatSize = (bytes: number, language: Language): string => {
  const [value, unit] =
    bytes < MEGABYTE
      ? [Math.max(1, Math.round(bytes / 1024)), 'kB']
      : [Math.round((bytes / MEGABYTE) * 10) / 10, 'MB']
  return `${value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')} ${unit}`
}

/** Vietnamese without marks and in lower case, for searching as people type: "giấy phép" → "giay phep". */
export const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase()
