import { z } from 'zod'
import {
  AgencyRef,
  ConsultationView,
  LetterView,
  SupplementView,
  TaskSummary,
  Text,
  UnitRef,
} from '../dossiers/schemas.ts'
import { words } from '../http/words.ts'
import { ResultChoice } from '../letters/result-schema.ts'
import { GROUPS } from './worklist-filter.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })

const Basis = z.object({ text: z.string(), source: z.string(), verified: z.boolean() })
export const Phrase = z.object({
  id: Id.nullable(),
  paperKey: z.string().nullable(),
  text: z.string(),
  reason: z.string(),
  basis: z.string(),
})

export const WorklistTab = z.enum(['mine', 'unclaimed', 'waiting', 'done'])
/** A task as a row of a worklist. */
export const WorklistRow = TaskSummary.extend({
  /** By the step's own limit, else the dossier's; on the waiting tab by the end of the wait. */
  group: z.enum(GROUPS),
  /** On the waiting tab: for what, for whom, and until when at the latest. */
  waits: z
    .object({
      for: z.enum(['applicant', 'consultation', 'signature', 'children', 'system']),
      whom: Text.nullable(),
      until: Instant.nullable(),
    })
    .nullable(),
  /** The reader's own reminder; no clock knows of it. */
  remindAt: Instant.nullable(),
})
const Groups = z.object(
  Object.fromEntries(GROUPS.map((group) => [group, z.int()])) as Record<(typeof GROUPS)[number], z.ZodInt>,
)
export const Worklist = z.object({
  tasks: z.array(WorklistRow),
  counts: z.object({ mine: z.int(), unclaimed: z.int(), waiting: z.int(), done: z.int() }),
  /** Rows of this tab and filter in each group, on its first page only. */
  groups: Groups.nullable(),
  next: z.string().nullable(),
})

/** A task opened for work: what the decision panel needs, by form. */
export const TaskPage = TaskSummary.extend({
  outcomes: z.array(z.object({ key: z.string(), label: Text, needsReason: z.boolean() })),
  canDecide: z.boolean(),
  canClaim: z.boolean(),
  canAssign: z.boolean(),
  /** form assign: people of the unit with their load. */
  people: z.array(
    z.object({
      id: Id,
      name: z.string(),
      title: Text,
      open: z.int(),
      dueToday: z.int(),
      /** Away from such work until this day: never suggested, and not given it. */
      absentUntil: z.iso.date().nullable(),
    }),
  ),
  /** forms appraise and consultation-summary: bodies that may be asked, with when silence would take effect; form consultation-approve: bodies that are to be asked. */
  consultBodies: z.array(
    z.object({
      agency: AgencyRef,
      unit: UnitRef,
      question: z.string(),
      silenceAt: Instant,
      conflictsWithDue: z.boolean(),
      silenceText: Text,
      /** One of many, of which the officer names the right one. */
      named: z.boolean(),
    }),
  ),
  /** What the form says of the body that the officer is to name. */
  consultHints: z.array(z.object({ label: Text, value: z.string() })),
  /** forms supplement-*: the papers and the round that the next request would be. */
  supplement: z.object({
    current: SupplementView.nullable(),
    round: z.int(),
    stage: z.string(),
    beyondMax: z.boolean(),
    papers: z.array(z.object({ key: z.string(), name: Text })),
    /** forms supplement-draft and -approve: the round in words, until when it may be asked, and how long the applicant would have. */
    ahead: z
      .object({
        words: Text,
        askBy: Instant.nullable(),
        late: z.boolean(),
        within: Text,
        basis: Basis,
        waitUntil: Instant,
        wait: z.object({ limit: Text, basis: Basis }),
      })
      .nullable(),
    /** form supplement-draft: words to use again; those with an id are the agency's own and can be retired. */
    phrases: z.array(Phrase),
  }),
  consultation: ConsultationView.nullable(),
  /** form reception: what receiving it now would promise. */
  reception: z
    .object({
      dueAt: Instant,
      form01: z.enum(['required', 'on-request']),
      handOverBy: Instant.nullable(),
      text: Text,
    })
    .nullable(),
  /** forms apology-* and result-*: the letter in the making; its PDF is at /api/letters/:id/pdf. */
  letter: LetterView.nullable(),
  /** form apology-draft: causes as data, the proposed new date, and whether one may be given. */
  apology: z
    .object({
      causes: z.array(z.object({ key: z.string(), label: Text })),
      proposedDueAt: Instant,
      apologyBy: Instant.nullable(),
      newDateAllowed: z.boolean(),
      newDateArticle: Text,
    })
    .nullable(),
  /** form stop-check: what the applicant asked, since when, and what stopping would end now. */
  stop: z
    .object({
      reason: z.string(),
      requestedAt: Instant,
      requestedBy: z.string(),
      /** `rest`: parts of a group that are decided go on, the others end. */
      ends: z.enum(['whole', 'rest', 'nothing']),
      decided: z.array(z.object({ code: z.string(), name: Text })),
    })
    .nullable(),
  /** Forms that write the result: templates by outcome, and what was chosen before. */
  result: z
    .object({
      outcomes: z.array(
        z.object({
          key: z.string(),
          denied: z.boolean(),
          /** What a PDF made elsewhere is called unless the officer says otherwise. */
          title: z.string(),
          templates: z.array(
            z.object({
              key: z.string(),
              name: Text,
              basis: Basis,
              parts: z.array(
                z.object({ key: z.string(), label: Text, text: z.string(), required: z.boolean() }),
              ),
            }),
          ),
        }),
      ),
      previous: ResultChoice.nullable(),
    })
    .nullable(),
  /** forms *-sign: in which capacities this person may sign (head, KT., TL., TUQ.). */
  signAs: z.array(z.object({ postId: Id, text: Text })),
})

