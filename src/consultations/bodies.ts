import { legalDay } from '../clock.ts'
import type { Sql, Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { titleOf } from '../letters/result-data.ts'
import { bodiesAt, namedBodyOf } from '../procedures/bodies.ts'
import type { Eform, ProcedureDefinition } from '../procedures/definition.ts'
import type { Text } from '../text.ts'

type Ref = { id: string; code: string; name: Text }
/** A body that may be asked about a dossier; `named`: one of many, of which the officer names the right one. */
export type Askable = { agency: Ref; unit: Ref; question: string; named: boolean }

type Row = { id: string; code: string; name: Text; unit_id: string; unit_code: string; unit_name: Text }

const COLUMNS = 'a.id, a.code, a.name, u.id as unit_id, u.code as unit_code, u.name as unit_name'

const askableOf = (row: Row, question: string, named: boolean): Askable => ({
  agency: { id: row.id, code: row.code, name: row.name },
  unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
  question,
  named,
})

/**
 * Whom the procedure may ask about this dossier: the bodies of its data, and every other commune that is at work today
 * where the officer is to name one. A body that the organisation does not have is left out.
 */
export async function askableBodies(
  tx: Tx,
  definition: Pick<ProcedureDefinition, 'consultation'>,
  dossier: Pick<Dossier, 'place' | 'agencyId'>,
): Promise<Askable[]> {
  const found: Askable[] = []
  for (const body of bodiesAt(definition, dossier.place)) {
    const [row] = await tx.sql<Row>(
      `select ${COLUMNS} from agency a join unit u on u.agency_id = a.id where a.code = $1 and u.code = $2`,
      [body.agency, body.unit],
    )
    if (row) found.push(askableOf(row, body.question.vi, false))
  }
  const named = namedBodyOf(definition)
  if (!named) return found
  const others = await otherCommunes(tx.sql, dossier.agencyId, named.unit, legalDay(tx.at))
  return [...found, ...others.map((row) => askableOf(row, named.question.vi, true))]
}

const otherCommunes = (sql: Sql, ownId: string, unit: string, day: string): Promise<Row[]> =>
  sql<Row>(
    `select ${COLUMNS} from agency a join unit u on u.agency_id = a.id and u.code = a.code || '.' || $2
      where a.level = 'commune' and a.id <> $1 and valid_on(a.valid_from, a.valid_to, $3)
        and valid_on(u.valid_from, u.valid_to, $3) order by a.code`,
    [ownId, unit, day],
  )

/** What the form says of the commune to name: the answers of the fields that the procedure's data point to. */
export function namingHints(
  definition: Pick<ProcedureDefinition, 'consultation'>,
  eform: Eform,
  formData: Record<string, unknown>,
): { label: Text; value: string }[] {
  const fields = namedBodyOf(definition)?.fields ?? []
  return fields.flatMap((field) => {
    const value = formData[field]
    return typeof value === 'string' && value.trim() !== '' ? [{ label: titleOf(eform, field), value }] : []
  })
}
