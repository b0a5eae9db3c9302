import { z } from 'zod'
import { CollectionView, CounterFiling, CounterFilingView, PaperCheckView } from '../counter/schemas.ts'
import { PROOF_KINDS } from '../deadlines/proof.ts'
import { GroupView } from '../groups/schemas.ts'
import { words } from '../http/words.ts'
import { PersonalView } from '../personal/schemas.ts'
import { DOSSIER_STATES } from './states.ts'

/** Text of the record in Vietnamese, with an English gloss where there is one. */
export const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime({ offset: true })
const Id = z.uuid()

export const PersonRef = z.object({ id: Id, name: z.string() })
export const UnitRef = z.object({ id: Id, code: z.string(), name: Text })
export const AgencyRef = z.object({ id: Id, code: z.string(), name: Text })

export const DossierState = z.enum(DOSSIER_STATES)

/** One day or stretch that a date counts or skips, with the reason and its source. */
export const ProofLine = z.object({
  kind: z.enum(PROOF_KINDS),
  day: z.iso.date().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  counted: z.boolean(),
  minutes: z.int().optional(),
  reason: Text,
  source: z.string(),
})
/** Why a date is what it is; the same on receipt, worklist, report and letter. */
export const Proof = z.object({
  sentence: Text,
  lines: z.array(ProofLine),
  provisional: z.boolean(),
  warnings: z.array(
    z.object({
      kind: z.literal('undecided-day'),
      day: z.iso.date(),
      text: Text,
      source: z.string(),
      dueAtIfOff: z.string(),
    }),
  ),
})

export const ClockView = z.object({
  id: Id,
  kind: z.enum([
    'reception',
    'dossier',
    'step',
    'supplement-wait',
    'consultation',
    'confirmation',
    'payment',
  ]),
  round: z.int(),
  mode: z.enum(['RESTART', 'PAUSE', 'EXCLUDED-STAGE']),
  startedAt: Instant,
  dueAt: Instant,
  legalDueAt: Instant,
  reappointedDueAt: Instant.nullable(),
  warnAt: Instant.nullable(),
  apologyBy: Instant.nullable(),
  stoppedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  provisional: z.boolean(),
  /** Working minutes left until the due date; negative when it is past. Null when stopped or ended. */
  remainingMinutes: z.int().nullable(),
  /** The same in words: "còn 3 giờ LV", "trễ 1 ngày 2 giờ LV". */
  remaining: Text.nullable(),
  proof: Proof,
})

/** What the record holds of a person that a form may ask (`x-prefill`); empty where it holds nothing. */
export const Details = z.object({
  fullName: z.string(),
  identityNo: z.string(),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
})

export const PaperView = z.object({
  key: z.string(),
  name: Text,
  required: z.boolean(),
  /** The text by which the agency looks it up itself; null: the applicant brings it. */
  lookedUp: z.string().nullable(),
  documents: z.array(
    z.object({
      id: Id,
      fileName: z.string(),
      mediaType: z.string(),
      size: z.int(),
      round: z.int(),
      addedAt: Instant,
    }),
  ),
})

export const LetterView = z.object({
  id: Id,
  kind: z.enum(['receipt', 'supplement', 'refusal', 'apology', 'explanation', 'stop', 'closing', 'result']),
  title: Text,
  formNumber: z.string(),
  state: z.enum(['draft', 'initialled', 'signed', 'issued', 'delivered', 'void']),
  numberText: z.string().nullable(),
  reason: z.string(),
  newDueAt: Instant.nullable(),
  draftedAt: Instant,
  initialledAt: Instant.nullable(),
  signedAt: Instant.nullable(),
  signedBy: z.string().nullable(),
  issuedAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  hasFile: z.boolean(),
})

export const HoldingView = z.object({
  id: Id,
  track: z.enum(['accountable', 'side']),
  round: z.int(),
  agency: AgencyRef,
  unit: UnitRef,
  person: PersonRef.nullable(),
  /** Absent then: the person stood in for them ("X thay Y"). */
  inPlaceOf: PersonRef.nullable(),
  onBehalf: z.enum(['holder', 'applicant']),
  elementId: z.string(),
  stepName: Text,
  fromAt: Instant,
  toAt: Instant.nullable(),
  allottedMinutes: z.int().nullable(),
  usedMinutes: z.int(),
  /** used − allotted; null where the step has no allotment. */
  varianceMinutes: z.int().nullable(),
  openedBy: Text,
  closedBy: Text.nullable(),
})

