import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability'
import { unpackRules } from '@casl/ability/extra'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation, personId } from '../../../src/agencies/load.ts'
import { DEMO_PASSWORD, loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'

let test: TestDatabase
const system = systemActor('login test')
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
})
afterAll(() => test.close())
beforeEach(() => test.db.transact(system, (tx) => tx.sql('delete from rate_limit')))

const sql = (text: string, params: unknown[] = []) => test.db.transact(system, (tx) => tx.sql(text, params))
const attempt = (login: string, password: string, app = testApp(test.db)) =>
  browser(app).post('/api/session').send({ login, password })

it('a clerk who logs in is told their post and gets the rules of it', async () => {
  const agent = await loggedIn(testApp(test.db), 'motcua.x01')
  const { body } = await agent.get('/api/session').expect(200)
  expect(body.person).toEqual({ id: personId('motcua.x01'), name: 'Nguyễn Thị Mẫu An' })
  expect(body.posts).toHaveLength(1)
  expect(body.posts[0]).toMatchObject({
    role: 'clerk',
    agency: { code: 'T00.X01' },
    unit: { code: 'T00.X01.MC' },
  })
  const ability = createMongoAbility(unpackRules(body.rules) as RawRuleOf<MongoAbility>[])
  expect(ability.can('create', 'Dossier')).toBe(true)
  expect(ability.can('retry', 'Incident')).toBe(false)
})

it('a wrong password and an unknown login get the same answer', async () => {
  const wrong = await attempt('congdan', 'not it').expect(401)
  const unknown = await attempt('nobody.at.all', 'not it').expect(401)
  expect(unknown.body).toEqual(wrong.body)
  expect(wrong.body.type).toBe('urn:mot-cua:wrong-login')
})

it('the sixth wrong try in a quarter of an hour must wait, even with the right password, and is told how long', async () => {
  for (let i = 0; i < 5; i++) await attempt('congdan', 'not it').expect(401)
  const { headers, body } = await attempt('congdan', DEMO_PASSWORD).expect(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(body.detail).toMatch(/15 phút/)
  await attempt('congdan2', DEMO_PASSWORD).expect(200)
})

it('a right password clears the wrong tries before it', async () => {
  for (let i = 0; i < 4; i++) await attempt('congdan', 'not it').expect(401)
  await attempt('congdan', DEMO_PASSWORD).expect(200)
  for (let i = 0; i < 4; i++) await attempt('congdan', 'not it').expect(401)
  await attempt('congdan', DEMO_PASSWORD).expect(200)
})

it('demo accounts cannot log in outside demo mode, though their rows exist', async () => {
  await attempt('congdan', DEMO_PASSWORD, testApp(test.db, [], { demo: false })).expect(401)
})

it('a session id planted before the login is not the one after it', async () => {
  const agent = browser(testApp(test.db))
  const planted = await agent.put('/api/session/locale').send({ locale: 'en' }).expect(204)
  const before = planted.headers['set-cookie']?.[0]?.split(';')[0]
  const login = await agent
    .post('/api/session')
    .send({ login: 'congdan', password: DEMO_PASSWORD })
    .expect(200)
  const after = login.headers['set-cookie']?.[0]?.split(';')[0]
  expect(before).toMatch(/^motcua\.sid=/)
  expect(after).toMatch(/^motcua\.sid=/)
  expect(after).not.toBe(before)
  await browser(testApp(test.db)).get('/api/session').set('Cookie', String(before)).expect(401)
})

it('the cookie cannot be read by scripts or sent by other sites', async () => {
  const { headers } = await attempt('congdan', DEMO_PASSWORD).expect(200)
  expect(headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Lax/)
})

it('after logging out the old cookie is worth nothing', async () => {
  const app = testApp(test.db)
  const login = await attempt('congdan', DEMO_PASSWORD, app).expect(200)
  const cookie = String(login.headers['set-cookie']?.[0]?.split(';')[0])
  await browser(app).delete('/api/session').set('Cookie', cookie).expect(204)
  await browser(app).get('/api/session').set('Cookie', cookie).expect(401)
})

it('a deactivated person is out at once and cannot log in again', async () => {
  const app = testApp(test.db)
  const agent = await loggedIn(app, 'motcua.x05')
  await sql('update person set active = false where id = $1', [personId('motcua.x05')])
  await agent.get('/api/session').expect(401)
  await attempt('motcua.x05', DEMO_PASSWORD, app).expect(401)
})

it('a post that has ended gives no rights from the next day on', async () => {
  const agent = await loggedIn(testApp(test.db), 'motcua.x06')
  await sql(`update post set valid_to = '2026-11-02' where person_id = $1`, [personId('motcua.x06')])
  expect((await agent.get('/api/session').expect(200)).body.posts).toHaveLength(1)
  test.clock.set('2026-11-02T17:00:00Z') // midnight in Asia/Ho_Chi_Minh
  expect((await agent.get('/api/session').expect(200)).body.posts).toHaveLength(0)
  test.clock.set('2026-11-02T02:00:00Z')
})

it('the chosen language stays with the person', async () => {
  const app = testApp(test.db)
  const agent = await loggedIn(app, 'congdan2')
  await agent.put('/api/session/locale').send({ locale: 'en' }).expect(204)
  expect((await agent.get('/api/session').expect(200)).body.locale).toBe('en')
  const again = await loggedIn(app, 'congdan2')
  expect((await again.get('/api/session').expect(200)).body.locale).toBe('en')
  const refused = await again.get('/api/nothing-here').expect(404)
  expect(refused.body.title).toBe('Not found')
})

it('a language chosen before logging in is the session’s, and the one the person keeps stays', async () => {
  const app = testApp(test.db)
  await sql(`update account set locale = 'vi' where login = 'congdan2'`)
  const agent = browser(app)
  const chosen = { login: 'congdan2', password: DEMO_PASSWORD, locale: 'en' }
  expect((await agent.post('/api/session').send(chosen).expect(200)).body.locale).toBe('en')
  expect((await agent.get('/api/nothing-here').expect(404)).body.title).toBe('Not found')
  const again = await loggedIn(app, 'congdan2')
  expect((await again.get('/api/session').expect(200)).body.locale).toBe('vi')
})

it('loading the organisation and the accounts again changes nothing', async () => {
  const count = () =>
    sql(`select (select count(*) from agency) a, (select count(*) from post) p, (select count(*) from account) c,
                (select count(*) from audit_entry) e`)
  const before = await count()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  expect(await count()).toEqual(before)
})
