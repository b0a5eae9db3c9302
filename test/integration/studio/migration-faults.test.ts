import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { reappoint } from '../../../src/deadlines/clocks.ts'
import { versionsBefore } from '../../../src/procedures/versions-before.ts'
import { retryMigration } from '../../../src/studio/migration/act.ts'
import { planDossiers } from '../../../src/studio/migration/plan.ts'
import { runItems } from '../../../src/studio/migration/read-model.ts'
import { at, overlapping, type Scene, setScene } from '../dossiers/scene.ts'
import * as migration from './migration-scene.ts'
import { CONTROL, MAPPING, renamed, within } from './migration-scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

let scene: Scene
let v1: string
let v2: string
beforeAll(async () => {
  scene = await setScene()
  v1 = await migration.versionId(scene, 1)
  v2 = await migration.version(scene, 2, { text: renamed, data: within(5) })
})
afterAll(() => scene.close())

const to = (version: string) => ({ from: v1, to: version, mapping: version === v2 ? MAPPING : [] })
const onward = (epoch?: number) => migration.onward(scene, epoch)
const states = (run: string) => migration.states(scene, run)
const appraised = async () => {
  const id = await migration.appraised(scene)
  scene.goTo('2026-11-03 09:00')
  return id
}
/** Started and with the engine. */
const sent = async (id: string, version: string) => {
  const run = await migration.start(scene, [id], to(version))
  await onward()
  return run
}
const versionOf = async (id: string) =>
  (
    await scene.sql<{ version: string }>(
      'select procedure_version_id as version from dossier where id = $1',
      [id],
    )
  )[0]!.version
const clockOf = async (id: string) =>
  (
    await scene.sql<{ due_at: Date; apology_start_at: Date; legal_due_at: Date }>(
      `select due_at, apology_start_at, legal_due_at from clock where dossier_id = $1 and kind = 'dossier'`,
      [id],
    )
  )[0]!
const alarmsOf = (id: string) =>
  scene.sql('select kind, at from alarm where dossier_id = $1 and handled_at is null order by at, kind', [id])

it('a record that comes after the engine seemed to refuse still moves the dossier, with clock and trail', async () => {
  const id = await appraised()
  const run = await sent(id, v2)
  await migration.engineDeclines(
    scene,
    id,
    'INVALID_ARGUMENT: no mapping instruction defined for the element',
  )
  await onward()
  expect([await states(run), (await migration.pageOf(scene, run)).state]).toEqual([
    { [id]: 'refused' },
    'done',
  ])
  await migration.engineMoves(scene, id, 2)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
  expect(await versionOf(id)).toBe(v2)
  expect((await clockOf(id)).due_at).toEqual(at('2026-11-09 17:00'))
  expect((await migration.trail(scene, id)).map(({ act }) => act)).toEqual([
    'dossier.migration-asked',
    'dossier.migration-refused',
    'dossier.migrated',
  ])
})

it('such a record frees the dossier from an act that was to move it meanwhile', async () => {
  const id = await appraised()
  const first = await sent(id, v2)
  await migration.engineDeclines(
    scene,
    id,
    'INVALID_ARGUMENT: no mapping instruction defined for the element',
  )
  await onward()
  const second = await migration.start(scene, [id], to(v2))
  await migration.engineMoves(scene, id, 2)
  expect([await states(first), await states(second)]).toEqual([{ [id]: 'moved' }, { [id]: 'changed' }])
  await onward()
  expect(await states(first)).toEqual({ [id]: 'done' })
  const told = await migration.trail(scene, id)
  expect(told.map(({ act, detail }) => [act, detail.run])).toEqual([
    ['dossier.migration-asked', first],
    ['dossier.migration-refused', first],
    ['dossier.migrated', first],
    ['dossier.migration-ended', second],
  ])
  expect(told.at(-1)!.detail).toMatchObject({ endedBy: first })
})

