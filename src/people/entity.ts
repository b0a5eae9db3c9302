import { defineEntity, p } from '@mikro-orm/postgresql'

/** A human being the record knows: a civil servant or an applicant. Never deleted. */
export const Person = defineEntity({
  name: 'Person',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(['staff', 'citizen'] as const),
    fullName: p.text(),
    identityNo: p.text().default(''),
    email: p.text().default(''),
    phone: p.text().default(''),
    address: p.text().default(''),
    active: p.boolean().default(true),
    sample: p.boolean().default(false),
  },
})
