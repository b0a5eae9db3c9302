import type { z } from 'zod'
import { allows } from '../../access/ability.ts'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { publishedVersion } from '../../procedures/version.ts'
import type {
  MigrationItems,
  MigrationItemsQuery,
  MigrationRun,
  MigrationRunPage,
  MigrationVersions,
} from './schemas.ts'
import { OPEN } from './standing.ts'

type Run = z.input<typeof MigrationRun>
type Row = Omit<Run, 'startedAt' | 'finishedAt' | 'from' | 'to'> & {
  startedAt: Date
  finishedAt: Date | null
  mapping: { from: string; to: string }[]
  fromId: string
  fromVersion: number
  toId: string
  toVersion: number
}

const RUNS = `
  select r.id, r.code, r.reason, r.decision_number as "decisionNumber", r.state, r.started_at as "startedAt",
         p.full_name as "startedBy", r.finished_at as "finishedAt", r.mapping, r.last_error as failure,
         f.id as "fromId", f.version as "fromVersion", t.id as "toId", t.version as "toVersion",
         (select jsonb_object_agg(state, count) from (
            select state, count(*)::int as count from migration_item where run_id = r.id group by state) by_state) as counts
    from migration_run r join person p on p.id = r.started_by
    join procedure_version f on f.id = r.from_version_id join procedure_version t on t.id = r.to_version_id`

const NONE = { waiting: 0, sent: 0, moved: 0, done: 0, cannot: 0, changed: 0, refused: 0 }

const runOf = ({ fromId, fromVersion, toId, toVersion, mapping: _mapping, ...row }: Row): Run => ({
  ...row,
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  from: { id: fromId, version: fromVersion },
  to: { id: toId, version: toVersion },
  counts: { ...NONE, ...row.counts },
})

/** Acts on a procedure's open dossiers, the newest first. */
export async function runs(tx: Tx, code: string): Promise<{ runs: Run[] }> {
  const params: unknown[] = [code]
  const readable = scope(tx.actor.ability, 'read', 'Migration', 'r', params)
  const rows = await tx.sql<Row>(
    `${RUNS} where r.code = $1 and ${readable} order by r.started_at desc limit 100`,
    params,
  )
  return { runs: rows.map(runOf) }
}

/** An act and what it has come to. 404 when there is none. */
export async function runPage(tx: Tx, id: string): Promise<z.input<typeof MigrationRunPage>> {
  const row = await runRow(tx, id)
  const from = await publishedVersion(tx.sql, row.fromId)
  const to = await publishedVersion(tx.sql, row.toId)
  return {
    ...runOf(row),
    mapping: row.mapping.map((pair) => ({
      from: { id: pair.from, name: from.definition.steps[pair.from]?.name ?? { vi: pair.from } },
      to: { id: pair.to, name: to.definition.steps[pair.to]?.name ?? { vi: pair.to } },
    })),
    mayAct: allows(tx.actor.ability, 'update', 'Migration', {}),
  }
}

async function runRow(tx: Tx, id: string): Promise<Row> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Migration', 'r', params)
  const [row] = await tx.sql<Row>(`${RUNS} where r.id = $1 and ${readable}`, params)
  if (!row) throw notFound()
  return row
}

type Items = z.input<typeof MigrationItems>
type Item = Omit<Items['items'][number], 'doneAt'> & { doneAt: Date | null; seq: number }

/** Results of one answer. */
const PAGE = 50

/** What became of each dossier of an act that the reader may see, page by page, in the order of the act. 404 when there is no such act. */
export async function runItems(
  tx: Tx,
  id: string,
  { state, after }: z.output<typeof MigrationItemsQuery>,
): Promise<Items> {
  await runRow(tx, id)
  const params: unknown[] = [id, state ?? null, after, PAGE + 1]
  const dossiers = scope(tx.actor.ability, 'read', 'Dossier', 'd', params)
  const rows = await tx.sql<Item>(
    `select i.seq, d.id as "dossierId", d.code, i.state, i.obstacles, coalesce(i.clock_after, i.clock_before) as clock,
            i.done_at as "doneAt", case when i.state in ('waiting', 'sent', 'moved') then i.last_error end as failure
       from migration_item i join dossier d on d.id = i.dossier_id
      where i.run_id = $1 and ($2::text is null or i.state = $2) and i.seq > $3 and ${dossiers} order by i.seq limit $4`,
    params,
  )
  const items = rows.slice(0, PAGE)
  return {
    items: items.map(({ seq: _seq, ...item }) => ({ ...item, doneAt: item.doneAt?.toISOString() ?? null })),
    next: rows.length > PAGE ? items.at(-1)!.seq : null,
  }
}

type Version = z.input<typeof MigrationVersions>['versions'][number]

/** The versions of a procedure, the newest first, with how many open dossiers run under each. */
export async function versionsWithOpen(tx: Tx, code: string): Promise<{ versions: Version[] }> {
  const params: unknown[] = [code]
  const readable = scope(tx.actor.ability, 'read', 'Procedure', 'v', params)
  const versions = await tx.sql<Version>(
    `select v.id, v.version, v.definition->'name' as name, v.current,
            v.ever_current as "wasInForce",
            json_build_object('number', v.definition->'decision'->>'number', 'date', v.definition->'decision'->>'date') as decision,
            (select count(*)::int from dossier d where d.procedure_version_id = v.id and ${OPEN}) as open,
            array(select json_object_keys(v.definition->'steps')) as steps,
            coalesce((select json_agg(json_build_object('from', gone, 'to', step.key))
                        from json_each(v.definition->'steps') step,
                             json_array_elements_text(step.value->'mergedFrom') gone), '[]') as merged
       from procedure_version v where v.code = $1 and ${readable} order by v.version desc`,
    params,
  )
  return { versions }
}
