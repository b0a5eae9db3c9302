import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { systemActor } from '../access/actor.ts'
import type { Database, Sql, Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { FolderError, type ProcedureFolder, readProcedures, readShared, type SharedFolder } from './folder.ts'
import { type Drawn, lint } from './lint.ts'
import { rewriteId } from './rewrite.ts'

/** Deploys to the broker of the current epoch; deploying the same content again changes nothing. */
export type Deploy = (resources: { name: string; content: string }[]) => Promise<void>

export type Published = { processId: string; fresh: boolean }

// Any fixed number: two servers starting at once must not both make the next version.
const PUBLISH_LOCK = 20_261_122

/**
 * Brings processes/ and the broker together: a folder with an unknown sha256 becomes the next immutable version, one
 * that came back becomes the current version again, and every version is deployed to the broker of this epoch.
 * Idempotent. Throws FolderError, before anything is written, when a folder's data or diagram has a fault.
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
    await tx.sql('select pg_advisory_xact_lock($1)', [PUBLISH_LOCK])
    const results: Published[] = []
    for (const folder of shared) results.push(await publishShared(tx, folder))
    for (const folder of procedures) results.push(await publishProcedure(tx, folder))
    await markGone(
      tx,
      procedures.map(({ definition }) => definition.code),
    )
    return results
  })
  const gone = await db.transact(systemActor('publish processes'), (tx) => goneProcedures(tx.sql))
  if (gone.length > 0)
    db.log.warn(
      { procedures: gone.map(({ code }) => code) },
      'published procedures have no folder any more: they stay in force as they were',
    )
  await deployAll(db, deploy, epoch)
  return published
}

/** What is in force without a folder among the files; back in its place, it is marked no more. */
const markGone = (tx: Tx, codes: string[]) =>
  tx.sql(
    'update procedure_version set folder_gone = not folder_gone where current and folder_gone = (code = any($1))',
    [codes],
  )

/** Procedures in force whose folder is gone: nobody can change them until it is back. */
export const goneProcedures = (sql: Sql) =>
  sql<{ code: string; version: number; name: Text; folder: string }>(
    `select code, version, definition->'name' as name, folder from procedure_version
      where current and folder_gone order by code`,
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
  ].flat()
  if (faults.length > 0)
    throw new FolderError(
      faults.map(({ file, fault }) => `${file}: ${fault.id}: ${fault.rule}: ${fault.message.en}`).join('\n'),
    )
}

/** Text that the catalogue's search looks through: code, names and field, as one line without accents. */
const searchText = ({ code, name, field }: ProcedureFolder['definition']) =>
  [code, name.vi, name.en, field.vi, field.en].filter(Boolean).join(' ').normalize('NFC')

async function publishProcedure(tx: Tx, folder: ProcedureFolder): Promise<Published> {
  const { code, sample } = folder.definition
  const [known] = await tx.sql<{ id: string; process_id: string; current: boolean }>(
    'select id, process_id, current from procedure_version where sha256 = $1 and code = $2',
    [folder.sha256, code],
  )
  if (known?.current) return { processId: known.process_id, fresh: false }
  await tx.sql('update procedure_version set current = false where code = $1 and current', [code])
  if (known) {
    await tx.sql('update procedure_version set current = true where id = $1', [known.id])
    tx.audit({ act: 'procedure.restored', detail: { processId: known.process_id } })
    return { processId: known.process_id, fresh: false }
  }
  const [last] = await tx.sql<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from procedure_version where code = $1',
    [code],
  )
  const version = (last?.version ?? 0) + 1
  const processId = `${folder.baseId}_v${version}`
  const decisionId = `routing_${processId}`
  await tx.sql(
    `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn,
                                    dmn, search_text, sample, current)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, lower(unaccent($12)), $13, true)`,
    [
      uuid(),
      code,
      version,
      processId,
      decisionId,
      folder.folder,
      folder.sha256,
      folder.definition,
      folder.eform,
      rewriteId(folder.bpmn, folder.baseId, processId),
      rewriteId(folder.dmn, `routing_${folder.baseId}`, decisionId),
      searchText(folder.definition),
      sample,
    ],
  )
  tx.audit({
    act: 'procedure.published',
    detail: { processId, sha256: folder.sha256, decision: folder.definition.decision.number },
  })
  return { processId, fresh: true }
}

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
    [name, version, processId, sha256, rewriteId(bpmn, name, processId), definition],
  )
  tx.audit({ act: 'shared-process.published', detail: { processId, sha256 } })
  return { processId, fresh: true }
}

type Undeployed = { process_id: string; bpmn: string; decision_id: string | null; dmn: string | null }

/** Old versions too: dossiers filed under them are still open. */
async function deployAll(db: Database, deploy: Deploy, epoch: number): Promise<void> {
  const actor = systemActor('deploy processes')
  const rows = await db.transact(actor, (tx) =>
    tx.sql<Undeployed>(
      `select process_id, bpmn, null as decision_id, null as dmn from shared_process
        where deployed_epoch is distinct from $1
       union all
       select process_id, bpmn, decision_id, dmn from procedure_version where deployed_epoch is distinct from $1`,
      [epoch],
    ),
  )
  for (const { process_id: processId, bpmn, decision_id: decisionId, dmn } of rows) {
    const resources = [{ name: `${processId}.bpmn`, content: bpmn }]
    if (decisionId && dmn) resources.push({ name: `${decisionId}.dmn`, content: dmn })
    await deploy(resources)
    await db.transact(actor, async (tx) => {
      await tx.sql('update procedure_version set deployed_epoch = $2 where process_id = $1', [
        processId,
        epoch,
      ])
      await tx.sql('update shared_process set deployed_epoch = $2 where process_id = $1', [processId, epoch])
    })
  }
}
