import type { z } from 'zod'
import { agencyId, unitId } from '../../../src/agencies/load.ts'
import { checkTiling } from '../../../src/deadlines/variance.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import type { DossierAudit } from '../../../src/reports/schemas.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from './scene.ts'

type Audit = z.output<typeof DossierAudit>

let scene: Scene
let app: ReturnType<typeof testApp>
beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, reportRoutes())
}, 60_000)
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from rate_limit'))

const audit = async (id: string, login = 'thanhtra'): Promise<Audit> =>
  (await (await loggedIn(app, login)).get(`/api/audit/dossiers/${id}`).expect(200)).body

const tiles = ({ holdings }: Audit) =>
  checkTiling(
    holdings
      .filter(({ track }) => track === 'accountable')
      .map(({ fromAt, toAt, elementId, round, unit }) => ({
        holder: unit.id,
        step: elementId,
        round,
        from: new Date(fromAt),
        to: toAt ? new Date(toAt) : null,
      })),
  )
const brief = ({ balance }: Audit) =>
  balance?.lines.map(({ kind, usedMinutes, allottedMinutes, varianceMinutes }) => [
    kind,
    usedMinutes,
    allottedMinutes,
    varianceMinutes,
  ])

describe('a dossier that finished late', () => {
  let late: Audit
  beforeAll(async () => {
    const { id } = await scene.playLate('X01-1')
    scene.clock.set(at('2026-11-13 08:00'))
    late = await audit(id)
  }, 60_000)

  it('is explained in one sentence that names step, unit and person', () => {
    const officer = late.holdings.find(({ person, elementId }) => elementId === 'Appraise' && person)?.person
      ?.name
    expect(late.sentence.vi).toBe(
      `Trễ 1 ngày 3 giờ 10 phút LV: bước Thẩm định hồ sơ, Phòng Kinh tế, Hạ tầng và Đô thị (${officer}) vượt 3 ngày 2 giờ LV; ` +
        `bước Lấy số, đóng dấu, Văn thư (${late.holdings.find(({ elementId }) => elementId === 'Number')?.person?.name}) tiết kiệm 50 phút LV; ` +
        `bước Ký kết quả, Lãnh đạo (${late.holdings.find(({ elementId }) => elementId === 'Sign')?.person?.name}) tiết kiệm 3 giờ LV; ` +
        'dự phòng tiết kiệm 1 ngày 3 giờ LV',
    )
    expect(late.sentence.en).toMatch(/^Late by 1 day 3 hours 10 minutes/)
    expect(late.lateMinutes).toBe(670)
  })

  it('has a line that tiles from filing to the return of the result', () => {
    tiles(late)
    const line = late.holdings.filter(({ track }) => track === 'accountable')
    expect(line[0]?.fromAt).toBe('2026-11-02T01:00:00.000Z')
    expect(line.at(-1)?.toAt).toBe('2026-11-12T02:00:00.000Z')
  })

  it('has books whose variances add up to finish − due', () => {
    expect(brief(late)).toEqual([
      ['receipt-day', 0, 0, 0],
      ['interval', 120, 120, 0], // the unit, until somebody claims it
      ['interval', 2880, 1320, 1560],
      ['interval', 60, 240, -180],
      ['interval', 10, 60, -50],
      ['spare', 0, 660, -660],
    ])
    expect(late.balance).toMatchObject({ varianceSum: 670, finishMinusDue: 670 })
    expect(late.balance?.lines.reduce((sum, line) => sum + line.varianceMinutes, 0)).toBe(670)
    expect(late.spareMinutes).toBe(660)
  })

  it('shows each interval with the figures of the books; reception and the return stand outside them', () => {
    expect(
      late.holdings.map((row) => [row.elementId, row.usedMinutes, row.allottedMinutes, row.varianceMinutes]),
    ).toEqual([
      ['Receive', 70, 240, -170],
      ['Appraise', 120, 120, 0],
      ['Appraise', 2880, 1320, 1560],
      ['Sign', 60, 240, -180],
      ['Number', 10, 60, -50],
      // Wed 10:40–11:30 and 13:00–17:00, Thu 07:30–09:00: the applicant's, nobody's overrun.
      ['Return', 380, null, null],
    ])
  })

  it('is judged by the committed and by the legal limit, and by 766', () => {
    expect(late.verdicts).toEqual({
      law: {
        vi:
          'theo hạn cam kết: quá hạn 1 ngày 3 giờ 10 phút LV (hạn T2 09/11/2026 17:00); ' +
          'theo hạn luật định: đúng hạn (hạn T4 11/11/2026 17:00)',
        en:
          'by the committed limit: late by 1 day 3 hours 10 minutes (working time) (due Mon 09/11/2026 17:00); ' +
          'by the legal limit: on time (due Wed 11/11/2026 17:00)',
      },
      index766: {
        vi: 'quá hạn 1 ngày 3 giờ 10 phút LV (hạn T2 09/11/2026 17:00)',
        en: 'late by 1 day 3 hours 10 minutes (working time) (due Mon 09/11/2026 17:00)',
      },
      differ: false,
      reason: null,
    })
  })
})

