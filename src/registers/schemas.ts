import { z } from 'zod'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })

export const LetterRegister = z.object({
  agencies: z.array(z.object({ id: Id, name: Text, years: z.array(z.int()) })),
  agencyId: Id.nullable(),
  year: z.int().nullable(),
  /** `last`: the last number drawn; `missing`: numbers that no letter has, none in a book without gaps. */
  series: z.array(
    z.object({ key: z.string(), name: z.string(), last: z.int(), voids: z.int(), missing: z.array(z.int()) }),
  ),
  /** Who locked the year's books, if they are; `lockable`: the year is over, and the actor heads the agency. */
  lock: z.object({ lockedAt: Instant, lockedBy: z.string() }).nullable(),
  lockable: z.boolean(),
  rows: z.array(
    z.object({
      id: Id,
      series: z.string(),
      number: z.int(),
      numberText: z.string(),
      title: z.string(),
      state: z.string(),
      issuedAt: Instant,
      deliveredAt: Instant.nullable(),
      voidAt: Instant.nullable(),
      voidReason: z.string().nullable(),
      dossierId: Id,
      dossierCode: z.string(),
      applicant: z.string(),
      signedBy: z.string().nullable(),
      issuedBy: z.string().nullable(),
    }),
  ),
  next: Id.nullable(),
})

export const DossierRegister = z.object({
  counters: z.array(z.object({ id: Id, name: Text, agency: Text, fields: z.array(z.string()) })),
  unitId: Id.nullable(),
  from: z.iso.date(),
  to: z.iso.date(),
  rows: z.array(
    z.object({
      id: Id,
      entry: z.int(),
      code: z.string(),
      procedure: Text,
      applicant: z.string(),
      agency: Text,
      receivedAt: Instant,
      dueAt: Instant.nullable(),
      finishedAt: Instant.nullable(),
      returnedAt: Instant.nullable(),
      state: z.string(),
    }),
  ),
  next: Id.nullable(),
})
