import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { handOverBy } from '../deadlines/due.ts'
import { rulesOn } from '../deadlines/rules.ts'
import type { Text } from '../text.ts'
import { TAKEN_IN } from './papers.ts'
import type { HandoverPage, HandoverSummary, ReadyToHandOver } from './schemas.ts'

export type ReadyRow = {
  id: string
  code: string
  applicant: string
  procedure_code: string
  procedure_name: Text
  medium: 'paper' | 'electronic'
  pages: number
  received_at: Date | null
  giver_unit_id: string
  giver_agency_id: string
  receiver_unit_id: string
  refused_before: string | null
}

/** Sheets that go with a dossier: what was kept of the latest checklist. */
const PAGES = `(select coalesce(sum(l.pages), 0)::int from (
   select distinct on (c.paper_key) c.pages, c.kept from paper_check c where c.dossier_id = d.id
    order by c.paper_key, c.round desc) l where l.kept)`
const MEDIUM = `case when lies_on_paper(d.id) then 'paper' else 'electronic' end`

// From the one-stop to the unit in charge, after each taking-in; and papers with their result back to the one-stop.
const READY = `
  select d.id, d.code, p.full_name as applicant, d.procedure_code, v.definition->'name' as procedure_name,
         ${MEDIUM} as medium, ${PAGES} as pages, w.received_at, w.giver_unit_id, g.agency_id as giver_agency_id, w.receiver_unit_id,
         (select i.reason from handover_item i join handover h on h.id = i.handover_id
           where i.dossier_id = d.id and i.state = 'refused' and h.receiver_unit_id = w.receiver_unit_id
           order by i.answered_at desc limit 1) as refused_before
    from dossier d
    join person p on p.id = d.applicant_id
    join procedure_version v on v.id = d.procedure_version_id
    join lateral (
      select came.acted_at as received_at, d.one_stop_unit_id as giver_unit_id, d.unit_id as receiver_unit_id
        from (${TAKEN_IN}) came
       where d.one_stop_unit_id = any($1) and d.unit_id <> d.one_stop_unit_id and d.state = 'processing'
         and exists (select from task t where t.dossier_id = d.id and t.subject_kind = 'dossier' and t.unit_id = d.unit_id
                        and t.state in ('open', 'deciding'))
         and not exists (select from handover_item i join handover h on h.id = i.handover_id
                          where i.dossier_id = d.id and i.state = 'received' and h.receiver_unit_id = d.unit_id
                            and i.answered_at >= came.acted_at)
         and (lies_on_paper(d.id) or not exists (
               select from decision c join task t on t.id = c.task_id
                where c.dossier_id = d.id and t.subject_kind = 'dossier' and c.state = 'released' and c.acted_at > came.acted_at))
      union all
      select null, d.unit_id, d.one_stop_unit_id
       where d.unit_id = any($1) and d.unit_id <> d.one_stop_unit_id and lies_on_paper(d.id)
         and exists (select from task t where t.dossier_id = d.id and t.form = 'result-return' and t.state = 'open'
                        and t.unit_id = d.one_stop_unit_id)
         and d.unit_id = (select h.receiver_unit_id from handover_item i join handover h on h.id = i.handover_id
                           where i.dossier_id = d.id and i.state = 'received' order by i.answered_at desc limit 1)) w on true
    join unit g on g.id = w.giver_unit_id
   where not exists (select from handover_item i where i.dossier_id = d.id and i.state = 'given')`

/** Units for which the actor may sign as giver. */
const giving = (tx: Tx): string[] => [
  ...new Set(
    tx.actor.posts
      .map((post) => post.unitId)
      .filter((unitId) =>
        allows(tx.actor.ability, 'create', 'Handover', { giverUnitId: unitId, receiverUnitId: unitId }),
      ),
  ),
]

/** What waits to leave the actor's units, oldest first: as many as a page holds. */
export const readyRows = (tx: Tx): Promise<ReadyRow[]> =>
  tx.sql<ReadyRow>(`${READY} order by w.received_at nulls last, d.code limit 500`, [giving(tx)])

