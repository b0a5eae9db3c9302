import type { z } from 'zod'
import { absenceRoutes } from '../../../src/absence/routes.ts'
import type { AbsenceChoices, Absences } from '../../../src/absence/schemas.ts'
import { personId } from '../../../src/agencies/load.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
const AN = 'chuyenvien.x01'
const BINH = 'chuyenvien2.x01'
const away = (change: object = {}) => ({
  personId: personId(AN),
  substituteId: personId(BINH),
  fromDay: '2026-11-03',
  toDay: '2026-11-06',
  reason: 'Nghỉ phép',
  ...change,
})

beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, absenceRoutes())
}, 60_000)
afterAll(() => scene.close())
beforeEach(async () => {
  scene.clock.set(at('2026-11-02 09:00'))
  await scene.sql('delete from absence')
  await scene.sql('delete from rate_limit')
})

it('an absence is entered, read by who it concerns, and ended through the API', async () => {
  const an = await loggedIn(app, AN)
  const { id } = (await an.post('/api/absences').send(away()).expect(201)).body
  const mine = (await an.get('/api/absences').expect(200)).body as z.infer<typeof Absences>
  expect(mine.absences).toMatchObject([
    { id, state: 'planned', canEnd: true, enteredBy: { id: personId(AN) } },
  ])
  expect(mine.people.map((one) => one.id)).toEqual([personId(AN)])
  scene.clock.set(at('2026-11-03 09:00'))
  const binh = await loggedIn(app, BINH)
  const theirs = (await binh.get('/api/absences').expect(200)).body as z.infer<typeof Absences>
  expect(theirs).toMatchObject({
    standsInFor: [{ person: { id: personId(AN) }, toDay: '2026-11-06' }],
    absences: [{ id, canEnd: false }],
  })
  await an.post(`/api/absences/${id}/end`).send({ lastDay: '2026-11-03' }).expect(204)
  scene.clock.set(at('2026-11-04 09:00'))
  expect((await binh.get('/api/absences').expect(200)).body.standsInFor).toEqual([])
})

it('the session of the substitute carries the rules of the day, and no longer', async () => {
  const an = await loggedIn(app, AN)
  await an.post('/api/absences').send(away()).expect(201)
  const binh = await loggedIn(app, BINH)
  const rules = async () => JSON.stringify((await binh.get('/api/session').expect(200)).body.rules)
  expect(await rules()).not.toContain(personId(AN))
  scene.clock.set(at('2026-11-06 23:00'))
  expect(await rules()).toContain(personId(AN))
  scene.clock.set(at('2026-11-07 00:30'))
  expect(await rules()).not.toContain(personId(AN))
})

it('the same request sent twice enters one absence', async () => {
  const an = await loggedIn(app, AN)
  const send = () =>
    an.post('/api/absences').set('Idempotency-Key', '0190a1b2-0000-7000-8000-000000000001').send(away())
  const [first, second] = [(await send().expect(201)).body, (await send().expect(201)).body]
  expect(second).toEqual(first)
})

it('faults are told with their field, in the language of the reader', async () => {
  const an = await loggedIn(app, AN)
  const { body } = await an
    .post('/api/absences')
    .set('Accept-Language', 'vi')
    .send(away({ toDay: '2026-11-02' }))
    .expect(422)
  expect(body.errors).toEqual([
    { field: 'toDay', message: expect.stringMatching(/Ngày cuối trước ngày bắt đầu/) },
  ])
  for (const wrong of [{ toDay: '32/11/2026' }, { reason: ' ' }, { substituteId: 'nobody' }, { more: 1 }])
    await an.post('/api/absences').send(away(wrong)).expect(400)
})

it('who may stand in is told for oneself and one’s people only', async () => {
  const ask = async (login: string) =>
    (
      await (
        await loggedIn(app, login)
      )
        .get(`/api/absences/choices?personId=${personId(AN)}&fromDay=2026-11-03&toDay=2026-11-06`)
        .expect(200)
    ).body as z.infer<typeof AbsenceChoices>
  const own = await ask(AN)
  expect(own.substitutes.map(({ id }) => id)).toContain(personId(BINH))
  expect(own.procedures).toMatchObject([{ code: '1.013225' }])
  expect(own.forms.map(({ form }) => form)).toContain('appraise')
  expect((await ask('truongphong.x01')).substitutes).not.toEqual([])
  expect((await ask('truongphong.x02')).substitutes).toEqual([])
})

it('a citizen has no absences', async () => {
  const citizen = await loggedIn(app, 'congdan')
  await citizen.get('/api/absences').expect(403)
  await citizen.post('/api/absences').send(away()).expect(403)
})
