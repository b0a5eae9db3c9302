import type { FileDossier, ProcedurePage } from '../../app/api-types.ts'
import type { Uploaded } from '../upload-field.tsx'

export type Applicant = NonNullable<FileDossier['applicant']>
export type FilingDraft = {
  step: number
  place: string | null
  formData: Record<string, unknown>
  papers: Record<string, Uploaded[]>
  channel: 'ONLINE' | 'DIRECT' | 'POSTAL'
  applicant: Applicant | null
  /** Kept over retries and reloads: however often it is sent, one dossier is filed. */
  idempotencyKey: string
}

export const emptyDraft = (byClerk: boolean): FilingDraft => ({
  step: 0,
  place: null,
  formData: {},
  papers: {},
  channel: byClerk ? 'DIRECT' : 'ONLINE',
  applicant: byClerk ? { fullName: '', identityNo: '', email: '', phone: '', address: '' } : null,
  idempotencyKey: crypto.randomUUID(),
})

/** The case that the answers lead to: the first whose question has its answer, else the one for all others. */
export const caseOf = (procedure: ProcedurePage, formData: Record<string, unknown>): string | undefined =>
  procedure.cases.find(({ when }) => when === null || formData[when.field] === when.equals)?.key

export const isRequired = (
  paper: ProcedurePage['papers'][number],
  caseKey: string | undefined,
  channel: string,
): boolean =>
  !!paper.requiredFor?.channels.includes(channel) &&
  (caseKey === undefined || paper.requiredFor.cases.includes(caseKey))

export const requestOf = (procedure: ProcedurePage, draft: FilingDraft): FileDossier => ({
  procedureCode: procedure.code,
  place: draft.place ?? '',
  formData: draft.formData,
  papers: Object.entries(draft.papers).flatMap(([paperKey, files]) =>
    files.map(({ id }) => ({ paperKey, uploadId: id })),
  ),
  channel: draft.channel,
  ...(draft.applicant && { applicant: draft.applicant }),
})
