import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import type { Text } from '../text.ts'
import { type TaskRow, taskSelect, taskSummaries } from './read-model.ts'
import type { WorklistRow } from './schemas.ts'
import { conditions, type Filter, GROUPS, type Group, groupSql } from './worklist-filter.ts'
import { sourceOf, TABS, type Tab } from './worklist-tabs.ts'

type Row = z.input<typeof WorklistRow>
type Listed = TaskRow & {
  first: string
  second: string
  list_group: Group
  waits_for: NonNullable<Row['waits']>['for'] | null
  until: Date | null
  waits_for_whom: Text | null
  last_note: string | null
  last_note_at: Date | null
  remind_at: Date | null
}
type Page = { limit: number; after?: string | undefined }

/** Whom somebody waits for: the bodies asked, the signer or the signer's unit, else the applicant. */
const WHOM = `case p.what
  when 'consultation' then (select jsonb_build_object('vi', string_agg(g.name->>'vi', ', '), 'en', string_agg(coalesce(g.name->>'en', g.name->>'vi'), ', '))
      from consultation k join agency g on g.id = k.agency_id where k.dossier_id = d.id and k.outcome is null)
  when 'signature' then (select case when q.id is null then n.name else jsonb_build_object('vi', q.full_name) end
      from task s join unit n on n.id = s.unit_id left join person q on q.id = s.assignee_id where s.id = p.awaited_task)
  when 'applicant' then jsonb_build_object('vi', ap.full_name) end`

/**
 * One page of a tab, by the clock: the step's own limit first (within one calendar the order of the working time left),
 * then the dossier's. A first query finds the page's ids in narrow rows, a second reads what those rows show.
 */