it('after supplements the last round is judged, and each round has its own books', async () => {
  const dossier = await scene.file('X01-2', '2026-11-02 08:00')
  await dossier.receive('2026-11-02 09:10')
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  await dossier.ask('2026-11-04 10:00')
  await dossier.complete('2026-11-10 09:00')
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  await dossier.decide('2026-11-17 17:00')
  await dossier.opened('Number', 'VT', 'vanthu')
  await dossier.finish('2026-11-18 09:30')
  const found = await audit(dossier.id)
  tiles(found)
  // Complete Tue 10/11: five days to Tue 17/11 17:00; finished Wed 09:30, two hours late.
  expect(found.lateMinutes).toBe(120)
  expect(found.balance).toMatchObject({ varianceSum: 120, finishMinusDue: 120 })
  expect(brief(found)).toEqual([
    ['receipt-day', 0, 0, 0],
    ['interval', 2400, 1440, 960],
    ['interval', 120, 60, 60],
    ['unused-step', 0, 240, -240],
    ['spare', 0, 660, -660],
  ])
  expect(found.sentence.vi).toMatch(/bước Ký kết quả tiết kiệm 4 giờ LV; dự phòng/)
  const used = found.holdings.map((row) => [row.elementId, row.round, row.usedMinutes, row.varianceMinutes])
  expect(used).toEqual([
    ['Receive', 1, 70, -170],
    // Tue 3/11 and Wed 07:30–10:00; the rest of the day of receipt is not counted.
    ['Appraise', 1, 630, -810],
    ['AwaitSupplement', 1, 1860, null],
    ['Appraise', 2, 2400, 960],
    ['Number', 2, 120, 60],
    ['', 2, 0, null],
  ])
  expect(found.verdicts.law.vi).toContain('quá hạn 2 giờ LV (hạn T3 17/11/2026 17:00)')
  // 766 moves the first date, Mon 9/11 17:00, by the 1860 minutes of the wait: Fri 13/11 16:00.
  expect(found.verdicts.index766.vi).toBe('quá hạn 2 ngày 3 giờ LV (hạn T6 13/11/2026 16:00)')
})

it('of an open late dossier only the overruns are told, and the books stay open', async () => {
  const dossier = await scene.file('X01-3', '2026-11-02 08:00')
  await dossier.receive('2026-11-02 09:10')
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  scene.clock.set(at('2026-11-10 09:30'))
  const found = await audit(dossier.id)
  expect(found.lateMinutes).toBe(120)
  expect(found.balance).toBeNull()
  // 2520 used of 1440.
  expect(found.sentence.vi).toMatch(/^Trễ 2 giờ LV: bước Thẩm định hồ sơ, .* vượt 2 ngày 2 giờ LV$/)
})

