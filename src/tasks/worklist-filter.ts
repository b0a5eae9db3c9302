import { z } from 'zod'
import { addDays, weekdayOf } from '../calendar/day.ts'
import { atLegal, legalDay } from '../clock.ts'
import { TaskSummary } from '../dossiers/schemas.ts'

export const GROUPS = ['overdue', 'today', 'tomorrow', 'week', 'later'] as const
export type Group = (typeof GROUPS)[number]

/** What narrows a tab; the address of the page and a saved view carry the same. */
export const Filter = z.strictObject({
  /** A procedure's code. */
  procedure: z.string().max(40).optional(),
  group: z.enum(GROUPS).optional(),
  flag: TaskSummary.shape.flags.element.optional(),
  /** Code or its last digits, applicant, procedure or what is to be done; without marks too. */
  text: z.string().trim().max(100).optional(),
})
export type Filter = z.output<typeof Filter>

/** The last instants of the groups on the legal day of `now`, in their order; what is due after them comes later. */
export function groupEnds(now: Date): [Group, Date][] {
  const today = legalDay(now)
  // The week ends on its Sunday; on a Sunday "tomorrow" reaches beyond it.
  const sunday = addDays(today, 7 - weekdayOf(today))
  const endOf = (day: string) => atLegal(addDays(day, 1), '00:00')
  return [
    ['overdue', now],
    ['today', endOf(today)],
    ['tomorrow', endOf(addDays(today, 1))],
    ['week', endOf(sunday)],
  ]
}

/** SQL that names the group of an instant `due`; pushes the ends of the groups onto `params`. */
export function groupSql(due: string, now: Date, params: unknown[]): string {
  const whens = groupEnds(now).map(
    ([group, end]) => `when ${due} < $${params.push(end)}::timestamptz then '${group}'`,
  )
  return `case ${whens.join(' ')} else 'later' end`
}

const FLAGS: Record<NonNullable<Filter['flag']>, string> = {
  late: `d.due_at < $now and exists (select from clock c where c.dossier_id = d.id and c.kind = 'dossier'
           and c.ended_at is null and c.stopped_at is null)`,
  supplemented: 'd.round > 1',
  reappointed: 'd.reappointed_due_at is not null',
  objection: `exists (select from consultation k where k.dossier_id = d.id and k.outcome = 'objected')`,
  'sent-back': `(select dn.outcome from decision dn join task tn on tn.id = dn.task_id
                  where tn.subject_id = t.subject_id and dn.state = 'released' and dn.acted_at <= t.opened_at and tn.id <> t.id
                  order by dn.acted_at desc limit 1) = 'sent-back'`,
  provisional: `(select c.provisional from clock c where c.dossier_id = d.id and c.kind = 'dossier'
                  order by c.round desc limit 1)`,
}

/** The conditions of a filter on `t`, `d` and the person `ap`; `due` is what groups go by. */
export function conditions(filter: Filter, due: string, now: Date, params: unknown[]): string[] {
  const put = (value: unknown) => `$${params.push(value)}`
  const all: string[] = []
  if (filter.procedure) all.push(`d.procedure_code = ${put(filter.procedure)}`)
  if (filter.group) all.push(`${groupSql(due, now, params)} = ${put(filter.group)}`)
  if (filter.flag) all.push(`(${FLAGS[filter.flag].replace('$now', () => `${put(now)}::timestamptz`)})`)
  if (filter.text) {
    const text = put(filter.text.normalize('NFC'))
    const found = (column: string) => `strpos(lower(unaccent(${column})), lower(unaccent(${text}))) > 0`
    all.push(`(${found('d.code')} or ${found('ap.full_name')} or ${found(`t.name->>'vi'`)}
      or d.procedure_version_id in (select id from procedure_version where strpos(search_text, lower(unaccent(${text}))) > 0))`)
  }
  return all
}
