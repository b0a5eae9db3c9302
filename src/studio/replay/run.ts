import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { type Actor, systemActor } from '../../access/actor.ts'
import type { Database, Tx } from '../../database/transaction.ts'
import { conflict, forbidden, notFound } from '../../http/problem.ts'
import { draftRow } from '../drafts/draft.ts'
import type { FlowNode } from '../flow/diagram.ts'
import { orderOf } from '../flow/numbers.ts'
import { checkAssumptions, type Designs, designsOf, stopsOf } from './designs.ts'
import type { Assumptions, Design } from './plan.ts'
import type { Progress, Replayed } from './play.ts'
import { readHistory } from './read-model.ts'
import type { NewReplay, ReplayResult } from './schemas.ts'
import { type Running, startThread } from './thread.ts'
import { calibrationSentence, FAILED } from './words.ts'

type Params = z.output<typeof NewReplay>

/** Machine time: how often a run says how far it is, and after what silence it counts as left behind. */
const BEAT_MS = 1000
export const SILENT = `interval '30 seconds'`
/** More at once would take the processor from those who work. */
const MOST_AT_ONCE = 2

/** Whoever asks for a replay waits here for those who ask at the same moment: they are counted one after the other. */
const inTurn = (tx: Tx) => tx.sql(`select pg_advisory_xact_lock(hashtextextended('replay_run', 0))`)

/** Runs whose server has ended meanwhile are said to be broken off. */
const sweep = (tx: Tx) =>
  tx.sql(
    `update replay_run set state = 'broken-off', ended_at = beat_at
      where state = 'running' and beat_at < now() - ${SILENT}`,
  )

/** Threads of this process, by run. */
const running = new Map<string, Running>()

/** Begins a replay in the background and answers its id. 409 while the person has one running, or too many others have. */
export async function startReplay(tx: Tx, db: Database, draftId: string, params: Params): Promise<string> {
  const by = tx.actor.personId
  if (!by) throw forbidden()
  const designs = await designsOf(tx, draftId)
  const { from, to, ...assumptions } = params
  checkAssumptions(designs, assumptions)
  await inTurn(tx)
  await sweep(tx)
  const others = await tx.sql<{ id: string; person_id: string }>(
    `select id, person_id from replay_run where state = 'running'`,
  )
  const own = others.find(({ person_id }) => person_id === by)
  if (own)
    throw conflict(
      'replay-running',
      {
        vi: 'Bạn đang có một lần phát lại chưa xong. Hãy đợi nó xong hoặc hủy nó rồi chạy lại.',
        en: 'You have a replay that is not finished. Wait for it or cancel it, then run again.',
      },
      { running: own.id },
    )
  if (others.length >= MOST_AT_ONCE)
    throw conflict('replays-busy', {
      vi: 'Máy chủ đang phát lại cho người khác. Hãy thử lại sau một phút.',
      en: 'The server is replaying for others. Try again in a minute.',
    })
  const id = uuid()
  await tx.sql(
    `insert into replay_run (id, draft_id, revision, person_id, params, state, progress, started_at)
     values ($1, $2, $3, $4, $5, 'running', $6, $7)`,
    [
      id,
      draftId,
      designs.revision,
      by,
      JSON.stringify(params),
      JSON.stringify({ phase: 'read', done: 0, total: 0 }),
      tx.at,
    ],
  )
  tx.audit({ act: 'draft.replayed', detail: { draft: draftId, revision: designs.revision, replay: id } })
  const { actor } = tx
  tx.afterCommit(() => {
    run(db, actor, id, designs, { from, to }, assumptions).catch((err: unknown) =>
      db.log.error({ err, replay: id }, 'a replay could not be closed'),
    )
  })
  return id
}

const system = systemActor('replay')

/** Writes how far a run is; false: somebody has ended it. */
async function beat(db: Database, id: string, progress: Progress | null): Promise<boolean> {
  const rows = await db.transact(system, (tx) =>
    tx.sql(
      `update replay_run set beat_at = now(), progress = coalesce($2, progress) where id = $1 and state = 'running' returning id`,
      [id, progress && JSON.stringify(progress)],
    ),
  )
  return rows.length > 0
}

