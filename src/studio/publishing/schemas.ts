import { z } from 'zod'
import { PersonRef, Text } from '../../dossiers/schemas.ts'
import { definitionParts } from '../../procedures/definition.ts'
import { DraftSummary } from '../drafts/schemas.ts'
import { procedureSource } from '../source.ts'

const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date()
const Words = z.object({ vi: z.string(), en: z.string() })
const VersionRef = z.object({ id: z.uuid(), version: z.int() })

/** The decision by which a version comes into force, as it stands on paper. */
export const Decision = z.strictObject({
  number: z.string().trim().min(1).max(60),
  /** Legal day. */
  date: Day,
  signer: z.string().trim().min(2).max(200),
})

const ofDecision = {
  decision: Decision,
  /** The scan, uploaded before (POST /api/uploads). */
  uploadId: z.uuid(),
  /** Legal day from whose beginning new dossiers are filed under the version; today or later. */
  inForceFrom: Day,
  /** The version in force as its reader saw it; null: none. */
  replaces: z.uuid().nullable(),
}

export const PublishDraft = z.strictObject({ revision: z.int().min(1), ...ofDecision })
export const PutInForce = z.strictObject({
  versionId: z.uuid(),
  reason: z.string().trim().min(3).max(2000),
  ...ofDecision,
})
export const WithdrawPublication = z.strictObject({ reason: z.string().trim().min(3).max(2000) })

/** What a merge of three needs: the version that the draft was made from, the draft, and the version in force. */
export const BaseSources = z.object({
  /** Null: it was made from none. */
  base: procedureSource.nullable(),
  mine: procedureSource,
  theirs: z.object({ ...VersionRef.shape, source: procedureSource }),
})
export const TakeBase = z.strictObject({
  revision: z.int().min(1),
  /** The version in force as its reader saw it. */
  versionId: z.uuid(),
  /** The merged parts; a part not named stays as it is in the draft. */
  changes: procedureSource.partial().strict(),
})
export const BaseTaken = z.object({ revision: z.int(), updatedAt: Instant })

export const PublicationState = z.enum(['planned', 'in-force', 'superseded', 'withdrawn'])

export const PublicationView = z.object({
  id: z.uuid(),
  code: z.string(),
  kind: z.enum(['publish', 'roll-back']),
  version: VersionRef,
  replaces: VersionRef.nullable(),
  draftId: z.uuid().nullable(),
  state: PublicationState,
  decision: z.object({ number: z.string(), date: Day, signer: z.string() }),
  scan: z.object({ name: z.string(), mediaType: z.string(), size: z.int() }),
  reason: z.string(),
  inForceFrom: Day,
  madeAt: Instant,
  madeBy: PersonRef,
  /** When the product put it in force; null: not yet, or never. */
  inForceAt: Instant.nullable(),
  /** Why a plan does not come into force on its day, and can be withdrawn on any: the broker's refusal, or a newer folder. */
  held: z.object({ kind: z.enum(['refused', 'overtaken']), message: Words }).nullable(),
  endedAt: Instant.nullable(),
  endedBy: PersonRef.nullable(),
  endReason: z.string(),
})

/** Something that stands in the way of publishing. */
const Obstacle = z.object({
  rule: z.string().nullable(),
  elementId: z.string().nullable(),
  field: z.string().nullable(),
  /** Of a warning that needs a reason: what the reason is given for. */
  fingerprint: z.string().nullable(),
  message: Words,
  mend: Words.nullable(),
})
export const CheckName = z.enum([
  /** Reviewed and approved at this revision. */
  'approved',
  /** Every comment of a reviewer is settled. */
  'comments',
  /** Its files make a procedure of this code. */
  'whole',
  /** No rule finds an error. */
  'rules',
  /** Its examples can walk its diagram. */
  'examples',
  /** Every warning that needs a reason has one. */
  'acknowledged',
  /** Nothing in it needs a change of law. */
  'within-power',
  /** The groups that it is a part of still fit. */
  'groups',
  /** Something is different from the version in force. */
  'changed',
  /** It was made from the version in force, or has taken in what that changed. */
  'base',
  /** No other version of the procedure is planned. */
  'free',
])
export const Check = z.object({ name: CheckName, ok: z.boolean(), obstacles: z.array(Obstacle) })

export const PublicationCheck = z.object({
  checks: z.array(Check),
  publishable: z.boolean(),
  code: z.string(),
  nextVersion: z.int(),
  /** The version in force now. */
  current: z.object({ ...VersionRef.shape, runningDossiers: z.int() }).nullable(),
  /** The draft was made from another version than the one in force: what came between is not in it. */
  baseIsCurrent: z.boolean(),
  /** Legal today: the first day from which it can be in force. */
  today: Day,
  mayPublish: z.boolean(),
})

export const VersionRow = z.object({
  ...VersionRef.shape,
  origin: z.enum(['folder', 'studio']),
  current: z.boolean(),
  draftId: z.uuid().nullable(),
  decision: definitionParts.decision,
  /** Legal days; null: it came with the files. */
  inForceFrom: Day.nullable(),
  withdrawnOn: Day.nullable(),
  createdAt: Instant,
  /** Filed under it and not yet ended. */
  runningDossiers: z.int(),
  folderWaits: z.boolean(),
})

/** A procedure in the Studio: its versions, what is planned, and who is redesigning it. */
export const StudioProcedure = z.object({
  code: z.string(),
  name: Text.nullable(),
  /** The latest first. */
  versions: z.array(VersionRow),
  publications: z.array(PublicationView),
  drafts: z.array(DraftSummary),
  today: Day,
  mayDraft: z.boolean(),
  mayPublish: z.boolean(),
})