it('an act that had moved the dossier before such a record keeps its reign, in the trail and for the ledger', async () => {
  const between = await migration.version(scene, 8, { text: renamed })
  const id = await appraised()
  const first = await sent(id, v2)
  await migration.engineDeclines(
    scene,
    id,
    'INVALID_ARGUMENT: no mapping instruction defined for the element',
  )
  await onward()
  const second = await migration.start(scene, [id], { from: v1, to: between, mapping: MAPPING })
  await onward()
  await migration.engineMoves(scene, id, 8)
  await migration.engineMoves(scene, id, 2)
  expect([await states(first), await states(second)]).toEqual([{ [id]: 'moved' }, { [id]: 'done' }])
  await onward()
  expect(await states(first)).toEqual({ [id]: 'done' })
  const before = await scene.act(({ sql }) => versionsBefore(sql, [id]))
  expect(before).toHaveLength(2)
  const migrated = (await migration.trail(scene, id)).filter(({ act }) => act === 'dossier.migrated')
  expect(migrated.map(({ detail }) => detail.run)).toEqual([first, second])
})

it('what was with the engine when its data were lost can be decided again, and be moved in the new epoch', async () => {
  const [unsent, taken] = [await appraised(), await appraised()]
  const run = await migration.start(scene, [unsent, taken], to(v2))
  await onward()
  // The command of one had gone out; the record of its effect never comes.
  await scene.sql(`update outbox set sent_at = now() where subject_id = $1 and kind = 'migrate'`, [taken])
  await onward(2)
  expect(await states(run)).toEqual({ [unsent]: 'changed', [taken]: 'changed' })
  for (const id of [unsent, taken]) {
    expect((await scene.task(id, 'Appraise')).state).toBe('open')
    const left = await scene.sql(
      'select from outbox where subject_id = $1 and settled_at is null and withdrawn_at is null',
      [id],
    )
    expect(left).toEqual([])
  }
  expect((await migration.pageOf(scene, run)).state).toBe('done')
  expect(await scene.as(CONTROL, (tx) => retryMigration(tx, run, [taken]))).toBe(1)
  await onward(2)
  expect(await states(run)).toMatchObject({ [taken]: 'sent' })
})

it('the new date of an apology stands, and so does the first one, which was promised before it', async () => {
  const id = await appraised()
  await scene.act((tx) => reappoint(tx, id, at('2026-11-20 17:00'), { at: tx.at, by: null }))
  const before = [await clockOf(id), await alarmsOf(id)]
  const run = await sent(id, v2)
  await migration.engineMoves(scene, id, 2)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
  expect([await clockOf(id), await alarmsOf(id)]).toEqual(before)
  const [item] = await migration.itemsOf(scene, run)
  expect(item!.clock).toMatchObject({
    effect: 'reappointed',
    after: { dueAt: at('2026-11-20 17:00').toISOString() },
  })
})

it('longer steps of the new version begin no apology that had time before the move', async () => {
  const longer = await migration.version(scene, 3, {
    data: (definition) => {
      within(9)(definition)
      definition.allotments.house.SignResult!.value = 48
    },
  })
  const id = await appraised()
  const { apology_start_at: before } = await clockOf(id)
  const run = await sent(id, longer)
  await migration.engineMoves(scene, id, 3)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
  expect(before.getTime()).toBeGreaterThan(at('2026-11-03 09:00').getTime())
  expect((await clockOf(id)).apology_start_at).toEqual(before)
})

it('a legal limit of the new version is not taken where it ends before the promised date', async () => {
  const shorter = await migration.version(scene, 4, {
    data: (definition) => {
      for (const limit of definition.limits) if (limit.case === 'house') limit.legal.value = 4
    },
  })
  const id = await appraised()
  const run = await sent(id, shorter)
  await migration.engineMoves(scene, id, 4)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'done' })
  expect(await clockOf(id)).toMatchObject({
    due_at: at('2026-11-11 17:00'),
    legal_due_at: at('2026-11-11 17:00'),
  })
})

