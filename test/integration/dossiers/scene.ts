/**
 * The fictitious province with the shipped procedures on a real database, and the engine played by hand: a test says
 * which step opens, and who decides it when.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { atLegal } from '../../../src/clock.ts'
import { consultationRequest } from '../../../src/consultations/worker.ts'
import type { Sql, Tx } from '../../../src/database/transaction.ts'
import { handleDueAlarms } from '../../../src/deadlines/worker.ts'
import { openStore } from '../../../src/documents/store.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { requestStop } from '../../../src/dossiers/stop.ts'
import { openWaits } from '../../../src/engine/waits.ts'
import { loadActor } from '../../../src/people/actor.ts'
import type { Services } from '../../../src/services.ts'
import { decide } from '../../../src/tasks/decide.ts'
import { userTaskCreated, userTaskEnded, waitOpened } from '../../../src/tasks/project.ts'
import { definitionOf, subjectOf } from '../../../src/tasks/step.ts'
import { createTestDatabase } from '../../support/database.ts'
import { province } from '../../support/province.ts'
import { fileExample } from './filing.ts'

/** '2026-11-02 09:10' on the legal wall clock. */
export const at = (text: string): Date => atLegal(text.slice(0, 10), text.slice(11))

export type Scene = Awaited<ReturnType<typeof setScene>>
export type TaskRow = {
  id: string
  state: string
  version: number
  assignee_id: string | null
  engine_key: string
}

/**
 * It is Monday, 2 November 2026, 09:00. Tuesday the 24th is the next day that is not an ordinary one. A test that changes
 * what a published version says needs versions of its own: the product remembers each by its id.
 */
