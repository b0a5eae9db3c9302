import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemActor } from '../../../src/access/actor.ts'
import { agencyId, loadOrganisation, personId, unitId } from '../../../src/agencies/load.ts'
import { type Hub, openHub } from '../../../src/events/hub.ts'
import { eventRoutes } from '../../../src/events/routes.ts'
import { mayHear } from '../../../src/events/visible.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { DEMO_PASSWORD, loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { testApp } from '../../support/http.ts'

let test: TestDatabase
let hub: Hub
let server: Server
let base: string
const system = systemActor('events test')
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  hub = openHub(test.db, { all: 3, perPerson: 2 })
  server = testApp(test.db, eventRoutes(hub)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await hub.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await test.close()
})

async function cookieOf(login: string): Promise<string> {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'mot-cua' },
    body: JSON.stringify({ login, password: DEMO_PASSWORD }),
  })
  return String(answer.headers.get('set-cookie')).split(';')[0] ?? ''
}

/** The events of a stream, one by one. */
async function* eventsOf(answer: Response): AsyncGenerator<{ type: string; ids: string[] }> {
  let rest = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice(6))
  }
}

const say = (type: string, ids: string[] = []) =>
  test.db.transact(system, async (tx) => tx.notify('live', { type, ids }))

it('nobody watches without logging in', async () => {
  expect((await fetch(`${base}/api/events`)).status).toBe(401)
})

it('what is committed is told to who may know it and not to others', async () => {
  const abort = new AbortController()
  const watch = async (login: string) =>
    eventsOf(
      await fetch(`${base}/api/events`, { headers: { Cookie: await cookieOf(login) }, signal: abort.signal }),
    )
  const admin = await watch('quantri')
  const clerk = await watch('motcua.x01')
  await say('incident', ['00000000-0000-7000-8000-000000000001'])
  await say('clock')
  const next = async (stream: typeof admin) => {
    for await (const event of stream) if (event.type !== 'resync') return event.type
    return 'ended'
  }
  expect(await next(admin)).toBe('incident')
  // The incident was said first: had the clerk been told of it, it would have come before the clock.
  expect(await next(clerk)).toBe('clock')
  abort.abort()
})

it('a dossier`s event is for its counter, its agency, the asked bodies and its applicant', async () => {
  const id = '00000000-0000-7000-8000-000000000002'
  const dossier = {
    id,
    agencyId: agencyId('T00.X01'),
    oneStopUnitId: unitId('T00.X01.MC'),
    unitId: unitId('T00.X01.KT'),
    participantAgencyIds: [agencyId('T00.S02')],
    applicantId: personId('congdan'),
    filedBy: personId('congdan'),
    state: 'processing',
  }
  const hears = async (login: string) => {
    const actor = await loadActor(test.db, personId(login), 'vi')
    if (!actor) throw new Error(login)
    const facts = { dossiers: new Map([[id, dossier]]), tasks: new Map() }
    return mayHear(actor.ability, { type: 'dossier', ids: [id] }, facts)
  }
  const heard: string[] = []
  const logins = [
    'congdan',
    'congdan2',
    'motcua.x01',
    'motcua.x02',
    'chuyenvien.x01',
    'chuyenvien.s02',
    'chuyenvien.s03',
    'thanhtra',
    'quantri',
  ]
  for (const login of logins) if (await hears(login)) heard.push(login)
  expect(heard).toEqual(['congdan', 'motcua.x01', 'chuyenvien.x01', 'chuyenvien.s02', 'thanhtra'])
})

it('more watchers than there is room for are asked to come later', async () => {
  const abort = new AbortController()
  const watch = async (login: string) =>
    fetch(`${base}/api/events`, { headers: { Cookie: await cookieOf(login) }, signal: abort.signal })
  for (const login of ['congdan', 'congdan2', 'motcua.x01']) expect((await watch(login)).status).toBe(200)
  const refused = await watch('motcua.x02')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('60')
  abort.abort()
})
