import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { DOSSIER_STATES } from './states.ts'

/** One application of one person for one procedure (hồ sơ). It keeps the procedure version it was filed under, unless a named act moves it to another. */
export const Dossier = defineEntity({
  name: 'Dossier',
  tableName: 'dossier',
  properties: {
    id: p.uuid().primary(),
    code: p.text(),
    procedureVersionId: p.uuid(),
    procedureCode: p.text(),
    caseKey: p.text(),
    channel: p.enum(['ONLINE', 'DIRECT', 'POSTAL'] as const),
    /** The agency that prepares the decision and answers for the time. */
    agencyId: p.uuid(),
    /** The agency that takes it: its leader signs, its book numbers the result. */
    decidingAgencyId: p.uuid(),
    oneStopUnitId: p.uuid(),
    unitId: p.uuid(),
    participantAgencyIds: p.array<string>().columnType('uuid[]'),
    applicantId: p.uuid(),
    filedBy: p.uuid(),
    place: p.text(),
    formData: p.json<Record<string, unknown>>(),
    facts: p.json<DossierFacts>(),
    findings: p.json<{ vi: string; en?: string }[]>(),
    state: p.enum(DOSSIER_STATES),
    /** `partial`: of a group, where not every part was granted. */
    result: p.enum(['granted', 'denied', 'partial'] as const).nullable(),
    round: p.integer(),
    filedAt: p.datetime(),
    receivedAt: p.datetime().nullable(),
    receivedBy: p.uuid().nullable(),
    finishedAt: p.datetime().nullable(),
    returnedAt: p.datetime().nullable(),
    dueAt: p.datetime().nullable(),
    legalDueAt: p.datetime().nullable(),
    originalDueAt: p.datetime().nullable(),
    reappointedDueAt: p.datetime().nullable(),
    /** The group's dossier that this one is a part of, and which part. */
    parentId: p.uuid().nullable(),
    childKey: p.text().nullable(),
    version: p.integer().version(),
  },
})
export type Dossier = InferEntity<typeof Dossier>

/** Facts that an act with a reason corrected or added; the routing worker reads `routing` first. */
export type DossierFacts = {
  routing?: { agencyCode: string; unitCode: string; reason: string }
  /** Where it stands in the register of births: drawn once, when the officer enters it. */
  register?: { book: string; number: number; on: string; place: string }
  /** Why it has the longer limit for a verification, by whom and since when. */
  verification?: { reason: string; by: string; at: string }
}

/** Somebody must know or explain: a missed letter, a round beyond the rule, a silent agency. */
export const Finding = defineEntity({
  name: 'Finding',
  tableName: 'finding',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    agencyId: p.uuid(),
    kind: p.text(),
    at: p.datetime(),
    detail: p.json<Record<string, unknown>>(),
  },
})

/** A note of the staff on a dossier: part of the record, corrected by a later note, never shown to the applicant. */
export const DossierNote = defineEntity({
  name: 'DossierNote',
  tableName: 'dossier_note',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    authorId: p.uuid(),
    text: p.text(),
    at: p.datetime(),
    replacesId: p.uuid().nullable(),
  },
})

/** What the applicant is asked to complete (yêu cầu bổ sung), one row a round. */
export const SupplementRequest = defineEntity({
  name: 'SupplementRequest',
  tableName: 'supplement_request',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    round: p.integer(),
    stage: p.text(),
    items: p.json<{ paperKey: string; text: string; reason: string; basis: string }[]>(),
    reason: p.text(),
    draftedBy: p.uuid(),
    draftedAt: p.datetime(),
    approvedBy: p.uuid().nullable(),
    approvedAt: p.datetime().nullable(),
    sentBy: p.uuid().nullable(),
    sentAt: p.datetime().nullable(),
    letterId: p.uuid().nullable(),
    waitUntil: p.datetime().nullable(),
    outcome: p.enum(['submitted', 'expired'] as const).nullable(),
    submittedAt: p.datetime().nullable(),
    receivedAt: p.datetime().nullable(),
  },
})
export type SupplementRequest = InferEntity<typeof SupplementRequest>

/** The applicant's wish to stop (NĐ 118/2025 art. 21, unverified): the one-stop checks that no decision exists. */
export const StopRequest = defineEntity({
  name: 'StopRequest',
  tableName: 'stop_request',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    requestedBy: p.uuid(),
    reason: p.text(),
    requestedAt: p.datetime(),
    outcome: p.enum(['stopped', 'rejected'] as const).nullable(),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().nullable(),
  },
})
export type StopRequest = InferEntity<typeof StopRequest>
