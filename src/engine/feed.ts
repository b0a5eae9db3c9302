import { hostname } from 'node:os'
import type { Logger } from 'pino'
import { startLoop } from '../loop.ts'
import type { ActivatedJob, EngineClient, JobRequest, JobStream } from './client.ts'
import { messageOf } from './errors.ts'
import type { WorkerDefinition } from './job.ts'
import { backOff, type Tuning } from './tuning.ts'

/** A stream that lived so long was all right; what ended it was news. */
const STEADY_MS = 10_000
/** The broker knows of a new stream a moment after it opens; what became available before is polled then. */
const REGISTERED_MS = 300
/** A quiet worker is woken by resume. */
const QUIET_MS = 60_000

export type RunningWorker = {
  type: string
  state(): { type: string; inHand: number; streaming: boolean }
  /** Takes no more jobs; returns when the hands are empty. */
  quiesce(): Promise<void>
  resume(): void
  /** Opens the stream anew. */
  restart(): void
  stop(): Promise<void>
}

/**
 * Brings jobs to a worker: a push stream, reopened after whatever ends it, and a poll for jobs that were available before
 * the stream opened (they are never pushed). No more than `jobsInHand` are worked on; beyond that the stream is paused, and
 * the gateway gives the rest to somebody else.
 */
export function startFeed(options: {
  worker: WorkerDefinition
  client: EngineClient
  log: Logger
  tuning: Tuning
  handle: (job: ActivatedJob) => Promise<void>
}): RunningWorker {
  const { worker, client, log, tuning, handle } = options
  const request: JobRequest = {
    type: worker.type,
    worker: `${worker.type}@${hostname()}:${process.pid}`,
    timeoutMs: tuning.jobTimeoutMs,
    fetchVariables: worker.fetchVariables,
  }
  const hands = new Map<string, Promise<void>>()
  let stream: JobStream | null = null
  let quiet = false
  /** The last poll filled the hands, so more may be waiting. */
  let hungry = false
  const failures = { stream: 0, poll: 0 }
  let reopenAt = 0
  let pollAt = 0

  function take(job: ActivatedJob): void {
    // Pushed and polled at once after a time-out: one hand is enough.
    if (hands.has(job.key)) return
    const done = handle(job)
      .catch((error: unknown) => log.error({ err: error, job: job.key }, 'a job was dropped'))
      .finally(() => {
        hands.delete(job.key)
        if (hands.size < tuning.jobsInHand) stream?.resume()
        if (hungry && hands.size <= tuning.jobsInHand / 2) pollNow()
      })
    hands.set(job.key, done)
    if (hands.size >= tuning.jobsInHand) stream?.pause()
  }

  function pollNow(): void {
    pollAt = 0
    loop.wake()
  }

  function reopenLater(steady: boolean): void {
    failures.stream = steady ? 0 : failures.stream + 1
    reopenAt = performance.now() + (steady ? 0 : backOff(failures.stream, 200, tuning.maxBackOffMs))
  }

  async function open(): Promise<void> {
    const opened = await client.streamJobs(request).catch((error: unknown) => {
      log.debug({ reason: messageOf(error) }, 'the job stream cannot be opened now')
      reopenLater(false)
    })
    if (!opened) return
    const since = performance.now()
    stream = opened
    opened.onJob((job) => {
      if (stream === opened) take(job)
    })
    opened.onEnd((error) => {
      if (stream !== opened) return
      stream = null
      reopenLater(performance.now() - since > STEADY_MS)
      log.debug({ reason: error?.message }, 'the job stream ended and will be opened again')
      loop.wake()
    })
    pollAt = Math.min(pollAt, since + REGISTERED_MS)
  }

  function close(): void {
    stream?.close()
    stream = null
  }

  async function poll(): Promise<void> {
    const free = tuning.jobsInHand - hands.size
    pollAt = performance.now() + tuning.backfillMs
    hungry = free <= 0
    if (hungry) return
    try {
      const jobs = await client.activateJobs({ ...request, max: free })
      hungry = jobs.length === free
      for (const job of jobs) take(job)
      if (failures.poll > 0) reopenAt = 0
      failures.poll = 0
    } catch (error) {
      failures.poll += 1
      if (failures.poll === 1) log.info({ reason: messageOf(error) }, 'the engine gives no jobs now')
      pollAt = performance.now() + backOff(failures.poll, 200, tuning.maxBackOffMs)
    }
  }

  async function step(): Promise<number> {
    if (quiet) return QUIET_MS
    if (performance.now() >= pollAt) await poll()
    if (!stream && performance.now() >= reopenAt) await open()
    return Math.max(10, Math.min(pollAt, stream ? Number.POSITIVE_INFINITY : reopenAt) - performance.now())
  }

  const loop = startLoop({ name: `worker ${worker.type}`, log, onErrorMs: tuning.maxBackOffMs, step })

  const emptyHands = async (): Promise<void> => {
    while (hands.size > 0) await Promise.all(hands.values())
  }
  return {
    type: worker.type,
    state: () => ({ type: worker.type, inHand: hands.size, streaming: stream !== null }),
    quiesce: async () => {
      quiet = true
      close()
      await loop.settled()
      close()
      await emptyHands()
    },
    resume: () => {
      quiet = false
      reopenAt = 0
      pollNow()
    },
    restart: () => {
      close()
      reopenAt = 0
      pollNow()
    },
    stop: async () => {
      quiet = true
      await loop.stop()
      close()
      await emptyHands()
    },
  }
}
