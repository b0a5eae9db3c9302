import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'

export type OwedRow = {
  id: string
  code: string
  applicant: string
  procedure: Text
  amount: number
  opened_at: Date
  pay_by: Date
}

const PAGE = 50

/**
 * Dossiers whose fee the actor may take in cash and that nobody has paid yet, the most urgent first; `q` is a code, its
 * last digits, or a name without accents.
 */
export const owedRows = (tx: Tx, q: string): Promise<OwedRow[]> => {
  const params: unknown[] = [q.normalize('NFC').trim() || null]
  return tx.sql<OwedRow>(
    `select d.id, d.code, p.full_name as applicant, v.definition->'name' as procedure, f.amount, f.opened_at, f.pay_by
       from fee_due f join dossier d on d.id = f.dossier_id join person p on p.id = d.applicant_id
       join procedure_version v on v.id = d.procedure_version_id
      where f.state = 'open' and (d.finished_at is null or d.state = 'done')
        and ($1::text is null or right(d.code, length($1)) = $1
             or strpos(lower(unaccent(p.full_name)), lower(unaccent($1))) > 0)
        and ${scope(tx.actor.ability, 'take-cash', 'Dossier', 'd', params)}
      order by f.pay_by, f.opened_at limit ${PAGE}`,
    params,
  )
}
