/**
 * A real broker and the engine folder, without our domain: machines' work answers at once, people's tasks and waits are
 * settled by the test. What is tried here is the diagrams.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { systemActor } from '../../src/access/actor.ts'
import { machineClock } from '../../src/clock.ts'
import { connect } from '../../src/database/orm.ts'
import type { Tx } from '../../src/database/transaction.ts'
import {
  defineWorker,
  enqueueMessage,
  enqueueStart,
  enqueueTaskCompletion,
  ensureEpoch,
  settleWait,
  startEngine,
} from '../../src/engine/index.ts'
import { entities } from '../../src/entities.ts'
import { SILENT_JOBS } from '../../src/studio/trial/walk.ts'
import { startMachine } from '../support/broker.ts'
import { VISITED } from './visited.ts'

const FAR = '2099-01-01T00:00:00Z'

const atOnce = (type: string) =>
  defineWorker({ type, input: z.object({}), output: z.object({}), run: async () => ({}) })

/** A fee is due, unless the test started the dossier without one. */
const fee = defineWorker({
  type: 'fee.calculate',
  input: z.object({ fee: z.enum(['due', 'none']).default('due') }),
  output: z.object({ outcome: z.enum(['due', 'none']) }),
  run: async (_tx, job) => ({ outcome: job.variables.fee }),
})

/** Counts how often the watch has asked, and always answers a date far away. */
const alarm = defineWorker({
  type: 'deadline.alarm',
  input: z.object({}),
  output: z.object({ nextAlarmAt: z.string() }),
  run: async () => ({ nextAlarmAt: FAR }),
})

export async function setStage() {
  const machine = await startMachine()
  const { env } = machine
  const log = pino({ level: 'silent' })
  const db = await connect({ url: env.DATABASE_URL!, entities, clock: machineClock, log })
  const epoch = await ensureEpoch(db, { brokerDir: machine.brokerDir })
  const archiveDir = await mkdtemp(join(tmpdir(), 'mot-cua-process-records-'))
  const engine = await startEngine({
    db,
    epoch,
    grpcAddress: env.ZEEBE_GRPC_ADDRESS!,
    restAddress: env.ZEEBE_REST_ADDRESS!,
    sink: {
      host: '127.0.0.1',
      port: Number(env.MOTCUA_SINK_PORT),
      user: 'zeebe',
      password: env.MOTCUA_SINK_SECRET!,
    },
    archiveDir,
    workers: [...SILENT_JOBS.map(atOnce), fee, alarm],
    projections: {
      userTaskCreated: async () => undefined,
      userTaskEnded: async () => undefined,
      instanceEnded: async () => undefined,
    },
    log,
    registry: new Registry(),
  })
  const act = <T>(what: (tx: Tx) => Promise<T>) => db.transact(systemActor('process test'), what)

  return {
    db,
    engine,
    epoch,
    /** Starts an instance of a process for a subject of its own. */
    start: (processId: string, variables: Record<string, unknown> = {}, subjectId = uuid()) =>
      act(async (tx) => {
        await enqueueStart(tx, { subjectId, processId, variables, kind: 'dossier', dossierId: uuid() })
        return subjectId
      }),
    /** Gives the step or wait that the subject stands at its outcome. Waits until it stands there. */
    settle: async (subjectId: string, element: string, visit: number, outcome: string) => {
      const at = await until(`${element}, visit ${visit}`, () =>
        act((tx) => standing(tx, subjectId, element, visit)),
      )
      await act(async (tx) => {
        if (at.task)
          await enqueueTaskCompletion(tx, { subjectId, taskKey: at.task, epoch, variables: { outcome } })
        else await settleWait(tx, { subjectId, elementId: element, visit, outcome })
      })
    },
    send: (subjectId: string, name: string) =>
      act((tx) => enqueueMessage(tx, { subjectId, name, correlationKey: subjectId })),
    /** Elements in the order they were completed, once the instance has ended. */
    ended: (subjectId: string) =>
      until('the end of the instance', async () =>
        (await state(act, subjectId)) === 'completed' ? visited(act, subjectId) : undefined,
      ),
    visited: (subjectId: string) => visited(act, subjectId),
    strike: async () => {
      await engine.stop()
      await db.close()
      await machine.stop()
      await rm(archiveDir, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof setStage>>
type ActFn = <T>(what: (tx: Tx) => Promise<T>) => Promise<T>

async function standing(tx: Tx, subjectId: string, element: string, visit: number) {
  const [row] = await tx.sql<{ task: string | null; type: string }>(
    `select t.key as task, e.element_type as type
       from visit v
       join engine_element e on e.epoch = v.epoch and e.key = v.element_key and e.state = 'active'
       left join engine_user_task t on t.epoch = v.epoch and t.element_key = v.element_key and t.state = 'created'
      where v.subject_id = $1 and v.element_id = $2 and v.visit = $3`,
    [subjectId, element, visit],
  )
  if (!row || (row.type === 'USER_TASK' && !row.task)) return undefined
  return { task: row.task }
}

const state = async (act: ActFn, subjectId: string) => {
  const [row] = await act((tx) =>
    tx.sql<{ state: string }>('select state from engine_instance where subject_id = $1', [subjectId]),
  )
  return row?.state
}

const visited = async (act: ActFn, subjectId: string) => {
  const rows = await act((tx) => tx.sql<{ element_id: string }>(VISITED, [subjectId]))
  return rows.map((row) => row.element_id)
}

/** Waits until something is there; the limit is for a hung run only. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(50)
  }
  throw new Error(`waited in vain for: ${what}`)
}