export const HistoryEntry = z.object({
  at: Instant,
  act: z.string(),
  text: Text,
  by: z.string().nullable(),
  /** Whom that person stood in for. */
  inPlaceOf: z.string().nullable(),
  unit: Text.nullable(),
  note: z.string(),
})

export const ConsultationView = z.object({
  id: Id,
  batch: z.int(),
  agency: AgencyRef,
  question: z.string(),
  sentAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  onSilence: z.enum(['REPORT', 'CONSENT']),
  silenceBasis: z.object({ text: Text, source: z.string(), verified: z.boolean() }),
  /** Silence takes effect after the dossier's due date: the two limits do not fit (rules 6). */
  conflictsWithDue: z.boolean(),
  outcome: z.enum(['agreed', 'objected', 'silent']).nullable(),
  answer: z.string(),
  answeredAt: Instant.nullable(),
  late: z.boolean(),
})

/** What the applicant was asked to confirm, until when, and what came of it. */
export const ConfirmationView = z.object({
  id: Id,
  askedAt: Instant,
  /** Close of work on the last day; silence counts as agreement when that day has ended (`silentAt`). */
  answerBy: Instant,
  silentAt: Instant,
  basis: z.object({ text: z.string(), source: z.string(), verified: z.boolean() }),
  outcome: z.enum(['confirmed', 'amended', 'silent']).nullable(),
  answeredAt: Instant.nullable(),
  /** What a correction changed, in the form's words. */
  changes: z.array(z.object({ label: Text, before: z.string(), after: z.string() })),
})

export const SupplementView = z.object({
  id: Id,
  round: z.int(),
  stage: z.string(),
  items: z.array(z.object({ paperKey: z.string(), text: z.string(), reason: z.string(), basis: z.string() })),
  sentAt: Instant.nullable(),
  waitUntil: Instant.nullable(),
  outcome: z.enum(['submitted', 'expired']).nullable(),
  submittedAt: Instant.nullable(),
  receivedAt: Instant.nullable(),
})

export const TaskSummary = z.object({
  id: Id,
  version: z.int(),
  dossierId: Id,
  dossierCode: z.string(),
  applicant: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  subjectKind: z.string(),
  elementId: z.string(),
  form: z.string(),
  /** What is to be done, as a verb: "Thẩm định hồ sơ". */
  name: Text,
  state: z.enum(['open', 'deciding', 'moving', 'done', 'cancelled']),
  unit: UnitRef,
  assignee: PersonRef.nullable(),
  /** For whom the assignee stands in, or whose work the reader does while they are absent. */
  inPlaceOf: PersonRef.nullable(),
  /** Whether the reader may open the task itself; whoever sees the dossier sees that another unit has one. */
  canOpen: z.boolean(),
  openedAt: Instant,
  /** The step's own limit; the dossier's due date stands beside it. */
  stepDueAt: Instant.nullable(),
  stepRemaining: Text.nullable(),
  stepRemainingMinutes: z.int().nullable(),
  dossierDueAt: Instant.nullable(),
  originalDueAt: Instant.nullable(),
  from: z.object({ name: z.string(), at: Instant }).nullable(),
  flags: z.array(z.enum(['supplemented', 'reappointed', 'objection', 'late', 'sent-back', 'provisional'])),
  /** The group dossier that the task's dossier is a part of. */
  groupCode: z.string().nullable(),
  note: z.string(),
  doneAt: Instant.nullable(),
  outcome: z.string().nullable(),
  /** Until when the decision can be taken back; null when it has left. */
  takeBackUntil: Instant.nullable(),
})

export const DossierSummary = z.object({
  id: Id,
  code: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  caseName: Text,
  applicant: z.string(),
  channel: z.enum(['ONLINE', 'DIRECT', 'POSTAL']),
  state: DossierState,
  result: z.enum(['granted', 'denied', 'partial']).nullable(),
  agency: AgencyRef,
  unit: UnitRef,
  filedAt: Instant,
  receivedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  originalDueAt: Instant.nullable(),
  reappointedDueAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  returnedAt: Instant.nullable(),
  /** 0 to 100: share of the way a stranger may know (rules 9). */
  completion: z.int(),
  currentStep: Text.nullable(),
  /** Past the date in force: an apology's new date, or that of a count begun anew. What was missed before, auditors say. */
  late: z.boolean(),
})

