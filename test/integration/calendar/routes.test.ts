import { calendarRoutes } from '../../../src/calendar/routes.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'
import { type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
let admin: Awaited<ReturnType<typeof loggedIn>>
beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, calendarRoutes())
  admin = await loggedIn(app, 'quantri')
}, 60_000)
afterAll(() => scene.close())

const holiday = {
  date: '2026-11-05',
  kind: 'holiday' as const,
  name: { vi: 'Nghỉ đặc biệt', en: 'Special day off' },
  source: 'https://example.invalid/quyet-dinh',
  decision: '99/TB-VPCP',
  reason: 'Thông báo 99/TB-VPCP ngày 03/11/2026',
}
const put = (change: object = {}) => admin.put('/api/admin/calendar/days').send({ ...holiday, ...change })
const preview = (change: object = {}) => {
  const { date, kind } = holiday
  return admin.post('/api/admin/calendar/preview').send({ date, kind, ...change })
}

describe('the calendar of a year', () => {
  it('shows the decided days with their sources', async () => {
    const { body } = await admin.get('/api/admin/calendar?year=2026').expect(200)
    expect(body).toMatchObject({ year: 2026, provisional: false })
    expect(body.days.find(({ date }: { date: string }) => date === '2026-04-30')).toMatchObject({
      kind: 'holiday',
      verified: true,
      test: false,
    })
    expect(body.days.find(({ date }: { date: string }) => date === '2026-11-24')).toMatchObject({
      kind: 'undecided',
    })
    const dates = body.days.map(({ date }: { date: string }) => date)
    expect(dates).toEqual([...dates].sort())
  })

  it('shows what is proposed while no decision is known', async () => {
    const { body } = await admin.get('/api/admin/calendar?year=2027').expect(200)
    expect(body.provisional).toBe(true)
    const tet = body.days.filter(({ name }: { name: { vi: string } }) => name.vi.startsWith('Tết Âm lịch'))
    expect(tet).toHaveLength(5)
    for (const day of tet)
      expect(day).toMatchObject({ verified: false, source: expect.stringContaining('đề xuất') })
  })

  it.each(['', '?year=', '?year=1999', '?year=2026.5', '?year=hai', '?year=2026&month=1'])(
    'refuses %s',
    async (query) => {
      await admin.get(`/api/admin/calendar${query}`).expect(400)
    },
  )
})

describe('who may', () => {
  it.each(['chutich.x01', 'motcua.x01', 'thanhtra', 'phantich', 'congdan'])(
    '%s reads but does not decide',
    async (login) => {
      const agent = await loggedIn(app, login)
      await agent.get('/api/admin/calendar?year=2026').expect(200)
      await agent.put('/api/admin/calendar/days').send(holiday).expect(403)
      await agent
        .post('/api/admin/calendar/preview')
        .send({ date: holiday.date, kind: 'holiday' })
        .expect(403)
    },
  )

  it('whoever is not logged in does neither', async () => {
    await browser(app).put('/api/admin/calendar/days').send(holiday).expect(401)
    await browser(app).get('/api/admin/calendar?year=2026').expect(401)
  })
})

describe('a swap', () => {
  const swap = {
    date: '2026-11-06',
    kind: 'substitute' as const,
    swapWith: '2026-11-14',
    name: { vi: 'Hoán đổi ngày làm việc' },
  }

  it.each([
    ['without its other day', { date: '2026-11-14', kind: 'swapped-working-day' }, 'swapWith'],
    ['with a weekday made up', { ...swap, swapWith: '2026-11-11' }, 'swapWith'],
    ['with a day that has a decision', { ...swap, swapWith: '2026-11-24' }, 'swapWith'],
    ['of a holiday', { swapWith: '2026-11-14' }, 'swapWith'],
  ])('%s is refused with field and mend', async (_, change, field) => {
    const { body } = await put(change).expect(422)
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
    expect(body.errors[0].message.length).toBeGreaterThan(20)
    await preview(change).expect(422)
  })
})

it.each([
  ['a day that does not exist', { date: '2026-02-30' }, 400, 'date'],
  ['a day no calendar reaches', { date: '1890-05-01' }, 400, 'date'],
  ['an unknown kind', { kind: 'party' }, 400, 'kind'],
  ['an unknown field', { colour: 'red' }, 400, 'colour'],
  ['no reason', { reason: ' ' }, 400, 'reason'],
  ['no name', { name: { vi: ' ' } }, 422, 'name.vi'],
  ['no source', { source: '' }, 422, 'source'],
])('%s is refused and nothing changes', async (_, change, status, field) => {
  const { body } = await put(change).expect(status)
  expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
  expect(await scene.sql('select from calendar_day where valid_to is not null')).toHaveLength(0)
})
