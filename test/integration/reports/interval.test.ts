import pg from 'pg'
import type { z } from 'zod'
import { reportRoutes } from '../../../src/reports/routes.ts'
import type { IntervalAudit } from '../../../src/reports/schemas.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from './scene.ts'

type Interval = z.output<typeof IntervalAudit>

let scene: Scene
let app: ReturnType<typeof testApp>
let dossierId: string
beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, reportRoutes())
  const dossier = await scene.playLate('X01-1')
  dossierId = dossier.id
  // Into the officer's time of the same history.
  await dossier.apologise('2026-11-06 16:00', '7/PXL-UBND', '2026-11-13 17:00', 'Thiếu người')
  scene.clock.set(at('2026-11-13 08:00'))
}, 60_000)
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from rate_limit'))

async function idOf(element: string, claimed = true, dossier = dossierId): Promise<string> {
  const [row] = await scene.sql<{ id: string }>(
    'select id from holding where dossier_id = $1 and element_id = $2 and (person_id is not null) = $3',
    [dossier, element, claimed],
  )
  return row?.id ?? ''
}
const interval = async (id: string, login = 'thanhtra'): Promise<Interval> =>
  (await (await loggedIn(app, login)).get(`/api/audit/intervals/${id}`).expect(200)).body
const minutes = ({ days }: Interval) => days.map(({ day, counted, minutes }) => [day, counted, minutes])

it('every day is counted or skipped with its reason, and the minutes add up to what was used', async () => {
  const found = await interval(await idOf('Appraise'))
  expect(minutes(found)).toEqual([
    ['2026-11-03', true, 360],
    ['2026-11-04', true, 480],
    ['2026-11-05', true, 480],
    ['2026-11-06', true, 480],
    ['2026-11-07', false, 0],
    ['2026-11-08', false, 0],
    ['2026-11-09', true, 480],
    ['2026-11-10', true, 480],
    ['2026-11-11', true, 120],
  ])
  expect(found.days[4]?.reason).toEqual({ vi: 'cuối tuần', en: 'weekend' })
  expect(found.holding.usedMinutes).toBe(2880)
  expect(found.days.reduce((sum, day) => sum + day.minutes, 0)).toBe(2880)
  for (const { source } of found.days) expect(source).not.toBe('')
})

it('the rest of the day of receipt is not counted, on the word of the law', async () => {
  const found = await interval(await idOf('Appraise', false))
  expect(minutes(found)).toEqual([
    ['2026-11-02', false, 0],
    ['2026-11-03', true, 120],
  ])
  expect(found.days[0]?.reason.vi).toBe('ngày nhận, không tính')
  expect(found.days[0]?.source).toMatch(/147/)
})

it('reception is measured by its own limit, and the return is the applicant’s time', async () => {
  expect(minutes(await interval(await idOf('Receive')))).toEqual([['2026-11-02', true, 70]])
  const back = await interval(await idOf('Return'))
  expect(minutes(back)).toEqual([
    ['2026-11-11', false, 290],
    ['2026-11-12', false, 90],
  ])
  expect(back.days[0]?.reason.vi).toBe('đã xử lý xong, hạn không tính nữa')
  expect(back.holding.usedMinutes).toBe(380)
})

it('a wait for the applicant is not counted, and says by which text', async () => {
  const waiting = await scene.file('X01-2', '2026-11-02 08:00')
  await waiting.receive('2026-11-02 09:10')
  await waiting.opened('Appraise', 'KT', 'chuyenvien')
  await waiting.ask('2026-11-04 16:00')
  await waiting.complete('2026-11-06 08:00')
  const found = await interval(await idOf('AwaitSupplement', false, waiting.id))
  expect(minutes(found)).toEqual([
    ['2026-11-04', false, 60],
    ['2026-11-05', false, 480],
    ['2026-11-06', false, 30],
  ])
  expect(found.days[0]).toMatchObject({
    reason: { vi: 'chờ người nộp, không tính (tính lại từ đầu)' },
    source: 'NĐ 61/2018/NĐ-CP Điều 19 khoản 4',
  })
  expect(found.holding).toMatchObject({ onBehalf: 'applicant', varianceMinutes: null })
})

it('says which act opened and closed it, and which decision allotted its time', async () => {
  const found = await interval(await idOf('Sign'))
  expect(found.holding).toMatchObject({
    openedBy: { vi: 'Thẩm định xong' },
    closedBy: { vi: 'Đã ký' },
    unit: { code: 'T00.X01.LD' },
    allottedMinutes: 240,
  })
  expect(found.allottedBy).toEqual({
    text: {
      vi: 'Quyết định 01/QĐ-UBND ngày T2 05/01/2026, Chủ tịch UBND tỉnh mẫu (quy trình nội bộ, phiên bản 1): bước Ký kết quả 4 giờ LV',
      en: 'Decision 01/QĐ-UBND of Mon 05/01/2026, Chủ tịch UBND tỉnh mẫu (internal process, version 1): step result-sign 4 hours (working time)',
    },
    verified: false,
  })
  expect((await interval(await idOf('Return'))).allottedBy).toBeNull()
})

it('shows the letters of its time and no others', async () => {
  expect((await interval(await idOf('Appraise'))).letters.map(({ numberText }) => numberText)).toEqual([
    '7/PXL-UBND',
  ])
  expect((await interval(await idOf('Sign'))).letters).toEqual([])
})

it('shows the trail’s entries of its time to whoever may read the trail', async () => {
  const found = await interval(await idOf('Receive'))
  expect(found.entries.map(({ act }) => act)).toEqual(['dossier.filed', 'dossier.received'])
  for (const entry of found.entries) {
    expect(entry.intact).toBe(true)
    expect(entry.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(entry.index).toMatch(/^\d+$/)
  }
  expect((await interval(await idOf('Receive'), 'chutich.x01')).entries).toEqual([])
})

it('an altered entry no longer holds, and shows no detail', async () => {
  const client = new pg.Client({ connectionString: scene.test.superUrl })
  await client.connect()
  const line = `select index, line from audit_entry where dossier_id = $1 and act = 'dossier.received'`
  const { rows } = await client.query<{ index: string; line: string }>(line, [dossierId])
  const [entry] = rows
  const alter = (text: string) =>
    client.query('update audit_entry set line = $2 where index = $1', [entry?.index, text])
  await alter('{"forged": tr')
  const found = await interval(await idOf('Receive'))
  await alter(entry?.line ?? '')
  await client.end()
  expect(found.entries.map(({ intact }) => intact)).toEqual([true, false])
  expect(found.entries[1]?.detail).toBeNull()
})

it('is there for whoever may read its dossier only', async () => {
  const id = await idOf('Sign')
  const status = async (login: string, of = id) =>
    (await (await loggedIn(app, login)).get(`/api/audit/intervals/${of}`)).status
  expect(await status('truongphong.x01')).toBe(200)
  expect(await status('truongphong.x02')).toBe(404)
  expect(await status('chuyenvien.x01')).toBe(403)
  expect(await status('thanhtra', '00000000-0000-7000-8000-000000000000')).toBe(404)
})