export const AssignTask = z.strictObject({ personId: Id, reason: words(1000).default('') })
export const DecideTask = z.strictObject({
  outcome: z.string().max(40),
  version: z.int(),
  data: z.record(z.string(), z.unknown()).default({}),
})
export const Decided = z.object({
  taskId: Id,
  outcome: z.string(),
  actedAt: Instant,
  takeBackUntil: Instant.nullable(),
})

/** What a decision carries, by form. Reasons are required where the outcome says so. */
const reason = words(4000)
export const DecisionData = {
  reception: z.strictObject({
    reason: reason.default(''),
    note: reason.default(''),
    copies: z.int().min(1).max(50).default(1),
    /** The applicant asks for form 01 although the result comes the same day. */
    receipt: z.boolean().default(false),
  }),
  assign: z.strictObject({ personId: Id.optional(), note: reason.default('') }),
  appraise: z.strictObject({
    note: reason.default(''),
    reason: reason.default(''),
    result: ResultChoice.optional(),
    consult: z
      .array(z.strictObject({ agencyCode: z.string(), question: words(4000).min(1) }))
      .max(20)
      .default([]),
  }),
  'consultation-approve': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'supplement-draft': z.strictObject({
    items: z
      .array(
        z.strictObject({
          paperKey: z.string().max(80),
          text: words(2000).min(1),
          reason: words(2000).min(1),
          basis: words(500).default(''),
        }),
      )
      .min(1)
      .max(60),
    note: reason.default(''),
  }),
  'supplement-approve': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'supplement-send': z.strictObject({ note: reason.default('') }),
  'supplement-receive': z.strictObject({ note: reason.default('') }),
  'refusal-draft': z.strictObject({
    reason: reason.min(1),
    note: reason.default(''),
    result: ResultChoice.optional(),
  }),
  register: z.strictObject({
    note: reason.default(''),
    reason: reason.default(''),
    result: ResultChoice.optional(),
  }),
  'group-notice': z.strictObject({ note: reason.default('') }),
  'result-review': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'result-sign': z.strictObject({
    postId: Id.optional(),
    note: reason.default(''),
    reason: reason.default(''),
  }),
  'result-number': z.strictObject({ note: reason.default('') }),
  'proposal-number': z.strictObject({ note: reason.default('') }),
  'result-return': z.strictObject({
    identityChecked: z.literal(true),
    /** Name of somebody authorised; the applicant's own is in the record. */
    receivedBy: words(200).default(''),
    collector: z.enum(['applicant', 'authorised']).default('applicant'),
    identityPaper: words(60).default(''),
    identityNo: words(40).default(''),
    /** Number and day of the paper that lets somebody else collect. */
    authorisation: words(300).default(''),
    signed: z.enum(['paper', 'screen']).default('paper'),
    signatureUploadId: Id.optional(),
    /** What was scanned from the papers in hand, if anything was: it must be this dossier. */
    scanned: words(300).default(''),
    note: reason.default(''),
  }),
  'consultation-answer': z.strictObject({
    answer: words(4000).min(1),
    note: reason.default(''),
  }),
  'apology-draft': z.strictObject({
    cause: z.string().max(60).default(''),
    reason: reason.default(''),
    newDueDay: z.iso.date().optional(),
    note: reason.default(''),
  }),
  'apology-initial': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'apology-sign': z.strictObject({
    postId: Id.optional(),
    note: reason.default(''),
    reason: reason.default(''),
  }),
  'apology-number': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'apology-send': z.strictObject({ note: reason.default(''), reason: reason.default('') }),
  'stop-check': z.strictObject({ reason: reason.default(''), note: reason.default('') }),
} as const
export type Form = keyof typeof DecisionData | 'consultation-summary'

/** "Tổng hợp ý kiến" also confirms each consent by silence and answers each objection (rules 6). */
export const ConsultationSummaryData = z.strictObject({
  note: reason.default(''),
  reason: reason.default(''),
  confirmedSilence: z.array(Id).default([]),
  answers: z.array(z.strictObject({ consultationId: Id, text: words(4000).min(1) })).default([]),
  consult: DecisionData.appraise.shape.consult,
  result: ResultChoice.optional(),
})
export type LetterKind = z.infer<typeof LetterView>['kind']
