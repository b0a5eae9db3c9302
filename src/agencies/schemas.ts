import { z } from 'zod'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Day = z.iso.date()

export const Place = z.object({ code: z.string(), name: Text })
export type Place = z.infer<typeof Place>

export const AgencyView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: Text,
  level: z.enum(['province', 'department', 'district', 'commune', 'vertical']),
  parentId: z.uuid().nullable(),
  successorId: z.uuid().nullable(),
  address: z.string(),
  phone: z.string(),
  sample: z.boolean(),
  validFrom: Day,
  validTo: Day.nullable(),
  /** Sessions by weekday (1 Monday … 7 Sunday), from a day on. */
  workingHours: z.array(
    z.object({
      validFrom: Day.nullable(),
      week: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
      source: z.string(),
      verified: z.boolean(),
    }),
  ),
  units: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      name: Text,
      kind: z.string(),
      validFrom: Day,
      validTo: Day.nullable(),
    }),
  ),
})
export type AgencyView = z.infer<typeof AgencyView>
