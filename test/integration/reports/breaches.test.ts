import fc from 'fast-check'
import { reportRoutes } from '../../../src/reports/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from './scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
type Agent = Awaited<ReturnType<typeof loggedIn>>
let auditor: Agent
const PERIOD = 'from=2026-11-01&to=2026-11-30'

beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, reportRoutes())
  await scene.playLate('X01-1')
  await scene.playLate('X02-1', 'X02')
  const open = async (
    code: string,
    commune: string,
    filed = '2026-11-02 08:00',
    received = '2026-11-02 09:10',
  ) => {
    const dossier = await scene.file(code, filed, commune)
    await dossier.receive(received)
    await dossier.opened('Appraise', 'KT', 'chuyenvien')
    return dossier
  }
  // Nobody has claimed it: the overrun is the unit's.
  const unclaimed = await scene.file('X01-2', '2026-11-02 08:00')
  await unclaimed.receive('2026-11-02 09:10')
  await unclaimed.opened('Appraise', 'KT', null)
  const apologised = await open('X02-2', 'X02')
  await apologised.apologise('2026-11-06 16:00', '1/PXL', '2026-11-13 17:00', 'Thiếu người')
  // Within every allotment but late by the minute: nobody overran.
  await (await open('X03-1', 'X03')).finish('2026-11-09 17:30')
  await open('X03-2', 'X03', '2026-10-26 08:00', '2026-10-26 09:10')
  await (await open('X03-3', 'X03')).finish('2026-11-09 10:00')
  await (await scene.playAskedLate('X04-1', 'X04')).goOn()
  scene.clock.set(at('2026-11-12 10:00'))
  auditor = await loggedIn(app, 'thanhtra')
}, 60_000)
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from rate_limit'))

const DIMENSION_QUERY = {
  agency: 'agencyId',
  unit: 'unit',
  person: 'person',
  procedure: 'procedure',
  step: 'step',
} as const
type Totals = Record<string, number>
type Row = { key: string; from: string | null; to: string | null; due: number | null; totals: Totals }
type Table = { dimension: keyof typeof DIMENSION_QUERY | 'period'; rows: Row[] }

const drillOf = (dimension: Table['dimension'], row: Row): string =>
  dimension === 'period'
    ? `from=${row.from}&to=${row.to}`
    : `${PERIOD}&${DIMENSION_QUERY[dimension]}=${encodeURIComponent(row.key)}`

const get = async (path: string) => (await auditor.get(path).expect(200)).body

it('screen 0, the list and each table of breaches say the same totals', async () => {
  const { totals: screen, dossiers } = await get(`/api/audit/late?${PERIOD}`)
  const { totals, tables, due } = await get(`/api/audit/breaches?${PERIOD}`)
  expect(totals).toEqual(screen)
  expect(dossiers).toHaveLength(totals.late)
  expect(totals.late).toBe(6)
  expect(due).toBe(7)
  for (const { dimension, rows } of tables as Table[])
    for (const figure of Object.keys(totals))
      expect([dimension, figure, rows.reduce((sum, row) => sum + row.totals[figure]!, 0)]).toEqual([
        dimension,
        figure,
        totals[figure],
      ])
})

it('every figure opens exactly its dossiers, whatever the period, scope and figure', async () => {
  const day = fc
    .tuple(fc.constantFrom('06', '06', '11'), fc.integer({ min: 1, max: 12 }))
    .map(([month, n]) => `2026-${month}-${String(n).padStart(2, '0')}`)
  const picked = fc.constantFrom('', '&state=open', '&state=finished', '&letter=none', '&letter=in-time')
  const figureOf = (totals: Totals, pick: string): number =>
    ({
      '': totals.late,
      '&state=open': totals.openLate,
      '&state=finished': totals.finishedLate,
      '&letter=none': totals.letterNone,
      '&letter=in-time': totals.letterInTime,
    })[pick]!
  let opened = 0
  await fc.assert(
    fc.asyncProperty(day, day, picked, async (a, b, pick) => {
      const period = `from=${[a, b].sort().join('&to=')}`
      const { tables } = await get(`/api/audit/breaches?${period}`)
      for (const { dimension, rows } of tables as Table[])
        for (const row of rows) {
          const drill = drillOf(dimension, row).replace(PERIOD, period)
          const { totals, dossiers } = await get(`/api/audit/late?${drill}${pick}`)
          expect([dimension, totals.late]).toEqual([dimension, figureOf(row.totals, pick)])
          expect(dossiers).toHaveLength(totals.late)
          opened += totals.late
        }
    }),
    { numRuns: 12 },
  )
  expect(opened).toBeGreaterThan(0)
})

