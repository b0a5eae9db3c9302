import { v7 as uuid } from 'uuid'
import type { Sql } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { Holding, LedgerAct } from './entity.ts'
import { heldTask } from './held-task.ts'

/**
 * The accountable line of rules 10: intervals that tile a dossier's life, agency → unit → person. Every boundary is the
 * instant of the act that made it (our legal clock), written once. Between an act and the next step that the engine
 * opens, the interval has no step yet; the step is filled in, the boundary stays.
 */
export type Holder = {
  agencyId: string
  unitId: string
  personId: string | null
  onBehalf?: Holding['onBehalf']
  /** Whose place the person takes while that one is absent. */
  inPlaceOf?: string | null
}

export type HeldStep = {
  elementId: string
  stepName: Text
  taskId: string | null
  /** Working minutes the internal process allots to this step; null where it allots none. */
  allottedMinutes: number | null
}

/** The step of an interval that waits for the engine to open the next task. */
const NO_STEP: HeldStep = {
  elementId: '',
  stepName: { vi: 'Đang chuyển bước', en: 'Moving to the next step' },
  taskId: null,
  allottedMinutes: null,
}

type OpenRow = {
  id: string
  seq: number
  agency_id: string
  unit_id: string
  person_id: string | null
  on_behalf: Holding['onBehalf']
  element_id: string
  step_name: Text
  task_id: string | null
  allotted_minutes: number | null
  from_at: Date
}

/** The interval of the accountable line that runs now, locked; undefined before filing and after the end. */
export async function openHolding(sql: Sql, dossierId: string): Promise<OpenRow | undefined> {
  const [row] = await sql<OpenRow>(
    `select id, seq, agency_id, unit_id, person_id, on_behalf, element_id, step_name, task_id, allotted_minutes, from_at
       from holding where dossier_id = $1 and track = 'accountable' and to_at is null for update`,
    [dossierId],
  )
  return row
}

type NewHolding = Holder &
  HeldStep & { dossierId: string; subjectId: string; track: Holding['track']; from: Date; act: LedgerAct }

async function insert(sql: Sql, holding: NewHolding): Promise<void> {
  await sql(
    `insert into holding (id, dossier_id, track, subject_id, seq, round, agency_id, unit_id, person_id, on_behalf,
                          element_id, step_name, task_id, allotted_minutes, from_at, opened_by, in_place_of)
     select $1, $2::uuid, $3::text, $4::uuid,
            1 + coalesce((select max(seq) from holding where dossier_id = $2::uuid and track = $3::text and subject_id = $4::uuid), 0),
            d.round, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14::jsonb, $15
       from dossier d where d.id = $2::uuid`,
    [
      uuid(),
      holding.dossierId,
      holding.track,
      holding.subjectId,
      holding.agencyId,
      holding.unitId,
      holding.personId,
      holding.onBehalf ?? 'holder',
      holding.elementId,
      JSON.stringify(holding.stepName),
      holding.taskId,
      holding.allottedMinutes,
      holding.from,
      JSON.stringify(holding.act),
      holding.inPlaceOf ?? null,
    ],
  )
}

/**
 * Answers the boundary: the instant of the act, or the interval's beginning where an act that was let go late happened
 * before it. The next interval begins there, so that the line has neither gap nor overlap.
 */
async function close(sql: Sql, open: OpenRow, at: Date, act: LedgerAct): Promise<Date> {
  const boundary = at < open.from_at ? open.from_at : at
  await sql('update holding set to_at = $2, closed_by = $3::jsonb where id = $1', [
    open.id,
    boundary,
    JSON.stringify(act),
  ])
  return boundary
}

/** The first interval: filing puts the dossier before the one-stop. */
export const beginLine = (
  sql: Sql,
  dossierId: string,
  holder: Holder,
  step: HeldStep,
  at: Date,
  act: LedgerAct,
): Promise<void> =>
  insert(sql, { ...holder, ...step, dossierId, subjectId: dossierId, track: 'accountable', from: at, act })

/** An act ended the running interval: the next begins at the same instant, its step still to be opened by the engine. */
export async function passOn(sql: Sql, dossierId: string, at: Date, act: LedgerAct): Promise<void> {
  const open = await openHolding(sql, dossierId)
  if (!open) return
  const from = await close(sql, open, at, act)
  await insert(sql, {
    agencyId: open.agency_id,
    unitId: open.unit_id,
    personId: null,
    ...NO_STEP,
    dossierId,
    subjectId: dossierId,
    track: 'accountable',
    from,
    act,
  })
}