/** A note of the staff as it stands now; `earlier` are the wordings it corrects, first one first. */
export const NoteView = z.object({
  id: Id,
  at: Instant,
  author: z.string(),
  text: z.string(),
  /** The reader wrote it, and may correct it. */
  mine: z.boolean(),
  earlier: z.array(z.object({ id: Id, at: Instant, text: z.string() })),
})

export const DossierPage = DossierSummary.extend({
  version: z.int(),
  form: z.object({
    data: z.record(z.string(), z.unknown()),
    schema: z.unknown(),
    ui: z.unknown(),
  }),
  procedureVersion: z.int(),
  /** Of a group, or of a part of one. */
  group: GroupView.nullable(),
  sample: z.boolean(),
  person: z.object({
    name: z.string(),
    identityNo: z.string(),
    email: z.string(),
    phone: z.string(),
    address: z.string(),
  }),
  /** Who sees what of `person` and `form`, and on `counterFiling`, `collection` and `confirmations`. */
  personal: PersonalView,
  place: z.object({ code: z.string(), name: Text }),
  papers: z.array(PaperView),
  /** Of a dossier filed at the counter; to staff and the applicant. */
  counterFiling: CounterFilingView.nullable(),
  paperChecks: z.array(PaperCheckView),
  collection: CollectionView.nullable(),
  findings: z.array(Text),
  clock: ClockView.nullable(),
  clocks: z.array(ClockView),
  letters: z.array(LetterView),
  holdings: z.array(HoldingView),
  history: z.array(HistoryEntry),
  consultations: z.array(ConsultationView),
  supplements: z.array(SupplementView),
  confirmations: z.array(ConfirmationView),
  tasks: z.array(TaskSummary),
  notes: z.array(NoteView),
  /** What the citizen can do now: answer a supplement, withdraw. */
  can: z.object({
    supplement: z.boolean(),
    confirm: z.boolean(),
    withdraw: z.boolean(),
    /** Take the longer limit of the group's text, because something has to be verified. */
    extend: z.boolean(),
    note: z.boolean(),
    seeInternal: z.boolean(),
  }),
})

export const DiagramView = z.object({
  subjectId: Id,
  kind: z.string(),
  title: Text,
  bpmn: z.string(),
  active: z.array(z.string()),
  completed: z.array(z.string()),
  flows: z.array(z.string()),
  incidents: z.array(z.object({ elementId: z.string(), message: z.string() })),
})

export const FilePaper = z.strictObject({ paperKey: z.string().max(80), uploadId: Id })
export const ApplicantInput = z.strictObject({
  fullName: words(200).min(1),
  identityNo: words(40),
  email: z.union([z.email().max(200), z.literal('')]).default(''),
  phone: words(40).default(''),
  address: words(400).default(''),
  /** The number stands in the record under another name, and the papers show that this is somebody else. */
  anotherPerson: z.boolean().default(false),
})
export const AnswerSupplement = z.strictObject({
  papers: z.array(FilePaper).max(60),
  formData: z.record(z.string(), z.unknown()).optional(),
})

export const FileDossier = z.strictObject({
  procedureCode: z.string().max(40),
  /** The version whose form was filled in (`version` of the procedure); without: whichever is in force when it is sent. */
  procedureVersion: z.int().min(1).max(1_000_000).optional(),
  /** Agency code of the place (commune) that the dossier concerns. */
  place: z.string().max(40),
  formData: z.record(z.string(), z.unknown()),
  papers: z.array(FilePaper).max(60),
  /** Only a counter clerk files for somebody else, on paper. */
  channel: z.enum(['ONLINE', 'DIRECT', 'POSTAL']).default('ONLINE'),
  applicant: ApplicantInput.optional(),
  /** Consent, representative and scan checklist of a filing at the counter. */
  counter: CounterFiling.optional(),
})
export const Filed = z.object({
  id: Id,
  code: z.string(),
  filedAt: Instant,
  acknowledgement: Text,
})