it('list, breaches and the page of each dossier judge alike, and as the law does by its events', async () => {
  const period = 'from=2026-01-01&to=2026-12-31'
  const { dossiers } = await get(`/api/audit/late?${period}`)
  const late = new Map<string, { lateMinutes: number; originalDueAt: string }>(
    dossiers.map((row: { code: string; lateMinutes: number; originalDueAt: string }) => [row.code, row]),
  )
  expect((await get(`/api/audit/breaches?${period}`)).totals.late).toBe(late.size)
  const all = await scene.sql<{ id: string; code: string }>('select id, code from dossier')
  for (const { id, code } of all) {
    const page = await get(`/api/audit/dossiers/${id}`)
    expect([code, page.late]).toEqual([code, late.has(code)])
    expect([code, page.lateMinutes]).toEqual([code, late.get(code)?.lateMinutes ?? null])
    if (page.late) expect(page.dossier.originalDueAt).toBe(late.get(code)?.originalDueAt)
    const byLaw = page.verdicts.law.vi.split(';')[0]
    expect([code, /quá hạn|đã quá/.test(byLaw)]).toEqual([code, late.has(code)])
  }
})

it('papers asked for after the date: late in the period of that date, which the count anew does not empty', async () => {
  const june = await get('/api/audit/breaches?from=2026-06-01&to=2026-06-15')
  expect([june.due, june.totals.late]).toEqual([1, 1])
  const second = await get('/api/audit/breaches?from=2026-06-16&to=2026-06-30')
  expect([second.due, second.totals.late]).toEqual([0, 0])
})

it('an unclaimed overrun is the unit’s, and a dossier that nobody overran stands in a row of its own', async () => {
  const { tables } = await get(`/api/audit/breaches?${PERIOD}`)
  const rows = (dimension: string): Row[] => tables.find((table: Table) => table.dimension === dimension).rows
  const nobody = async (dimension: 'unit' | 'person') =>
    (await get(`/api/audit/late?${PERIOD}&${dimension}=none`)).dossiers.map(
      ({ code }: { code: string }) => code,
    )
  expect(await nobody('person')).toContain('X01-2')
  expect(await nobody('unit')).not.toContain('X01-2')
  expect(rows('person').find(({ key }) => key === 'none')?.totals.late).toBe((await nobody('person')).length)
})

it('pages of a drilled list follow one another, each dossier once', async () => {
  const whole = await get(`/api/audit/late?${PERIOD}&state=open`)
  const seen: string[] = []
  let page = await get(`/api/audit/late?${PERIOD}&state=open&limit=1`)
  for (;;) {
    seen.push(...page.dossiers.map(({ id }: { id: string }) => id))
    if (!page.next) break
    page = await get(`/api/audit/late/more?${PERIOD}&state=open&limit=1&after=${page.next}`)
  }
  expect(seen).toEqual(whole.dossiers.map(({ id }: { id: string }) => id))
})

it('a file holds the rows of its page and says who took it; taking it stands in the trail', async () => {
  const { text } = await auditor.get(`/api/audit/late/file?${PERIOD}&format=csv`).expect(200)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + 6 + 1)
  expect(lines.at(-1)).toMatch(/^"Kết xuất bởi .+, lúc T5 12\/11\/2026 10:00"$/)
  const table = await auditor.get(`/api/audit/breaches/file?${PERIOD}&format=xlsx`).expect(200)
  expect(table.headers['content-type']).toContain('spreadsheetml')
  const rows = await scene.sql(`select from audit_entry where act = 'report.exported'`)
  expect(rows).toHaveLength(2)
})

it('heads see the breaches of their own agency only', async () => {
  const head = await loggedIn(app, 'chutich.x02')
  const { body } = await head.get(`/api/audit/breaches?${PERIOD}`).expect(200)
  expect(body.totals.late).toBe(2)
})
