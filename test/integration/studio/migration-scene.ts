/** Versions of the building permit beside the shipped one, dossiers under it, and the engine's records played by hand. */
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import { announce } from '../../../src/engine/announce.ts'
import { applyRecords } from '../../../src/engine/projector.ts'
import type { EngineRecord } from '../../../src/engine/records.ts'
import { startMigration } from '../../../src/studio/migration/act.ts'
import { plan, planDossiers } from '../../../src/studio/migration/plan.ts'
import { runItems, runPage } from '../../../src/studio/migration/read-model.ts'
import { migrateOn } from '../../../src/studio/migration/runner.ts'
import { projections } from '../../../src/workers.ts'
import { received, type Scene } from '../dossiers/scene.ts'

export const REASON = 'Rút ngắn quy trình theo phương án đã được phê duyệt'
export const MAPPING = [{ from: 'Assign', to: 'Distribute' }]
export const CONTROL = 'kiemsoat'

/** "Assign" goes on as "Distribute", done by the head as before, under another name. */
export const renamed = (text: string) =>
  text
    .replaceAll('"Assign"', '"Distribute"')
    .replaceAll('>Assign<', '>Distribute<')
    .replaceAll('Phân công thụ lý', 'Giao hồ sơ')

type Definition = {
  steps: Record<string, Record<string, unknown>>
  limits: { case: string; committed: { value: number }; legal: { value: number } }[]
  allotments: { house: Record<string, { value: number }> }
}

/** A version of 1.013225 under the next number, its texts and data changed; it has been in force for a moment, unless `planned`. */
export async function version(
  scene: Scene,
  number: number,
  change: {
    text?: (text: string) => string
    data?: (definition: Definition) => void
    bpmn?: string
    planned?: true
  },
): Promise<string> {
  const [v1] = await scene.sql<{ definition: object; bpmn: string }>(
    `select definition, bpmn from procedure_version where process_id = 'p1013225_v1'`,
  )
  const text = change.text ?? ((same: string) => same)
  const definition = JSON.parse(text(JSON.stringify(v1!.definition))) as Definition
  definition.allotments.house.Appraise!.value = 12
  change.data?.(definition)
  const id = uuid()
  await scene.sql(
    `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn, dmn,
                                    search_text, sample, current)
     select $1, code, $2, $6, 'routing_' || $6, folder, $3, $4, eform, $5, dmn, search_text, sample, false
       from procedure_version where process_id = 'p1013225_v1'`,
    [
      id,
      number,
      id,
      JSON.stringify(definition),
      change.bpmn ?? text(v1!.bpmn).replaceAll('p1013225_v1', `p1013225_v${number}`),
      `p1013225_v${number}`,
    ],
  )
  if (!change.planned)
    for (const current of [id, await versionId(scene, 1)]) {
      await scene.sql(`update procedure_version set current = false where code = '1.013225' and current`)
      await scene.sql('update procedure_version set current = true where id = $1', [current])
    }
  return id
}

export async function versionId(scene: Scene, number: number): Promise<string> {
  const [row] = await scene.sql<{ id: string }>(
    `select id from procedure_version where code = '1.013225' and version = $1`,
    [number],
  )
  return row!.id
}

/** The limit of a house, in working days. */
export const within = (days: number) => (definition: Definition) => {
  for (const limit of definition.limits)
    if (limit.case === 'house') {
      limit.committed.value = days
      limit.legal.value = Math.max(7, days)
    }
}

const instanceOf = (dossierId: string) => String(BigInt(`0x${dossierId.replaceAll('-', '').slice(-12)}`))

/** The engine knows of a dossier what the scene has opened: one instance, standing at its latest open task. */
export async function runs(scene: Scene, dossierId: string): Promise<void> {
  await scene.sql('update outbox set sent_at = now(), settled_at = now() where subject_id = $1', [dossierId])
  await scene.sql(
    `insert into engine_instance (epoch, key, process_id, subject_id, state, started_at)
     select 1, $2, process_id, id, 'active', now() from subject where id = $1 on conflict do nothing`,
    [dossierId, instanceOf(dossierId)],
  )
  await scene.sql(
    `insert into engine_element (epoch, key, instance_key, element_id, element_type, state)
     select 1, engine_key, $2, element_id, 'USER_TASK', case state when 'done' then 'completed' else 'active' end
       from task where subject_id = $1 on conflict (epoch, key) do nothing`,
    [dossierId, instanceOf(dossierId)],
  )
  await scene.sql(
    `insert into engine_user_task (epoch, key, instance_key, element_key, element_id, external_reference, state)
     select 1, engine_key, $2, engine_key, element_id, form || ':' || subject_id,
            case state when 'done' then 'completed' else 'created' end
       from task where subject_id = $1 on conflict (epoch, key) do nothing`,
    [dossierId, instanceOf(dossierId)],
  )
}

