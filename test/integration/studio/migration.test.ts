import { jest } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { loadActor } from '../../../src/people/actor.ts'
import {
  pauseMigration,
  resumeMigration,
  retryMigration,
  startMigration,
} from '../../../src/studio/migration/act.ts'
import { versionsWithOpen } from '../../../src/studio/migration/read-model.ts'
import { studioProcedure } from '../../../src/studio/publishing/read-model.ts'
import { verifyLedger } from '../../../src/verify/ledger.ts'
import { at, refusal, type Scene, setScene } from '../dossiers/scene.ts'
import * as migration from './migration-scene.ts'
import { CONTROL, MAPPING, REASON, renamed, within } from './migration-scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

let scene: Scene
let versions: Record<'v1' | 'v2' | 'v3' | 'v4' | 'v5', string>
/** Dossiers on the officer's desk, and one that the head still has to assign. */
let officers: string[]
let heads: string
beforeAll(async () => {
  scene = await setScene()
  versions = {
    v1: await migration.versionId(scene, 1),
    v2: await migration.version(scene, 2, { text: renamed, data: within(5) }),
    v3: await migration.version(scene, 3, { data: within(9) }),
    v4: await migration.version(scene, 4, { data: within(5), planned: true }),
    v5: await migration.version(scene, 5, {
      data: (definition) => {
        within(5)(definition)
        definition.allotments.house.Appraise!.value = 40
        definition.steps.Appraise!.mergedFrom = ['Assign', 'Long']
      },
    }),
  }
  officers = []
  for (let n = 0; n < 3; n++) officers.push(await migration.appraised(scene))
  heads = (await scene.file()).id
  await scene.does('motcua.x01', heads, 'Receive', 'received')
  await scene.opens(heads, 'Assign')
  await migration.runs(scene, heads)
  scene.goTo('2026-11-03 09:00')
})
afterAll(() => scene.close())

const to = (version: string, mapping = MAPPING) => ({ from: versions.v1, to: version, mapping })
const ask = (version = versions.v2, mapping = MAPPING) => ({
  fromVersionId: versions.v1,
  toVersionId: version,
  mapping,
})
const start = (ids: string[]) => migration.start(scene, ids, to(versions.v2))
const states = (run: string) => migration.states(scene, run)
const onward = () => migration.onward(scene)
const engineMoves = (id: string, number: number) => migration.engineMoves(scene, id, number)
const act = <T>(work: (tx: Tx) => Promise<T>) => scene.as(CONTROL, work)

it('a plan says of each open dossier whether it can move, why not, and what becomes of its time', async () => {
  const { totals, seen, steps } = await migration.planned(scene, to(versions.v2, []))
  const dossiers = await migration.rows(scene, to(versions.v2, []))
  expect(totals).toEqual({ stays: 0, can: 3, cannot: 1, changed: 0 })
  expect(seen).toEqual(totals)
  expect(steps.find(({ id }) => id === 'Assign')).toMatchObject({ kept: false, dossiers: 1 })
  const unmapped = dossiers.find(({ id }) => id === heads)!
  expect(unmapped.obstacles).toMatchObject([{ rule: 'unmapped', elementId: 'Assign' }])
  expect(unmapped.obstacles[0]!.message.vi).toContain('hãy chỉ ra bước thay thế')
  expect((await migration.planned(scene, to(versions.v2))).totals).toEqual({
    stays: 0,
    can: 4,
    cannot: 0,
    changed: 0,
  })
  const { clock } = dossiers.find(({ id }) => id === officers[0])!
  // Received on Monday the 2nd: seven working days before, five under the new version.
  expect(clock).toMatchObject({
    effect: 'earlier',
    before: { dueAt: at('2026-11-11 17:00').toISOString() },
    after: { dueAt: at('2026-11-09 17:00').toISOString() },
  })
})

it('a version that counts later leaves the promised date where it is', async () => {
  const dossiers = await migration.rows(scene, to(versions.v3, []))
  expect(dossiers.find(({ id }) => id === officers[0])!.clock).toMatchObject({
    effect: 'kept',
    before: { dueAt: at('2026-11-11 17:00').toISOString() },
    after: { dueAt: at('2026-11-11 17:00').toISOString() },
    countedDueAt: at('2026-11-13 17:00').toISOString(),
  })
})

// By the new version: the apology by Friday the 6th 17:00, and two more steps with sixteen hours before Monday the 9th 17:00.
it.each([
  ['while the steps to come fit', '2026-11-05 09:00', 'earlier'],
  ['when the steps to come fit no more', '2026-11-06 09:00', 'kept'],
  ['when its apology would be due already', '2026-11-09 08:00', 'kept'],
  ['when it has passed', '2026-11-10 08:00', 'kept'],
])('moving makes nobody late: an earlier date %s (%s) is %s', async (_when, now, effect) => {
  scene.goTo(now)
  const dossiers = await migration.rows(scene, to(versions.v2))
  scene.goTo('2026-11-03 09:00')
  const dueAt = effect === 'kept' ? at('2026-11-11 17:00') : at('2026-11-09 17:00')
  expect(dossiers.find(({ id }) => id === officers[0])!.clock).toMatchObject({
    effect,
    after: { dueAt: dueAt.toISOString() },
  })
})

