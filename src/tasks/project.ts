import { v7 as uuid } from 'uuid'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Sql } from '../database/transaction.ts'
import { allottedMinutes } from '../deadlines/allotted.ts'
import { stepStartsAt } from '../deadlines/hand-over.ts'
import { fillEnded, fillStep, type Holder } from '../deadlines/ledger.ts'
import { endStepClock, startStepClock } from '../deadlines/step-clock.ts'
import type { ElementVisit, ProjectionHooks } from '../engine/index.ts'
import { waitingPapers } from '../handover/papers.ts'
import { letterTask } from './letter-task.ts'
import { receivedWithGroup } from './received-with-group.ts'
import { receiverOf } from './receiver.ts'
import { definitionOf, stepOf, subjectOf, waitOf } from './step.ts'

/**
 * A user task of the engine becomes a task of a unit. Called in the record sink's transaction; a repeated record changes
 * nothing, and a task seen again under a new epoch keeps its claim. The interval of the ledger that waits for this step
 * gets its holder; its boundary stays the instant of the act.
 */
export async function userTaskCreated(sql: Sql, created: ElementVisit & { form: string }): Promise<void> {
  const subject = await subjectOf(sql, created.subjectId)
  if (!subject) return
  if (created.form === 'reception' && (await receivedWithGroup(sql, created))) return
  const step = await stepOf(sql, subject.processId, created.elementId)
  const receiver = await receiverOf(sql, subject, created.elementId, step, created.at)
  const calendar = await calendarOf(sql, receiver.agencyId)
  const minutes = await allottedMinutes(sql, subject, created.elementId, calendar)
  const startsAt = await stepStartsAt(sql, calendar, subject, receiver.unitId, created.at)
  const letter = await letterTask(sql, subject, step)
  const dueAt = minutes === null ? (letter?.dueAt ?? null) : calendar.addWorkingMinutes(startsAt, minutes)
  const id = uuid()
  const inserted = await sql<{ id: string }>(
    `insert into task (id, subject_id, subject_kind, dossier_id, applicant_id, element_id, visit, epoch, engine_key, form, name, role,
                       agency_id, unit_id, assignee_id, state, opened_at, due_at, in_place_of, from_person_id, from_at,
                       note)
     select $1, $2, $3, $4, (select applicant_id from dossier where id = $4), $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14, 'open', coalesce(last.acted_at, $15), $16, $17,
            last.actor_id, last.acted_at, coalesce(last.note, '')
       from (select 1) one left join lateral (
         select d.id, d.actor_id, d.acted_at, concat_ws(E'\n', nullif(d.data->>'reason', ''), nullif(d.data->>'note', '')) as note
           from decision d join task t on t.id = d.task_id where t.subject_id = $2 and d.state = 'released'
          union all
         select null, w.outcome_by, w.outcome_at, coalesce(x.answer->>'reason', '') from wait w
           left join exchange x on x.subject_id = w.subject_id and x.wait_id = w.element_id and x.visit = w.visit
          where w.subject_id = $2 and w.outcome is not null
          order by acted_at desc, id desc nulls last limit 1) last on true
     on conflict (subject_id, element_id, visit) do nothing
     returning id`,
    [
      id,
      subject.id,
      subject.kind,
      subject.dossierId,
      created.elementId,
      created.visit,
      created.epoch,
      created.key,
      created.form,
      JSON.stringify(letter?.name ?? step.name),
      receiver.role,
      receiver.agencyId,
      receiver.unitId,
      receiver.personId,
      created.at,
      dueAt,
      receiver.inPlaceOf,
    ],
  )
  if (inserted.length === 0) {
    await sql(
      'update task set epoch = $4, engine_key = $5 where subject_id = $1 and element_id = $2 and visit = $3',
      [subject.id, created.elementId, created.visit, created.epoch, created.key],
    )
    return
  }
  if (subject.kind === 'dossier') {
    const papers = await waitingPapers(sql, subject, receiver.unitId, calendar)
    await fillStep(sql, subject.dossierId, papers?.holder ?? receiver, {
      ...(papers?.step ?? { elementId: created.elementId, stepName: step.name, allottedMinutes: minutes }),
      taskId: id,
    })
  }
  if (minutes !== null && dueAt)
    await startStepClock(
      sql,
      { taskId: id, dossierId: subject.dossierId, startedAt: startsAt, dueAt, minutes },
      calendar,
    )
  await announce(sql, 'task', id, subject.dossierId)
}

/** The engine's record, not the answer to our command, says that a task has ended. */
export async function userTaskEnded(
  sql: Sql,
  ended: Parameters<ProjectionHooks['userTaskEnded']>[1],
): Promise<void> {
  const [row] = await sql<{ id: string; dossier_id: string }>(
    `update task set state = $3, done_at = coalesce(done_at, $4), version = version + 1
      where epoch = $1 and engine_key = $2 and state not in ('done', 'cancelled') returning id, dossier_id`,
    [ended.epoch, ended.key, ended.state === 'completed' ? 'done' : 'cancelled', ended.at],
  )
  if (!row) return
  await endStepClock(sql, row.id, ended.at)
  await announce(sql, 'task', row.id, row.dossier_id)
}

/** The dossier waits: for its applicant, who then holds it, or for consulted bodies, while the lead unit stays accountable. */
export async function waitOpened(sql: Sql, opened: ElementVisit): Promise<void> {
  const subject = await subjectOf(sql, opened.subjectId)
  if (subject?.kind !== 'dossier') return
  const wait = await waitOf(sql, subject.processId, opened.elementId)
  const definition = await definitionOf(sql, subject.processId)
  const [dossier] = await sql<{ agency_id: string; unit_id: string }>(
    'select agency_id, unit_id from dossier where id = $1',
    [subject.dossierId],
  )
  if (!dossier) return
  const officer = Object.entries(definition.steps).find(([, step]) => step.form === 'appraise')
  const receiver =
    wait.holder === 'officer' && officer
      ? await receiverOf(sql, subject, officer[0], officer[1], opened.at)
      : null
  const holder: Holder = {
    agencyId: dossier.agency_id,
    unitId: dossier.unit_id,
    personId: receiver?.personId ?? null,
    inPlaceOf: receiver?.inPlaceOf ?? null,
    onBehalf: wait.holder === 'applicant' ? 'applicant' : 'holder',
  }
  const calendar = await calendarOf(sql, dossier.agency_id)
  const step = {
    elementId: opened.elementId,
    stepName: wait.name,
    taskId: null,
    allottedMinutes: await allottedMinutes(sql, subject, opened.elementId, calendar),
  }
  const endedAt = await settledAt(sql, opened)
  if (endedAt) await fillEnded(sql, subject.dossierId, endedAt, holder, step)
  else await fillStep(sql, subject.dossierId, holder, step)
  await announce(sql, 'dossier', subject.dossierId, subject.dossierId)
}

/** The act that ends a wait may come before the engine reaches it; the line has gone on then. */
async function settledAt(sql: Sql, { subjectId, elementId, visit }: ElementVisit): Promise<Date | null> {
  const [wait] = await sql<{ outcome_at: Date | null }>(
    'select outcome_at from wait where subject_id = $1 and element_id = $2 and visit = $3',
    [subjectId, elementId, visit],
  )
  return wait?.outcome_at ?? null
}

const announce = (sql: Sql, type: string, id: string, dossierId: string) =>
  sql("select pg_notify('live', $1)", [JSON.stringify({ type, ids: [id, dossierId] })])
