import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { pino } from 'pino'
import { systemActor } from '../../src/access/actor.ts'
import type { Sql } from '../../src/database/sql.ts'
import { archivedLines, openArchive } from '../../src/engine/archive.ts'
import { rebuildProjection } from '../../src/engine/index.ts'
import { type Intake, openIntake } from '../../src/engine/intake.ts'
import { startSink } from '../../src/engine/sink.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { dump } from './dump.ts'
import { bulkOf, recordedOn } from './recorded.ts'

jest.setTimeout(60_000)

const log = pino({ level: 'silent' })
const hooks = {
  userTaskCreated: async () => {},
  userTaskEnded: async () => {},
  instanceEnded: async () => {},
}

let database: TestDatabase
let folder: string
let nextEpoch = 1
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'mot-cua-stream-'))
})
afterAll(async () => {
  for (const close of closing) await close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const sql: Sql = (text, params) => database.db.transact(systemActor('test'), (tx) => tx.sql(text, params))

async function newEpoch(archiveDir = folder): Promise<{ epoch: number; intake: Intake }> {
  const epoch = nextEpoch++
  await sql(`insert into engine_epoch (epoch, broker_id, reason) values ($1, gen_random_uuid(), 'test')`, [
    epoch,
  ])
  const archive = openArchive(archiveDir, 20_000)
  closing.push(archive.close)
  return { epoch, intake: openIntake({ db: database.db, epoch, archive, hooks, log }) }
}

async function newSink(archiveDir = folder, maxBytes = 1_000_000) {
  const { epoch, intake } = await newEpoch(archiveDir)
  const settings = { host: '127.0.0.1', port: 0, user: 'zeebe', password: 'secret' }
  const sink = await startSink({ settings, epoch, intake, log, refusalMs: 0, maxBytes })
  closing.push(sink.stop)
  const call = (method: string, path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${sink.port}${path}`, {
      method,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { authorization: `Basic ${btoa('zeebe:secret')}`, ...headers },
    })
  return { epoch, call, post: (body: string | Buffer, headers = {}) => call('POST', '/_bulk', body, headers) }
}

const tokens = async (epoch: number) =>
  (await sql('select from engine_element where epoch = $1', [epoch])).length

describe('the projection', () => {
  // Partition 5: its keys are beyond 2^53.
  const partitions = [recordedOn(1), recordedOn(2), recordedOn(5)]

  test('is the same however the stream is cut, repeated, and mixed between partitions', async () => {
    const plain = await newEpoch()
    for (const records of partitions) await plain.intake.take(records)
    const expected = await dump(sql, plain.epoch)
    expect(expected.engine_element!.length).toBeGreaterThan(20)
    expect(expected.engine_incident).toHaveLength(3)

    const step = fc.record({
      partition: fc.integer({ min: 0, max: 2 }),
      size: fc.integer({ min: 1, max: 25 }),
      repeat: fc.integer({ min: 0, max: 10 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const { epoch, intake } = await newEpoch()
        const read = [0, 0, 0]
        const send = async (partition: number, size: number, repeat: number) => {
          const at = read[partition]!
          await intake.take(partitions[partition]!.slice(Math.max(0, at - repeat), at + size))
          read[partition] = Math.max(at, Math.min(at + size, partitions[partition]!.length))
        }
        for (const { partition, size, repeat } of steps) await send(partition, size, repeat)
        for (const partition of [2, 0, 1]) await send(partition, 1_000, 3)
        expect(await dump(sql, epoch)).toEqual(expected)
      }),
      { numRuns: 12 },
    )
  })

  test('keeps keys that JavaScript cannot count', async () => {
    const { epoch, intake } = await newEpoch()
    await intake.take(partitions[2]!)
    const rows = await sql<{ key: string }>('select key from engine_instance where epoch = $1 order by key', [
      epoch,
    ])
    expect(rows.map((row) => row.key)).toContain('11258999068426246')
    expect(Number('11258999068426246') + 1).not.toBe(11258999068426247n)
  })

  test('is made anew from an archive that holds repeats and a torn line', async () => {
    const { epoch, intake } = await newEpoch()
    const records = recordedOn(1)
    await intake.take(records.slice(0, 40))
    await intake.take(records.slice(20))
    const expected = await dump(sql, epoch)
    // Archived, but never committed: the broker will send them again.
    const extra = openArchive(folder)
    await extra.append(epoch, [records.at(-1)!.replace(/"position":\d+/, '"position":99999')])
    await extra.close()
    await writeFile(join(folder, `e${epoch}`, '999999.ndjson'), `${records[0]}\n{"partitionId":1,"val`)

    await sql('delete from engine_job where epoch = $1', [epoch])
    expect(await rebuildProjection(database.db, folder, epoch)).toEqual({ records: records.length })
    expect(await dump(sql, epoch)).toEqual(expected)
  })
})

describe('the record sink', () => {
  test('acknowledges what the exporter sets up, and takes its bulks', async () => {
    const { epoch, call, post } = await newSink()
    const template = await call('PUT', `/_index_template/motcua-e${epoch}_job_8.5.8`, '{}')
    expect([template.status, await template.json()]).toEqual([200, { acknowledged: true }])
    expect(template.headers.get('x-elastic-product')).toBe('Elasticsearch')
    const settings = await call('PUT', `/motcua-e${epoch}*/_settings?allow_no_indices=true`, '{}')
    expect(settings.status).toBe(200)
    const bulk = await post(bulkOf(recordedOn(1), epoch))
    expect([bulk.status, await bulk.json()]).toEqual([200, { took: 0, errors: false, items: [] }])
    expect(await tokens(epoch)).toBeGreaterThan(5)
  })

  test('takes compressed bulks', async () => {
    const { epoch, post } = await newSink()
    const bulk = await post(gzipSync(bulkOf(recordedOn(1), epoch)), { 'content-encoding': 'gzip' })
    expect(bulk.status).toBe(200)
    expect(await tokens(epoch)).toBeGreaterThan(5)
  })

  test('answers 503 to any other epoch, and takes nothing of it', async () => {
    const { epoch, call, post } = await newSink()
    expect((await call('PUT', `/_component_template/motcua-e${epoch + 1}`, '{}')).status).toBe(503)
    expect((await call('PUT', `/motcua-e${epoch}1*/_settings`, '{}')).status).toBe(503)
    const mixed = bulkOf(recordedOn(1).slice(0, 5), epoch) + bulkOf(recordedOn(1).slice(5, 9), epoch - 1)
    expect((await post(mixed)).status).toBe(503)
    expect(await sql('select from engine_mark where epoch = $1', [epoch])).toEqual([])
  })

  test('takes records from nobody without the secret', async () => {
    const { epoch, post } = await newSink()
    const wrong = { authorization: `Basic ${btoa('zeebe:guess')}` }
    expect((await post(bulkOf(recordedOn(1), epoch), wrong)).status).toBe(401)
    expect(await tokens(epoch)).toBe(0)
  })

  test('refuses more than it can hold, also when it is compressed', async () => {
    const { epoch, post } = await newSink(folder, 10_000)
    const large = bulkOf(recordedOn(1), epoch)
    expect((await post(large)).status).toBe(413)
    expect((await post(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  test('answers 503 to what is not a record, and takes the next', async () => {
    const { epoch, post } = await newSink()
    expect((await post(bulkOf(['{"valueType":"JOB"}'], epoch))).status).toBe(503)
    expect((await post(bulkOf(recordedOn(1), epoch))).status).toBe(200)
  })

  test('lets the engine keep what the archive could not store', async () => {
    const file = join(folder, 'not-a-folder')
    await writeFile(file, '')
    const { epoch, post } = await newSink(file)
    expect((await post(bulkOf(recordedOn(1), epoch))).status).toBe(503)
    expect(await tokens(epoch)).toBe(0)
  })

  test('archives each record once before it answers', async () => {
    const { epoch, post } = await newSink()
    const records = recordedOn(1)
    await post(bulkOf(records.slice(0, 30), epoch))
    await post(bulkOf(records, epoch))
    const archived: string[] = []
    for await (const line of archivedLines(folder, epoch)) archived.push(line)
    expect(archived).toEqual(records)
  })

  test('stops when the engine counts from the beginning again', async () => {
    const { epoch, post } = await newSink()
    const records = recordedOn(1)
    await post(bulkOf(records, epoch))
    const before = await dump(sql, epoch)
    const anew = records
      .slice(0, 3)
      .map((line) => line.replace(/"timestamp":\d+/, '"timestamp":1799999999999'))
    expect((await post(bulkOf(anew, epoch))).status).toBe(503)
    const [mark] = await sql('select stopped from engine_mark where epoch = $1', [epoch])
    expect(mark).toEqual({ stopped: 'engine data changed: rebuild' })
    expect((await post(bulkOf(records, epoch))).status).toBe(503)
    expect(await dump(sql, epoch)).toEqual(before)
  })

  test('takes a repeat after a restart for what it is', async () => {
    const { epoch, post } = await newSink()
    const records = recordedOn(1)
    for (const from of [0, 20, 0]) expect((await post(bulkOf(records.slice(from), epoch))).status).toBe(200)
    const [{ stopped }] = (await sql('select stopped from engine_mark where epoch = $1', [epoch])) as [
      { stopped: null },
    ]
    expect(stopped).toBeNull()
  })
})