export async function worklistPage(
  tx: Tx,
  tab: Tab,
  filter: Filter,
  { limit, after }: Page,
): Promise<{ tasks: Row[]; next: string | null }> {
  const params: unknown[] = []
  const put = (value: unknown) => `$${params.push(value)}`
  const source = sourceOf(tx, tab, params)
  const first = `coalesce(${source.first}, 'infinity')`
  const second = `coalesce(${source.second}, 'infinity')`
  const where = [source.where, ...conditions(filter, source.first, tx.at, params)]
  if (after) {
    const [one, two, id] = readCursor(after)
    where.push(
      `(${first}, ${second}, t.id) ${source.descending ? '<' : '>'} (${put(one)}::timestamptz, ${put(two)}::timestamptz, ${put(id)}::uuid)`,
    )
  }
  const way = source.descending ? 'desc' : 'asc'
  const waits =
    tab === 'waiting' ? ['a.what', 'a.task_id', source.first] : ['null', 'null::uuid', 'null::timestamptz']
  const also = `p.first::text, p.second::text, p.list_group, p.what as waits_for, p.until, ${WHOM} as waits_for_whom,
         note.text as last_note, note.at as last_note_at,
         (select min(r.at) from reminder r where r.person_id = ${put(tx.actor.personId)} and r.dossier_id = d.id
             and r.done_at is null) as remind_at,`
  const rows = await tx.sql<Listed>(
    `with page as materialized (
       select t.id, ${first} as first, ${second} as second, ${groupSql(source.first, tx.at, params)} as list_group,
              ${waits[0]} as what, ${waits[1]} as awaited_task, ${waits[2]} as until
         from ${source.from} join dossier d on d.id = t.dossier_id${filter.text ? ' join person ap on ap.id = d.applicant_id' : ''}
        where ${where.map((part) => `(${part})`).join(' and ')}
        order by 2 ${way}, 3 ${way}, 1 ${way} limit ${put(limit + 1)})
     ${taskSelect({ also, from: 'page p join task t on t.id = p.id' })}
     left join lateral (select text, at from dossier_note where dossier_id = d.id order by at desc limit 1) note on true
     order by p.first ${way}, p.second ${way}, t.id ${way}`,
    params,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const summaries = await taskSummaries(tx, page)
  return {
    tasks: page.map((row, n) => ({
      ...summaries[n]!,
      note: noteOf(row),
      group: row.list_group,
      waits: row.waits_for
        ? { for: row.waits_for, whom: row.waits_for_whom, until: row.until?.toISOString() ?? null }
        : null,
      remindAt: row.remind_at?.toISOString() ?? null,
    })),
    next: rows.length > limit && last ? cursorOf(last) : null,
  }
}

/** The latest word: what somebody noted on the dossier since the task came, else what came with the task. */
const noteOf = (row: Listed): string =>
  row.last_note_at && (row.note === '' || row.last_note_at > row.opened_at) ? (row.last_note ?? '') : row.note

const cursorOf = (row: Listed) =>
  Buffer.from(JSON.stringify([row.first, row.second, row.id])).toString('base64url')

const INSTANT = /^(infinity|\d{4}-[\d :.+-]{1,40})$/
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Where the page before ended. 422 when the text is not one of ours. */
function readCursor(text: string): [string, string, string] {
  const parts = Buffer.from(text, 'base64url').toString('utf8').slice(1, -1).split(',')
  const [first, second, id] = parts.map((part) => part.slice(1, -1))
  if (parts.length === 3 && INSTANT.test(first!) && INSTANT.test(second!) && UUID.test(id!))
    return [first!, second!, id!]
  throw invalidField(
    'after',
    'Trang này không còn đọc tiếp được; hãy tải lại danh sách.',
    'This page cannot be continued; reload the list.',
  )
}

/**
 * How many tasks each tab has; one statement over what is open, and nothing that a list shows. With 5,000 open and
 * 200,000 done tasks it took 4.5 ms of PostgreSQL's CPU, a page of 100 rows 22 ms (test/load/worklist.ts).
 */
export async function worklistCounts(tx: Tx): Promise<Record<Tab, number>> {
  const { text, params } = countsSql(tx)
  const [row] = await tx.sql<Record<Tab, number>>(text, params)
  return row!
}

/** The statement of the counts, for those who want to see its plan. */
export function countsSql(tx: Tx): { text: string; params: unknown[] } {
  const params: unknown[] = []
  const counts = TABS.map((tab) => {
    const { from, where } = sourceOf(tx, tab, params)
    return `(select count(*)::int from ${from} where ${where}) as ${tab}`
  })
  return { text: `select ${counts.join(', ')}`, params }
}

/** How many rows of a filtered tab stand in each group. */
export async function groupCounts(tx: Tx, tab: Tab, filter: Filter): Promise<Record<Group, number>> {
  const params: unknown[] = []
  const source = sourceOf(tx, tab, params)
  const where = [source.where, ...conditions(filter, source.first, tx.at, params)]
  const rows = await tx.sql<{ name: Group; n: number }>(
    `select ${groupSql(source.first, tx.at, params)} as name, count(*)::int as n
       from ${source.from} join dossier d on d.id = t.dossier_id${filter.text ? ' join person ap on ap.id = d.applicant_id' : ''}
      where ${where.map((part) => `(${part})`).join(' and ')} group by 1`,
    params,
  )
  const counts = Object.fromEntries(GROUPS.map((group) => [group, 0])) as Record<Group, number>
  for (const { name, n } of rows) counts[name] = n
  return counts
}

/** The procedures that a tab has work of, for the filter. */
export async function tabProcedures(
  tx: Tx,
  tab: Tab,
): Promise<{ code: string; name: Text; count: number }[]> {
  const params: unknown[] = []
  const { from, where } = sourceOf(tx, tab, params)
  return tx.sql(
    `select q.code, v.definition->'name' as name, q.count from (
       select d.procedure_code as code, count(*)::int as count
         from ${from} join dossier d on d.id = t.dossier_id where ${where} group by 1) q
       join procedure_version v on v.code = q.code and v.current order by q.code`,
    params,
  )
}