const fill = (sql: Sql, id: string, holder: Holder, step: HeldStep) =>
  sql(
    `update holding set agency_id = $2, unit_id = $3, person_id = $4, on_behalf = $5, element_id = $6, step_name = $7::jsonb,
            task_id = $8, allotted_minutes = $9, in_place_of = $10 where id = $1`,
    [
      id,
      holder.agencyId,
      holder.unitId,
      holder.personId,
      holder.onBehalf ?? 'holder',
      step.elementId,
      JSON.stringify(step.stepName),
      step.taskId,
      step.allottedMinutes,
      holder.inPlaceOf ?? null,
    ],
  )

/** The engine opened the next step: the interval that waits for it gets its holder and step. Idempotent. */
export async function fillStep(
  sql: Sql,
  dossierId: string,
  holder: Holder,
  step: HeldStep,
): Promise<Date | null> {
  const open = await openHolding(sql, dossierId)
  if (!open || (open.element_id !== '' && open.element_id !== step.elementId)) return null
  await fill(sql, open.id, holder, step)
  return open.from_at
}

/**
 * The engine reached a wait that an act had ended before (the applicant answered while the engine was away): the
 * interval that ended then was the wait's. Idempotent.
 */
export async function fillEnded(
  sql: Sql,
  dossierId: string,
  endedAt: Date,
  holder: Holder,
  step: HeldStep,
): Promise<void> {
  const [ended] = await sql<{ id: string }>(
    `select id from holding
      where dossier_id = $1 and track = 'accountable' and to_at = $2 and element_id = '' order by seq desc limit 1`,
    [dossierId, endedAt],
  )
  if (ended) await fill(sql, ended.id, holder, step)
}

/** Another person holds the same step from now on: claimed, assigned, given back to the unit, done in somebody's place. */
export async function changePerson(
  sql: Sql,
  dossierId: string,
  taskId: string,
  personId: string | null,
  at: Date,
  act: LedgerAct,
  inPlaceOf: string | null = null,
): Promise<void> {
  const open = await openHolding(sql, dossierId)
  if (open?.task_id !== taskId || open.person_id === personId) return
  const from = await close(sql, open, at, act)
  await insert(sql, {
    ...(await ownStep(sql, open, taskId)),
    personId,
    inPlaceOf,
    onBehalf: open.on_behalf,
    dossierId,
    subjectId: dossierId,
    track: 'accountable',
    from,
    act,
  })
}

/** The step that runs; or, while its papers wait to be handed over, that of whoever takes the task in hand before. */
async function ownStep(
  sql: Sql,
  open: OpenRow,
  taskId: string,
): Promise<Omit<Holder, 'personId'> & HeldStep> {
  const task = await heldTask(sql, taskId)
  if (task && task.step.elementId !== open.element_id) return { ...task.holder, ...task.step }
  return {
    agencyId: open.agency_id,
    unitId: open.unit_id,
    elementId: open.element_id,
    stepName: open.step_name,
    taskId,
    allottedMinutes: open.allotted_minutes,
  }
}

/**
 * Another unit holds the dossier from now on although its token stays where it is: papers that were signed for, a
 * hand-over that was refused (rules 10).
 */
export async function moveHolder(
  sql: Sql,
  dossierId: string,
  holder: Holder,
  step: HeldStep,
  at: Date,
  act: LedgerAct,
): Promise<void> {
  const open = await openHolding(sql, dossierId)
  const same =
    open?.unit_id === holder.unitId &&
    open.element_id === step.elementId &&
    open.on_behalf === (holder.onBehalf ?? 'holder')
  if (!open || same) return
  const from = await close(sql, open, at, act)
  await insert(sql, { ...holder, ...step, dossierId, subjectId: dossierId, track: 'accountable', from, act })
}

/** Nothing holds the dossier any more: it was returned, refused, closed or withdrawn. */
export async function endLine(sql: Sql, dossierId: string, at: Date, act: LedgerAct): Promise<void> {
  const open = await openHolding(sql, dossierId)
  if (open) await close(sql, open, at, act)
}

/** A consulted body's interval beside the line, with the working minutes of its own limit. */
export const beginSide = (
  sql: Sql,
  dossierId: string,
  subjectId: string,
  holder: Holder,
  step: HeldStep,
  at: Date,
  act: LedgerAct,
): Promise<void> => insert(sql, { ...holder, ...step, dossierId, subjectId, track: 'side', from: at, act })

export async function endSide(sql: Sql, subjectId: string, at: Date, act: LedgerAct): Promise<void> {
  await sql(
    `update holding set to_at = greatest($2, from_at), closed_by = $3::jsonb
      where subject_id = $1 and track = 'side' and to_at is null`,
    [subjectId, at, JSON.stringify(act)],
  )
}
