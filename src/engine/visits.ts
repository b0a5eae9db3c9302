import type { Sql } from '../database/sql.ts'
import { recordset } from './projection/recordset.ts'

/** One activation of an element for a subject. */
export type Activation = { subjectId: string; elementId: string; elementKey: string }

/** Whoever numbers visits or settles a wait of a subject takes turns on its row. Ids in order, so that two cannot cross. */
export const lockSubjects = (sql: Sql, subjectIds: string[]): Promise<unknown> =>
  sql('select id from subject where id = any($1) order by id for no key update', [subjectIds])

/**
 * Gives every activation its visit: the n-th of this element for this subject, counted across epochs. The same element
 * instance always keeps its number; one of a new epoch takes over a visit that an older epoch left open.
 * Subjects must exist. Answers visits by element key.
 */
export async function assignVisits(
  sql: Sql,
  epoch: number,
  activations: Activation[],
): Promise<Map<string, number>> {
  if (activations.length === 0) return new Map()
  const keys = activations.map((one) => one.elementKey)
  const known = await visitsOf(sql, epoch, keys)
  const fresh = activations.filter((one) => !known.has(one.elementKey))
  if (fresh.length === 0) return known
  await lockSubjects(sql, [...new Set(fresh.map((one) => one.subjectId))])
  const rows = recordset(fresh.map((one, n) => ({ ...one, n })))
  if (epoch > 1) await sql(TAKE_OVER, [epoch, rows])
  await sql(NUMBER, [epoch, rows])
  return visitsOf(sql, epoch, keys)
}

async function visitsOf(sql: Sql, epoch: number, elementKeys: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ element_key: string; visit: number }>(
    'select element_key, visit from visit where epoch = $1 and element_key = any($2)',
    [epoch, elementKeys],
  )
  return new Map(rows.map((row) => [row.element_key, row.visit]))
}

const GIVEN = `
  given as (
    select r."subjectId" as subject_id, r."elementId" as element_id, r."elementKey" as element_key,
           row_number() over (partition by r."subjectId", r."elementId" order by r.n) as nth
      from jsonb_to_recordset($2::jsonb) as r ("subjectId" uuid, "elementId" text, "elementKey" text, n int)
     where not exists (select from visit v where v.epoch = $1 and v.element_key = r."elementKey"))`

const TAKE_OVER = `
  with ${GIVEN},
  left_open as (
    select subject_id, element_id, visit, row_number() over (partition by subject_id, element_id order by visit) as nth
      from visit where not ended and epoch < $1 and subject_id in (select subject_id from given))
  update visit v set epoch = $1, element_key = given.element_key
    from given join left_open using (subject_id, element_id, nth)
   where v.subject_id = left_open.subject_id and v.element_id = left_open.element_id and v.visit = left_open.visit`

const NUMBER = `
  with ${GIVEN}
  insert into visit (subject_id, element_id, visit, epoch, element_key)
  select subject_id, element_id,
         nth + coalesce((select max(visit) from visit v where v.subject_id = given.subject_id
                            and v.element_id = given.element_id), 0),
         $1, element_key
    from given`

/** Notes the end of visits whose element instances have ended. */
export const endVisits = (sql: Sql, epoch: number, elementKeys: string[]): Promise<unknown> =>
  elementKeys.length === 0
    ? Promise.resolve()
    : sql('update visit set ended = true where epoch = $1 and element_key = any($2) and not ended', [
        epoch,
        elementKeys,
      ])
