import { z } from 'zod'

/** What a dossier costs whoever files it, as the worksheet asks: hours × wage + fees + travel. */
export const costParameters = z.strictObject({
  /** VND. */
  wagePerHour: z.number().int().min(0).max(10_000_000),
  minutesPerField: z.number().min(0).max(600),
  minutesPerPaper: z.number().min(0).max(100_000),
  /** VND for one sheet set, copied and certified where that is asked. */
  costPerCopy: z.number().int().min(0).max(10_000_000),
  minutesPerVisit: z.number().min(0).max(10_000),
  /** VND there and back. */
  travelPerVisit: z.number().int().min(0).max(100_000_000),
  /** Where these figures come from. */
  source: z.string().trim().min(3).max(500),
})
export type CostParameters = z.infer<typeof costParameters>
