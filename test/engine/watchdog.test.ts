import { pino } from 'pino'
import { systemActor } from '../../src/access/actor.ts'
import { defaultTuning } from '../../src/engine/tuning.ts'
import { startWatchdog } from '../../src/engine/watchdog.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from './stage.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a job that nobody takes is an alarm, and its worker is started anew; a wait is none', async () => {
  const sql = (text: string) => database.db.transact(systemActor('test'), (tx) => tx.sql(text))
  await sql(`insert into engine_job (epoch, key, type, state, created_at, updated_at) values
    (1, '1', 'dossier.route', 'created', now(), now()), (1, '2', 'await.supplement', 'created', now(), now()),
    (1, '3', 'letter.issue', 'failed', now(), now()), (2, '4', 'notify.send', 'created', now(), now())`)
  let restarts = 0
  const worker = {
    type: 'dossier.route',
    state: () => ({ type: 'dossier.route', inHand: 0, streaming: true }),
    quiesce: async () => {},
    resume: () => {},
    restart: () => {
      restarts += 1
    },
    stop: async () => {},
  }
  const log = pino({ level: 'silent' })
  const tuning = { ...defaultTuning, watchdogMs: 300 }
  const watchdog = startWatchdog({ db: database.db, epoch: 1, workers: [worker], log, tuning })
  try {
    await until('the alarm', () => watchdog.alerts().length > 0)
    expect(watchdog.alerts()).toEqual([{ type: 'dossier.route', jobKey: '1', since: expect.any(Date) }])
    expect(restarts).toBeGreaterThan(0)
    await sql(`update engine_job set state = 'completed' where key = '1'`)
    await until('the all-clear', () => watchdog.alerts().length === 0)
  } finally {
    await watchdog.stop()
  }
})
