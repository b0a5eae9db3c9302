import type { Calendar } from '../calendar/calendar.ts'
import { DeadlineInputError } from './limit.ts'

/** Working minutes that the approved internal process gives a step in each round (rules 10). */
export type Allotment = { step: string; minutes: number; holder?: string; decision?: string }

/**
 * What the steps leave of the limit: the line "dự phòng" of the lead agency. Negative when the internal
 * process promises its steps more than the limit holds.
 */
export const spareMinutes = (limitMinutes: number, allotments: Allotment[]): number =>
  limitMinutes - allotments.reduce((sum, { minutes }) => sum + minutes, 0)

/** Throws DeadlineInputError for a step allotted twice, or minutes that are not a whole number ≥ 0. */
export function checkAllotments(allotments: Allotment[]): void {
  const seen = new Set<string>()
  allotments.forEach(({ step, minutes }, index) => {
    if (seen.has(step))
      throw new DeadlineInputError(`allotments[${index}].step`, {
        vi: `bước '${step}' được giao thời gian hai lần; giữ một dòng mỗi bước`,
        en: `step '${step}' is allotted twice; keep one row per step`,
      })
    seen.add(step)
    if (!Number.isInteger(minutes) || minutes < 0)
      throw new DeadlineInputError(`allotments[${index}].minutes`, {
        vi: `${minutes} không phải số phút làm việc`,
        en: `${minutes} is not a number of working minutes`,
      })
  })
}

/** When a step's allotment ends, counted from the moment its holder has the dossier. */
export const stepDue = (calendar: Calendar, from: Date, countFrom: Date, minutes: number): Date =>
  calendar.addWorkingMinutes(from.getTime() > countFrom.getTime() ? from : countFrom, minutes)
