import { Gauge, type Registry } from 'prom-client'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import type { Text } from '../text.ts'
import type { RunningWorker } from './feed.ts'
import type { Intake } from './intake.ts'
import type { Tuning } from './tuning.ts'
import type { Alert, Watchdog } from './watchdog.ts'

export type EngineHealth = {
  ok: boolean
  /** In plain words, for the administrator's page. */
  problems: Text[]
  /** `lagMs`: from a record's time to its commit here, of the last bulk, by the legal clock. Null before the first. */
  stream: { lagMs: number | null; lastBulkAt: Date | null; stopped: string | null; lastError: string | null }
  /** `unsettled` commands were sent, and no record of their effect has come yet. Seconds of machine time. */
  outbox: {
    waiting: number
    oldestSeconds: number
    unsettled: number
    oldestUnsettledSeconds: number
    stuck: number
    lastError: string | null
  }
  workers: { type: string; inHand: number; streaming: boolean }[]
  alerts: Alert[]
}

// Records arrive 10-300 ms after they happen; people see "on the way" meanwhile.
const LATE_SECONDS = 60

const OUTBOX = `
  with open as (select * from outbox where settled_at is null and withdrawn_at is null)
  select count(*) filter (where sent_at is null and release_at <= now() and attempts < $1)::int as waiting,
         coalesce(extract(epoch from now() - min(release_at) filter (where sent_at is null and release_at <= now()
                                                                       and attempts < $1)), 0)::float as "oldestSeconds",
         count(sent_at)::int as unsettled,
         coalesce(extract(epoch from now() - min(sent_at)), 0)::float as "oldestUnsettledSeconds",
         count(*) filter (where sent_at is null and attempts >= $1)::int as stuck,
         max(last_error) filter (where sent_at is null) as "lastError"
    from open`

/** How the connection to the engine is doing. */
export async function engineHealth(deps: {
  db: Database
  epoch: number
  intake: Intake | null
  workers: RunningWorker[]
  watchdog: Watchdog | null
  tuning: Tuning
}): Promise<EngineHealth> {
  const { db, epoch, intake, tuning } = deps
  const { outbox, stopped } = await db.transact(systemActor('engine health'), async ({ sql }) => ({
    outbox: (await sql<EngineHealth['outbox']>(OUTBOX, [tuning.maxRefusals]))[0]!,
    stopped: (
      await sql<{ stopped: string | null }>(
        'select max(stopped) as stopped from engine_mark where epoch = $1',
        [epoch],
      )
    )[0]!.stopped,
  }))
  const state = intake?.state ?? { lagMs: null, lastBulkAt: null, lastError: null }
  const stream = { ...state, stopped }
  const workers = deps.workers.map((worker) => worker.state())
  const alerts = deps.watchdog?.alerts() ?? []
  const problems = problemsOf({ stream, outbox, alerts })
  return { ok: problems.length === 0, problems, stream, outbox, workers, alerts }
}

function problemsOf({ stream, outbox, alerts }: Pick<EngineHealth, 'stream' | 'outbox' | 'alerts'>): Text[] {
  const error = outbox.lastError ? `: ${outbox.lastError}` : ''
  const waited = Math.round(outbox.oldestSeconds)
  const found: [boolean, vi: string, en: string][] = [
    [
      stream.stopped !== null,
      `Luồng bản ghi đã dừng: ${stream.stopped}`,
      `The record stream has stopped: ${stream.stopped}`,
    ],
    [
      stream.lastError !== null,
      `Không nhận được bản ghi: ${stream.lastError}`,
      `Records cannot be taken: ${stream.lastError}`,
    ],
    [
      outbox.oldestSeconds > LATE_SECONDS,
      `Có lệnh đã chờ gửi ${waited} giây${error}`,
      `Commands have waited for ${waited} s${error}`,
    ],
    [
      outbox.oldestUnsettledSeconds > LATE_SECONDS,
      `${outbox.unsettled} lệnh đã gửi mà chưa thấy bản ghi nào đáp lại`,
      `${outbox.unsettled} commands were sent and left no record`,
    ],
    [
      outbox.stuck > 0,
      `${outbox.stuck} lệnh bị mắc, cần người xử lý${error}`,
      `${outbox.stuck} commands are stuck and wait for a person${error}`,
    ],
    ...alerts.map(({ type, jobKey }): [boolean, string, string] => [
      true,
      `Việc ${jobKey} loại ${type} không có ai nhận`,
      `Nobody takes job ${jobKey} of type ${type}`,
    ]),
  ]
  return found.flatMap(([is, vi, en]) => (is ? [{ vi, en }] : []))
}

/** Gauges for the operator, computed when they are asked for. Answers how to take them off the registry again. */
export function registerMetrics(registry: Registry, health: () => Promise<EngineHealth>): () => void {
  const gauges: [name: string, help: string, read: (health: EngineHealth) => number][] = [
    [
      'motcua_engine_stream_lag_seconds',
      'From the last record to its commit',
      (h) => (h.stream.lagMs ?? 0) / 1000,
    ],
    [
      'motcua_engine_stream_stopped',
      '1 when the intake of records has stopped',
      (h) => (h.stream.stopped ? 1 : 0),
    ],
    ['motcua_engine_outbox_waiting', 'Commands that may go out', (h) => h.outbox.waiting],
    ['motcua_engine_outbox_oldest_seconds', 'Age of the oldest of them', (h) => h.outbox.oldestSeconds],
    ['motcua_engine_outbox_unsettled', 'Commands sent without a record yet', (h) => h.outbox.unsettled],
    ['motcua_engine_outbox_stuck', 'Commands that wait for a person', (h) => h.outbox.stuck],
    ['motcua_engine_watchdog_alerts', 'Job types nobody works on', (h) => h.alerts.length],
    [
      'motcua_engine_jobs_in_hand',
      'Jobs being worked on',
      (h) => h.workers.reduce((sum, worker) => sum + worker.inHand, 0),
    ],
  ]
  // One question for all gauges of a scrape.
  let asked: Promise<EngineHealth> | null = null
  const once = () => {
    asked ??= health().finally(() => {
      asked = null
    })
    return asked
  }
  for (const [name, help, read] of gauges)
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await once()))
      },
    })
  return () => {
    for (const [name] of gauges) registry.removeSingleMetric(name)
  }
}
