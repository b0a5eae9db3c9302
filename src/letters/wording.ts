import { TZDate } from '@date-fns/tz'

const zone = 'Asia/Ho_Chi_Minh'
const two = (n: number) => String(n).padStart(2, '0')
/** NĐ 30/2020 puts a zero before days below 10 and before months 1 and 2 only, so that no digit can be added. */
const month = (n: number) => (n < 3 ? two(n) : String(n))

const partsOf = (civilDay: string) => {
  const [y, m, d] = civilDay.split('-').map(Number)
  if (!y || !m || !d) throw new RangeError(`Not a civil day: ${civilDay}`)
  return { y, m, d }
}

/** '2026-03-05' → "ngày 05 tháng 3 năm 2026"; null leaves the gaps that văn thư fills. */
export function dayInWords(civilDay: string | null): string {
  if (civilDay === null) return 'ngày …… tháng …… năm ………'
  const { y, m, d } = partsOf(civilDay)
  return `ngày ${two(d)} tháng ${month(m)} năm ${y}`
}

/** '2026-03-05' → "05/3/2026". */
export function dayShort(civilDay: string): string {
  const { y, m, d } = partsOf(civilDay)
  return `${two(d)}/${month(m)}/${y}`
}

/** An instant (ISO 8601 with offset) → "09 giờ 05 phút, ngày 05 tháng 3 năm 2026", Vietnamese time. */
export function momentInWords(instant: string): string {
  const at = new TZDate(instant, zone)
  return `${two(at.getHours())} giờ ${two(at.getMinutes())} phút, ${dayInWords(civilDayOf(instant))}`
}

/** An instant → "09:05 05/3/2026", Vietnamese time. */
export function momentShort(instant: string): string {
  const at = new TZDate(instant, zone)
  return `${two(at.getHours())}:${two(at.getMinutes())} ${dayShort(civilDayOf(instant))}`
}

/** The Vietnamese legal day of an instant, 'YYYY-MM-DD'. */
export function civilDayOf(instant: string): string {
  const at = new TZDate(instant, zone)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Midnight in Vietnam of a civil day, as an instant. */
export const midnightOf = (civilDay: string) =>
  new Date(new TZDate(`${civilDay}T00:00:00+07:00`, zone).getTime())
