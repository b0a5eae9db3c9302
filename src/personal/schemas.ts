import { z } from 'zod'
import { words } from '../http/words.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Ref = z.object({ id: Id, name: Text })

/** How the reader sees the personal data of a dossier, and whether they may open them. */
export const PersonalView = z.object({
  /** `own`: the reader's own affair. `masked`: the server has left the data out. */
  sight: z.enum(['own', 'opened', 'masked']),
  until: Instant.nullable(),
  mayOpen: z.boolean(),
  /** Papers and letters, which show in full what is masked. */
  mayRead: z.boolean(),
  minutes: z.int(),
  /** To choose among; empty for whoever may not open. */
  reasons: z.array(z.object({ key: z.string(), label: Text, needsText: z.boolean() })),
  /** Who opened them, newest first: for the applicant. */
  openings: z.array(
    z.object({ at: Instant, until: Instant, by: z.string(), unit: Text, agency: Text, reason: Text }),
  ),
})

export const OpenPersonal = z.strictObject({ reason: z.string().max(40), text: words(500).default('') })
export const Opened = z.object({ id: Id, until: Instant })

export const OpeningQuery = z.strictObject({
  dossierId: Id.optional(),
  agencyId: Id.optional(),
  unitId: Id.optional(),
  personId: Id.optional(),
  /** Part of the name of whoever opened, without accents. */
  q: z.string().max(200).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  after: Id.optional(),
})
export const OpeningView = z.object({
  id: Id,
  at: Instant,
  until: Instant,
  closedAt: Instant.nullable(),
  person: z.object({ id: Id, name: z.string() }),
  unit: Ref,
  agency: Ref,
  dossier: z.object({ id: Id, code: z.string(), procedure: Text }),
  reason: Text,
  text: z.string(),
  /** In the words of the form, or of the record. */
  fields: z.array(Text),
})
export const OpeningList = z.object({ openings: z.array(OpeningView), next: Id.nullable() })