/** Those of the dossiers that wait to leave the actor's units, however many others wait too. */
export const readyOf = (tx: Tx, dossierIds: string[]): Promise<ReadyRow[]> =>
  tx.sql<ReadyRow>(`${READY} and d.id = any($2) order by w.received_at nulls last, d.code`, [
    giving(tx),
    dossierIds,
  ])

/** Until when the one-stop must hand over what it took in at that instant (rule `handOver`); moves no due date. */
export async function handOverDueAt(
  tx: Tx,
  row: Pick<ReadyRow, 'giver_agency_id' | 'received_at'>,
): Promise<Date | null> {
  if (!row.received_at) return null
  const calendar = await calendarOf(tx.sql, row.giver_agency_id)
  return handOverBy({ calendar, rules: rulesOn(legalDay(row.received_at)), receivedAt: row.received_at })
}

/** The rule of the hand-over in words, with its source, as page and minutes show it. */
export function handOverRule(at: Date) {
  const { value, source, verified } = rulesOn(legalDay(at)).handOver
  return {
    cutoff: value.cutoff,
    text: {
      vi: `Bàn giao trong ngày làm việc; nhận sau ${value.cutoff} thì bàn giao vào đầu giờ ngày làm việc tiếp theo. Không làm thay đổi ngày hẹn trả.`,
      en: `Hand over on the same working day; what is received after ${value.cutoff}, at the next opening. This moves no due date.`,
    },
    source,
    verified,
  }
}

export async function readyToHandOver(tx: Tx): Promise<z.input<typeof ReadyToHandOver>> {
  const rows = await readyRows(tx)
  const units = await unitRefs(
    tx,
    rows.flatMap((row) => [row.giver_unit_id, row.receiver_unit_id]),
  )
  const groups = new Map<string, z.input<typeof ReadyToHandOver>['groups'][number]>()
  for (const row of rows) {
    const key = `${row.giver_unit_id}/${row.receiver_unit_id}`
    const dueAt = await handOverDueAt(tx, row)
    const group = groups.get(key) ?? {
      giver: units(row.giver_unit_id),
      receiver: units(row.receiver_unit_id),
      dossiers: [],
    }
    group.dossiers.push({
      dossierId: row.id,
      code: row.code,
      applicant: row.applicant,
      procedure: { code: row.procedure_code, name: row.procedure_name },
      medium: row.medium,
      pages: row.pages,
      receivedAt: row.received_at?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      late: dueAt !== null && dueAt < tx.at,
      refusedBefore: row.refused_before,
    })
    groups.set(key, group)
  }
  return { groups: [...groups.values()], rule: handOverRule(tx.at) }
}

async function unitRefs(tx: Tx, ids: string[]) {
  const rows = await tx.sql<{ id: string; code: string; name: Text }>(
    'select id, code, name from unit where id = any($1)',
    [[...new Set(ids)]],
  )
  return (id: string) => rows.find((row) => row.id === id) ?? { id, code: '', name: { vi: '' } }
}

export type HandoverRow = {
  id: string
  number_text: string
  giver_unit_id: string
  giver_agency_id: string
  giver_code: string
  giver_name: Text
  receiver_unit_id: string
  receiver_agency_id: string
  receiver_code: string
  receiver_name: Text
  given_by: string
  given_at: Date
  note: string
  state: 'given' | 'answered'
  answered_by: string | null
  answered_at: Date | null
  file_sha256: string | null
  count: number
  refused: number
}

const SELECT = `
  select h.id, h.number_text, h.giver_unit_id, h.giver_agency_id, g.code as giver_code, g.name as giver_name,
         h.receiver_unit_id, h.receiver_agency_id, r.code as receiver_code, r.name as receiver_name,
         gp.full_name as given_by, h.given_at, h.note, h.state, rp.full_name as answered_by, h.answered_at, h.file_sha256,
         (select count(*)::int from handover_item i where i.handover_id = h.id) as count,
         (select count(*)::int from handover_item i where i.handover_id = h.id and i.state = 'refused') as refused
    from handover h join unit g on g.id = h.giver_unit_id join unit r on r.id = h.receiver_unit_id
    join person gp on gp.id = h.given_by left join person rp on rp.id = h.answered_by`

