import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { knownFieldsRoutes } from '../../../src/studio/known-fields/routes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

type Agent = Awaited<ReturnType<typeof loggedIn>>
let database: TestDatabase
let analyst: Agent
let clerk: Agent

beforeAll(async () => {
  database = await createTestDatabase({ furniture: province })
  await database.db.transact(systemActor('scene'), loadDemoAccounts)
  const app = testApp(database.db, knownFieldsRoutes)
  ;[analyst, clerk] = (await Promise.all(
    ['phantich', 'motcua.x01'].map((login) => loggedIn(app, login)),
  )) as [Agent, Agent]
})
afterAll(() => database.close())

type Known = {
  key: string
  title: { vi: string }
  schema: object
  ui: object
  personal: string | null
  procedures: { code: string }[]
  heldBy: { system: string; verified: boolean }[]
}
const find = async (q: string): Promise<Known[]> =>
  (await analyst.get('/api/studio/known-fields').query({ q }).expect(200)).body.fields

test('the question that most procedures ask comes first, with its shape and the procedures that ask it', async () => {
  const [first] = await find('')
  expect(first).toMatchObject({
    key: 'phone',
    title: { vi: 'Số điện thoại' },
    schema: { type: 'string', pattern: '^0\\d{9}$' },
    ui: { 'ui:placeholder': '0912345678' },
    personal: 'phone',
  })
  expect(first!.procedures.length).toBeGreaterThan(5)
})

test.each(['so dien thoai', 'Số điện thoại', 'PHONE', 'telephone'])('it is found by "%s"', async (q) => {
  expect((await find(q)).map(({ key }) => key)).toContain('phone')
})

test('what a system of the State answers is marked, and marked unverified', async () => {
  const found = await find('personalNumber')
  expect(found.length).toBeGreaterThan(0)
  for (const { heldBy } of found)
    expect(heldBy).toEqual([expect.objectContaining({ system: 'population', verified: false })])
  const [phone] = await find('phone')
  expect(phone!.heldBy).toEqual([])
})

test('the same key in another shape is another row', async () => {
  const capital = (await find('capital')).filter(({ key }) => key === 'capital')
  expect(capital.length).toBe(2)
  expect(new Set(capital.map(({ schema }) => JSON.stringify(schema))).size).toBe(2)
})

test('signs of a search pattern are letters, and nothing found is no fault', async () => {
  expect(await find('%')).toEqual([])
  expect(await find('_____')).toEqual([])
})

test('whoever designs nothing is refused', async () => {
  await clerk.get('/api/studio/known-fields').expect(403)
  await analyst
    .get('/api/studio/known-fields')
    .query({ q: 'x'.repeat(201) })
    .expect(400)
})
