import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { forbidden, notFound } from '../../http/problem.ts'
import type { Draft } from '../../http/route.ts'
import type { Eform, ProcedureDefinition } from '../../procedures/definition.ts'
import { revisionOf } from '../drafts/draft.ts'
import { isReached, type Measure, measureOf, measureOfRow, type Target } from './measure.ts'
import { rowsFor } from './read.ts'
import type { PlanItem, PlanList, PlanState, SetPlan } from './schemas.ts'

type Baseline = Measure & { version: number | null }
type Version = { version: number; definition: ProcedureDefinition; eform: Eform }

async function currentVersion(tx: Tx, code: string): Promise<Version | undefined> {
  const [row] = await tx.sql<Version>(
    'select version, definition, eform from procedure_version where code = $1 and current',
    [code],
  )
  return row
}

/**
 * Puts a procedure on the re-engineering plan, or changes its entry; what is counted from is kept from the first time.
 * 404 for a code that is not in the catalogue, 422 for an aim that is none or a person who designs nothing.
 */
export async function setPlan(tx: Tx, code: string, plan: z.output<typeof SetPlan>): Promise<void> {
  const me = tx.actor.personId
  if (!me) throw forbidden()
  const found = (await rowsFor(tx, [code])).get(code)
  if (!found) throw notFound()
  if (Object.keys(plan.target).length === 0)
    throw invalidField(
      'target',
      'Hãy đặt ít nhất một mục tiêu: giảm trường khai, giấy tờ hoặc ngày.',
      'Set at least one aim: fewer fields, papers or days.',
    )
  if (!(await people(tx)).some(({ id }) => id === plan.responsibleId))
    throw invalidField(
      'responsibleId',
      'Người này không có vai trò phân tích hay kiểm soát thủ tục; hãy chọn trong danh sách.',
      'This person neither analyses nor controls procedures; choose one of the list.',
    )
  const version = await currentVersion(tx, code)
  const baseline: Baseline = version
    ? { ...measureOf(version.definition, version.eform), version: version.version }
    : { ...measureOfRow(found.row), version: null }
  await tx.sql(
    `insert into reengineering_plan (code, target, baseline, responsible_id, due_on, note, made_at, made_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (code) do update set target = excluded.target, responsible_id = excluded.responsible_id,
       due_on = excluded.due_on, note = excluded.note`,
    [
      code,
      JSON.stringify(plan.target),
      JSON.stringify(baseline),
      plan.responsibleId,
      plan.dueOn,
      plan.note.normalize('NFC'),
      tx.at,
      me,
    ],
  )
  tx.audit({
    act: 'catalogue.planned',
    detail: { code, target: plan.target, responsible: plan.responsibleId, dueOn: plan.dueOn },
  })
}

/** Takes a procedure off the plan; nothing where it is not on it. 404 for a code that is not in the catalogue. */
export async function dropPlan(tx: Tx, code: string): Promise<void> {
  if (!(await rowsFor(tx, [code])).has(code)) throw notFound()
  const dropped = await tx.sql('delete from reengineering_plan where code = $1 returning 1', [code])
  if (dropped.length > 0) tx.audit({ act: 'catalogue.unplanned', detail: { code } })
}

/** Who may be made responsible: analysts and controllers in office. */
const people = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.sql(
    `select distinct p.id, p.full_name as name from person p join post o on o.person_id = p.id
      where p.active and o.role in ('analyst', 'control') and o.valid_from <= $1 and (o.valid_to is null or o.valid_to >= $1)
      order by 2, 1`,
    [legalDay(tx.at)],
  )

type Row = {
  code: string
  name: { vi: string; en?: string }
  field: string
  target: Target
  baseline: Baseline
  responsible: { id: string; name: string }
  due_on: string
  note: string
  made_at: Date
  draft: { id: string; state: 'draft' | 'review' | 'approved'; revision: number } | null
}

/** The plan with its progress: derived from drafts and publications, never typed in. */
export async function plans(tx: Tx): Promise<Draft<z.input<typeof PlanList>>> {
  const params: unknown[] = []
  const readable = scope(tx.actor.ability, 'read', 'Catalogue', 'e', params)
  const rows = await tx.sql<Row>(
    `select e.code, e.name, e.field, p.target, p.baseline, p.due_on, p.note, p.made_at,
            (select jsonb_build_object('id', r.id, 'name', r.full_name) from person r where r.id = p.responsible_id) as responsible,
            (select jsonb_build_object('id', d.id, 'state', d.state, 'revision', d.revision) from procedure_draft d
              where d.code = p.code and d.state in ('draft', 'review', 'approved') order by d.updated_at desc limit 1) as draft
       from reengineering_plan p join catalogue_entry e on e.code = p.code
      where ${readable} order by p.due_on, e.code`,
    params,
  )
  const items: Draft<z.input<typeof PlanItem>>[] = []
  for (const row of rows) items.push(await progressOf(tx, row))
  return { plans: items, people: await people(tx) }
}

const STATES = { draft: 'drafting', review: 'review', approved: 'approved' } as const

async function progressOf(tx: Tx, row: Row): Promise<Draft<z.input<typeof PlanItem>>> {
  const { version: since, ...before } = row.baseline
  const version = await currentVersion(tx, row.code)
  const isNewer = version !== undefined && version.version > (since ?? 0)
  const now = isNewer ? measureOf(version.definition, version.eform) : await measureOfDraft(tx, row.draft)
  let state: z.infer<typeof PlanState> = 'not-started'
  if (isNewer) state = 'published'
  else if (row.draft) state = STATES[row.draft.state]
  return {
    code: row.code,
    name: row.name,
    field: row.field,
    target: row.target,
    responsible: row.responsible,
    dueOn: row.due_on,
    note: row.note,
    madeAt: row.made_at,
    state,
    reached: now !== null && isReached(row.target, before, now),
    overdue: state !== 'published' && row.due_on < legalDay(tx.at),
    before,
    now,
    draftId: row.draft?.id ?? null,
  }
}

async function measureOfDraft(tx: Tx, draft: Row['draft']): Promise<Measure | null> {
  if (!draft) return null
  const { source } = await revisionOf(tx.sql, draft.id, draft.revision)
  return measureOf(source.definition as Partial<ProcedureDefinition>, source.eform as Partial<Eform>)
}
