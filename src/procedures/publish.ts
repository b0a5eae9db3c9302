import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemActor } from '../access/actor.ts'
import type { Database, Sql, Tx } from '../database/transaction.ts'
import { EngineError } from '../engine/index.ts'
import type { Text } from '../text.ts'
import { FolderError, type ProcedureFolder, readProcedures, readShared, type SharedFolder } from './folder.ts'
import { type Drawn, lint } from './lint.ts'
import { examplesOf, insertVersion, lockVersions, textsOf, versioned } from './new-version.ts'

/**
 * Deploys to the broker of the current epoch; deploying the same content again changes nothing. Answers the ids under which the
 * broker knows what it took. Throws EngineError.
 */
export type Deploy = (resources: { name: string; content: string }[]) => Promise<string[]>

export type Published = { processId: string; fresh: boolean }

/**
 * Brings processes/ and the broker together: a folder with an unknown sha256 becomes the next immutable version, one
 * that came back becomes the current version again, and every version is deployed to the broker of this epoch. Where a
 * decision has put a version in force, files change nothing: a newer folder becomes a version and waits for a decision.
 * Idempotent. Throws FolderError, before anything is written, when a folder's data or diagram has a fault or the broker refuses it.
 */
export async function publishFolders(
  db: Database,
  deploy: Deploy,
  { root, epoch }: { root: string; epoch: number },
): Promise<Published[]> {
  const [procedures, shared, jobTypes] = await Promise.all([
    readProcedures(root),
    readShared(root),
    readJobTypes(root),
  ])
  const known = await db.transact(systemActor('publish processes'), (tx) =>
    tx.sql<{ sha256: string }>(
      'select sha256 from procedure_version union all select sha256 from shared_process',
    ),
  )
  const isNew = ({ sha256 }: { sha256: string }) => !known.some((row) => row.sha256 === sha256)
  await assertClean(root, procedures.filter(isNew), shared.filter(isNew), jobTypes)
  const published = await db.transact(systemActor('publish processes'), async (tx) => {
    await lockVersions(tx)
    await tx.sql('update procedure_version set folder_waits = false where folder_waits')
    // What a broker refused is asked once again: it may be another one, or the same of a later release.
    for (const table of ['procedure_version', 'shared_process'])
      await tx.sql(`update ${table} set refusal = null, refused_epoch = null where refusal is not null`)
    const results: Published[] = []
    for (const folder of shared) results.push(await publishShared(tx, folder))
    for (const folder of procedures) results.push(await publishProcedure(tx, folder))
    for (const { processId } of results.filter(({ fresh }) => fresh))
      await deployFresh(tx, deploy, { processId, epoch })
    await markGone(
      tx,
      procedures.map(({ definition }) => definition.code),
    )
    return results
  })
  await tellOfFolders(db)
  await deployAll(db, deploy, epoch)
  return published
}

/** Says in the log what folders and versions in force have to do with each other no more. */
async function tellOfFolders(db: Database): Promise<void> {
  const [gone, waiting, overtaken] = await db.transact(systemActor('publish processes'), async (tx) => [
    await goneProcedures(tx.sql),
    await waitingFolders(tx.sql),
    await overtakenPlans(tx.sql),
  ])
  if (gone.length > 0)
    db.log.warn(
      { procedures: gone.map(({ code }) => code) },
      'published procedures have no folder any more: they stay in force as they were',
    )
  if (waiting.length > 0)
    db.log.warn(
      { procedures: waiting.map(({ code }) => code) },
      'folders are newer than what a decision has put in force: they wait until a decision puts them in force',
    )
  if (overtaken.length > 0)
    db.log.warn(
      { procedures: overtaken.map(({ code }) => code) },
      'folders have changed what is in force since a version was planned: the plan does not come into force, publish it anew',
    )
}

/** Plans that were made for another version than the one in force now: a folder came in between. */
const overtakenPlans = (sql: Sql) =>
  sql<{ code: string }>(
    `select p.code from publication p
      where p.state = 'planned' and p.replaces_id is distinct from
        (select c.id from procedure_version c where c.code = p.code and c.current) order by p.code`,
  )

/** The version of the code that a decision has put in force; files do not take its place. */
const IN_FORCE = `select from publication p where p.code = v.code and p.state = 'in-force'`

/**
 * What is in force without a folder among the files; back in its place, it is marked no more. What a decision has put in
 * force needs none.
 */
const markGone = (tx: Tx, codes: string[]) =>
  tx.sql(
    `update procedure_version v set folder_gone = not folder_gone
      where current and folder_gone = (code = any($1) or exists (${IN_FORCE}))`,
    [codes],
  )