/** The minutes the actor may read, newest first: those that wait for an answer before all others. */
export function handoverRows(tx: Tx, after?: string): Promise<HandoverRow[]> {
  const params: unknown[] = [after ?? null]
  return tx.sql<HandoverRow>(
    `${SELECT} where ${scope(tx.actor.ability, 'read', 'Handover', 'h', params)}
       and ($1::uuid is null or (h.state = 'answered', h.given_at, h.id) > (
             select l.state = 'answered', l.given_at, l.id from handover l where l.id = $1::uuid))
      order by h.state = 'answered', h.given_at desc, h.id limit 100`,
    params,
  )
}

export async function handoverRow(
  tx: Tx,
  id: string,
  action: 'read' | 'decide' = 'read',
): Promise<HandoverRow | undefined> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<HandoverRow>(
    `${SELECT} where h.id = $1 and ${scope(tx.actor.ability, action, 'Handover', 'h', params)}`,
    params,
  )
  return row
}

export const handoverSummary = (row: HandoverRow): z.input<typeof HandoverSummary> => ({
  id: row.id,
  number: row.number_text,
  giver: { id: row.giver_unit_id, code: row.giver_code, name: row.giver_name },
  receiver: { id: row.receiver_unit_id, code: row.receiver_code, name: row.receiver_name },
  givenBy: row.given_by,
  givenAt: row.given_at.toISOString(),
  state: row.state,
  answeredBy: row.answered_by,
  answeredAt: row.answered_at?.toISOString() ?? null,
  count: row.count,
  refused: row.refused,
})

export type ItemRow = {
  dossier_id: string
  code: string
  applicant: string
  procedure_code: string
  procedure_name: Text
  medium: 'paper' | 'electronic'
  pages: number
  due_at: Date | null
  received_at: Date | null
  state: 'given' | 'received' | 'refused'
  reason: string
  answered_by: string | null
  answered_at: Date | null
}

export const itemRows = (tx: Tx, handoverId: string): Promise<ItemRow[]> =>
  tx.sql<ItemRow>(
    `select i.dossier_id, d.code, p.full_name as applicant, d.procedure_code, v.definition->'name' as procedure_name, i.medium,
            i.pages, i.due_at, d.received_at, i.state, i.reason, a.full_name as answered_by, i.answered_at
       from handover_item i join dossier d on d.id = i.dossier_id join person p on p.id = d.applicant_id
       join procedure_version v on v.id = d.procedure_version_id left join person a on a.id = i.answered_by
      where i.handover_id = $1 order by i.position`,
    [handoverId],
  )

export async function handoverPage(tx: Tx, row: HandoverRow): Promise<z.input<typeof HandoverPage>> {
  const items = await itemRows(tx, row.id)
  return {
    ...handoverSummary(row),
    note: row.note,
    items: items.map((item) => ({
      dossierId: item.dossier_id,
      code: item.code,
      applicant: item.applicant,
      procedure: { code: item.procedure_code, name: item.procedure_name },
      medium: item.medium,
      pages: item.pages,
      receivedAt: item.received_at?.toISOString() ?? null,
      dueAt: item.due_at?.toISOString() ?? null,
      state: item.state,
      reason: item.reason,
      answeredBy: item.answered_by,
      answeredAt: item.answered_at?.toISOString() ?? null,
    })),
    canAnswer:
      row.state === 'given' &&
      allows(tx.actor.ability, 'decide', 'Handover', {
        giverUnitId: row.giver_unit_id,
        receiverUnitId: row.receiver_unit_id,
      }),
  }
}

/** How many wait to leave the actor's units, and how many minutes wait for the actor's signature. */
export async function handoverCounts(tx: Tx): Promise<{ handover: number; incoming: number }> {
  const ready = await readyRows(tx)
  const params: unknown[] = []
  const [row] = await tx.sql<{ n: number }>(
    `select count(*)::int as n from handover h where h.state = 'given' and ${scope(tx.actor.ability, 'decide', 'Handover', 'h', params)}`,
    params,
  )
  return { handover: ready.length, incoming: row?.n ?? 0 }
}