it('an act is not over when somebody revives a dossier of it at the same moment', async () => {
  const id = await appraised()
  const run = await sent(id, v2)
  await migration.engineDeclines(
    scene,
    id,
    'INVALID_ARGUMENT: no mapping instruction defined for the element',
  )
  await onward()
  await scene.sql(`update migration_run set state = 'running', finished_at = null where id = $1`, [run])
  const [revived] = await overlapping(
    scene,
    (tx) => retryMigration(tx, run),
    () => onward(),
  )
  expect(revived).toBe(1)
  expect((await migration.pageOf(scene, run)).state).toBe('running')
  await onward()
  expect(await states(run)).toEqual({ [id]: 'sent' })
  await migration.engineMoves(scene, id, 2)
  await onward()
})

it('an act that cannot go on says why and holds no later one back', async () => {
  const broken = await migration.version(scene, 5, { bpmn: '<no diagram' })
  const [first, second] = [await appraised(), await appraised()]
  const bad = await migration.start(scene, [first], to(v2))
  await scene.sql('update migration_run set to_version_id = $2 where id = $1', [bad, broken])
  const good = await migration.start(scene, [second], to(v2))
  await onward()
  expect([await states(bad), await states(good)]).toEqual([{ [first]: 'waiting' }, { [second]: 'sent' }])
  expect((await migration.pageOf(scene, bad)).failure).not.toBeNull()
  expect((await migration.pageOf(scene, good)).failure).toBeNull()
  // Mended; it need not wait for its next try.
  await scene.sql('update migration_run set to_version_id = $2, retry_at = null where id = $1', [bad, v2])
  await onward()
  expect(await states(bad)).toEqual({ [first]: 'sent' })
  expect((await migration.pageOf(scene, bad)).failure).toBeNull()
})

it('work stays with whoever has it where the agency lacks the unit that the new version wants, and the result says so', async () => {
  const strange = await migration.version(scene, 6, {
    data: ({ steps }) =>
      Object.assign(steps.Appraise!, { unit: 'archive', name: { vi: 'Thẩm định tại kho' } }),
  })
  const id = await appraised()
  const run = await sent(id, strange)
  await migration.engineMoves(scene, id, 6)
  expect(await scene.task(id, 'Appraise')).toMatchObject({
    state: 'open',
    assignee_id: personId('chuyenvien.x01'),
  })
  const [task] = await scene.sql<{ name: string }>(
    `select name->>'vi' as name from task where subject_id = $1 and state = 'open'`,
    [id],
  )
  expect(task!.name).toBe('Thẩm định tại kho')
  await onward()
  const [item] = await migration.itemsOf(scene, run)
  expect(item).toMatchObject({ state: 'done', obstacles: [{ rule: 'unit-missing', elementId: 'Appraise' }] })
})

it('a step that cannot be made by the new version is decided by nobody until it can, and the result says so', async () => {
  const id = await appraised()
  const run = await sent(id, v2)
  const [agency] = await scene.sql<{ id: string; hours: object }>(
    'select a.id, a.working_hours as hours from agency a join dossier d on d.agency_id = a.id where d.id = $1',
    [id],
  )
  const hours = (of: object) =>
    scene.sql('update agency set working_hours = $2 where id = $1', [agency!.id, JSON.stringify(of)])
  await hours([])
  await migration.engineMoves(scene, id, 2)
  await onward()
  expect(await states(run)).toEqual({ [id]: 'moved' })
  expect((await scene.task(id, 'Appraise')).state).toBe('moving')
  const [held] = await migration.itemsOf(scene, run)
  expect(held).toMatchObject({ obstacles: [{ rule: 'step-held' }], failure: expect.any(String) })
  await hours(agency!.hours)
  await scene.sql('update migration_item set retry_at = null where run_id = $1', [run])
  await onward()
  expect((await scene.task(id, 'Appraise')).state).toBe('open')
  const [item] = await migration.itemsOf(scene, run)
  expect(item).toMatchObject({ state: 'done', obstacles: [], failure: null })
})