async function run(
  db: Database,
  actor: Actor,
  id: string,
  designs: Designs,
  period: { from: string; to: string },
  assumptions: Assumptions,
): Promise<void> {
  let progress: Progress | null = null
  let ended = false
  // One beat after the other, until the run is over.
  const beating = (async () => {
    while (!ended) {
      await new Promise((next) => setTimeout(next, BEAT_MS).unref())
      if (!ended && !(await beat(db, id, progress))) await running.get(id)?.stop()
    }
  })().catch((err: unknown) => db.log.warn({ err, replay: id }, 'a replay could not say how far it is'))
  try {
    const history = await db.transact(actor, (tx) => readHistory(tx, designs.code, period))
    if (!(await beat(db, id, { phase: 'plan', done: 0, total: history.past.length }))) return
    const { current, draft } = designs
    const thread = startThread({ history, current, draft, assumptions }, (now) => {
      progress = now
    })
    running.set(id, thread)
    const result = await thread.result
    if (result) await close(db, id, 'done', { result: resultOf(result, designs) })
  } catch (err) {
    db.log.error({ err, replay: id }, 'a replay failed')
    await close(db, id, 'failed', { failure: FAILED })
  } finally {
    ended = true
    running.delete(id)
    await beating
  }
}

type Outcome = { result?: z.input<typeof ReplayResult>; failure?: object }

async function close(db: Database, id: string, state: string, { result, failure }: Outcome): Promise<void> {
  await db.transact(system, (tx) =>
    tx.sql(
      `update replay_run set state = $2, result = $3, failure = $4, ended_at = $5 where id = $1 and state = 'running'`,
      [id, state, result ? JSON.stringify(result) : null, failure ? JSON.stringify(failure) : null, tx.at],
    ),
  )
}

/** A design's steps and waits as its table reads them. */
function inOrder({ flow, definition }: Design): Map<string, FlowNode> {
  const stops = new Map(stopsOf(flow).map((node) => [node.id, node]))
  return new Map(
    orderOf(flow, definition).flatMap(({ id }) => {
      const node = stops.get(id)
      return node ? [[id, node]] : []
    }),
  )
}

/** The result with the names of what it speaks of. */
export function resultOf(replayed: Replayed, { current, draft }: Designs): z.input<typeof ReplayResult> {
  const inDraft = inOrder(draft)
  const inCurrent = inOrder(current)
  const nameOf = (id: string) => (draft.flow.nodes.get(id) ?? current.flow.nodes.get(id))?.name || id
  return {
    ...replayed,
    left: replayed.left.map((one) => ({ ...one, elementName: one.elementId && nameOf(one.elementId) })),
    sentence: calibrationSentence(replayed),
    elements: [...new Map([...inDraft, ...inCurrent]).values()].map(({ id, kind }) => ({
      id,
      name: nameOf(id),
      kind: kind as 'step' | 'wait',
      current: inCurrent.has(id),
      draft: inDraft.has(id),
    })),
  }
}

/** Ends a run of one's own, or of another as whoever may change the draft. A run that has ended stays as it is. */
export async function cancelReplay(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.sql<{ draft_id: string; person_id: string }>(
    'select draft_id, person_id from replay_run where id = $1 for update',
    [id],
  )
  if (!row) throw notFound()
  await draftRow(tx, row.draft_id)
  if (row.person_id !== tx.actor.personId) throw forbidden()
  const ended = await tx.sql(
    `update replay_run set state = 'cancelled', ended_at = $2 where id = $1 and state = 'running' returning id`,
    [id, tx.at],
  )
  if (ended.length === 0) return
  tx.audit({ act: 'draft.replay-cancelled', detail: { draft: row.draft_id, replay: id } })
  tx.afterCommit(() => {
    running
      .get(id)
      ?.stop()
      .catch(() => undefined)
  })
}
