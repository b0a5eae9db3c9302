import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { maskAnswers } from './fields.ts'
import { mask, type PersonalKind } from './mask.ts'

/**
 * How one person sees the personal data of one dossier. Every answer that carries such data passes one of these, so that
 * who sees what is decided in this file alone.
 */
export type Sight = {
  clear: boolean
  /** Until when the reader has opened them; null when they are masked, or the reader's own. */
  until: Date | null
  value(kind: PersonalKind, written: string): string
  answers(schema: unknown, data: Record<string, unknown>): Record<string, unknown>
}

const sight = (clear: boolean, until: Date | null = null): Sight => ({
  clear,
  until,
  value: (kind, written) => (clear ? written : mask(kind, written)),
  answers: (schema, data) => (clear ? data : maskAnswers(schema, data)),
})

/** For lists, exports and look-ups, where nobody has named one dossier and a reason: always masked. */
export const masked: Sight = sight(false)

/** Applicants see their own affair; everybody else what they have opened, for as long as it is open and their work needs it. */
export async function sightOf(tx: Tx, dossier: { id: string; applicantId: string }): Promise<Sight> {
  const { personId } = tx.actor
  if (personId !== null && dossier.applicantId === personId) return sight(true)
  const [opening] = await tx.sql<{ until: Date | null }>(
    `select max(until) as until from opening
      where dossier_id = $1 and person_id = $2 and until > $3 and closed_at is null`,
    [dossier.id, personId, tx.at],
  )
  // Work that went to somebody else meanwhile takes the sight along.
  return opening?.until && (await needOf(tx, dossier.id)) ? sight(true, opening.until) : masked
}

/**
 * Whether the reader has work on the dossier that needs the data: an open task they could decide, or their counter's
 * contact with the applicant (rules 12). Answers the unit in which they have it.
 */
export async function needOf(tx: Tx, dossierId: string): Promise<{ unitId: string } | undefined> {
  const params: unknown[] = [dossierId]
  const [row] = await tx.sql<{ unit_id: string }>(
    `select unit_id from (
       select t.unit_id, 1 as rank from task t
        where t.dossier_id = $1 and t.state in ('open', 'deciding') and ${scope(tx.actor.ability, 'open', 'Task', 't', params)}
       union all
       select d.one_stop_unit_id, 2 from dossier d
        where d.id = $1 and ${scope(tx.actor.ability, 'open', 'Dossier', 'd', params)}) need
      order by rank limit 1`,
    params,
  )
  return row && { unitId: row.unit_id }
}
