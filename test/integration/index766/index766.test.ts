import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { index766Routes } from '../../../src/index766/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let auditor: Awaited<ReturnType<typeof loggedIn>>
let app: ReturnType<typeof testApp>
const PERIOD = 'from=2026-11-01&to=2026-11-30'

beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, index766Routes())
  const open = async (code: string, commune = 'X01') => {
    const dossier = await scene.file(code, '2026-11-02 08:00', commune)
    await dossier.receive('2026-11-02 09:10')
    await dossier.opened('Appraise', 'KT', 'chuyenvien')
    return dossier
  }
  await (await open('X01-time')).finish('2026-11-09 10:00')
  // Late by both, and held by the same person.
  await scene.playLate('X01-late')
  // One supplement: the law counts anew from the 10th, 766 takes the wait off the first date; in time by both.
  const one = await open('X02-one', 'X02')
  await one.ask('2026-11-05 10:00')
  await one.complete('2026-11-10 09:00')
  await one.opened('Appraise', 'KT', 'chuyenvien')
  await one.finish('2026-11-11 10:00')
  // Two supplements: in time by the law, late by 766.
  const two = await open('X02-two', 'X02')
  await two.ask('2026-11-04 10:00')
  await two.complete('2026-11-05 09:00')
  await two.ask('2026-11-06 10:00')
  await two.complete('2026-11-09 09:00')
  await two.opened('Appraise', 'KT', 'chuyenvien')
  await two.finish('2026-11-11 10:00')
  // Not finished: in no denominator.
  await open('X02-open', 'X02')
  // Nobody of the unit has claimed it.
  const unclaimed = await scene.file('X03-unclaimed', '2026-11-02 08:00', 'X03')
  await unclaimed.receive('2026-11-02 09:10')
  await unclaimed.opened('Appraise', 'KT', null)
  await unclaimed.finish('2026-11-06 10:00')
  await (await scene.playAskedLate('X04-asked', 'X04')).goOn()
  scene.clock.set(at('2026-11-20 10:00'))
  auditor = await loggedIn(app, 'thanhtra')
}, 60_000)
afterAll(() => scene.close())

const report = async (query = PERIOD, agent = auditor) =>
  (await agent.get(`/api/index766?${query}`).expect(200)).body
const dossiers = async (query: string) =>
  (await auditor.get(`/api/index766/dossiers?${PERIOD}&${query}`).expect(200)).body

it('points are twenty times the share in time, over dossiers that ended', async () => {
  const { total, max } = await report()
  expect(total).toMatchObject({ numerator: 3, denominator: 5, points: 12 })
  expect(max).toBe(20)
})

it('a second supplement is late by 766 though the law finds it in time, and says so', async () => {
  const { dossiers: late } = await dossiers('onTime=false')
  expect(late.map(({ code }: { code: string }) => code).sort()).toEqual(['X01-late', 'X02-two'])
  const two = late.find(({ code }: { code: string }) => code === 'X02-two')
  expect(two.differ.vi).toContain('yêu cầu bổ sung 2 lần')
})

it('papers asked for after the date do not make it timely: late by 766 as by the law', async () => {
  const period = 'from=2026-06-01&to=2026-06-30'
  expect((await report(period)).total).toMatchObject({ numerator: 0, denominator: 1 })
  const { body } = await auditor.get(`/api/index766/dossiers?${period}&onTime=false`).expect(200)
  expect(body.dossiers).toMatchObject([{ code: 'X04-asked', differ: null }])
})

it('each table adds up to the whole, and each figure opens exactly its dossiers', async () => {
  const { tables, total } = await report()
  expect(tables.map(({ dimension }: { dimension: string }) => dimension)).toEqual([
    'agency',
    'unit',
    'person',
  ])
  for (const { dimension, rows } of tables) {
    const sum = (figure: 'numerator' | 'denominator') =>
      rows.reduce((all: number, row: Record<string, number>) => all + row[figure]!, 0)
    expect([sum('numerator'), sum('denominator')]).toEqual([total.numerator, total.denominator])
    for (const row of rows) {
      const name = dimension === 'agency' ? 'agencyId' : dimension
      expect((await dossiers(`${name}=${row.key}`)).count).toBe(row.denominator)
      expect((await dossiers(`${name}=${row.key}&onTime=true`)).count).toBe(row.numerator)
    }
  }
})

it('a dossier stands with the unit in charge and the person who held its longest step, or with nobody', async () => {
  const of = async (dimension: string, key: string) =>
    (await report()).tables
      .find((table: { dimension: string }) => table.dimension === dimension)
      .rows.find((row: { key: string }) => row.key === key)
  expect(await of('unit', unitId('T00.X01.KT'))).toMatchObject({ numerator: 1, denominator: 2, points: 10 })
  expect(await of('person', personId('chuyenvien.x02'))).toMatchObject({ numerator: 1, denominator: 2 })
  expect(await of('person', 'none')).toMatchObject({ numerator: 1, denominator: 1, points: 20 })
})

it('a period without ends has no points, never zero; the other groups say what they need', async () => {
  const { total, others, version } = await report('from=2026-10-01&to=2026-10-31')
  expect(total).toEqual({ numerator: 0, denominator: 0, points: null, meanDays: null })
  expect(version).toMatchObject({ key: '766-2022', validFrom: '2022-08-01', verified: false })
  const indicators = others.flatMap((group: { indicators: object[] }) => group.indicators)
  expect(indicators.length).toBeGreaterThan(15)
  for (const one of indicators) expect(one.needs.vi).not.toBe('')
})

it('before the decision there is no formula, and the answer says so', async () => {
  const { body } = await auditor.get('/api/index766?from=2022-01-01&to=2022-06-30').expect(422)
  expect(body.type).toBe('urn:mot-cua:no-formula')
})

it('a leader sees the index of their own agency', async () => {
  const leader = await loggedIn(app, 'chutich.x02')
  const { tables, total } = await report(PERIOD, leader)
  expect(total.denominator).toBe(2)
  expect(tables[0].rows.map(({ key }: { key: string }) => key)).toEqual([agencyId('T00.X02')])
})
