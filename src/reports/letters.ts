import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import type { LetterView } from '../dossiers/schemas.ts'
import { letterView } from '../dossiers/views.ts'
import { Letter } from '../letters/entity.ts'

/** A dossier's letters in the order they were begun; with `within`, those that something happened to in that time. */
export async function letterViews(
  tx: Tx,
  dossierId: string,
  within?: { from: Date; to: Date },
): Promise<z.input<typeof LetterView>[]> {
  const letters = await tx.em.find(Letter, { dossierId }, { orderBy: { draftedAt: 'asc' } })
  const signers = await tx.sql<{ id: string; full_name: string }>(
    'select id, full_name from person where id = any($1::uuid[])',
    [letters.flatMap(({ signedBy }) => signedBy ?? [])],
  )
  const touched = ({ draftedAt, initialledAt, signedAt, issuedAt, deliveredAt, voidAt }: Letter) =>
    [draftedAt, initialledAt, signedAt, issuedAt, deliveredAt, voidAt].some(
      (at) => at && (!within || (at >= within.from && at <= within.to)),
    )
  return letters
    .filter(touched)
    .map((letter) => letterView(letter, signers.find(({ id }) => id === letter.signedBy)?.full_name ?? null))
}