/** Versions from newer folders that wait behind a version put in force by a decision. */
export const waitingFolders = (sql: Sql) =>
  sql<{ code: string; version: number; name: Text; folder: string; inForce: number }>(
    `select v.code, v.version, v.definition->'name' as name, v.folder, c.version as "inForce"
       from procedure_version v join procedure_version c on c.code = v.code and c.current
      where v.folder_waits order by v.code`,
  )

/** Procedures in force whose folder is gone: nobody can change them until it is back. */
export const goneProcedures = (sql: Sql) =>
  sql<{ code: string; version: number; name: Text; folder: string }>(
    `select code, version, definition->'name' as name, folder from procedure_version
      where current and folder_gone order by code`,
  )

/**
 * Versions that new filings fall under and that the broker does not take, with what it says. What is filed waits to begin: `waiting`
 * dossiers or other courses of work.
 */
export const refusedInForce = (sql: Sql) =>
  sql<{
    processId: string
    code: string | null
    version: number
    name: Text
    refusal: string
    waiting: number
  }>(
    `select r.*, (select count(*)::int from outbox o
                   where o.kind = 'start' and o.payload->>'processId' = r."processId"
                     and o.sent_at is null and o.settled_at is null and o.withdrawn_at is null) as waiting
       from (select process_id as "processId", code, version, definition->'name' as name, refusal from procedure_version
              where current and refusal is not null
             union all
             select process_id, null, version, jsonb_build_object('vi', name)::json, refusal from shared_process
              where current and refusal is not null) r
      order by r."processId"`,
  )

/** Job types that analysts may draw: one element template each. */
export async function readJobTypes(root: string): Promise<string[]> {
  const names = await readdir(join(root, 'shared', 'element-templates'))
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
}

async function assertClean(
  root: string,
  procedures: ProcedureFolder[],
  shared: SharedFolder[],
  jobTypes: string[],
): Promise<void> {
  const drawn = ({ steps, waits, fees, exchanges, children }: Omit<Drawn, 'jobTypes'>): Drawn => ({
    steps,
    waits,
    fees,
    exchanges,
    children,
    jobTypes,
  })
  const faults = [
    ...(await Promise.all(
      procedures.map(async ({ folder, bpmn, definition }) =>
        (
          await lint(bpmn, drawn(definition))
        ).map((fault) => ({ file: join(root, folder, 'process.bpmn'), fault })),
      ),
    )),
    ...(await Promise.all(
      shared.map(async ({ bpmn, definition }) =>
        (
          await lint(bpmn, drawn(definition), definition.name)
        ).map((fault) => ({
          file: join(root, 'shared', `${definition.name}.bpmn`),
          fault,
        })),
      ),
    )),
  ]
    .flat()
    .filter(({ fault }) => fault.severity === 'error')
  if (faults.length > 0)
    throw new FolderError(
      faults.map(({ file, fault }) => `${file}: ${fault.id}: ${fault.rule}: ${fault.message.en}`).join('\n'),
    )
}

type Known = { id: string; process_id: string; version: number; current: boolean; origin: string }

async function publishProcedure(tx: Tx, folder: ProcedureFolder): Promise<Published> {
  const { code } = folder.definition
  const [known] = await tx.sql<Known>(
    'select id, process_id, version, current, origin from procedure_version where sha256 = $1 and code = $2',
    [folder.sha256, code],
  )
  if (known) await fillIn(tx, known.id, folder)
  if (known?.current) return { processId: known.process_id, fresh: false }
  const [decided] = await tx.sql<{ version: number }>(
    `select version from procedure_version v where code = $1 and current and exists (${IN_FORCE})`,
    [code],
  )
  // A version made in the Studio comes into force on its day and by its decision, never because its files are here.
  const waits = decided !== undefined || known?.origin === 'studio'
  if (!waits) await tx.sql('update procedure_version set current = false where code = $1 and current', [code])
  if (known && !waits) {
    await tx.sql('update procedure_version set current = true where id = $1', [known.id])
    tx.audit({ act: 'procedure.restored', detail: { processId: known.process_id } })
  }
  const { processId } = known
    ? { processId: known.process_id }
    : await insertVersion(tx, folder, { folder: folder.folder, current: !waits })
  // An older folder has had its time: what came after every version that was ever in force waits for a decision.
  if (decided)
    await tx.sql(
      `update procedure_version set folder_waits = true
        where process_id = $1 and version > (select max(version) from procedure_version where code = $2 and ever_current)`,
      [processId, code],
    )
  return { processId, fresh: !known }
}

/** Examples and texts of a version that was published before they were kept. */
const fillIn = (tx: Tx, id: string, folder: ProcedureFolder) =>
  tx.sql(
    `update procedure_version set examples = coalesce(examples, $2), texts = coalesce(texts, $3)
      where id = $1 and (examples is null or texts is null)`,
    [id, examplesOf(folder), textsOf(folder)],
  )

