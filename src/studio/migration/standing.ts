import type { Sql } from '../../database/transaction.ts'
import type { Drawn } from './drawn.ts'
import type { Standing } from './precheck.ts'

/** Where an open dossier stands: in the engine, on the desks, and what is on its way between the two. */
export type DossierStanding = Standing & {
  dossierId: string
  code: string
  caseKey: string
  agency: string
  /** Null: nothing of it runs in the engine yet, or any more. */
  instanceKey: string | null
  active: { elementId: string; jobType: string | null; jobState: string | null }[]
  /** Somebody has decided, and it has not reached the engine or come back from it. */
  deciding: boolean
  /** Commands of the dossier that the engine has not carried out. */
  commands: number
  isGroup: boolean
}

type Row = {
  id: string
  code: string
  case_key: string
  agency: string
  epoch: number | null
  instance_key: string | null
  deciding: boolean
  commands: number
  is_group: boolean
}

/** A dossier is over for the engine when it has its end; the papers may still lie at the counter. */
export const OPEN = `d.state in ('filed', 'processing', 'waiting-supplement', 'done')`

const STANDING = `
  select d.id, d.code, d.case_key, a.code as agency, i.epoch, i.key as instance_key,
         exists (select from task t where t.subject_id = d.id and t.state in ('deciding', 'moving')) as deciding,
         (select count(*)::int from outbox o where o.subject_id = d.id and o.kind <> 'publish'
             and o.settled_at is null and o.withdrawn_at is null) as commands,
         exists (select from dossier part where part.parent_id = d.id)
           or json_array_length(coalesce(v.definition->'children', '[]'::json)) > 0 as is_group
    from dossier d join agency a on a.id = d.agency_id join procedure_version v on v.id = d.procedure_version_id
    left join lateral (select epoch, key from engine_instance i
                        where i.subject_id = d.id and i.state = 'active' and i.started_at is not null
                        order by epoch desc, length(key) desc, key desc limit 1) i on true
   where d.procedure_version_id = $1 and ${OPEN} and ($2::uuid[] is null or d.id = any($2))
   order by d.filed_at, d.id`

type Active = {
  epoch: number
  instance_key: string
  element_id: string
  type: string | null
  state: string | null
}
type Flow = { epoch: number; instance_key: string; flow_id: string; taken: number }
type Passed = { epoch: number; instance_key: string; element_id: string; count: number }

const keyOf = ({ epoch, instance_key: key }: { epoch: number | null; instance_key: string | null }) =>
  `${epoch} ${key}`

/** Open dossiers under a version (all of them, or those named), where each stands now. */
export async function standings(
  sql: Sql,
  versionId: string,
  from: Drawn,
  dossierIds: string[] | null = null,
): Promise<DossierStanding[]> {
  const rows = await sql<Row>(STANDING, [versionId, dossierIds])
  const keys = rows.flatMap((row) => row.instance_key ?? [])
  const active = Map.groupBy(
    await sql<Active>(
      `select e.epoch, e.instance_key, e.element_id, j.type, j.state from engine_element e
         left join lateral (select type, state from engine_job j where j.epoch = e.epoch and j.element_key = e.key
                             order by length(j.key) desc, j.key desc limit 1) j on true
        where e.instance_key = any($1) and e.state = 'active' and e.element_type <> 'PROCESS' order by e.key`,
      [keys],
    ),
    keyOf,
  )
  const waiting = await waitingAtJoins(sql, keys, from)
  return rows.map((row) => ({
    dossierId: row.id,
    code: row.code,
    caseKey: row.case_key,
    agency: row.agency,
    instanceKey: row.instance_key,
    active: (active.get(keyOf(row)) ?? []).map(({ element_id, type, state }) => ({
      elementId: element_id,
      jobType: type,
      jobState: state,
    })),
    waitsAtJoin: waiting.has(keyOf(row)),
    deciding: row.deciding,
    commands: row.commands,
    isGroup: row.is_group,
  }))
}

/** Instances in which more flows have reached a join than it has let through. */
async function waitingAtJoins(sql: Sql, keys: string[], { joins }: Drawn): Promise<Set<string>> {
  if (joins.size === 0 || keys.length === 0) return new Set()
  const flows = await sql<Flow>(
    'select epoch, instance_key, flow_id, taken from engine_flow where instance_key = any($1) and flow_id = any($2)',
    [keys, [...joins.values()].flat()],
  )
  const passed = await sql<Passed>(
    `select epoch, instance_key, element_id, count(*)::int as count from engine_element
      where instance_key = any($1) and element_id = any($2) group by epoch, instance_key, element_id`,
    [keys, [...joins.keys()]],
  )
  const waiting = new Set<string>()
  const counted = Map.groupBy(flows, keyOf)
  for (const [instance, own] of counted)
    for (const [join, incoming] of joins) {
      const arrived = own.reduce(
        (sum, { flow_id, taken }) => sum + (incoming.includes(flow_id) ? taken : 0),
        0,
      )
      const through = passed.find((one) => keyOf(one) === instance && one.element_id === join)?.count ?? 0
      if (arrived > through * incoming.length) waiting.add(instance)
    }
  return waiting
}
