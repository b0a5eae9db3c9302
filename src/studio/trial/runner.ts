import { join } from 'node:path'
import type { Logger } from 'pino'
import { systemActor } from '../../access/actor.ts'
import type { Database } from '../../database/transaction.ts'
import { withThrowAwayEngine } from '../../engine/index.ts'
import { startLoop } from '../../loop.ts'
import { revisionOf } from '../drafts/draft.ts'
import { runTrial, type TrialProgress, type TrialResult } from './trial.ts'

const PAUSE_MS = 1_000
/** Starting the engine takes some ten seconds on a busy machine, an example about two. */
const TIME_LIMIT_MS = 5 * 60_000

const actor = systemActor('trial of a draft')

const TOO_LONG = {
  vi: 'Chạy thử quá năm phút nên đã dừng. Hãy bớt ví dụ, hoặc xem sơ đồ có vòng lặp không lối ra.',
  en: 'The trial took more than five minutes and was stopped. Take fewer examples, or look for a loop without a way out.',
}
const BROKEN_OFF = {
  vi: 'Máy chủ khởi động lại khi đang chạy thử. Hãy chạy lại.',
  en: 'The server started anew while the trial ran. Run it again.',
}
const FAILED = {
  vi: 'Không mở được bộ máy chạy thử; nhật ký của máy chủ ghi nguyên nhân. Hãy thử lại, hoặc báo quản trị viên.',
  en: 'The engine of the trial could not be used; the server’s log says why. Try again, or tell the administrator.',
}

type Deps = {
  db: Database
  log: Logger
  /** Where the throw-away engine's data lie while it runs. */
  dataDir: string
  /** What an engine of one's own needs. @throws when no Java is found */
  embeddedBroker(): { javaBin: string; zeebeHome: string }
}

/** Runs trials one after the other, each on an engine that is started for it and removed with it. */
export function startTrials(deps: Deps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let first = true
  const loop = startLoop({
    name: 'trials',
    log: deps.log,
    onErrorMs: 5_000,
    step: async () => {
      if (first) await breakOff(deps.db)
      first = false
      return (await nextTrial(deps, stopping.signal)) ? 0 : PAUSE_MS
    },
  })
  return {
    stop: async () => {
      stopping.abort()
      await loop.stop()
    },
  }
}

/** What a killed server left running. */
const breakOff = (db: Database) =>
  db.transact(actor, (tx) =>
    tx.sql(`update trial_run set state = 'failed', failure = $1, ended_at = $2 where state = 'running'`, [
      JSON.stringify(BROKEN_OFF),
      tx.at,
    ]),
  )

/** Runs the oldest trial that waits. Answers whether there was one. */
export async function nextTrial(deps: Deps, stopping: AbortSignal): Promise<boolean> {
  const { db, log } = deps
  const claimed = await db.transact(actor, async (tx) => {
    const [row] = await tx.sql<{ id: string; draft_id: string; revision: number }>(
      `update trial_run set state = 'running', started_at = $1, progress = '{"phase":"starting"}'
        where id = (select id from trial_run where state = 'queued' order by asked_at, id limit 1 for update skip locked)
        returning id, draft_id, revision`,
      [tx.at],
    )
    return row && { ...row, source: (await revisionOf(tx.sql, row.draft_id, row.revision)).source }
  })
  if (!claimed) return false
  const { id, source } = claimed
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  const signal = AbortSignal.any([limit, stopping])
  const tell = (progress: TrialProgress) =>
    db.transact(actor, async (tx) => {
      await tx.sql('update trial_run set progress = $2 where id = $1', [id, JSON.stringify(progress)])
    })
  try {
    const place = { folder: join(deps.dataDir, 'trial'), ...deps.embeddedBroker(), log, signal }
    const result = await withThrowAwayEngine(place, (engine) =>
      runTrial(engine, source, { trialId: id, signal, tell }),
    )
    await end(db, id, { result })
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, trial: id }, 'a trial failed')
    const failure = stopping.aborted ? BROKEN_OFF : limit.aborted ? TOO_LONG : FAILED
    await end(db, id, { failure })
  }
  return true
}

const end = (
  db: Database,
  id: string,
  { result, failure }: { result?: TrialResult; failure?: { vi: string; en: string } },
) =>
  db.transact(actor, async (tx) => {
    await tx.sql('update trial_run set state = $2, result = $3, failure = $4, ended_at = $5 where id = $1', [
      id,
      failure ? 'failed' : 'done',
      result ? JSON.stringify(result) : null,
      failure ? JSON.stringify(failure) : null,
      tx.at,
    ])
  })
