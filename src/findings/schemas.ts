import { z } from 'zod'
import { AgencyRef, PersonRef, Text, UnitRef } from '../dossiers/schemas.ts'
import { GAMED_RULES } from './rules.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Amount = z.object({ value: z.int(), unit: z.string() })

/** A sign of gaming: its threshold and why one looks. */
export const GamedRuleView = z.object({
  key: z.enum(GAMED_RULES),
  name: Text,
  threshold: Amount.extend({ within: Amount.optional() }),
  reason: Text,
  source: z.string(),
  verified: z.boolean(),
})

export const GamedTally = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  /** `count`: dossiers, each once. */
  rules: z.array(GamedRuleView.extend({ count: z.int() })),
})

const DossierRef = z.object({ id: Id, code: z.string() })
const Procedure = z.object({ code: z.string(), name: Text })

export const GamedHits = z.object({
  rule: GamedRuleView,
  count: z.int(),
  hits: z.array(
    DossierRef.extend({
      procedure: Procedure,
      agency: AgencyRef,
      at: Instant,
      said: Text,
      /** The finding already made of it, if any. */
      findingId: Id.nullable(),
    }),
  ),
  unlisted: z.int(),
})

/** Dossiers in time, drawn at random: the same seed and period draw the same ones. */
export const Sample = z.object({
  seed: z.string(),
  size: z.int(),
  /** From how many. */
  population: z.int(),
  dossiers: z.array(
    DossierRef.extend({
      procedure: Procedure,
      agency: AgencyRef,
      dueAt: Instant,
      finishedAt: Instant,
    }),
  ),
})

export const FindingState = z.enum(['none', 'asked', 'overdue', 'answered', 'concluded'])

const Kind = z.object({
  key: z.string(),
  name: Text,
  reason: Text,
  source: z.string(),
  verified: z.boolean(),
})

const Holder = z.object({ agency: AgencyRef, unit: UnitRef, person: PersonRef.nullable() })

export const FindingRow = z.object({
  id: Id,
  dossier: DossierRef,
  kind: Kind,
  /** Why there was no letter, where the clock knows it. */
  why: Text.nullable(),
  at: Instant,
  /** Null: the clock found it by itself. */
  addedBy: PersonRef.nullable(),
  /** Who has to explain: as asked, otherwise whoever held the dossier then. */
  owner: Holder.nullable(),
  state: FindingState,
  dueAt: Instant.nullable(),
})

export const FindingList = z.object({
  findings: z.array(FindingRow),
  next: Id.nullable(),
  /** Every kind there is, for choosing. */
  kinds: z.array(Kind.pick({ key: true, name: true })),
})

const Explanation = z.object({
  id: Id,
  version: z.int(),
  question: z.string(),
  limitDays: z.int(),
  askedBy: PersonRef,
  askedAt: Instant,
  dueAt: Instant,
  /** Every answer in order; asking again takes none of them back. */
  answers: z.array(
    z.object({
      id: Id,
      cause: z.enum(['objective', 'subjective']),
      answer: z.string(),
      by: PersonRef,
      at: Instant,
      documents: z.array(z.object({ id: Id, fileName: z.string() })),
    }),
  ),
  conclusion: z.string().nullable(),
  upheld: z.boolean().nullable(),
  concludedBy: PersonRef.nullable(),
  concludedAt: Instant.nullable(),
})

export const FindingPage = FindingRow.extend({
  procedure: Procedure,
  explanation: Explanation.nullable(),
  /** Who has held the dossier, the likeliest first: one of them is asked. */
  holders: z.array(Holder),
  may: z.object({ ask: z.boolean(), answer: z.boolean(), conclude: z.boolean(), openDossier: z.boolean() }),
})

const Words = z.string().trim().min(10).max(4000)
const LimitDays = z.int().min(1).max(30)

export const AddFinding = z.strictObject({ dossierId: Id, kind: z.string().min(1).max(60) })
export const Ask = z.strictObject({
  unitId: Id,
  personId: Id.nullable(),
  question: Words,
  limitDays: LimitDays,
})
export const Answer = z.strictObject({
  version: z.int(),
  cause: z.enum(['objective', 'subjective']),
  answer: Words,
  uploads: z.array(Id).max(10),
})
export const AskAgain = z.strictObject({ version: z.int(), question: Words, limitDays: LimitDays })
export const Conclude = z.strictObject({ version: z.int(), upheld: z.boolean(), conclusion: Words })

export const ReportRow = z.object({
  id: Id,
  from: z.iso.date(),
  to: z.iso.date(),
  agency: AgencyRef.nullable(),
  sentence: Text,
  madeBy: PersonRef,
  madeAt: Instant,
  signedBy: PersonRef.nullable(),
  signedAt: Instant.nullable(),
  mine: z.boolean(),
})
export const ReportList = z.object({ reports: z.array(ReportRow) })
export const MakeReport = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  agencyId: Id.nullable(),
})
