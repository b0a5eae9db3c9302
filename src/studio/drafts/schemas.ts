import { z } from 'zod'
import { PersonRef } from '../../dossiers/schemas.ts'
import { definitionParts } from '../../procedures/definition.ts'
import { procedureSource } from '../source.ts'

const Instant = z.iso.datetime({ offset: true })
const Revision = z.int().min(1)
const ElementId = z.string().trim().min(1).max(200)

export const DraftState = z.enum(['draft', 'review', 'approved', 'published', 'withdrawn'])

/** A draft without its content, for lists. */
export const DraftSummary = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  state: DraftState,
  revision: z.int(),
  baseVersion: z.object({ id: z.uuid(), version: z.int() }).nullable(),
  /** Everybody who has saved it. */
  authors: z.array(PersonRef),
  updatedAt: Instant,
  updatedBy: PersonRef,
  openComments: z.int(),
  /** It waits for a review, and the reader may give one. */
  mayDecide: z.boolean(),
  mayEdit: z.boolean(),
})
export const DraftList = z.object({ drafts: z.array(DraftSummary) })
export const DraftView = z.object({ ...DraftSummary.shape, source: procedureSource })

export const DraftQuery = z.strictObject({
  code: z.string().max(40).optional(),
  state: DraftState.optional(),
})

const Title = z.string().trim().min(1).max(200)

export const NewDraft = z.strictObject({
  code: definitionParts.code,
  from: z.union([z.strictObject({ version: z.uuid() }), z.strictObject({ skeleton: z.literal(true) })]),
  title: Title,
})

export const RenameDraft = z.strictObject({ title: Title })
export const Renamed = z.object({ title: z.string() })

/** What a save changes; the parts it does not name stay. */
export const SaveDraft = z.strictObject({
  /** The revision that was changed. */
  revision: Revision,
  changes: procedureSource.partial().strict(),
})
export const Saved = z.object({ revision: z.int(), updatedAt: Instant })

export const RevisionRow = z.object({
  revision: z.int(),
  at: Instant,
  by: PersonRef,
  /** Parts that differ from the revision before. */
  changed: z.array(z.enum(['definition', 'eform', 'bpmn', 'dmn', 'results', 'examples'])),
  restoredFrom: z.int().nullable(),
})
export const RevisionQuery = z.strictObject({ before: z.coerce.number().int().min(1).optional() })
/** The latest first, 200 at a time; `more`: there are earlier ones, asked for with `before`. */
export const RevisionList = z.object({ revisions: z.array(RevisionRow), more: z.boolean() })
export const RevisionView = z.object({ ...RevisionRow.shape, source: procedureSource })

export const OfRevision = z.strictObject({ revision: Revision })
export const revisionParams = z.strictObject({
  id: z.uuid(),
  n: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
})

/** A whole procedure in one file: the texts of its folder by their path (procedure.json, results/1-permit.json …). */
export const ProcedureFile = z.strictObject({
  format: z.literal('mot-cua-procedure'),
  version: z.literal(1),
  files: z.record(z.string().max(120), z.string().max(6_000_000)),
})
export const ImportDraft = z.strictObject({ title: Title, file: ProcedureFile })

export const CommentView = z.object({
  n: z.int(),
  /** Null: about the whole draft. */
  elementId: z.string().nullable(),
  text: z.string(),
  /** The revision it was written at. */
  revision: z.int(),
  by: PersonRef,
  at: Instant,
  resolvedBy: PersonRef.nullable(),
  resolvedAt: Instant.nullable(),
})
export const CommentList = z.object({ comments: z.array(CommentView), mayComment: z.boolean() })
export const NewComment = z.strictObject({
  elementId: ElementId.nullable(),
  text: z.string().trim().min(1).max(4000),
})

export const Verdict = z.strictObject({
  revision: Revision,
  verdict: z.enum(['approved', 'sent-back']),
  /** Asked for when it is sent back. */
  note: z.string().trim().max(4000),
})
export const WithdrawDraft = z.strictObject({ revision: Revision, note: z.string().trim().min(3).max(1000) })
export const StateAnswer = z.object({ state: DraftState, revision: z.int() })

export const ActKind = z.enum([
  'submitted',
  'approved',
  'sent-back',
  /** Changed after it was handed in or approved. */
  'returned',
  'published',
  /** Its planned publication was withdrawn. */
  'unpublished',
  'withdrawn',
])

/** What has happened to a draft beside its saves. */
export const DraftActs = z.object({
  acts: z.array(
    z.object({
      n: z.int(),
      kind: ActKind,
      revision: z.int(),
      note: z.string(),
      at: Instant,
      by: PersonRef,
    }),
  ),
})

export const AcknowledgementView = z.object({
  rule: z.string(),
  elementId: z.string().nullable(),
  /** What the warning said; null where it was not kept. */
  message: z.object({ vi: z.string(), en: z.string() }).nullable(),
  /** The facts behind the warning are still those that the reason was given for. */
  stands: z.boolean(),
  reason: z.string(),
  revision: z.int(),
  by: PersonRef,
  at: Instant,
})
export const AcknowledgementList = z.object({
  acknowledgements: z.array(AcknowledgementView),
  mayAcknowledge: z.boolean(),
})
export const NewAcknowledgement = z.strictObject({
  rule: z.string().trim().min(1).max(120),
  elementId: ElementId.nullable(),
  /** Which of several warnings of the rule at the element, as the checks name it; without: all of them. */
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  reason: z.string().trim().min(3).max(2000),
})
