import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { Urging, Urgings } from './schemas.ts'

type Ref = { id: string; code: string; name: Text }
type Row = {
  id: string
  number_text: string
  one_stop: Ref
  agency: Ref
  unit: Ref
  text: string
  answer_by: LegalDay
  written_by: string
  written_name: string
  written_at: Date
  dossiers: { id: string; code: string }[]
  answer: string | null
  answered_by: string | null
  answered_name: string | null
  answered_at: Date | null
}

const ref = (alias: string) =>
  `jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`

const SELECT = `
  select g.id, g.number_text, ${ref('o')} as one_stop, ${ref('a')} as agency, ${ref('u')} as unit, g.text, g.answer_by,
         g.written_by, w.full_name as written_name, g.written_at,
         (select jsonb_agg(jsonb_build_object('id', d.id, 'code', d.code) order by d.code)
            from urging_dossier x join dossier d on d.id = x.dossier_id where x.urging_id = g.id) as dossiers,
         g.answer, g.answered_by, r.full_name as answered_name, g.answered_at
    from urging g join unit o on o.id = g.one_stop_unit_id join unit u on u.id = g.unit_id join agency a on a.id = g.agency_id
    join person w on w.id = g.written_by left join person r on r.id = g.answered_by`

const PAGE = 50

/** Slips that the actor wrote or may answer, those without an answer first, then the latest. */
export async function urgings(tx: Tx, after?: string): Promise<z.input<typeof Urgings>> {
  const params: unknown[] = [after ?? null, PAGE + 1]
  const rows = await tx.sql<Row>(
    `${SELECT}
      where ${scope(tx.actor.ability, 'read', 'Urging', 'g', params)}
        and ($1::uuid is null or (g.answered_at is null, g.written_at, g.id) <
             (select l.answered_at is null, l.written_at, l.id from urging l where l.id = $1))
      order by (g.answered_at is null) desc, g.written_at desc, g.id desc limit $2`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return {
    urgings: page.map((row) => view(tx, row)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}

/** Every slip about a dossier, oldest first; the caller has checked that the actor sees its inside. */
export async function urgingsOfDossier(tx: Tx, dossierId: string): Promise<z.input<typeof Urging>[]> {
  const rows = await tx.sql<Row>(
    `${SELECT} where g.id in (select urging_id from urging_dossier where dossier_id = $1) order by g.written_at`,
    [dossierId],
  )
  return rows.map((row) => {
    const one = view(tx, row)
    // A slip names other dossiers too: who sees this one does not thereby see those.
    return one.canOpenFile ? one : { ...one, dossiers: one.dossiers.filter(({ id }) => id === dossierId) }
  })
}

/** Where the file of a slip lies, or undefined when the actor may not read it. */
export async function urgingFile(
  tx: Tx,
  id: string,
): Promise<{ sha256: string; size: string; number_text: string } | undefined> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<{ sha256: string; size: string; number_text: string }>(
    `select g.file_sha256 as sha256, f.size, g.number_text from urging g join stored_file f on f.sha256 = g.file_sha256
      where g.id = $1 and ${scope(tx.actor.ability, 'read', 'Urging', 'g', params)}`,
    params,
  )
  return row
}

function view(tx: Tx, row: Row): z.input<typeof Urging> {
  const subject = { agencyId: row.agency.id, unitId: row.unit.id, oneStopUnitId: row.one_stop.id }
  return {
    id: row.id,
    number: row.number_text,
    oneStop: row.one_stop,
    agency: row.agency,
    unit: row.unit,
    text: row.text,
    answerBy: row.answer_by,
    writtenBy: { id: row.written_by, name: row.written_name },
    writtenAt: row.written_at.toISOString(),
    dossiers: row.dossiers,
    answer: row.answer,
    answeredBy: row.answered_by ? { id: row.answered_by, name: row.answered_name ?? '' } : null,
    answeredAt: row.answered_at?.toISOString() ?? null,
    overdue: row.answered_at === null && row.answer_by < legalDay(tx.at),
    canAnswer: row.answered_at === null && allows(tx.actor.ability, 'update', 'Urging', subject),
    canOpenFile: allows(tx.actor.ability, 'read', 'Urging', subject),
  }
}
