import { jest } from '@jest/globals'
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import { personId } from '../../../src/agencies/load.ts'
import { announce } from '../../../src/engine/announce.ts'
import { applyRecords } from '../../../src/engine/projector.ts'
import type { EngineRecord } from '../../../src/engine/records.ts'
import { loadActor } from '../../../src/people/actor.ts'
import {
  pauseMigration,
  resumeMigration,
  retryMigration,
  startMigration,
} from '../../../src/studio/migration/act.ts'
import { plan } from '../../../src/studio/migration/plan.ts'
import { runPage } from '../../../src/studio/migration/read-model.ts'
import { migrateOn } from '../../../src/studio/migration/runner.ts'
import { verifyLedger } from '../../../src/verify/ledger.ts'
import { projections } from '../../../src/workers.ts'
import { at, received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

const REASON = 'Rút ngắn quy trình theo phương án đã được phê duyệt'
const MAPPING = [{ from: 'Assign', to: 'Distribute' }]

let scene: Scene
let versions: { v1: string; v2: string; v3: string }

/** A version of 1.013225 under the next number, its definition and diagram changed. */
async function version(
  number: number,
  change: (text: string) => string,
  days: { house: number },
): Promise<string> {
  const [v1] = await scene.sql<{ definition: object; bpmn: string }>(
    `select definition, bpmn from procedure_version where process_id = 'p1013225_v1'`,
  )
  const definition = JSON.parse(change(JSON.stringify(v1!.definition)))
  for (const limit of definition.limits)
    if (limit.case === 'house') {
      limit.committed.value = days.house
      limit.legal.value = Math.max(7, days.house)
    }
  definition.allotments.house.Appraise.value = 12
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
      change(v1!.bpmn).replaceAll('p1013225_v1', `p1013225_v${number}`),
      `p1013225_v${number}`,
    ],
  )
  return id
}

/** "Assign" goes on as "Distribute", done by the head as before, under another name. */
const renamed = (text: string) =>
  text
    .replaceAll('"Assign"', '"Distribute"')
    .replaceAll('>Assign<', '>Distribute<')
    .replaceAll('Phân công thụ lý', 'Giao hồ sơ')

const as = async <T>(login: string, work: Parameters<Scene['as']>[1]): Promise<T> =>
  scene.as(login, work) as Promise<T>
const control = 'kiemsoat'

