import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** One body asked for its opinion (lấy ý kiến): an instance of processes/shared/consultation.bpmn each. */
export const Consultation = defineEntity({
  name: 'Consultation',
  tableName: 'consultation',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    batch: p.integer(),
    agencyId: p.uuid(),
    unitId: p.uuid(),
    question: p.text(),
    askedBy: p.uuid(),
    draftedAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    dueAt: p.datetime().nullable(),
    onSilence: p.enum(['REPORT', 'CONSENT'] as const),
    silenceBasis: p.json<{ text: { vi: string; en?: string }; source: string; verified: boolean }>(),
    outcome: p.enum(['agreed', 'objected', 'silent'] as const).nullable(),
    answer: p.text(),
    answeredBy: p.uuid().nullable(),
    answeredAt: p.datetime().nullable(),
    late: p.boolean(),
    conflictsWithDue: p.boolean(),
    letterDocumentId: p.uuid().nullable(),
  },
})
export type Consultation = InferEntity<typeof Consultation>
