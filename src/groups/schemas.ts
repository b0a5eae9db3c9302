import { z } from 'zod'
import { DOSSIER_STATES } from '../dossiers/states.ts'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime({ offset: true })

/** One procedure of a group, as whoever sees the group sees it: where it stands, and nothing of what is in it. */
export const PartView = z.object({
  key: z.string(),
  name: Text,
  procedureCode: z.string(),
  /** Who handles it; before it is opened, who will. */
  agency: Text,
  /** Its limit in the group, in words. */
  limit: Text,
  /** Null until it is opened. */
  code: z.string().nullable(),
  /** Its own page, for whoever may read it. */
  id: z.uuid().nullable(),
  state: z.enum(DOSSIER_STATES).nullable(),
  result: z.enum(['granted', 'denied', 'partial']).nullable(),
  dueAt: Instant.nullable(),
  originalDueAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  late: z.boolean(),
  /** The partial result, once it lies ready; for whoever may read the part. */
  letterId: z.uuid().nullable(),
})

/** A group's procedures, or the group that a dossier is part of. */
export const GroupView = z.object({
  /** Of a part: the group it belongs to; its page only for whoever may read that. */
  parent: z.object({ id: z.uuid().nullable(), code: z.string() }).nullable(),
  /** Of a group: all its procedures. Of a part: those of the others that the reader may see. */
  parts: z.array(PartView),
})