it('an earlier date is not taken where the step under way has more time than that by the new version', async () => {
  const dossiers = await migration.rows(scene, to(versions.v5, []))
  expect(dossiers.find(({ id }) => id === officers[0])!.clock).toMatchObject({ effect: 'kept' })
})

it('nothing moves to a version that has never been in force', async () => {
  for (const work of [
    migration.planned(scene, to(versions.v4, [])),
    migration.start(scene, [officers[0]!], to(versions.v4, [])),
  ])
    expect(await refusal(work)).toMatchObject({ status: 422, fields: ['toVersionId'] })
  const list = await act((tx) => versionsWithOpen(tx, '1.013225'))
  expect(list.versions.map(({ version, wasInForce }) => [version, wasInForce])).toEqual([
    [5, true],
    [4, false],
    [3, true],
    [2, true],
    [1, true],
  ])
})

it('a version says of its steps which were merged from which, for the mapping to begin with', async () => {
  const { versions: listed } = await act((tx) => versionsWithOpen(tx, '1.013225'))
  const [fifth, , , second] = listed
  expect(fifth!.steps).toEqual(expect.arrayContaining(['Receive', 'Assign', 'Appraise']))
  expect(second!.steps).not.toContain('Assign')
  expect(listed.map(({ merged }) => merged)).toEqual([
    [
      { from: 'Assign', to: 'Appraise' },
      { from: 'Long', to: 'Appraise' },
    ],
    [],
    [],
    [],
    [],
  ])
})

it('the pages of a procedure and of its migration count the same open dossiers, one that waits to be collected too', async () => {
  await scene.sql(`update dossier set state = 'done' where id = $1`, [heads])
  const { versions: listed } = await act((tx) => versionsWithOpen(tx, '1.013225'))
  const page = await act((tx) => studioProcedure(tx, '1.013225'))
  await scene.sql(`update dossier set state = 'processing' where id = $1`, [heads])
  const { totals } = await migration.planned(scene, to(versions.v2))
  expect(listed.find(({ id }) => id === versions.v1)!.open).toBe(4)
  expect(page.versions.find(({ id }) => id === versions.v1)!.runningDossiers).toBe(4)
  expect(Object.values(totals).reduce((sum, count) => sum + count)).toBe(4)
})

it('only the office of control moves dossiers, with a reason, and only those open under the old version', async () => {
  const analyst = await loadActor(scene.db, personId('phantich'), 'vi')
  expect(analyst!.ability.can('create', 'Migration')).toBe(false)
  expect(await refusal(start([uuid()]))).toMatchObject({ status: 422, fields: ['dossierIds'] })
  const [first] = officers
  const wrong = act((tx) =>
    startMigration(tx, {
      ...ask(versions.v2, [{ from: 'Nothing', to: 'Distribute' }]),
      dossierIds: [first!],
      except: [],
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
    expect((await migration.trail(scene, moved())).map(({ act, actor }) => [act, actor])).toEqual(
      ['dossier.migration-asked', 'dossier.migrated'].map((act) => [act, personId(CONTROL)]),
    )
    const page = await migration.pageOf(scene, run)
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
  await migration.engineDeclines(
    scene,
    id,
    "INVALID_ARGUMENT: Expected to migrate process instance '1' but active element with id 'Appraise' has an unsupported type. The migration of a X is not supported.",
  )
  await onward()
  expect(await states(run)).toEqual({ [id]: 'refused' })
  expect((await scene.task(id, 'Appraise')).state).toBe('open')
  const items = await migration.itemsOf(scene, run)
  expect(items[0]!.obstacles).toMatchObject([{ rule: 'unsupported-type', elementId: 'Appraise' }])
  expect(await act((tx) => retryMigration(tx, run))).toBe(1)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'sent' })
  await engineMoves(id, 2)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
})

it('a paused act moves nothing further, and a decision on its way makes the dossier wait', async () => {
  const id = officers[2]!
  const run = await start([id])
  await act((tx) => pauseMigration(tx, run))
  await onward()
  expect(await states(run)).toEqual({ [id]: 'waiting' })
  const { id: taskId } = await scene.task(id, 'Appraise')
  await scene.sql(`update task set state = 'deciding' where id = $1`, [taskId])
  await act((tx) => resumeMigration(tx, run))
  await onward()
  expect(await states(run)).toEqual({ [id]: 'changed' })
  const items = await migration.itemsOf(scene, run)
  expect(items[0]!.obstacles).toMatchObject([{ rule: 'under-way' }])
  expect(await migration.trail(scene, id)).toMatchObject([
    { act: 'dossier.migration-not-asked', actor: personId(CONTROL), detail: { run, rules: ['under-way'] } },
  ])
})
