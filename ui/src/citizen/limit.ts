import type { TFunction } from 'i18next'
import type { Duration } from '../app/api-types.ts'

export const durationWords = (t: TFunction, { value, unit }: Duration): string =>
  t(`shared:unit.${unit}`, { value })

/** "7 ngày làm việc", or "7–10 ngày làm việc" where the cases differ. */
export const limitWords = (t: TFunction, limits: { committed: Duration }[]): string => {
  const [first] = limits
  if (!first) return ''
  const values = limits.map(({ committed }) => committed.value)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const alike = limits.every(({ committed }) => committed.unit === first.committed.unit)
  if (!alike) return limits.map(({ committed }) => durationWords(t, committed)).join(', ')
  return t(`shared:unit.${first.committed.unit}`, { value: least === most ? most : `${least}–${most}` })
}
