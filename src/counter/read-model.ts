import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { remainingText } from '../calendar/format.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { handoverCounts } from '../handover/read-model.ts'
import { forbidden } from '../http/problem.ts'
import type { Text } from '../text.ts'
import type { CounterLine, CounterPage } from './schemas.ts'

type Line = z.input<typeof CounterLine>
type Row = {
  id: string
  code: string
  applicant: string
  procedure_code: string
  procedure_name: Text
  channel: Line['channel']
  state: string
  task_id: string | null
  form: string | null
  assignee: string | null
  at: Date
  due_at: Date | null
  total: number
}

const LINES = 100

/** The one-stop unit at whose counter the actor works; 403 for anybody else. */
export function counterUnit(tx: Tx): string {
  const post = tx.actor.posts.find(({ unitId }) => allows(tx.actor.ability, 'read', 'Counter', { unitId }))
  if (!post)
    throw forbidden({
      vi: 'Trang này dành cho cán bộ bộ phận một cửa.',
      en: 'This page is for the clerks of a one-stop.',
    })
  return post.unitId
}

async function lines(
  tx: Tx,
  unitId: string,
  part: { where: string; at: string; order: string; since?: Date },
): Promise<Row[]> {
  const params: unknown[] = [unitId, LINES, part.since ?? tx.at]
  return tx.sql<Row>(
    `select d.id, d.code, p.full_name as applicant, d.procedure_code, v.definition->'name' as procedure_name, d.channel, d.state,
            t.id as task_id, t.form, a.full_name as assignee, ${part.at} as at, c.due_at, count(*) over ()::int as total
       from dossier d join person p on p.id = d.applicant_id
       join procedure_version v on v.id = d.procedure_version_id
       left join counter_filing f on f.dossier_id = d.id
       left join clock c on c.subject_id = d.id and c.kind = 'reception' and c.ended_at is null
       left join lateral (select t.id, t.form, t.assignee_id from task t
                           where t.dossier_id = d.id and t.unit_id = $1 and t.state = 'open' and t.subject_kind = 'dossier'
                           order by t.opened_at desc limit 1) t on true
       left join person a on a.id = t.assignee_id
      where d.one_stop_unit_id = $1 and $3::timestamptz is not null and ${part.where}
        and ${scope(tx.actor.ability, 'read', 'Dossier', 'd', params)}
      order by ${part.order} limit $2`,
    params,
  )
}

/** The counter's day: what is to be received by when, what lies there for collection, what was returned today. */
export async function counterPage(tx: Tx): Promise<z.input<typeof CounterPage>> {
  const unitId = counterUnit(tx)
  const [unit] = await tx.sql<{ code: string; name: Text; agency: Text; agency_id: string; place: string }>(
    `select u.code, u.name, a.name as agency, a.id as agency_id, case when a.level = 'commune' then a.code else '' end as place
       from unit u join agency a on a.id = u.agency_id where u.id = $1`,
    [unitId],
  )
  if (!unit) throw forbidden()
  const calendar = await calendarOf(tx.sql, unit.agency_id)
  const line = (row: Row): Line => {
    const minutes = row.due_at ? calendar.workingMinutesBetween(tx.at, row.due_at) : null
    return {
      id: row.id,
      code: row.code,
      applicant: row.applicant,
      procedure: { code: row.procedure_code, name: row.procedure_name },
      channel: row.channel,
      state: row.state,
      taskId: row.task_id,
      form: row.form,
      assignee: row.assignee,
      at: row.at.toISOString(),
      dueAt: row.due_at?.toISOString() ?? null,
      remainingMinutes: minutes,
      remaining: remainingText(minutes, calendar),
    }
  }
  const guided = 'f.guided_at is not null and f.completed_at is null'
  const toReceive = await lines(tx, unitId, {
    where: `(d.state = 'filed' and not (${guided}) or t.form = 'supplement-receive')`,
    at: 'd.filed_at',
    order: 'c.due_at nulls last, d.filed_at',
  })
  const waitingForPapers = await lines(tx, unitId, {
    where: `d.state = 'filed' and ${guided}`,
    at: 'f.guided_at',
    order: 'f.guided_at',
  })
  const waiting = await lines(tx, unitId, {
    where: `d.state = 'done'`,
    at: 'coalesce(d.finished_at, d.filed_at)',
    order: 'd.finished_at',
  })
  const returned = await lines(tx, unitId, {
    where: `d.state = 'returned' and d.returned_at >= $3`,
    at: 'd.returned_at',
    order: 'd.returned_at desc',
    since: atLegal(legalDay(tx.at), '00:00'),
  })
  const total = (rows: Row[]) => rows[0]?.total ?? 0
  return {
    unit: { id: unitId, code: unit.code, name: unit.name, agency: unit.agency, place: unit.place },
    toReceive: toReceive.map(line),
    guided: waitingForPapers.map(line),
    waiting: waiting.map(line),
    returned: returned.map(line),
    counts: {
      toReceive: total(toReceive),
      late: toReceive.filter((row) => row.due_at !== null && row.due_at < tx.at).length,
      guided: total(waitingForPapers),
      waiting: total(waiting),
      returned: total(returned),
      ...(await handoverCounts(tx)),
    },
  }
}
