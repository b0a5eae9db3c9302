import { defineEntity, p } from '@mikro-orm/postgresql'
import type { WorkingHours } from '../calendar/hours.ts'
import type { Text } from '../text.ts'

/** A state body (cơ quan). Ends when it is merged or dissolved; its successor takes over what is open. */
export const Agency = defineEntity({
  name: 'Agency',
  properties: {
    id: p.uuid().primary(),
    code: p.text().unique(),
    name: p.json<Text>(),
    level: p.enum(['province', 'department', 'district', 'commune', 'vertical'] as const),
    parentId: p.uuid().nullable(),
    successorId: p.uuid().nullable(),
    /** Where it has jurisdiction: the code citizens choose as their place. */
    place: p.text(),
    workingHours: p.json<WorkingHours[]>(),
    address: p.text(),
    phone: p.text(),
    sample: p.boolean(),
    validFrom: p.date(),
    validTo: p.date().nullable(),
  },
})

/** A unit of an agency (bộ phận, phòng); its kind says what work it gets. */
export const Unit = defineEntity({
  name: 'Unit',
  properties: {
    id: p.uuid().primary(),
    agencyId: p.uuid(),
    code: p.text().unique(),
    name: p.json<Text>(),
    kind: p.enum(['one-stop', 'specialist', 'leadership', 'clerical'] as const),
    sample: p.boolean(),
    validFrom: p.date(),
    validTo: p.date().nullable(),
  },
})
