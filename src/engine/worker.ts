import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Unavailable } from '../database/errors.ts'
import type { Database } from '../database/orm.ts'
import type { ActivatedJob, EngineClient } from './client.ts'
import { EngineError, messageOf } from './errors.ts'
import { type RunningWorker, startFeed } from './feed.ts'
import { handleOnce, JobIncident, NotOurs, type WorkerDefinition } from './job.ts'
import { backOff, type Tuning } from './tuning.ts'

const MESSAGE_LENGTH = 2_000

/** Runs one worker: jobs come by push and by poll, a bounded number is in hand, and each ends completed or failed. */
export function startWorker(
  worker: WorkerDefinition,
  deps: { db: Database; client: EngineClient; epoch: number; log: Logger; tuning: Tuning },
): RunningWorker {
  const { db, client, epoch, tuning } = deps
  const log = deps.log.child({ worker: worker.type })

  async function handle(job: ActivatedJob): Promise<void> {
    let output: Record<string, unknown>
    try {
      output = await within(tuning.jobTimeoutMs, handleOnce(db, epoch, worker, job, tuning.jobTimeoutMs))
    } catch (error) {
      await fail(job, error)
      return
    }
    await complete(job, output)
  }

  /** After the commit. When it does not get through, the job times out, comes again, and gets the stored output. */
  async function complete(job: ActivatedJob, output: Record<string, unknown>): Promise<void> {
    const until = performance.now() + tuning.jobTimeoutMs
    for (let failures = 1; ; failures++) {
      try {
        await client.completeJob(job.key, output)
        return
      } catch (error) {
        const retryable = error instanceof EngineError && error.retryable
        const ms = backOff(failures, 100, tuning.maxBackOffMs)
        if (!retryable || performance.now() + ms > until) {
          // NOT_FOUND: completed before, or its instance was cancelled meanwhile.
          log.info({ job: job.key, reason: messageOf(error) }, 'a handled job was not completed')
          return
        }
        await sleep(ms)
      }
    }
  }

  async function fail(job: ActivatedJob, error: unknown): Promise<void> {
    const verdict = judge(job, error, tuning)
    const level = error instanceof NotOurs ? 'debug' : 'warn'
    log[level]({ job: job.key, retries: verdict.retries, err: error }, 'a job failed')
    try {
      await client.failJob(job.key, verdict)
    } catch (failure) {
      log.info(
        { job: job.key, reason: messageOf(failure) },
        'a failed job was not reported: it will time out',
      )
    }
  }

  return startFeed({ worker, client, log, tuning, handle })
}

/**
 * What a failure costs. `retries` is always said: left out it would be 0. PostgreSQL or the engine being
 * away is not the job's fault and costs nothing; nor is an instance that is not ours and will be cancelled.
 */
export function judge(
  job: { retries: number },
  error: unknown,
  tuning: Pick<Tuning, 'jobBackOffMs'>,
): { retries: number; message: string; backOffMs: number } {
  const message = messageOf(error).slice(0, MESSAGE_LENGTH)
  if (error instanceof JobIncident) return { retries: 0, message, backOffMs: 0 }
  const retries = Math.max(1, job.retries)
  const awayToo = error instanceof EngineError && error.retryable
  if (error instanceof NotOurs || error instanceof Unavailable || awayToo)
    return { retries, message, backOffMs: 2 * tuning.jobBackOffMs }
  const failures = Math.max(1, 4 - retries)
  return {
    retries: retries - 1,
    message,
    backOffMs: Math.round(backOff(failures, tuning.jobBackOffMs, 60_000)),
  }
}

/** Work without end would hold its hand for ever. Should it be done later after all, its output is found by the next try. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new AbortController()
  const timer = sleep(ms, undefined, { signal: late.signal }).then(() => {
    throw new Error(`the worker took longer than ${ms} ms`)
  })
  timer.catch(() => undefined) // Aborted when the work was in time.
  try {
    return await Promise.race([work, timer])
  } finally {
    late.abort()
  }
}