/** The engine knows of a dossier what the scene has opened: one instance, standing at its latest open task. */
async function runs(dossierId: string): Promise<void> {
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
const instanceOf = (dossierId: string) => String(BigInt(`0x${dossierId.replaceAll('-', '').slice(-12)}`))

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

/** The record stream says that the instance, and the task it stands at, are of another version now. */
async function engineMoves(dossierId: string, number: number): Promise<void> {
  const instance = instanceOf(dossierId)
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

const engine = { epoch: 1, processKey: async () => '77' }
const onward = () => migrateOn({ db: scene.db, engine, log: pino({ level: 'silent' }) })
const ask = (mapping = MAPPING, to = versions.v2) => ({
  fromVersionId: versions.v1,
  toVersionId: to,
  mapping,
})
const start = (dossierIds: string[], mapping = MAPPING) =>
  as<string>(control, (tx) => startMigration(tx, { ...ask(mapping), dossierIds, reason: REASON }))
const states = async (run: string) =>
  Object.fromEntries(
    (
      await scene.sql<{ dossier_id: string; state: string }>(
        'select dossier_id, state from migration_item where run_id = $1',
        [run],
      )
    ).map((row) => [row.dossier_id, row.state]),
  )

/** Dossiers on the officer's desk, and one that the head still has to assign. */
let officers: string[]
let heads: string
beforeAll(async () => {
  scene = await setScene()
  const [v1] = await scene.sql<{ id: string }>(
    `select id from procedure_version where process_id = 'p1013225_v1'`,
  )
  versions = {
    v1: v1!.id,
    v2: await version(2, renamed, { house: 5 }),
    v3: await version(3, (text) => text, { house: 9 }),
  }
  officers = []
  for (let n = 0; n < 3; n++) {
    const id = await received(scene)
    await scene.opens(id, 'Appraise')
    await runs(id)
    officers.push(id)
  }
  heads = (await scene.file()).id
  await scene.does('motcua.x01', heads, 'Receive', 'received')
  await scene.opens(heads, 'Assign')
  await runs(heads)
  scene.goTo('2026-11-03 09:00')
})
afterAll(() => scene.close())

const planned = (mapping = MAPPING, to = versions.v2) =>
  as<Awaited<ReturnType<typeof plan>>>(control, (tx) => plan(tx, ask(mapping, to)))

it('a plan says of each open dossier whether it can move, why not, and what becomes of its time', async () => {
  const { totals, dossiers, steps } = await planned([])
  expect(totals).toEqual({ stays: 0, can: 3, cannot: 1, changed: 0 })
  expect(steps.find(({ id }) => id === 'Assign')).toMatchObject({ kept: false, dossiers: 1 })
  const unmapped = dossiers.find(({ id }) => id === heads)!
  expect(unmapped.obstacles).toMatchObject([{ rule: 'unmapped', elementId: 'Assign' }])
  expect(unmapped.obstacles[0]!.message.vi).toContain('hãy chỉ ra bước thay thế')
  expect((await planned()).totals).toEqual({ stays: 0, can: 4, cannot: 0, changed: 0 })
  const { clock } = dossiers.find(({ id }) => id === officers[0])!
  // Received on Monday the 2nd: seven working days before, five under the new version.
  expect(clock).toMatchObject({
    effect: 'earlier',
    before: { dueAt: at('2026-11-11 17:00').toISOString() },
    after: { dueAt: at('2026-11-09 17:00').toISOString() },
  })
})

it('a version that counts later leaves the promised date where it is', async () => {
  const { dossiers } = await planned([], versions.v3)
  expect(dossiers.find(({ id }) => id === officers[0])!.clock).toMatchObject({
    effect: 'kept',
    before: { dueAt: at('2026-11-11 17:00').toISOString() },
    after: { dueAt: at('2026-11-11 17:00').toISOString() },
    countedDueAt: at('2026-11-13 17:00').toISOString(),
  })
})

it('a date of the new version that has passed already is not taken: moving makes nobody late', async () => {
  scene.goTo('2026-11-10 08:00')
  const { dossiers } = await planned()
  expect(dossiers.find(({ id }) => id === officers[0])!.clock).toMatchObject({
    effect: 'kept',
    after: { dueAt: at('2026-11-11 17:00').toISOString() },
  })
  scene.goTo('2026-11-03 09:00')
})

it('only the office of control moves dossiers, with a reason, and only those open under the old version', async () => {
  const analyst = await loadActor(scene.db, personId('phantich'), 'vi')
  expect(analyst!.ability.can('create', 'Migration')).toBe(false)
  expect(await refusal(start([uuid()]))).toMatchObject({ status: 422, fields: ['dossierIds'] })
  const [first] = officers
  const wrong = as(control, (tx) =>
    startMigration(tx, {
      ...ask([{ from: 'Nothing', to: 'Distribute' }]),
      dossierIds: [first!],
      reason: REASON,
    }),
  )
  expect(await refusal(wrong)).toMatchObject({ status: 422, fields: ['mapping.0.from'] })
})

describe('an act', () => {
  let run: string
  const moved = () => officers[0]!

  it('asks the engine and lets nobody decide meanwhile', async () => {
    run = await start([moved(), heads])
    expect(await refusal(start([moved()]))).toMatchObject({ status: 409, type: 'migration-under-way' })
    await onward()
    expect(await states(run)).toEqual({ [moved()]: 'sent', [heads]: 'sent' })
    const commands = await scene.commands(heads)
    expect(commands.at(-1)).toMatchObject({
      kind: 'migrate',
      payload: { processId: 'p1013225_v2', processKey: '77' },
    })
    expect(commands.at(-1)!.payload).toMatchObject({ mapping: expect.arrayContaining(MAPPING) })
    const task = await scene.task(moved(), 'Appraise')
    expect(task.state).toBe('moving')
    const decision = scene.decides('chuyenvien.x01', task.id, { outcome: 'approved' })
    expect(await refusal(decision)).toMatchObject({ status: 409 })
  })

  it('moves the dossier when the record says so, however often it comes', async () => {
    for (const id of [moved(), heads, heads]) await engineMoves(id, 2)
    expect(await states(run)).toEqual({ [moved()]: 'moved', [heads]: 'moved' })
    const [dossier] = await scene.sql<{ process_id: string; version: string }>(
      `select s.process_id, d.procedure_version_id as version from dossier d join subject s on s.id = d.id where d.id = $1`,
      [heads],
    )
    expect(dossier).toEqual({ process_id: 'p1013225_v2', version: versions.v2 })
    const [task] = await scene.sql<object>(
      `select element_id, name->>'vi' as name, state, role from task where subject_id = $1 and state = 'open'`,
      [heads],
    )
    expect(task).toEqual({ element_id: 'Distribute', name: 'Giao hồ sơ', state: 'open', role: 'unit-head' })
    expect(await scene.task(moved(), 'Appraise')).toMatchObject({
      state: 'open',
      assignee_id: personId('chuyenvien.x01'),
    })
  })

  it('counts the clocks after it, tells the applicant, writes the trail, and is done', async () => {
    await onward()
    expect(await states(run)).toEqual({ [moved()]: 'done', [heads]: 'done' })
    const [dossier] = await scene.sql<{ due_at: Date; sentence: string }>(
      `select d.due_at, c.proof->'sentence'->>'vi' as sentence from dossier d
         join clock c on c.dossier_id = d.id and c.kind = 'dossier' where d.id = $1`,
      [moved()],
    )
    expect(dossier!.due_at).toEqual(at('2026-11-09 17:00'))
    expect(dossier!.sentence).toContain(`chuyển sang quy trình phiên bản 2: ${REASON}`)
    const told = await scene.sql<{ body: string }>(
      `select body from notification where dossier_id = $1 and key like 'version/%'`,
      [moved()],
    )
    expect(told).toHaveLength(1)
    const trail = await scene.sql<{ act: string; actor: string }>(
      `select act, actor_id as actor from audit_entry where dossier_id = $1 and act like 'dossier.migrat%' order by index`,
      [moved()],
    )
    expect(trail).toEqual(
      ['dossier.migration-asked', 'dossier.migrated'].map((act) => ({ act, actor: personId(control) })),
    )
    const page = await as<Awaited<ReturnType<typeof runPage>>>(control, (tx) => runPage(tx, run))
    expect(page).toMatchObject({ state: 'done', mayAct: true, counts: { done: 2 } })
  })

  it('leaves the line before it alone: a renamed step begins at the instant of the act', async () => {
    const line = await scene.sql<{ element_id: string; from_at: Date; to_at: Date | null; minutes: number }>(
      `select element_id, from_at, to_at, allotted_minutes as minutes from holding
        where dossier_id = $1 and track = 'accountable' order by seq`,
      [heads],
    )
    expect(line.slice(-2)).toMatchObject([
      { element_id: 'Assign', to_at: at('2026-11-03 09:00') },
      { element_id: 'Distribute', from_at: at('2026-11-03 09:00'), to_at: null },
    ])
    const same = await scene.sql(
      `select 1 from holding where dossier_id = $1 and element_id = 'Appraise' and opened_by->>'act' = 'dossier.migrated'`,
      [moved()],
    )
    expect(same).toEqual([])
    const breaches: unknown[] = []
    await verifyLedger(scene.db, {}, (breach) => void breaches.push(breach))
    expect(breaches).toEqual([])
  })

  it('lets the step go on by the new version', async () => {
    const { id } = await scene.task(heads, 'Distribute')
    scene.goTo('2026-11-03 09:30')
    await scene.decides('truongphong.x01', id, {
      outcome: 'assigned',
      data: { personId: personId('chuyenvien.x01') },
    })
    expect(await scene.task(heads, 'Distribute')).toMatchObject({ state: 'moving' })
  })
})

it('what the engine refuses is open again, says why, and can be tried once more', async () => {
  const id = officers[1]!
  const run = await start([id])
  await onward()
  await scene.sql(
    `update outbox set withdrawn_at = now(), last_error = $2 where subject_id = $1 and kind = 'migrate'`,
    [
      id,
      "INVALID_ARGUMENT: Expected to migrate process instance '1' but active element with id 'Appraise' has an unsupported type. The migration of a X is not supported.",
    ],
  )
  await onward()
  expect(await states(run)).toEqual({ [id]: 'refused' })
  expect((await scene.task(id, 'Appraise')).state).toBe('open')
  const page = await as<Awaited<ReturnType<typeof runPage>>>(control, (tx) => runPage(tx, run))
  expect(page.items[0]!.obstacles).toMatchObject([{ rule: 'unsupported-type', elementId: 'Appraise' }])
  expect(await as<number>(control, (tx) => retryMigration(tx, run))).toBe(1)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'sent' })
  await engineMoves(id, 2)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
})

it('a paused act moves nothing further, and a decision on its way makes the dossier wait', async () => {
  const id = officers[2]!
  const run = await start([id])
  await as(control, (tx) => pauseMigration(tx, run))
  await onward()
  expect(await states(run)).toEqual({ [id]: 'waiting' })
  const { id: taskId } = await scene.task(id, 'Appraise')
  await scene.sql(`update task set state = 'deciding' where id = $1`, [taskId])
  await as(control, (tx) => resumeMigration(tx, run))
  await onward()
  expect(await states(run)).toEqual({ [id]: 'changed' })
  const page = await as<Awaited<ReturnType<typeof runPage>>>(control, (tx) => runPage(tx, run))
  expect(page.items[0]!.obstacles).toMatchObject([{ rule: 'under-way' }])
})
