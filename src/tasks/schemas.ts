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

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })

export const WorklistTab = z.enum(['mine', 'unclaimed', 'waiting', 'done'])
export const Worklist = z.object({
  tasks: z.array(TaskSummary),
  counts: z.object({ mine: z.int(), unclaimed: z.int(), waiting: z.int(), done: z.int() }),
  next: z.string().nullable(),
})

/** A task opened for work: what the decision panel needs, by form. */
export const TaskPage = TaskSummary.extend({
  outcomes: z.array(z.object({ key: z.string(), label: Text, needsReason: z.boolean() })),
  canDecide: z.boolean(),
  canClaim: z.boolean(),
  canAssign: z.boolean(),
  /** form assign: people of the unit with their load. */
  people: z.array(z.object({ id: Id, name: z.string(), title: Text, open: z.int(), dueToday: z.int() })),
  /** forms appraise and consultation-summary: bodies that may be asked, with when silence would take effect; form consultation-approve: bodies that are to be asked. */
  consultBodies: z.array(
    z.object({
      agency: AgencyRef,
      unit: UnitRef,
      question: z.string(),
      silenceAt: Instant,
      conflictsWithDue: z.boolean(),
      silenceText: Text,
    }),
  ),
  /** forms supplement-*: the papers and the round that the next request would be. */
  supplement: z.object({
    current: SupplementView.nullable(),
    round: z.int(),
    stage: z.string(),
    beyondMax: z.boolean(),
    papers: z.array(z.object({ key: z.string(), name: Text })),
  }),
  consultation: ConsultationView.nullable(),
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
  }),
  assign: z.strictObject({ personId: Id.optional(), note: reason.default('') }),
  appraise: z.strictObject({
    note: reason.default(''),
    reason: reason.default(''),
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
  'refusal-draft': z.strictObject({ reason: reason.min(1), note: reason.default('') }),
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
    receivedBy: words(200).min(1),
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
})
export type LetterKind = z.infer<typeof LetterView>['kind']