it('a step that no try can make is given back under its old form, and the dossier is free for an act that moves it on', async () => {
  const mended = await migration.version(scene, 9, { text: renamed })
  const id = await appraised()
  const run = await sent(id, v2)
  const [agency] = await scene.sql<{ id: string; hours: object }>(
    'select a.id, a.working_hours as hours from agency a join dossier d on d.agency_id = a.id where d.id = $1',
    [id],
  )
  const hours = (of: object) =>
    scene.sql('update agency set working_hours = $2 where id = $1', [agency!.id, JSON.stringify(of)])
  const formNow = async () =>
    (
      await scene.sql<{ form: string }>(
        `select form from task where subject_id = $1 and element_id = 'Appraise'`,
        [id],
      )
    )[0]!.form
  const form = await formNow()
  await hours([])
  await migration.engineMoves(scene, id, 2)
  const again = async (attempts: number) => {
    await scene.sql('update migration_item set retry_at = null, attempts = $2 where run_id = $1', [
      run,
      attempts,
    ])
    await onward()
  }
  await again(6)
  expect([await states(run), (await scene.task(id, 'Appraise')).state]).toEqual([{ [id]: 'moved' }, 'moving'])
  await again(7)
  await hours(agency!.hours)
  expect([(await scene.task(id, 'Appraise')).state, await formNow()]).toEqual(['open', form])
  const [item] = await migration.itemsOf(scene, run)
  expect(item).toMatchObject({ state: 'done', failure: null })
  expect(item!.obstacles).toContainEqual(
    expect.objectContaining({ rule: 'step-given-back', elementId: 'Appraise' }),
  )
  expect((await migration.trail(scene, id)).map(({ act }) => act)).toEqual([
    'dossier.migration-asked',
    'dossier.migration-held',
    'dossier.migrated',
  ])
  const next = await migration.start(scene, [id], { from: v2, to: mended, mapping: [] })
  await onward()
  await migration.engineMoves(scene, id, 9)
  await onward()
  expect(await states(next)).toEqual({ [id]: 'done' })
})

it('thousands of open dossiers are planned, started and read part by part', async () => {
  const [kept, moved] = [await appraised(), await appraised()]
  const { totals: before } = await migration.planned(scene, to(v2))
  // As many as no one part holds, filed after the others, which the engine has not begun.
  await scene.sql(
    `insert into dossier
       select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'code', d.code || '-' || n, 'filed_at', d.filed_at + n * interval '1 second'))).*
         from dossier d, generate_series(1, 1100) n where d.id = $1`,
    [kept],
  )
  const { totals, seen } = await migration.planned(scene, to(v2))
  const changed = before.changed + 1100
  expect([totals.changed, seen.changed]).toEqual([changed, changed])
  const asked = { fromVersionId: v1, toVersionId: v2, mapping: [] }
  const codes = new Set<string>()
  let pages = 0
  for (let after: string | undefined; ; pages++) {
    const page = await scene.as(CONTROL, (tx) => planDossiers(tx, { ...asked, only: 'changed', after }))
    for (const { code } of page.dossiers) codes.add(code)
    if (page.next === null) break
    after = page.next
  }
  expect([codes.size, pages + 1]).toEqual([changed, Math.ceil(changed / 25)])

  const run = await migration.start(scene, 'movable', to(v2), [kept])
  const chosen = await states(run)
  expect(Object.keys(chosen)).toHaveLength(totals.can - 1)
  expect([chosen[moved], chosen[kept]]).toEqual(['waiting', undefined])

  await scene.sql(
    `insert into migration_item (run_id, dossier_id, seq, state)
     select $1, id, 1000 + row_number() over (order by filed_at), 'cannot' from dossier where code like '%-%-%-%' and procedure_version_id = $2
        and filed_at > (select filed_at from dossier where id = $3) limit 60`,
    [run, v1, kept],
  )
  const page = (after: number) => scene.as(CONTROL, (tx) => runItems(tx, run, { state: 'cannot', after }))
  const first = await page(0)
  expect(first.items).toHaveLength(50)
  expect(await page(first.next!)).toMatchObject({ next: null, items: { length: 10 } })
})
