import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import type { Database, Tx } from '../database/transaction.ts'
import { startLoop } from '../loop.ts'
import { tellAccountable, tellAsker } from './tell.ts'

type Row = {
  id: string
  version: number
  dossier_id: string
  unit_id: string
  person_id: string | null
  asked_by: string
  kind: string
  due_at: Date
}

/** So many at a time: no transaction grows with what has piled up. */
const BATCH = 50

const due = (tx: Tx, moment: 'warn_at' | 'due_at', done: 'warned_at' | 'overdue_at'): Promise<Row[]> =>
  tx.sql<Row>(
    `update explanation x set ${done} = $1 from finding f
      where f.id = x.finding_id and x.id in (
        select id from explanation where state = 'asked' and ${done} is null and ${moment} < $1
         order by ${moment} limit ${BATCH} for update skip locked)
     returning x.id, x.version, x.dossier_id, x.unit_id, x.person_id, x.asked_by, f.kind, x.due_at`,
    [tx.at],
  )

/** Reminds of explanations that are due soon, and tells both sides of those that did not come. Answers how many. */
export async function remind(tx: Tx): Promise<number> {
  const overdue = await due(tx, 'due_at', 'overdue_at')
  for (const row of overdue) {
    tx.audit({
      act: 'explanation.overdue',
      dossierId: row.dossier_id,
      detail: { explanation: row.id, dueAt: row.due_at.toISOString() },
    })
    const key = `explanation-overdue/${row.id}/${row.version}`
    await tellAccountable(tx, row, key, 'explanation-overdue', { answerBy: row.due_at })
    await tellAsker(tx, row, `${key}/asker`, 'explanation-overdue', { answerBy: row.due_at })
  }
  const soon = await due(tx, 'warn_at', 'warned_at')
  // Whoever looks too late for a warning warns of nothing.
  for (const row of soon.filter((one) => one.due_at > tx.at))
    await tellAccountable(tx, row, `explanation-due/${row.id}/${row.version}`, 'explanation-due', {
      answerBy: row.due_at,
    })
  return overdue.length + soon.length
}

const PAUSE_MS = 30_000

/** Every half minute of machine time; any number of processes may do it. */
export const startReminding = (db: Database, log: Logger): { stop(): Promise<void> } =>
  startLoop({
    name: 'reminding of explanations',
    log,
    onErrorMs: PAUSE_MS,
    step: async () => ((await db.transact(systemActor('explanations'), remind)) >= BATCH ? 0 : PAUSE_MS),
  })
