import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Registry, register } from 'prom-client'
import { listen } from '../database/listen.ts'
import type { Database } from '../database/orm.ts'
import type { Tx } from '../database/transaction.ts'
import type { ProjectionHooks } from './announce.ts'
import { openArchive } from './archive.ts'
import { connectEngine, type EngineClient } from './client.ts'
import { startDispatcher } from './dispatcher.ts'
import { EngineError } from './errors.ts'
import { type EngineHealth, engineHealth, registerMetrics } from './health.ts'
import { openIntake } from './intake.ts'
import type { WorkerDefinition } from './job.ts'
import { OUTBOX_CHANNEL } from './outbox.ts'
import { type SinkSettings, startSink } from './sink.ts'
import { defaultTuning, type Tuning } from './tuning.ts'
import { placeAgain } from './unplaced.ts'
import { startWatchdog } from './watchdog.ts'
import { startWorker } from './worker.ts'

export type EngineRole = 'workers' | 'sink' | 'dispatcher'

export type EngineSettings = {
  db: Database
  /** From ensureEpoch. */
  epoch: number
  /** `host:port`. */
  grpcAddress: string
  /** `http://host:port`. */
  restAddress: string
  /** Port 0: a free one, see `sinkPort`. */
  sink: SinkSettings
  /** Where the record archive lies. */
  archiveDir: string
  workers: WorkerDefinition[]
  projections: ProjectionHooks
  log: Logger
  /** What this process does; everything by default. */
  roles?: readonly EngineRole[]
  registry?: Registry
  tuning?: Partial<Tuning>
}

export type Engine = {
  epoch: number
  /** Null when this process is no sink. */
  sinkPort: number | null
  /**
   * Idempotent: the engine makes no new version of what it has. Waits up to a minute for an engine that is not there yet. Answers
   * the ids under which the engine knows the processes and decisions.
   */
  deploy(resources: { name: string; content: string | Buffer }[]): Promise<string[]>
  /** The key of a deployed process's definition, for `enqueueMigration`. Deploys it where this broker does not have it. */
  processKey(resource: { name: string; content: string; processId: string }): Promise<string>
  /** Takes a deployed definition away, by its key. Running instances keep it. */
  deleteResource(key: string): Promise<void>
  /** The decision's output; null when nothing matched. Throws EngineError. */
  evaluateDecision(decisionId: string, variables: Record<string, unknown>): Promise<unknown>
  /** Returns when no worker of this process holds a job; none is taken until `resume`. For jumps of the clock. */
  quiesce(): Promise<void>
  resume(): void
  /** Takes up a task or wait that could not be taken up when the engine opened it. False when there is none of that key. */
  placeAgain(tx: Tx, opened: { epoch: number; key: string }): Promise<boolean>
  health(): Promise<EngineHealth>
  stop(): Promise<void>
}

/**
 * Connects the product to its engine. The engine may still be down, or go away: commands wait, workers and streams come
 * back by themselves.
 */
export async function startEngine(settings: EngineSettings): Promise<Engine> {
  const { db, epoch, log } = settings
  const tuning = { ...defaultTuning, ...settings.tuning }
  const roles = new Set<EngineRole>(settings.roles ?? ['workers', 'sink', 'dispatcher'])
  const client = connectEngine({ grpcAddress: settings.grpcAddress, restAddress: settings.restAddress, log })

  const archive = openArchive(settings.archiveDir)
  const intake = roles.has('sink')
    ? openIntake({ db, epoch, archive, hooks: settings.projections, log })
    : null
  const sink = intake ? await startSink({ settings: settings.sink, epoch, intake, log }) : null

  const dispatcher = roles.has('dispatcher') ? startDispatcher({ db, client, epoch, log, tuning }) : null
  const wake = { heard: () => dispatcher?.wake(), opened: () => dispatcher?.wake() }
  const unlisten = dispatcher ? listen(db.pool, OUTBOX_CHANNEL, wake, log) : null

  const workers = roles.has('workers')
    ? settings.workers.map((worker) => startWorker(worker, { db, client, epoch, log, tuning }))
    : []
  const watchdog = roles.has('workers') ? startWatchdog({ db, epoch, workers, log, tuning }) : null

  const health = () => engineHealth({ db, epoch, intake, workers, watchdog, tuning })
  const unregister = registerMetrics(settings.registry ?? register, health)

  return {
    epoch,
    sinkPort: sink?.port ?? null,
    deploy: async (resources) => {
      const { processKeys, decisionIds } = await deployPatiently(client, resources)
      return [...processKeys.keys(), ...decisionIds]
    },
    processKey: async ({ processId, ...resource }) => {
      const { processKeys } = await deployPatiently(client, [resource])
      const key = processKeys.get(processId)
      if (!key) throw new Error(`${resource.name} holds no process ${processId}`)
      return key
    },
    deleteResource: async (key) => void (await client.deleteResource(key)),
    evaluateDecision: client.evaluateDecision,
    quiesce: async () => {
      await Promise.all(workers.map((worker) => worker.quiesce()))
    },
    resume: () => {
      for (const worker of workers) worker.resume()
    },
    placeAgain: (tx, opened) => placeAgain(tx.sql, settings.projections, opened),
    health,
    stop: async () => {
      unregister()
      // Who gives out work stops first; the records of what was done are taken in last.
      await watchdog?.stop()
      await Promise.all(workers.map((worker) => worker.stop()))
      await unlisten?.()
      await dispatcher?.stop()
      await sink?.stop()
      await archive.close()
      await client.close()
    },
  }
}

const DEPLOY_MS = 60_000

/** A gateway that answers elsewhere already may be unknown to our channel for some seconds: it waits between attempts. */
async function deployPatiently(
  client: EngineClient,
  resources: Parameters<Engine['deploy']>[0],
): ReturnType<EngineClient['deploy']> {
  const until = performance.now() + DEPLOY_MS
  for (;;) {
    try {
      return await client.deploy(resources)
    } catch (error) {
      if (!(error instanceof EngineError && error.retryable) || performance.now() > until) throw error
      await sleep(250)
    }
  }
}