/** A dossier on the desk of its officer. */
export async function appraised(scene: Scene): Promise<string> {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  await runs(scene, id)
  return id
}

/** The record stream says that the instance, and the task it stands at, are of another version now. */
export async function engineMoves(scene: Scene, dossierId: string, number: number): Promise<void> {
  const instance = instanceOf(dossierId)
  const record = (
    valueType: string,
    key: string,
    intent: string,
    value: Record<string, unknown>,
  ): EngineRecord => ({
    partitionId: 1,
    position: '1',
    key,
    timestamp: scene.clock.now().getTime(),
    valueType,
    recordType: 'EVENT',
    intent,
    value,
  })
  const process = {
    bpmnProcessId: `p1013225_v${number}`,
    version: 1,
    processDefinitionKey: String(number),
    processInstanceKey: instance,
  }
  const open = await scene.sql<{ key: string; element_id: string }>(
    `select key, element_id from engine_user_task where instance_key = $1 and state = 'created'`,
    [instance],
  )
  const records = [
    record('PROCESS_INSTANCE', instance, 'ELEMENT_MIGRATED', { ...process, bpmnElementType: 'PROCESS' }),
    ...open.flatMap(({ key, element_id }) => {
      const elementId = element_id === 'Assign' ? 'Distribute' : element_id
      const value = { ...process, elementId, elementInstanceKey: key, bpmnElementType: 'USER_TASK' }
      return [
        record('PROCESS_INSTANCE', key, 'ELEMENT_MIGRATED', value),
        record('USER_TASK', key, 'MIGRATED', { ...value, externalFormReference: `assign:${dossierId}` }),
      ]
    }),
  ]
  // One by one, as the broker sends them: the process's own record comes first.
  for (const one of records)
    await scene.act(async ({ sql }) => announce(sql, 1, await applyRecords(sql, 1, [one]), projections))
}

/** What the engine says when it does not move a dossier. */
export const engineDeclines = (scene: Scene, dossierId: string, said: string) =>
  scene.sql(
    `update outbox set withdrawn_at = now(), last_error = $2
      where subject_id = $1 and kind = 'migrate' and settled_at is null and withdrawn_at is null`,
    [dossierId, said],
  )

/** A round of the loop, by a process that knows the broker of this epoch. */
export const onward = (scene: Scene, epoch = 1) =>
  migrateOn({
    db: scene.db,
    engine: { epoch, processKey: async () => '77' },
    log: pino({ level: 'silent' }),
  })

type To = { from: string; to: string; mapping?: typeof MAPPING }
const asked = ({ from, to, mapping = MAPPING }: To) => ({ fromVersionId: from, toVersionId: to, mapping })

export const planned = (scene: Scene, to: To) => scene.as(CONTROL, (tx) => plan(tx, asked(to)))
export const rows = async (scene: Scene, to: To) =>
  (await scene.as(CONTROL, (tx) => planDossiers(tx, asked(to)))).dossiers
export const start = (
  scene: Scene,
  dossierIds: string[] | 'movable',
  to: To,
  except: string[] = [],
): Promise<string> =>
  scene.as(CONTROL, (tx) => startMigration(tx, { ...asked(to), dossierIds, except, reason: REASON }))

export const pageOf = (scene: Scene, run: string) => scene.as(CONTROL, (tx) => runPage(tx, run))
export const itemsOf = async (scene: Scene, run: string) =>
  (await scene.as(CONTROL, (tx) => runItems(tx, run, { after: 0 }))).items

export const states = async (scene: Scene, run: string) =>
  Object.fromEntries(
    (
      await scene.sql<{ dossier_id: string; state: string }>(
        'select dossier_id, state from migration_item where run_id = $1',
        [run],
      )
    ).map((row) => [row.dossier_id, row.state]),
  )

/** The trail of a dossier's migration, without what was said of it elsewhere. */
export const trail = (scene: Scene, dossierId: string) =>
  scene.sql<{ act: string; detail: Record<string, unknown>; actor: string }>(
    `select act, line::jsonb -> 'detail' as detail, actor_id as actor from audit_entry where dossier_id = $1 and act like 'dossier.migrat%' order by index`,
    [dossierId],
  )
