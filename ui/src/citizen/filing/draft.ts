import type { Dispatch, SetStateAction } from 'react'
import type { FileDossier, ProcedurePage } from '../../app/api-types.ts'
import type { Uploaded } from '../upload-field.tsx'

export type Applicant = NonNullable<FileDossier['applicant']>
export type CounterPart = NonNullable<FileDossier['counter']>
export type Check = CounterPart['checks'][number]
export type Representative = NonNullable<CounterPart['representative']>

/** What only a filing at the counter has: who stands there, whose consent was given, what was checked. */
export type AtCounter = {
  how: CounterPart['consent']['how'] | ''
  by: CounterPart['consent']['by']
  /** Whether somebody else than the applicant stands at the counter. */
  represented: boolean
  representative: Representative
  checks: Record<string, Omit<Check, 'paperKey'>>
}
export type FilingDraft = {
  step: number
  /** The version of the procedure whose form is filled in; null: nobody has begun. */
  version: number | null
  /** Another version came into force meanwhile, and nobody has said yet that they have seen it. */
  renewed: boolean
  place: string | null
  formData: Record<string, unknown>
  /** Questions for which the record's answer has been offered, taken or not. */
  proposed: string[]
  papers: Record<string, Uploaded[]>
  channel: 'ONLINE' | 'DIRECT' | 'POSTAL'
  applicant: Applicant | null
  counter: AtCounter | null
  /** Kept over retries and reloads: however often it is sent, one dossier is filed. */
  idempotencyKey: string
  /** It was sent and not yet answered: it is sent again when the page is back. */
  sending: boolean
}

/** The step that collects the papers, whether uploaded at home or checked and scanned at the counter. */
export type PapersStepProps = {
  procedure: ProcedurePage
  draft: FilingDraft
  setDraft: Dispatch<SetStateAction<FilingDraft>>
  onNext: () => void
  onBack?: () => void
}

export const noRepresentative: Representative = {
  fullName: '',
  identityNo: '',
  phone: '',
  paper: 'authorisation',
  paperText: '',
}

export const emptyDraft = (byClerk: boolean): FilingDraft => ({
  step: 0,
  version: null,
  renewed: false,
  place: null,
  formData: {},
  proposed: [],
  papers: {},
  channel: byClerk ? 'DIRECT' : 'ONLINE',
  applicant: byClerk
    ? { fullName: '', identityNo: '', email: '', phone: '', address: '', anotherPerson: false }
    : null,
  counter: byClerk
    ? { how: '', by: 'applicant', represented: false, representative: noRepresentative, checks: {} }
    : null,
  idempotencyKey: crypto.randomUUID(),
  sending: false,
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

/** The line of a paper on the checklist as it stands; undefined when nothing has been said of it. */
export const checkOf = (draft: FilingDraft, key: string): Omit<Check, 'paperKey'> | undefined =>
  draft.counter?.checks[key]

const counterOf = ({ counter }: FilingDraft): Pick<FileDossier, 'counter'> => {
  if (!counter?.how) return {}
  return {
    counter: {
      consent: { how: counter.how, by: counter.represented ? counter.by : 'applicant' },
      ...(counter.represented ? { representative: counter.representative } : {}),
      checks: Object.entries(counter.checks).map(([paperKey, check]) => ({ paperKey, ...check })),
    },
  }
}

export const requestOf = (procedure: ProcedurePage, draft: FilingDraft): FileDossier => ({
  procedureCode: procedure.code,
  procedureVersion: procedure.version,
  place: draft.place ?? '',
  formData: draft.formData,
  papers: Object.entries(draft.papers).flatMap(([paperKey, files]) =>
    files.map(({ id }) => ({ paperKey, uploadId: id })),
  ),
  channel: draft.channel,
  ...(draft.applicant && { applicant: draft.applicant }),
  ...counterOf(draft),
})
