import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import { startLoop } from '../loop.ts'
import type { RunningWorker } from './feed.ts'
import type { Tuning } from './tuning.ts'

/** A job type whose oldest job nobody takes. */
export type Alert = { type: string; jobKey: string; since: Date }

// An activated job leaves a record within its time-out: completed, failed or timed out. One that stays 'created' beyond it was never
// given to anybody. Waits have no worker on purpose.
const OLDEST = `
  select distinct on (type) type, key, updated_at::text as touched from engine_job
   where epoch = $1 and state = 'created' and type not like 'await.%'
   order by type, created_at, key`

/**
 * Sees what the engine does not report: jobs that exist and are not given out (once 62 hours without an incident). Time is
 * counted here, on machine time, since a job was first seen oldest: a jump of the broker's clock is no alarm.
 */
export function startWatchdog(deps: {
  db: Database
  epoch: number
  workers: RunningWorker[]
  log: Logger
  tuning: Tuning
}) {
  const { db, epoch, workers, log, tuning } = deps
  const seen = new Map<string, { mark: string; at: number; since: Date }>()
  let alerts: Alert[] = []

  async function step(): Promise<number> {
    const rows = await db.transact(systemActor('watchdog'), ({ sql }) =>
      sql<{ type: string; key: string; touched: string }>(OLDEST, [epoch]),
    )
    const now = performance.now()
    const oldest = new Map(rows.map((row) => [row.type, row]))
    for (const type of seen.keys()) if (!oldest.has(type)) seen.delete(type)
    const before = new Set(alerts.map((alert) => alert.jobKey))
    alerts = []
    for (const { type, key, touched } of rows) {
      const mark = `${key} ${touched}`
      const known = seen.get(type)
      if (known?.mark !== mark) seen.set(type, { mark, at: now, since: new Date() })
      else if (now - known.at >= tuning.watchdogMs) {
        alerts.push({ type, jobKey: key, since: known.since })
        if (!before.has(key)) log.error({ type, job: key }, 'nobody takes the oldest job of this type')
        workers.find((worker) => worker.type === type)?.restart()
      }
    }
    return Math.max(250, tuning.watchdogMs / 4)
  }

  const loop = startLoop({ name: 'watchdog', log, onErrorMs: 5_000, step })
  return { alerts: (): Alert[] => alerts, stop: loop.stop }
}

export type Watchdog = ReturnType<typeof startWatchdog>
