import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { forbidden } from '../http/problem.ts'
import type { Text } from '../text.ts'
import type { Holders } from './schemas.ts'

export type OneStop = { id: string; code: string; name: Text; agencyId: string }

/** The one-stop that the actor heads. 403 for anybody else. */
export async function oneStopOf(tx: Tx): Promise<OneStop> {
  const post = tx.actor.posts.find(({ role }) => role === 'one-stop-head')
  const [unit] = await tx.sql<{ id: string; code: string; name: Text; agency_id: string }>(
    'select id, code, name, agency_id from unit where id = $1',
    [post?.unitId ?? null],
  )
  if (!unit) throw forbidden()
  return { id: unit.id, code: unit.code, name: unit.name, agencyId: unit.agency_id }
}

/**
 * The open dossiers of the actor's one-stop (`d`), each with who holds it now and what is missed or will be. `$now` is the
 * caller's parameter; `late` is the dossier's own date, `step_late` its step's, `soon` the warning moment of its clock.
 */
export const WATCHED = (now: string, may: string) => `
  select d.id, d.code, d.applicant_id, d.procedure_code, d.procedure_version_id, d.state, d.due_at,
         h.agency_id, h.unit_id, h.person_id, h.on_behalf, h.step_name, t.due_at as step_due_at, r.due_at as reception_due_at,
         coalesce(c.id is not null and c.stopped_at is null and d.due_at < ${now}, false) as late,
         coalesce(c.id is not null and c.stopped_at is null and d.due_at >= ${now} and c.warn_at <= ${now}, false) as soon,
         coalesce(t.due_at < ${now}, false) as step_late,
         coalesce(r.due_at < ${now}, false) as reception_late
    from dossier d
    join holding h on h.dossier_id = d.id and h.track = 'accountable' and h.to_at is null
    left join task t on t.id = h.task_id and t.state = 'open'
    left join lateral (select id, stopped_at, warn_at from clock
                        where dossier_id = d.id and kind = 'dossier' and ended_at is null order by round desc limit 1) c on true
    left join clock r on r.dossier_id = d.id and r.kind = 'reception' and r.ended_at is null
   where d.finished_at is null and d.state in ('filed', 'processing', 'waiting-supplement') and ${may}`

/** Opinions asked for those dossiers and not given (`k`). */
export const ASKED = (now: string, may: string) => `
  select k.id as consultation_id, k.agency_id, k.unit_id, k.due_at as asked_due_at, k.due_at < ${now} as asked_late,
         d.id, d.code, d.applicant_id, d.procedure_code, d.procedure_version_id
    from consultation k join dossier d on d.id = k.dossier_id
   where k.sent_at is not null and k.outcome is null and d.finished_at is null and ${may}`

type Row = {
  agency_id: string
  agency_code: string
  agency: Text
  unit_id: string
  unit_code: string
  unit: Text
  open: number
  waiting: number
  due_soon: number
  late: number
  step_late: number
  asked: number
  asked_late: number
  reception: number
}

/** Who holds what, worst first; one statement over what is open, and one for what nobody collects. */
export async function holders(tx: Tx): Promise<z.input<typeof Holders>> {
  const oneStop = await oneStopOf(tx)
  const params: unknown[] = [tx.at]
  const may = () => scope(tx.actor.ability, 'read', 'OneStop', 'd', params)
  const rows = await tx.sql<Row>(
    `with held as (
       select agency_id, unit_id, count(*)::int as open, (count(*) filter (where on_behalf = 'applicant'))::int as waiting,
              (count(*) filter (where soon))::int as due_soon, (count(*) filter (where late))::int as late,
              (count(*) filter (where step_late and not late))::int as step_late,
              (count(*) filter (where reception_late))::int as reception
         from (${WATCHED('$1', may())}) w group by agency_id, unit_id),
     asked as (
       select agency_id, unit_id, count(*)::int as asked, (count(*) filter (where asked_late))::int as asked_late
         from (${ASKED('$1', may())}) k group by agency_id, unit_id)
     select a.id as agency_id, a.code as agency_code, a.name as agency, u.id as unit_id, u.code as unit_code, u.name as unit,
            coalesce(h.open, 0) as open, coalesce(h.waiting, 0) as waiting, coalesce(h.due_soon, 0) as due_soon,
            coalesce(h.late, 0) as late, coalesce(h.step_late, 0) as step_late, coalesce(h.reception, 0) as reception,
            coalesce(k.asked, 0) as asked, coalesce(k.asked_late, 0) as asked_late
       from held h full join asked k on k.unit_id = h.unit_id
       join unit u on u.id = coalesce(h.unit_id, k.unit_id) join agency a on a.id = u.agency_id
      order by late desc, asked_late desc, step_late desc, open desc, u.code`,
    params,
  )
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const afterDays = rulesOn(legalDay(tx.at)).uncollected.value.afterWorkingDays
  return {
    oneStop,
    holders: rows.map((row) => ({
      agency: { id: row.agency_id, code: row.agency_code, name: row.agency },
      unit: { id: row.unit_id, code: row.unit_code, name: row.unit },
      open: row.open,
      waiting: row.waiting,
      dueSoon: row.due_soon,
      late: row.late,
      stepLate: row.step_late,
      asked: row.asked,
      askedLate: row.asked_late,
    })),
    totals: {
      open: sum(({ open }) => open),
      dueSoon: sum(({ due_soon }) => due_soon),
      late: sum(({ late }) => late),
      reception: sum(({ reception }) => reception),
      uncollected: await uncollectedCount(tx, await uncollectedBefore(tx, oneStop, afterDays)),
    },
    uncollectedAfterDays: afterDays,
  }
}

/** Results that were ready before this instant have lain for so many whole working days. */
export async function uncollectedBefore(tx: Tx, { agencyId }: OneStop, afterDays: number): Promise<Date> {
  const calendar = await calendarOf(tx.sql, agencyId)
  return calendar.addWorkingMinutes(tx.at, -afterDays * calendar.fullDayMinutes)
}

async function uncollectedCount(tx: Tx, before: Date): Promise<number> {
  const params: unknown[] = [before]
  const [row] = await tx.sql<{ n: number }>(
    `select count(*)::int as n from dossier d
      where d.state = 'done' and d.returned_at is null and d.finished_at <= $1
        and ${scope(tx.actor.ability, 'read', 'OneStop', 'd', params)}`,
    params,
  )
  return row?.n ?? 0
}
