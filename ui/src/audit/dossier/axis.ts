import type { ClockView, HoldingView } from '../../app/api-types.ts'
import { addDays, legalDay, weekday } from '../../shared/format.ts'

export type AxisDay = { day: string; off: boolean; left: number; width: number }
/** Days side by side, in percent of the whole: a day off is narrow, and of a day only 07:00–18:00 is drawn. */
export type Axis = { days: AxisDay[]; at: (instant: string | number) => number }

const OFF_WIDTH = 0.4
const HOUR = 3_600_000
const [DRAWN_FROM, DRAWN_TO] = [7 * HOUR, 18 * HOUR]
const LONGEST = 750

/**
 * What the proofs of the dossier's own clock say of days; a day that none of them names is off at the weekend. Side limits
 * are often counted in calendar days, which makes no weekend a working day.
 */
const daysOff = (clocks: ClockView[]): Map<string, boolean> => {
  const known = new Map<string, boolean>()
  const own = clocks.filter(({ kind }) => kind === 'dossier' || kind === 'reception')
  for (const line of own.flatMap(({ proof }) => proof.lines)) {
    const [from, to] = [line.day ?? line.from, line.day ?? line.to]
    if ((line.kind !== 'skipped' && line.kind !== 'counted') || !from || !to) continue
    const end = to.slice(0, 10)
    for (let day = from.slice(0, 10); day <= end && known.size < LONGEST; day = addDays(day, 1))
      known.set(day, !line.counted && line.kind === 'skipped')
  }
  return known
}

export const axisOf = (holdings: HoldingView[], clocks: ClockView[], now: number): Axis => {
  const instants = [
    ...holdings.flatMap(({ fromAt, toAt }) => [Date.parse(fromAt), toAt ? Date.parse(toAt) : now]),
    ...clocks
      .filter(({ kind }) => kind === 'dossier')
      .map(({ dueAt, reappointedDueAt }) => Date.parse(reappointedDueAt ?? dueAt)),
  ]
  const first = legalDay(Math.min(...instants))
  const last = legalDay(Math.max(...instants))
  const off = daysOff(clocks)
  const list: { day: string; off: boolean }[] = []
  for (let day = first; day <= last && list.length < LONGEST; day = addDays(day, 1))
    list.push({ day, off: off.get(day) ?? (weekday(day) === 0 || weekday(day) === 6) })
  const total = list.reduce((sum, { off }) => sum + (off ? OFF_WIDTH : 1), 0)
  let left = 0
  const days = list.map(({ day, off }) => {
    const width = ((off ? OFF_WIDTH : 1) / total) * 100
    left += width
    return { day, off, left: left - width, width }
  })
  const byDay = new Map(days.map((day) => [day.day, day]))
  const at = (instant: string | number) => {
    const day = byDay.get(legalDay(instant))
    if (!day) return legalDay(instant) < first ? 0 : 100
    const time =
      (typeof instant === 'string' ? Date.parse(instant) : instant) - Date.parse(`${day.day}T00:00+07:00`)
    const share = (time - DRAWN_FROM) / (DRAWN_TO - DRAWN_FROM)
    return day.left + day.width * Math.min(1, Math.max(0, share))
  }
  return { days, at }
}
