import { jest } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { personId } from '../../../src/agencies/load.ts'
import { calendars, factsOf } from '../../../src/reports/facts.ts'
import { lateRows } from '../../../src/reports/read-model.ts'
import { conformance, dossierConformance } from '../../../src/studio/conformance/conformance.ts'
import { heatmap } from '../../../src/studio/heatmap/heatmap.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(90_000)

const CODE = '1.013225'
const PERIOD = { from: '2026-11-01', to: '2026-12-31' }
let scene: Scene
let versions: { v1: string; v2: string }
/** Appraised too late under v1, then moved to v2, in which the appraisal is called otherwise and has less time. */
let moved: string

/** A second version: “Appraise” is “Examine” there, and has two working hours. */
async function secondVersion(v1: string): Promise<string> {
  const [row] = await scene.sql<{ definition: object; bpmn: string }>(
    'select definition, bpmn from procedure_version where id = $1',
    [v1],
  )
  const renamed = (text: string) =>
    text.replaceAll('"Appraise"', '"Examine"').replaceAll('>Appraise<', '>Examine<')
  const definition = JSON.parse(renamed(JSON.stringify(row!.definition)))
  definition.allotments.house.Examine = { value: 2, unit: 'working-hour' }
  const id = uuid()
  await scene.sql(
    `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn, dmn,
                                    search_text, sample, current)
     select $1::uuid, code, 2, 'p1013225_v2', 'routing_p1013225_v2', folder, $1::text, $2, eform, $3, dmn, search_text, sample, false
       from procedure_version where id = $4`,
    [id, JSON.stringify(definition), renamed(row!.bpmn), v1],
  )
  return id
}

/** What the record says once an act has moved a dossier that stands before a step that both versions have. */
async function isMoved(dossierId: string, instant: string) {
  scene.goTo(instant)
  const run = uuid()
  const at = scene.clock.now()
  await scene.sql(
    `insert into migration_run (id, code, from_version_id, to_version_id, mapping, reason, state, started_at, started_by, finished_at)
     values ($1, $2, $3, $4, '[]', 'Thử', 'done', $5, $6, $5)`,
    [run, CODE, versions.v1, versions.v2, at, personId('kiemsoat')],
  )
  await scene.sql(
    `insert into migration_item (run_id, dossier_id, seq, state, acted_at) values ($1, $2, 1, 'done', $3)`,
    [run, dossierId, at],
  )
  await scene.sql('update dossier set procedure_version_id = $2 where id = $1', [dossierId, versions.v2])
  await scene.sql(
    `update subject set process_id = 'p1013225_v2' where dossier_id = $1 and kind = 'dossier'`,
    [dossierId],
  )
}

beforeAll(async () => {
  scene = await setScene({ ownVersions: true })
  const [v1] = await scene.sql<{ id: string }>(
    'select id from procedure_version where code = $1 and current',
    [CODE],
  )
  versions = { v1: v1!.id, v2: await secondVersion(v1!.id) }
  moved = await received(scene)
  scene.goTo('2026-11-16 09:00')
  await scene.does('chuyenvien.x01', moved, 'Appraise', 'approved')
  await scene.opens(moved, 'ReviewResult')
  await isMoved(moved, '2026-11-16 10:00')
  scene.goTo('2026-11-16 11:00')
  const { id } = await scene.task(moved, 'ReviewResult')
  await scene.decides('truongphong.x01', id, { outcome: 'approved' })
  scene.goTo('2026-11-16 14:00')
  await scene.does('chutich.x01', moved, 'SignResult', 'signed')
  scene.goTo('2026-11-16 15:00')
  await scene.does('vanthu.x01', moved, 'NumberResult', 'numbered')
  scene.goTo('2026-11-30 09:00')
})
afterAll(() => scene.close())

const seen = <T>(work: Parameters<typeof scene.as<T>>[1]) => scene.as<T>('phantich', work)
const map = (versionId?: string) => seen((tx) => heatmap(tx, { ...PERIOD, code: CODE, versionId }))
const element = ({ elements }: Awaited<ReturnType<typeof map>>, id: string) =>
  elements.find((one) => one.id === id)

it('the overrun lies with the step of its time, held to what its version gave it', async () => {
  const all = await map()
  expect(element(all, 'Appraise')?.overrunMinutes).toBeGreaterThan(0)
  expect(element(all, 'Examine')?.overrunMinutes ?? 0).toBe(0)
  const [v1] = await scene.sql<{ minutes: number; used: number }>(
    `select h.allotted_minutes as minutes, 0 as used from holding h where h.dossier_id = $1 and h.element_id = 'Appraise' limit 1`,
    [moved],
  )
  // Eight hours a day: from Monday the 2nd, 10:00, without the day of receipt, to Monday the 16th, 09:00.
  const [worst] = await scene.as('kiemsoat', async (tx) => {
    const rows = await lateRows(tx, PERIOD)
    return factsOf(tx, rows, calendars(tx))
  })
  expect(worst).toMatchObject({ id: moved, worst: { elementId: 'Appraise' } })
  expect(worst!.worst!.overrunMinutes).toBe(element(all, 'Appraise')!.overrunMinutes)
  expect(v1!.minutes).toBeGreaterThan(120)
  // From the 3rd, 07:30, to the 16th, 09:00: nine working days and an hour and a half, less what v1 gave.
  expect(worst!.worst!.overrunMinutes).toBe(9 * 480 + 90 - v1!.minutes)
})

it('each version’s map has what began under it', async () => {
  const [one, two] = [await map(versions.v1), await map(versions.v2)]
  expect([one.due, two.due]).toEqual([1, 1])
  expect(one.versions.map(({ version, due }) => [version, due])).toEqual([
    [2, 1],
    [1, 1],
  ])
  expect(element(one, 'Appraise')).toMatchObject({ visits: 1, drawn: true })
  expect(element(one, 'SignResult')?.visits ?? 0).toBe(0)
  expect(element(two, 'Appraise')).toBeUndefined()
  expect(element(two, 'SignResult')).toMatchObject({ visits: 1 })
  expect(element(two, 'Examine')?.visits ?? 0).toBe(0)
})

it('nobody went another way than drawn, by the drawing of its time', async () => {
  const list = await seen((tx) => conformance(tx, { ...PERIOD, code: CODE }))
  expect([list.checked, list.deviating, list.dossiers]).toEqual([1, 0, []])
  const { way, deviations } = await seen((tx) => dossierConformance(tx, moved))
  expect(deviations).toEqual([])
  expect(way.map(({ elementId, version }) => [elementId, version])).toEqual([
    ['Receive', 1],
    ['Assign', 1],
    ['Appraise', 1],
    ['ReviewResult', 1],
    ['SignResult', 2],
    ['NumberResult', 2],
  ])
  expect(way[2]?.name.vi).toBe('Thẩm định hồ sơ')
})
