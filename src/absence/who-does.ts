import { isSigning } from '../access/stand-in.ts'
import type { LegalDay } from '../calendar/day.ts'
import type { Sql } from '../database/transaction.ts'

export type Work = { procedureCode: string; form: string }

/** Who gets the work, and for whom they stand in; nobody (the unit) when the absent person has no substitute for it. */
export type Doer = { personId: string | null; inPlaceOf: string | null }

type AbsentRow = { substitute_id: string | null; active: boolean | null }

/** The absence that keeps a person from such work on a legal day; undefined when they are there. */
export async function absentFrom(
  sql: Sql,
  personId: string,
  work: Work,
  day: LegalDay,
): Promise<AbsentRow | undefined> {
  const [row] = await sql<AbsentRow>(
    `select b.substitute_id,
            (select s.active and exists (select from post po where po.person_id = s.id and po.agency_id = b.agency_id
                                            and valid_on(po.valid_from, po.valid_to, $4))
               from person s where s.id = b.substitute_id) as active
       from absence b
      where b.person_id = $1 and b.cancelled_at is null and $4 between b.from_day and b.to_day
        and covers(b.procedures, b.forms, $2, $3)
      order by b.from_day, b.id limit 1`,
    [personId, work.procedureCode, work.form, day],
  )
  return row
}

/** In whose place a person acts on a task: of its assignee who is away, or of whom they got it from; null in their own. */
export async function inWhosePlace(
  sql: Sql,
  taskId: string,
  personId: string,
  day: LegalDay,
): Promise<string | null> {
  const [row] = await sql<{ person: string | null }>(
    `select case when t.assignee_id = $2 then t.in_place_of
                 when exists (select from absence b
                               where b.person_id = t.assignee_id and b.substitute_id = $2 and b.cancelled_at is null
                                 and $3 between b.from_day and b.to_day and covers(b.procedures, b.forms, t.procedure_code, t.form))
                   then t.assignee_id end as person
       from task t where t.id = $1`,
    [taskId, personId, day],
  )
  return row?.person ?? null
}

/**
 * New work that would go to a person goes to the substitute while they are absent, or to the unit: when there is none,
 * when the substitute has left, and always when the work is to sign (rules 7). A substitute who is absent too hands on
 * to their own.
 */
export async function whoDoes(sql: Sql, personId: string, work: Work, day: LegalDay): Promise<Doer> {
  const passed = new Set<string>()
  let doer = personId
  for (;;) {
    const absence = await absentFrom(sql, doer, work, day)
    if (!absence) return { personId: doer, inPlaceOf: doer === personId ? null : personId }
    passed.add(doer)
    const next = absence.substitute_id
    if (!next || !absence.active || isSigning(work.form) || passed.has(next))
      return { personId: null, inPlaceOf: null }
    doer = next
  }
}
