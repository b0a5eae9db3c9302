import { z } from 'zod'
import { DOSSIER_STATES } from '../dossiers/states.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })

/** What became of one paper at the counter: the scan checklist, a line a paper. */
export const PaperState = z.enum(['scanned', 'presented', 'original', 'missing'])
export const PaperCheck = z.strictObject({
  paperKey: z.string().max(80),
  state: PaperState,
  /** Sheets as counted; 0 for a paper that is missing. */
  pages: z.int().min(0).max(9999).default(1),
  /** The original stays with the dossier; otherwise it goes back at once. */
  kept: z.boolean().default(false),
  note: z.string().trim().max(500).default(''),
})
export type PaperCheck = z.output<typeof PaperCheck>

/** Whoever stands at the counter in the applicant's place, with the paper that allows it, if they have one. */
export const Representative = z.strictObject({
  fullName: z.string().trim().min(1).max(200),
  identityNo: z.string().trim().min(1).max(40),
  phone: z.string().trim().max(40).default(''),
  paper: z.enum(['authorisation', 'guardian', 'introduction', 'none']),
  /** Number and day of that paper, as it says itself. */
  paperText: z.string().trim().max(300).default(''),
})
export type Representative = z.output<typeof Representative>

/** A filing that a clerk types for a named person: whose consent was given how, and what was checked. */
export const CounterFiling = z.strictObject({
  consent: z.strictObject({
    how: z.enum(['spoken', 'signed']),
    by: z.enum(['applicant', 'representative']),
  }),
  representative: Representative.optional(),
  checks: z.array(PaperCheck).max(60).default([]),
})
export type CounterFiling = z.output<typeof CounterFiling>

/** As the dossier page shows it, to staff. */
export const CounterFilingView = z.object({
  clerk: z.string(),
  consent: z.enum(['spoken', 'signed']),
  consentBy: z.enum(['applicant', 'representative']),
  consentAt: Instant,
  representative: z
    .object({
      fullName: z.string(),
      identityNo: z.string(),
      phone: z.string(),
      paper: z.enum(['authorisation', 'guardian', 'introduction', 'none']),
      paperText: z.string(),
    })
    .nullable(),
  guidedAt: Instant.nullable(),
})
export const PaperCheckView = z.object({
  round: z.int(),
  paperKey: z.string(),
  name: Text,
  required: z.boolean(),
  state: PaperState,
  pages: z.int(),
  kept: z.boolean(),
  note: z.string(),
  by: z.string(),
  at: Instant,
})

export const KnownPerson = z.object({
  id: Id,
  fullName: z.string(),
  identityNo: z.string(),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
  /** Has an account of their own: what they entered themselves is not changed at the counter. */
  hasAccount: z.boolean(),
})

/** A dossier in a line of the counter's page. */
export const CounterLine = z.object({
  id: Id,
  code: z.string(),
  applicant: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  channel: z.enum(['ONLINE', 'DIRECT', 'POSTAL']),
  state: z.string(),
  taskId: Id.nullable(),
  form: z.string().nullable(),
  assignee: z.string().nullable(),
  /** Instant that the line is about: filed, result ready, returned. */
  at: Instant,
  /** Until when it must be received; null for the other lines. */
  dueAt: Instant.nullable(),
  remaining: Text.nullable(),
  remainingMinutes: z.int().nullable(),
})
export const CounterPage = z.object({
  unit: z.object({ id: Id, code: z.string(), name: Text, agency: Text, place: z.string() }),
  toReceive: z.array(CounterLine),
  guided: z.array(CounterLine),
  waiting: z.array(CounterLine),
  returned: z.array(CounterLine),
  counts: z.object({
    toReceive: z.int(),
    late: z.int(),
    guided: z.int(),
    waiting: z.int(),
    returned: z.int(),
    handover: z.int(),
    incoming: z.int(),
  }),
})

/** What a barcode, QR code or typed code leads to. */
export const Scanned = z.object({
  dossiers: z.array(
    z.object({
      id: Id,
      code: z.string(),
      applicant: z.string(),
      procedure: Text,
      state: z.enum(DOSSIER_STATES),
      step: Text.nullable(),
    }),
  ),
})

export const CollectionView = z.object({
  collector: z.enum(['applicant', 'authorised']),
  fullName: z.string(),
  identityPaper: z.string(),
  identityNo: z.string(),
  authorisation: z.string(),
  signed: z.enum(['paper', 'screen']),
  clerk: z.string(),
  at: Instant,
})
