import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { systemActor } from '../../access/actor.ts'
import type { Database } from '../../database/transaction.ts'
import { withThrowAwayEngine } from '../../engine/index.ts'
import { startLoop } from '../../loop.ts'
import { endLeftover } from '../../setup/children.ts'
import { revisionOf } from '../drafts/draft.ts'
import { runTrial, type TrialProgress, type TrialResult } from './trial.ts'

const PAUSE_MS = 1_000
/** Machine time: how often a server says that it is at a trial, and after what silence another takes it for dead. */
const BEAT_MS = 2_000
const SILENT = `interval '30 seconds'`
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
  const loop = startLoop({
    name: 'trials',
    log: deps.log,
    onErrorMs: 5_000,
    step: async () => ((await nextTrial(deps, stopping.signal)) ? 0 : PAUSE_MS),
  })
  return {
    stop: async () => {
      stopping.abort()
      await loop.stop()
    },
  }
}

// Any fixed number: of several servers one takes the next trial.
const CLAIM_LOCK = 20_261_123

/** Ends what a dead server has left, and takes the oldest trial that waits where nobody is at one. */
export const claimTrial = (db: Database) =>
  db.transact(actor, async (tx) => {
    await tx.sql('select pg_advisory_xact_lock($1)', [CLAIM_LOCK])
    await tx.sql(
      `update trial_run set state = 'failed', failure = $1, ended_at = $2
        where state = 'running' and beat_at < now() - ${SILENT}`,
      [JSON.stringify(BROKEN_OFF), tx.at],
    )
    const [row] = await tx.sql<{ id: string; draft_id: string; revision: number }>(
      `update trial_run set state = 'running', started_at = $1, beat_at = now(), progress = '{"phase":"starting"}'
        where id = (select id from trial_run where state = 'queued' order by asked_at, id limit 1)
          and not exists (select from trial_run where state = 'running')
        returning id, draft_id, revision`,
      [tx.at],
    )
    return row && { ...row, source: (await revisionOf(tx.sql, row.draft_id, row.revision)).source }
  })

/** Says that this server is still at the trial; false: another has taken it for dead, and it is ours no more. */
export const beat = async (db: Database, id: string): Promise<boolean> => {
  const rows = await db.transact(actor, (tx) =>
    tx.sql(`update trial_run set beat_at = now() where id = $1 and state = 'running' returning id`, [id]),
  )
  return rows.length > 0
}

/** Beats until `work` is over; aborts `lost` when the trial is no longer ours. */
async function whileBeating<T>(
  deps: Deps,
  id: string,
  lost: AbortController,
  work: () => Promise<T>,
): Promise<T> {
  const beating = setInterval(() => {
    beat(deps.db, id).then(
      (ours) => ours || lost.abort(),
      (err: unknown) => deps.log.warn({ err, trial: id }, 'a trial could not say that it is still running'),
    )
  }, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beating)
  }
}

const trialFolder = ({ dataDir }: Deps) => join(dataDir, 'trial')

/**
 * Ends engines of trials that no server is at, and removes their data: a folder of its own for each trial, so that a server which was
 * taken for dead and is not removes nobody else's. Its folders are read first: one made after that is of a trial that runs.
 */
async function clearLeftovers(deps: Deps): Promise<void> {
  const folder = trialFolder(deps)
  const names = await readdir(folder).catch(() => [])
  if (names.length === 0) return
  const running = await deps.db.transact(actor, (tx) =>
    tx.sql<{ id: string }>(`select id from trial_run where state = 'running'`),
  )
  for (const name of names) {
    if (running.some(({ id }) => id === name)) continue
    await endLeftover(join(folder, name, 'broker.pid.json'), 'The broker of a trial', 'SIGKILL', 5_000)
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Runs the oldest trial that waits, when what dead servers left is gone. Answers whether there was one. */
export async function nextTrial(deps: Deps, stopping: AbortSignal): Promise<boolean> {
  const { db, log } = deps
  const claimed = await claimTrial(db)
  if (!claimed) {
    await clearLeftovers(deps)
    return false
  }
  const { id, source } = claimed
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  const lost = new AbortController()
  const signal = AbortSignal.any([limit, stopping, lost.signal])
  const tell = (progress: TrialProgress) =>
    db.transact(actor, async (tx) => {
      await tx.sql(`update trial_run set progress = $2 where id = $1 and state = 'running'`, [
        id,
        JSON.stringify(progress),
      ])
    })
  try {
    const result = await whileBeating(deps, id, lost, async () => {
      await clearLeftovers(deps)
      const place = { folder: join(trialFolder(deps), id), ...deps.embeddedBroker(), log, signal }
      return withThrowAwayEngine(place, (engine) => runTrial(engine, source, { trialId: id, signal, tell }))
    })
    await endTrial(db, id, { result })
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, trial: id }, 'a trial failed')
    const failure = stopping.aborted ? BROKEN_OFF : limit.aborted ? TOO_LONG : FAILED
    await endTrial(db, id, { failure })
  }
  return true
}

/** Writes how a trial ended, unless another server has ended it meanwhile. */
export const endTrial = (
  db: Database,
  id: string,
  { result, failure }: { result?: TrialResult; failure?: { vi: string; en: string } },
) =>
  db.transact(actor, async (tx) => {
    await tx.sql(
      `update trial_run set state = $2, result = $3, failure = $4, ended_at = $5 where id = $1 and state = 'running'`,
      [
        id,
        failure ? 'failed' : 'done',
        result ? JSON.stringify(result) : null,
        failure ? JSON.stringify(failure) : null,
        tx.at,
      ],
    )
  })
