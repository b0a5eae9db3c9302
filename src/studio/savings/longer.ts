import { recOf } from '../diff/keyed.ts'

const HOURS: Record<string, number> = { 'working-hour': 1, 'working-day': 8 }

/** Whether a limit grew; two that cannot be compared are taken to have. */
export function isLonger(before: unknown, after: unknown): boolean {
  const hours = (value: unknown) => {
    const limit = recOf(value)
    const unit = String(limit.unit)
    if (unit === 'same-day') return { unit: 'working', value: 8 }
    const factor = HOURS[unit]
    return factor
      ? { unit: 'working', value: Number(limit.value) * factor }
      : { unit, value: Number(limit.value) }
  }
  const [was, is] = [hours(before), hours(after)]
  return was.unit !== is.unit || !(is.value <= was.value)
}