export async function setScene({ takeBackSeconds = 0, ownVersions = false } = {}) {
  const test = await createTestDatabase(ownVersions ? {} : { furniture: province })
  if (ownVersions) await province.bring(test.db)
  const { db, clock } = test
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-scene-'))
  const services: Services = {
    db,
    files: await openStore(folder),
    log: pino({ level: 'silent' }),
    settings: { demo: true, publicUrl: 'http://127.0.0.1:8080', takeBackSeconds },
    machineNow: (plusSeconds = 0) => new Date(Date.now() + plusSeconds * 1000),
  }
  const act = <T>(work: (tx: Tx) => Promise<T>) => db.transact(systemActor('scene'), work)
  const sql: Sql = (text, params) => act((tx) => tx.sql(text, params))

  const as = async <T>(login: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const actor = await loadActor(db, personId(login), 'vi')
    if (!actor) throw new Error(`there is nobody called ${login}`)
    return db.transact(actor, work)
  }
  let keys = 0
  /** The engine reaches a step or wait of a subject (a dossier, letter, consultation or stop request). */
  const opens = (subjectId: string, elementId: string) =>
    act(async (tx) => {
      const subject = await subjectOf(tx.sql, subjectId)
      const { steps, waits } = await definitionOf(tx.sql, subject!.processId)
      const key = String(++keys)
      const [row] = await tx.sql<{ visit: number }>(
        `insert into visit (subject_id, element_id, visit, epoch, element_key)
         select $1::uuid, $2, 1 + count(*)::int, 1, $3 from visit where subject_id = $1 and element_id = $2
         returning visit`,
        [subjectId, elementId, key],
      )
      const base = { epoch: 1, key, subjectId, dossierId: subject!.dossierId, elementId }
      const opened = { ...base, elementKey: key, visit: row!.visit, at: tx.at }
      if (steps[elementId]) return userTaskCreated(tx.sql, { ...opened, form: steps[elementId].form })
      const { type } = waits[elementId]!
      await openWaits(tx.sql, 1, [{ subjectId, elementId, visit: row!.visit, type, jobKey: key }])
      await waitOpened(tx.sql, opened)
    })
  /** The latest task of a step. */
  const task = async (subjectId: string, elementId: string) => {
    const [row] = await sql<TaskRow>(
      `select id, state, version, assignee_id, engine_key from task
        where subject_id = $1 and element_id = $2 order by visit desc limit 1`,
      [subjectId, elementId],
    )
    if (!row) throw new Error(`${elementId} was never opened`)
    return row
  }
  type Input = { outcome: string; data?: Record<string, unknown>; version?: number }
  const decides = async (login: string, taskId: string, { outcome, data = {}, version }: Input) => {
    const [row] = await sql<{ version: number }>('select version from task where id = $1', [taskId])
    return as(login, (tx) =>
      decide(tx, services, taskId, { outcome, data, version: version ?? row!.version }),
    )
  }
  return {
    test,
    db,
    clock,
    services,
    folder,
    act,
    as,
    sql,
    opens,
    task,
    decides,
    /** Moves the clock: '2026-11-02 09:10'. */
    goTo: (text: string) => clock.set(at(text)),
    /** The engine opens a step, the person decides it, and the engine says that it has ended. */
    does: async (
      login: string,
      subjectId: string,
      elementId: string,
      outcome: string,
      data: Record<string, unknown> = {},
    ) => {
      await opens(subjectId, elementId)
      const { id, engine_key } = await task(subjectId, elementId)
      await decides(login, id, { outcome, data })
      await act((tx) => userTaskEnded(tx.sql, { epoch: 1, key: engine_key, state: 'completed', at: tx.at }))
      return id
    },
    /** The watch asks: every alarm that is due now rings. */
    rings: (dossierId: string) => act((tx) => handleDueAlarms(tx, services, dossierId)),
    /** What an example of the procedure files, by the citizen: `house` or `other`. */
    file: (caseKey: 'house' | 'other' = 'house') => as('congdan', (tx) => fileExample(tx, services, caseKey)),
    findings: async (dossierId: string) =>
      (
        await sql<{ kind: string }>('select kind from finding where dossier_id = $1 order by at, kind', [
          dossierId,
        ])
      ).map((row) => row.kind),
    commands: (subjectId: string) =>
      sql<{ kind: string; payload: { variables?: Record<string, unknown> } }>(
        'select kind, payload from outbox where subject_id = $1 order by seq',
        [subjectId],
      ),
    close: async () => {
      await test.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Received at 09:10 on Monday and on an officer's desk: due after 7 (house) or 10 (other) working days. */
export async function received(scene: Scene, caseKey: 'house' | 'other' = 'house'): Promise<string> {
  scene.goTo('2026-11-02 09:00')
  const { id } = await scene.file(caseKey)
  scene.goTo('2026-11-02 09:10')
  await scene.does('motcua.x01', id, 'Receive', 'received')
  scene.goTo('2026-11-02 10:00')
  await scene.does('truongphong.x01', id, 'Assign', 'assigned', { personId: personId('chuyenvien.x01') })
  return id
}

/** The applicant asks to stop the dossier; answers the request, whose step `Check` opens. */
export const asksToStop = (scene: Scene, dossierId: string): Promise<string> =>
  scene.as('congdan', async (tx) => {
    const system = { ...tx, em: asSystem(tx.em, 'test') }
    const dossier = await system.em.findOneOrFail(Dossier, { id: dossierId })
    const { id } = await requestStop(system, dossier, 'Đổi ý', personId('congdan'))
    await system.em.flush()
    return id
  })

/** The worker behind "Gửi lấy ý kiến". */
export const sendsConsultations = (scene: Scene, dossierId: string) =>
  scene.act((tx) =>
    consultationRequest.run(tx, {
      key: '1',
      epoch: 1,
      subjectId: dossierId,
      dossierId,
      elementId: 'RequestConsultations',
      visit: 1,
      instanceKey: '1',
      variables: { dossierId },
      headers: {},
      retries: 3,
    }),
  )

/** Two transactions at the same moment: the second begins when the first has done its work and not yet committed. */
export async function overlapping<A, B>(
  scene: Scene,
  first: (tx: Tx) => Promise<A>,
  second: (tx: Tx) => Promise<B>,
): Promise<[A, B]> {
  const worked = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const one = scene.act(async (tx) => {
    const said = await first(tx).finally(worked.resolve)
    await commit.promise
    return said
  })
  await worked.promise
  const two = scene.act(second)
  let ended = false
  const end = two.catch(() => undefined).finally(() => (ended = true))
  const isWaiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while (!ended && (await scene.sql(isWaiting)).length === 0) await Promise.race([end, sleep(20)])
  commit.resolve()
  return Promise.all([one, two])
}

/** What a refused act said: its status, and the fields it names. */
export async function refusal(act: Promise<unknown>) {
  const { Problem } = await import('../../../src/http/problem.ts')
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('the act was accepted')
  return {
    status: error.status,
    type: error.type,
    fields: error.extra.errors?.map(({ field }) => field) ?? [],
    messages: error.extra.errors?.map(({ message }) => message.vi) ?? [],
    facts: error.extra.facts ?? {},
    words: error.words,
  }
}
