import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { systemActor } from '../../src/access/actor.ts'
import { loadConfig } from '../../src/config.ts'
import { connect } from '../../src/database/orm.ts'
import type { Sql } from '../../src/database/sql.ts'
import type { Tx } from '../../src/database/transaction.ts'
import { connectEngine } from '../../src/engine/client.ts'
import {
  defineWorker,
  enqueueStart,
  ensureEpoch,
  JobIncident,
  type ProjectionHooks,
  startEngine,
} from '../../src/engine/index.ts'
import { startMachine } from '../support/broker.ts'
import { testClock } from '../support/database.ts'

const log = pino({ level: process.env.ENGINE_TEST_LOG ?? 'silent' })

export const tuning = {
  dispatchPollMs: 300,
  maxBackOffMs: 1_000,
  maxRefusals: 3,
  refusalBackOffMs: 50,
  jobTimeoutMs: 2_000,
  backfillMs: 500,
  jobBackOffMs: 50,
  jobsInHand: 4,
}

/** What features would have been told, by the task's or subject's key. */
export type Told = {
  created: Parameters<ProjectionHooks['userTaskCreated']>[1][]
  ended: Parameters<ProjectionHooks['userTaskEnded']>[1][]
  waits: { subjectId: string; visit: number; type: string }[]
  instances: { subjectId: string; state: string }[]
}

/** Writes the effect that must happen once, beside the job's own record. */
const note = (tx: Tx, subjectId: string, elementId: string, visit: number) =>
  tx.sql('insert into test_effect (subject_id, element_id, visit) values ($1, $2, $3)', [
    subjectId,
    elementId,
    visit,
  ])

const register = defineWorker({
  type: 'test.register',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({ letter: z.string(), registered: z.boolean() }),
  run: async (tx, job) => {
    await note(tx, job.subjectId, job.elementId, job.visit)
    return { letter: job.headers.letter ?? 'none', registered: job.variables.dossierId === job.dossierId }
  },
})

/** Fails as often as the instance asks for, then works. */
export const work = defineWorker({
  type: 'test.work',
  input: z.object({ place: z.string().optional(), mode: z.enum(['work', 'fail', 'refuse']).default('work') }),
  output: z.object({ worked: z.boolean() }),
  run: async (tx, job) => {
    if (job.variables.mode === 'fail') throw new Error('the archive is locked')
    if (job.variables.mode === 'refuse') throw new JobIncident('no rule matches: place')
    await note(tx, job.subjectId, job.elementId, job.visit)
    return { worked: true }
  },
})

/** How many of its jobs are worked on at once, and the most there ever were. */
export const crowd = { now: 0, most: 0 }

const crowded = defineWorker({
  type: 'test.crowd',
  input: z.object({}),
  output: z.object({}),
  run: async (tx, job) => {
    crowd.now += 1
    crowd.most = Math.max(crowd.most, crowd.now)
    await sleep(200)
    crowd.now -= 1
    await note(tx, job.subjectId, job.elementId, job.visit)
    return {}
  },
})

/** A real broker, a real database and the engine between them. */
export async function setStage() {
  const machine = await startMachine({ log })
  const config = loadConfig(machine.env)
  const db = await connect({
    url: config.databaseUrl!,
    entities: [],
    clock: testClock('2026-11-02T02:00:00Z'),
    log,
  })
  const owner = new pg.Client(config.databaseOwnerUrl)
  await owner.connect()
  await owner.query('create table test_effect (subject_id uuid, element_id text, visit int)')
  await owner.query('grant all on test_effect to public')
  await owner.end()
  const epoch = await ensureEpoch(db, { brokerDir: machine.brokerDir })
  const told: Told = { created: [], ended: [], waits: [], instances: [] }
  const nobodys = new Set<string>()
  const projections: ProjectionHooks = {
    userTaskCreated: async (_sql, task) => {
      if (nobodys.has(task.subjectId)) throw new Error('nobody can get it')
      told.created.push(task)
    },
    userTaskEnded: async (_sql, task) => void told.ended.push(task),
    waitOpened: async (_sql, wait) => void told.waits.push(wait),
    instanceEnded: async (_sql, instance) => void told.instances.push(instance),
  }
  const archiveDir = join(config.dataDir, 'records')
  const addresses = { grpcAddress: config.zeebeGrpcAddress!, restAddress: config.zeebeRestAddress! }
  const engine = await startEngine({
    db,
    epoch,
    ...addresses,
    sink: { host: '127.0.0.1', port: config.sinkPort!, user: 'zeebe', password: config.sinkSecret },
    archiveDir,
    workers: [register, work, crowded],
    projections,
    log,
    registry: new Registry(),
    tuning,
  })
  const client = connectEngine({ ...addresses, log })
  const files = ['walk.bpmn', 'machine.bpmn', 'crowd.bpmn', 'route.dmn']
  const resources = await Promise.all(
    files.map(async (name) => ({ name, content: await readFile(join(import.meta.dirname, name)) })),
  )
  await engine.deploy(resources)

  const act = <T>(what: (tx: Tx) => Promise<T>): Promise<T> => db.transact(systemActor('test'), what)
  return {
    db,
    told,
    /** Subjects whose tasks no unit can get. */
    nobodys,
    client,
    epoch,
    archiveDir,
    engine,
    act,
    sql: ((text, params) => act((tx) => tx.sql(text, params))) as Sql,
    /** Files a subject and its start in one act. */
    file: (
      processId: string,
      variables: Record<string, unknown> = {},
      more?: (tx: Tx, id: string) => Promise<unknown>,
    ) =>
      act(async (tx) => {
        const subjectId = uuid()
        const start = { subjectId, processId, variables, kind: 'dossier' as const, dossierId: uuid() }
        const startId = await enqueueStart(tx, start)
        await more?.(tx, subjectId)
        return { subjectId, startId, dossierId: start.dossierId }
      }),
    /** The broker dies, and comes back after `away`. */
    crashBroker: machine.crashBroker,
    strike: async () => {
      await client.close()
      await engine.stop()
      await db.close()
      await machine.stop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof setStage>>

/** Waits until something is there; the limit is for a hung run only. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
): Promise<T> {
  for (let waited = 0; waited < 30_000; waited += 25) {
    const found = await look()
    if (found) return found
    await sleep(25)
  }
  throw new Error(`waited in vain for: ${what}`)
}
