import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemActor } from '../../src/access/actor.ts'
import { EpochMismatch, ensureEpoch } from '../../src/engine/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let brokerDir: string
beforeEach(async () => {
  database = await createTestDatabase()
  brokerDir = await mkdtemp(join(tmpdir(), 'mot-cua-epoch-'))
})
afterEach(async () => {
  await database.close()
  await rm(brokerDir, { recursive: true })
})

const idFile = () => join(brokerDir, 'mot-cua-epoch.json')
const ensure = () => ensureEpoch(database.db, { brokerDir })
const read = () =>
  database.db.transact(systemActor('test'), (tx) =>
    tx.sql('insert into engine_mark (epoch, partition, position, greatest_timestamp) values (1, 1, 5, 5)'),
  )

test('the first start makes epoch 1, and every later one finds it', async () => {
  expect(await ensure()).toBe(1)
  const id = await readFile(idFile(), 'utf8')
  expect(await ensure()).toBe(1)
  expect(await readFile(idFile(), 'utf8')).toBe(id)
})

test('a broker whose data are out of reach is known by the database alone', async () => {
  expect(await ensureEpoch(database.db, { brokerDir: null })).toBe(1)
  expect(await ensureEpoch(database.db, { brokerDir: null })).toBe(1)
})

test("another broker's data refuse to start", async () => {
  await ensure()
  await writeFile(idFile(), JSON.stringify({ epoch: 1, brokerId: '0193b0f0-0000-7000-8000-000000000001' }))
  await expect(ensure()).rejects.toThrow(EpochMismatch)
  await expect(ensure()).rejects.toThrow(/Put back the data that belong together/)
})

test('data of a broker refuse to start with an empty database', async () => {
  await writeFile(idFile(), JSON.stringify({ epoch: 3, brokerId: '0193b0f0-0000-7000-8000-000000000001' }))
  await expect(ensure()).rejects.toThrow(/belong to another database/)
})

test('lost data of a broker whose records were read refuse to start', async () => {
  await ensure()
  await read()
  await rm(idFile())
  await expect(ensure()).rejects.toThrow(/there are no data of that broker/)
})

test('a start cut off before the id file was written is made up for', async () => {
  await ensure()
  const id = await readFile(idFile(), 'utf8')
  await rm(idFile())
  expect(await ensure()).toBe(1)
  expect(await readFile(idFile(), 'utf8')).toBe(id)
})

test('a damaged id file is named', async () => {
  await writeFile(idFile(), '{"epoch":1}')
  await expect(ensure()).rejects.toThrow(/mot-cua-epoch\.json is damaged/)
})
