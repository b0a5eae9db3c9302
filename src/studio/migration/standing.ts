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
  /** Another act is about to move it, or does. */
  queued: boolean
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
  queued: boolean
}

/**
 * Open under a version, for whoever counts or moves those: the dossier's instance runs in the engine. One that has its result (`done`)
 * does, until that is given out; from `returned` on nothing runs.
 */
export const OPEN = `d.state in ('filed', 'processing', 'waiting-supplement', 'done')`

const STANDING = `
  with part as (
    select d.id, d.code, d.case_key, d.agency_id, d.filed_at from dossier d
     where d.procedure_version_id = $1 and ${OPEN} and ($2::uuid[] is null or d.id = any($2))
       and ($3::uuid is null or (d.filed_at, d.id) > (select after.filed_at, after.id from dossier after where after.id = $3))
     order by d.filed_at, d.id limit $4)
  select d.id, d.code, d.case_key, a.code as agency, i.epoch, i.key as instance_key,
         exists (select from task t where t.subject_id = d.id and t.state in ('deciding', 'moving')) as deciding,
         (select count(*)::int from outbox o where o.subject_id = d.id and o.kind <> 'publish'
             and o.settled_at is null and o.withdrawn_at is null) as commands,
         exists (select from dossier child where child.parent_id = d.id)
           or (select json_array_length(coalesce(v.definition->'children', '[]'::json)) > 0 from procedure_version v where v.id = $1) as is_group,
         exists (select from migration_item m where m.dossier_id = d.id and m.state in ('waiting', 'sent', 'moved')
                    and m.run_id is distinct from $5) as queued
    from part d join agency a on a.id = d.agency_id
    left join lateral (select epoch, key from engine_instance i
                        where i.subject_id = d.id and i.state = 'active' and i.started_at is not null
                        order by epoch desc, length(key) desc, key desc limit 1) i on true
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

/** Which open dossiers: those named, or the next so many after one. `run`: the act that asks, which is in no other's way. */
type Which = { ids?: string[]; after?: string | null; most?: number; run?: string }

/** As many dossiers as are looked at in one go: a version may have forty thousand. */
const PART = 1_000

/** Open dossiers under a version in the order of their filing, and where each stands now. */
export async function standings(
  sql: Sql,
  versionId: string,
  from: Drawn,
  { ids, after, most = PART, run }: Which,
): Promise<DossierStanding[]> {
  const rows = await sql<Row>(STANDING, [versionId, ids ?? null, after ?? null, most, run ?? null])
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
    queued: row.queued,
  }))
}

/** All of them, part by part: never more than one part is in memory. */
export async function* everyStanding(
  sql: Sql,
  versionId: string,
  from: Drawn,
): AsyncGenerator<DossierStanding[]> {
  for (let after: string | null = null; ; ) {
    const part = await standings(sql, versionId, from, { after })
    if (part.length > 0) yield part
    if (part.length < PART) return
    after = part.at(-1)!.dossierId
  }
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
  const through = new Map(passed.map((one) => [`${keyOf(one)} ${one.element_id}`, one.count]))
  for (const [instance, own] of counted)
    for (const [join, incoming] of joins) {
      const arrived = own.reduce(
        (sum, { flow_id, taken }) => sum + (incoming.includes(flow_id) ? taken : 0),
        0,
      )
      if (arrived > (through.get(`${instance} ${join}`) ?? 0) * incoming.length) waiting.add(instance)
    }
  return waiting
}
