import { addDays } from '../../shared/format.ts'

/** Legal days, both included. */
export type Period = { from: string; to: string }
export type PeriodName = 'last30' | 'month' | 'lastMonth' | 'quarter' | 'year'

const startOfMonth = (day: string) => `${day.slice(0, 7)}-01`

/** The periods people ask for, ending no later than `today` (a legal day). */
export const periods = (today: string): Record<PeriodName, Period> => {
  const month = startOfMonth(today)
  const endOfLastMonth = addDays(month, -1)
  const quarter = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1
  return {
    last30: { from: addDays(today, -29), to: today },
    month: { from: month, to: today },
    lastMonth: { from: startOfMonth(endOfLastMonth), to: endOfLastMonth },
    quarter: { from: `${today.slice(0, 4)}-${String(quarter).padStart(2, '0')}-01`, to: today },
    year: { from: `${today.slice(0, 4)}-01-01`, to: today },
  }
}

export const PERIOD_NAMES: PeriodName[] = ['last30', 'month', 'lastMonth', 'quarter', 'year']

/** The name of a period, undefined when its days were chosen by hand. */
export const nameOf = (period: Period, today: string): PeriodName | undefined => {
  const known = periods(today)
  return PERIOD_NAMES.find((name) => known[name].from === period.from && known[name].to === period.to)
}

export const isDay = (text: string | null): text is string =>
  !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
