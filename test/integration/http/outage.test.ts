import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation } from '../../../src/agencies/load.ts'
import { machineClock } from '../../../src/clock.ts'
import { connect, type Database } from '../../../src/database/orm.ts'
import { entities } from '../../../src/entities.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { type DatabaseProxy, proxyTo } from '../../support/proxy.ts'

let test: TestDatabase
let proxy: DatabaseProxy
let db: Database
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(systemActor('outage test'), async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  const url = new URL(test.appUrl)
  proxy = await proxyTo(Number(url.port))
  url.port = String(proxy.port)
  db = await connect({
    url: url.href,
    entities,
    clock: machineClock,
    log: pino({ level: 'silent' }),
    poolSize: 2,
  })
})
afterAll(async () => {
  await db.close()
  await proxy.close()
  await test.close()
})

it('while PostgreSQL is away the answer is 503 with when to try again; when it is back all works, and one is still logged in', async () => {
  const agent = await loggedIn(testApp(db), 'congdan')
  await agent.get('/api/places').expect(200)

  await proxy.cut()
  const refused = await agent.get('/api/places').expect(503)
  expect(refused.body).toMatchObject({ type: 'urn:mot-cua:unavailable', status: 503 })
  expect(refused.headers['retry-after']).toBe('5')
  await agent.get('/api/session').expect(503)
  await agent.get('/health/live').expect(200)

  await proxy.mend()
  await agent.get('/api/places').expect(200)
  const { body } = await agent.get('/api/session').expect(200)
  expect(body.kind).toBe('citizen')
})

it('a connection cut in the middle of an act leaves nothing of it, and says that PostgreSQL is away', async () => {
  const act = db.transact(systemActor('outage test'), async (tx) => {
    await tx.sql(`insert into stored_file (sha256, size, media_type) values ('cut', 1, 'x')`)
    await proxy.cut()
    await tx.sql('select 1')
  })
  await expect(act).rejects.toThrow('PostgreSQL is not available')
  await proxy.mend()
  const rows = await test.db.transact(systemActor('outage test'), (tx) =>
    tx.sql(`select from stored_file where sha256 = 'cut'`),
  )
  expect(rows).toEqual([])
})

it('outages in the middle of acts use up no connections, however many there are', async () => {
  const system = systemActor('outage test')
  // More than the pool's two connections.
  for (let outage = 0; outage < 5; outage++) {
    const act = db.transact(system, async (tx) => {
      await tx.sql('select 1')
      await proxy.cut()
      await tx.sql('select 1')
    })
    await expect(act).rejects.toThrow('PostgreSQL is not available')
    await proxy.mend()
  }
  expect(await db.transact(system, (tx) => tx.sql('select 1 as alive'))).toEqual([{ alive: 1 }])
})
