import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** The applicant is shown what will be written and says yes, corrects it, or keeps silent. One row per question. */
export const Confirmation = defineEntity({
  name: 'Confirmation',
  tableName: 'confirmation',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    /** The n-th time the dossier waits for it. */
    visit: p.integer(),
    /** The form as the applicant was shown it; never changed. */
    formData: p.json<Record<string, unknown>>(),
    askedAt: p.datetime(),
    /** Close of work on the last day. */
    answerBy: p.datetime(),
    /** When silence takes effect: that day has ended. */
    silentAt: p.datetime(),
    silenceBasis: p.json<{ text: string; source: string; verified: boolean }>(),
    outcome: p.enum(['confirmed', 'amended', 'silent'] as const).nullable(),
    /** The corrected form; the dossier's own from then on. */
    amendedData: p.json<Record<string, unknown>>().nullable(),
    answeredAt: p.datetime().nullable(),
    answeredBy: p.uuid().nullable(),
  },
})
export type Confirmation = InferEntity<typeof Confirmation>
