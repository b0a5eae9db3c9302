import { hoursRoutes } from '../../../src/calendar/hours-routes.ts'
import { calendarRoutes } from '../../../src/calendar/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let admin: Awaited<ReturnType<typeof loggedIn>>
let dossier: Awaited<ReturnType<Scene['file']>>
let agency: string
beforeAll(async () => {
  scene = await setScene()
  const app = testApp(scene.db, [...calendarRoutes(), ...hoursRoutes()])
  admin = await loggedIn(app, 'quantri')
  // Received Mon 2/11 09:10: five working days end Mon 9/11 17:00.
  dossier = await scene.file('0001', '2026-11-02 08:00')
  await dossier.receive('2026-11-02 09:10')
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  const [row] = await scene.sql<{ agency_id: string }>('select agency_id from dossier where id = $1', [
    dossier.id,
  ])
  agency = row!.agency_id
}, 60_000)
afterAll(() => scene.close())

const due = async () => {
  const [row] = await scene.sql<{ due: string; sentence: string }>(
    `select to_char(due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as due, proof->'sentence'->>'vi' as sentence
       from clock where dossier_id = $1 and kind = 'dossier'`,
    [dossier.id],
  )
  return row!
}

describe('working hours of an agency', () => {
  // From Wednesday on Saturday morning is worked: Sat 7/11 is the fifth working day.
  const weekday = [
    ['07:30', '11:30'],
    ['13:00', '17:00'],
  ]
  const hours = {
    validFrom: '2026-11-04',
    week: { 1: weekday, 2: weekday, 3: weekday, 4: weekday, 5: weekday, 6: [['07:30', '11:30']] },
    source: 'Quyết định 7/QĐ-UBND',
  }
  const path = (tail = '') => `/api/admin/agencies/${agency}/hours${tail}`

  it('are shown with what they would move, and move it with their reason', async () => {
    const { body } = await admin
      .post(path('/preview'))
      .send({ validFrom: hours.validFrom, week: hours.week })
      .expect(200)
    expect(body).toMatchObject({ dossiers: 1, examples: [{ newDueAt: '2026-11-07T04:30:00.000Z' }] })
    expect((await due()).due).toBe('2026-11-09 17:00')
    const saved = await admin
      .put(path())
      .send({ ...hours, reason: 'mở cửa sáng thứ Bảy' })
      .expect(200)
    expect(saved.body).toEqual({ dossiers: 1 })
    const moved = await due()
    expect(moved.due).toBe('2026-11-07 11:30')
    expect(moved.sentence).toContain('mở cửa sáng thứ Bảy; hạn cũ T2 09/11/2026 17:00')
  })

  it('of another agency move nothing here', async () => {
    const [other] = await scene.sql<{ id: string }>('select id from agency where id <> $1 limit 1', [agency])
    const { body } = await admin
      .post(`/api/admin/agencies/${other!.id}/hours/preview`)
      .send({ validFrom: hours.validFrom, week: hours.week })
      .expect(200)
    expect(body.dossiers).toBe(0)
  })

  it('taken away again move the date back', async () => {
    await admin
      .put(path())
      .send({ ...hours, week: null, reason: 'thôi mở sáng thứ Bảy' })
      .expect(200)
    expect((await due()).due).toBe('2026-11-09 17:00')
  })

  it.each([
    [
      'a lunch before the morning is over',
      {
        week: {
          1: [
            ['07:30', '12:00'],
            ['11:30', '17:00'],
          ],
        },
      },
      422,
      'week.1',
    ],
    ['no source', { source: ' ' }, 400, 'source'],
    ['no reason', { reason: '' }, 400, 'reason'],
    ['an eighth day of the week', { week: { 8: weekday } }, 400, 'week.8'],
  ])('%s: refused at its field', async (_, change, status, field) => {
    const { body } = await admin
      .put(path())
      .send({ ...hours, reason: 'thử', ...change })
      .expect(status)
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
  })
})

describe('decided years from a file', () => {
  const about = { name: { vi: 'Nghỉ' }, source: 'Thông báo 99/TB-VPCP', verified: true }
  const file = { timeZone: 'Asia/Ho_Chi_Minh', days: [{ ...about, date: '2027-01-01', kind: 'holiday' }] }
  const preview = (change: object) =>
    admin.post('/api/admin/calendar/years/preview').send({ ...file, ...change })

  it.each([
    ['a day twice', { days: [file.days[0], file.days[0]] }, 'days.1.date', 'khai hai lần'],
    [
      'a swap without its pair',
      { days: [{ ...about, date: '2027-04-26', kind: 'substitute', swapWith: '2027-05-08' }] },
      'days.0.swapWith',
      'thiếu ngày đi cặp',
    ],
    ['another zone', { timeZone: 'Asia/Tokyo' }, 'timeZone', 'không phải giờ pháp lý'],
    [
      'a day that does not exist',
      { days: [{ ...about, date: '2027-02-30', kind: 'holiday' }] },
      'days.0.date',
      'YYYY-MM-DD',
    ],
  ])('%s: refused at its field with how to mend it, and nothing changes', async (_, change, field, words) => {
    for (const answer of [
      await preview(change).expect(422),
      await admin
        .put('/api/admin/calendar/years')
        .send({ ...file, reason: 'thử', ...change })
        .expect(422),
    ])
      expect(answer.body.errors[0]).toEqual({ field, message: expect.stringContaining(words) })
    expect(await scene.sql('select from calendar_day where valid_to is not null')).toHaveLength(0)
  })

  it('make a proposed year a decided one', async () => {
    expect((await preview({}).expect(200)).body).toMatchObject({ begin: 1, end: 0, dossiers: 0 })
    await admin
      .put('/api/admin/calendar/years')
      .send({ ...file, reason: 'Thông báo 99' })
      .expect(200)
    const { body } = await admin.get('/api/admin/calendar?year=2027').expect(200)
    expect(body).toMatchObject({ provisional: false, days: [{ date: '2027-01-01', kind: 'holiday' }] })
  })

  it('end what they do not name any more', async () => {
    const days = [{ ...about, date: '2027-02-08', kind: 'holiday' }]
    expect((await preview({ days }).expect(200)).body).toMatchObject({ begin: 1, end: 1 })
    await admin
      .put('/api/admin/calendar/years')
      .send({ ...file, days, reason: 'Thông báo 100' })
      .expect(200)
    const ended = await scene.sql('select date from calendar_day where valid_to is not null')
    expect(ended).toEqual([{ date: '2027-01-01' }])
  })
})

it('what was decided of a day before stays on the record, with its source and its time', async () => {
  const { body } = await admin.get('/api/admin/calendar/days/2027-01-01').expect(200)
  expect(body.versions).toEqual([
    expect.objectContaining({ kind: 'holiday', source: 'Thông báo 99/TB-VPCP', to: expect.any(String) }),
  ])
  const { body: now } = await admin.get('/api/admin/calendar/days/2027-02-08').expect(200)
  expect(now.versions).toEqual([expect.objectContaining({ kind: 'holiday', to: null })])
  await admin.get('/api/admin/calendar/days/hom-nay').expect(404)
})