async function publishShared(tx: Tx, { sha256, definition, bpmn }: SharedFolder): Promise<Published> {
  const { name } = definition
  const [known] = await tx.sql<{ process_id: string; current: boolean }>(
    'select process_id, current from shared_process where sha256 = $1 and name = $2',
    [sha256, name],
  )
  if (known?.current) return { processId: known.process_id, fresh: false }
  await tx.sql('update shared_process set current = false where name = $1 and current', [name])
  if (known) {
    await tx.sql('update shared_process set current = true where process_id = $1', [known.process_id])
    tx.audit({ act: 'shared-process.restored', detail: { processId: known.process_id } })
    return { processId: known.process_id, fresh: false }
  }
  const [last] = await tx.sql<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from shared_process where name = $1',
    [name],
  )
  const version = (last?.version ?? 0) + 1
  const processId = `${name}_v${version}`
  await tx.sql(
    `insert into shared_process (name, version, process_id, sha256, bpmn, definition, current)
     values ($1, $2, $3, $4, $5, $6, true)`,
    [name, version, processId, sha256, versioned(bpmn, 'process', name, processId), definition],
  )
  tx.audit({ act: 'shared-process.published', detail: { processId, sha256 } })
  return { processId, fresh: true }
}

export type Undeployed = { process_id: string; bpmn: string; decision_id: string | null; dmn: string | null }

/** What is new is filed under at once, so the broker has it first: refused, it is as faulty as a diagram that the rules forbid. */
async function deployFresh(
  tx: Tx,
  deploy: Deploy,
  { processId, epoch }: { processId: string; epoch: number },
): Promise<void> {
  const [row] = await tx.sql<Undeployed & { folder: string }>(
    `select process_id, bpmn, null as decision_id, null as dmn, 'shared/' || name as folder from shared_process where process_id = $1
      union all
     select process_id, bpmn, decision_id, dmn, folder from procedure_version where process_id = $1`,
    [processId],
  )
  const refusal = await offer(deploy, row!)
  if (refusal !== null) throw new FolderError(`${row!.folder}: the broker refuses it: ${refusal}`)
  await keepDeployed(tx, processId, { epoch, refusal })
}

/**
 * Deploys what the broker of this epoch does not have. Old versions too: dossiers filed under them are still open. One that the broker
 * refuses keeps what was said on its row and holds up no other; it is not asked again before the next start. Throws when the broker
 * is away.
 */
export async function deployAll(db: Database, deploy: Deploy, epoch: number): Promise<void> {
  const actor = systemActor('deploy processes')
  const rows = await db.transact(actor, (tx) =>
    tx.sql<Undeployed>(
      `select process_id, bpmn, null as decision_id, null as dmn from shared_process
        where deployed_epoch is distinct from $1 and refused_epoch is distinct from $1
       union all
       select process_id, bpmn, decision_id, dmn from procedure_version
        where deployed_epoch is distinct from $1 and refused_epoch is distinct from $1`,
      [epoch],
    ),
  )
  for (const row of rows) {
    const refusal = await offer(deploy, row)
    if (refusal !== null)
      db.log.error(
        { processId: row.process_id, refusal },
        'the broker refuses a published version: what is filed under it waits to begin until a broker takes it or another is put in force',
      )
    await db.transact(actor, (tx) => keepDeployed(tx, row.process_id, { epoch, refusal }))
  }
}

/**
 * Deploys one version; answers what the broker says against it, null when it has it. To be known under another id than ours is as bad
 * as not to be known. Throws when the broker is away.
 */
export async function offer(
  deploy: Deploy,
  { process_id: processId, bpmn, decision_id: decisionId, dmn }: Undeployed,
): Promise<string | null> {
  const resources = [{ name: `${processId}.bpmn`, content: bpmn }]
  if (decisionId && dmn) resources.push({ name: `${decisionId}.dmn`, content: dmn })
  try {
    const known = await deploy(resources)
    const missing = [processId, ...(decisionId ? [decisionId] : [])].filter((id) => !known.includes(id))
    return missing.length > 0 ? `deployed as ${known.join(', ')}, not as ${missing.join(', ')}` : null
  } catch (error) {
    if (error instanceof EngineError && !error.retryable) return error.message
    throw error
  }
}

/** Writes on the version's row that the broker of the epoch has it, or why not. */
export async function keepDeployed(
  tx: Tx,
  processId: string,
  { epoch, refusal }: { epoch: number; refusal: string | null },
): Promise<void> {
  for (const table of ['procedure_version', 'shared_process'])
    await tx.sql(
      refusal === null
        ? `update ${table} set deployed_epoch = $2, refusal = null, refused_epoch = null where process_id = $1`
        : `update ${table} set refused_epoch = $2, refusal = $3 where process_id = $1`,
      refusal === null ? [processId, epoch] : [processId, epoch, refusal],
    )
}