it('in time, waiting, closed in time, after hours, not received: each is told as it is', async () => {
  const received = async (code: string) => {
    const dossier = await scene.file(code, '2026-11-02 08:00')
    await dossier.receive('2026-11-02 09:10')
    await dossier.opened('Appraise', 'KT', 'chuyenvien')
    return dossier
  }
  const open = await received('X01-4')
  scene.clock.set(at('2026-11-09 15:00'))
  expect(await audit(open.id)).toMatchObject({
    sentence: { vi: 'Đang giải quyết, còn 2 giờ LV (hạn T2 09/11/2026 17:00)' },
    lateMinutes: null,
    balance: null,
  })
  const waiting = await received('X01-5')
  await waiting.ask('2026-11-05 10:00')
  scene.clock.set(at('2026-11-30 15:00'))
  const waits = await audit(waiting.id)
  expect(waits.sentence.vi).toBe(
    'Chờ người nộp bổ sung từ T5 05/11/2026 10:00, khi đó còn 2 ngày 5 giờ 30 phút LV (hạn T2 09/11/2026 17:00)',
  )
  await waiting.end('2026-12-07 17:00', 'closed')
  const closed = await audit(waiting.id)
  expect(closed.lateMinutes).toBeNull()
  expect(closed.balance).toMatchObject({ varianceSum: -1290, finishMinusDue: -1290 })
  expect(closed.verdicts.law.vi).not.toContain('quá hạn')
  const afterHours = await received('X01-6')
  await afterHours.finish('2026-11-09 17:30')
  const missed = await audit(afterHours.id)
  expect(missed.lateMinutes).toBe(0)
  expect(missed.sentence.vi).toMatch(/^Trễ, sau giờ làm việc của ngày hẹn: bước Thẩm định hồ sơ/)
  const filed = await scene.file('X01-7', '2026-11-02 08:00')
  expect(await audit(filed.id)).toMatchObject({
    sentence: { vi: 'Hồ sơ chưa được tiếp nhận nên chưa có hạn trả' },
    spareMinutes: null,
    clocks: [],
  })
})

it('a consulted body stands beside the line and changes none of its books', async () => {
  const dossier = await scene.playLate('X01-8')
  await scene.doing('2026-11-13 08:00', (tx) =>
    tx.sql(
      `insert into holding (id, dossier_id, track, subject_id, seq, round, agency_id, unit_id, element_id, step_name,
                            allotted_minutes, from_at, to_at, opened_by, closed_by)
       values (gen_random_uuid(), $1, 'side', gen_random_uuid(), 1, 1, $2, $3, 'Answer', '{"vi": "Trả lời ý kiến"}', 960, $4, $5,
               '{"text": {"vi": "Gửi lấy ý kiến"}}', '{"text": {"vi": "Trả lời"}}')`,
      [dossier.id, agencyId('T00.S02'), unitId('T00.S02.CM'), at('2026-11-04 07:30'), at('2026-11-06 17:00')],
    ),
  )
  const found = await audit(dossier.id)
  expect(found.balance).toMatchObject({ varianceSum: 670, finishMinusDue: 670 })
  expect(found.holdings.find(({ track }) => track === 'side')).toMatchObject({
    usedMinutes: 1440,
    varianceMinutes: 480,
  })
})

it('is there for whoever may read it, and not for the applicant, another commune or an unknown id', async () => {
  const { id } = await scene.playLate('X01-9', 'X01', 'chutich.x02')
  const status = async (login: string, of = id) =>
    (await (await loggedIn(app, login)).get(`/api/audit/dossiers/${of}`)).status
  expect(await status('chutich.x01')).toBe(200)
  expect(await status('chutich.x02')).toBe(404)
  expect(await status('chutich.x03')).toBe(404)
  expect(await status('phantich')).toBe(404)
  expect(await status('chuyenvien.x01')).toBe(403)
  expect(await status('congdan')).toBe(403)
  expect(await status('thanhtra', '00000000-0000-7000-8000-000000000000')).toBe(404)
  expect(await status('thanhtra', 'not-an-id')).toBe(404)
})
