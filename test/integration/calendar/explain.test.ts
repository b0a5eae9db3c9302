import { calendarRoutes } from '../../../src/calendar/routes.ts'
import { answer } from '../../../src/cli/deadline-explain.ts'
import { explainRoutes } from '../../../src/deadlines/explain-routes.ts'
import { shippedCalendars } from '../../../src/deadlines/shipped-calendars.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'
import { type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, [...explainRoutes(scene.db), ...calendarRoutes()])
}, 60_000)
afterAll(() => scene.close())

const question = { received: '2026-03-02T09:10:00+07:00', limit: { value: 10, unit: 'working-day' } }
const ask = (change: object = {}) =>
  browser(app)
    .post('/api/deadlines/explain')
    .send({ ...question, ...change })

test('anybody may ask, and hears what the command line says', async () => {
  for (const change of [
    {},
    { agency: 'T00.X01' },
    { limit: { value: 1, unit: 'month' }, asOf: '2025-12-24' },
    {
      mode: 'PAUSE',
      events: [
        { at: '2026-03-04T10:00:00+07:00', kind: 'asked' },
        { at: '2026-03-05T10:00:00+07:00', kind: 'complete' },
      ],
    },
  ]) {
    const { body } = await ask(change).expect(200)
    expect(body).toEqual(answer({ text: JSON.stringify({ ...question, ...change }) }, 1, shippedCalendars()))
  }
})

test('what cannot be computed is refused at its field', async () => {
  const { body } = await ask({ limit: { value: 0, unit: 'working-day' } }).expect(422)
  expect(body.errors).toEqual([{ field: 'limit.value', message: expect.stringContaining('số') }])
  const late = [{ at: '2026-03-01T09:00:00+07:00', kind: 'asked' }]
  expect((await ask({ events: late }).expect(422)).body.errors[0].field).toBe('events.0.at')
  expect((await ask({ agency: 'T99' }).expect(422)).body.errors[0].field).toBe('agency')
  expect((await ask({ limit: { value: 1, unit: 'week' } }).expect(400)).body.errors[0].field).toBe(
    'limit.unit',
  )
})

test('a day decided here is known here from the day of its decision', async () => {
  const admin = await loggedIn(app, 'quantri')
  const holiday = {
    date: '2026-03-10',
    kind: 'holiday',
    name: { vi: 'Nghỉ đặc biệt' },
    source: 'https://example.invalid/quyet-dinh',
    decision: '99/TB-VPCP',
    reason: 'thử',
  }
  await admin.put('/api/admin/calendar/days').send(holiday).expect(200)
  const [row] = await scene.sql<{ day: string }>(
    `select (valid_from at time zone 'Asia/Ho_Chi_Minh')::date::text as day from calendar_day where date = '2026-03-10'`,
  )
  const decidedOn = row!.day
  expect((await ask().expect(200)).body.dueAt).toBe('2026-03-17T17:00:00+07:00')
  expect((await ask({ asOf: decidedOn }).expect(200)).body.dueAt).toBe('2026-03-17T17:00:00+07:00')
  expect((await ask({ asOf: '2026-02-01' }).expect(200)).body.dueAt).toBe('2026-03-16T17:00:00+07:00')
  await admin
    .put('/api/admin/calendar/days')
    .send({ date: holiday.date, kind: null, reason: 'thử xong' })
    .expect(200)
  expect((await ask().expect(200)).body.dueAt).toBe('2026-03-16T17:00:00+07:00')
})

test('who asks too often waits, and is told of the command line', async () => {
  const answers: number[] = []
  for (let left = 125; left > 0; left--)
    answers.push((await ask({ limit: { value: 0, unit: 'month' } })).status)
  expect(new Set(answers)).toEqual(new Set([422, 429]))
  const { body, headers } = await ask().expect(429)
  expect(body.detail).toContain('npx mot-cua deadline explain')
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
})
