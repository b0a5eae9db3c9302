import { scope } from '../access/scope.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'

export type Tab = 'mine' | 'unclaimed' | 'waiting' | 'done'
export const TABS: Tab[] = ['mine', 'unclaimed', 'waiting', 'done']

/**
 * Where a tab's tasks (`t`) come from. Each begins at an index of what is open, or of one day's decisions, so that a count
 * costs what is open and never what was ever done (test/load/worklist.ts prints both).
 */
type Source = {
  from: string
  where: string
  /** Sorts before everything else; `d` is the dossier. Instants, ascending unless `descending`. */
  first: string
  second: string
  descending?: boolean
}

/** An await job by what somebody waits for. The kinds of approval and signature are forms of tasks. */
const AWAITED = `case x.type when 'await.consultations' then 'consultation' when 'await.children' then 'children'
  when 'await.exchange' then 'system' else 'applicant' end`

/**
 * What a subject waits for outside this person's hands: its await job, or a task in which somebody signs, approves,
 * initials, or draws the number.
 */
const AWAITS = `lateral (
  select ${AWAITED} as what, null::uuid as task_id from wait x
   where x.subject_id = w.subject_id and x.outcome is null and x.type like 'await.%'
     and (not w.counter or x.type not in ('await.consultations', 'await.children', 'await.exchange'))
  union all
  select 'signature', s.id from task s
   where s.subject_id = w.subject_id and s.state = 'open' and not w.counter
     and s.form ~ '-(approve|review|initial|sign|number)$'
  limit 1) a`

/** When the wait is over at the latest: the papers' day, the last opinion's, the signer's own limit, else the next alarm of a wait. */
const UNTIL = `coalesce(
  case a.what
    when 'signature' then (select s.due_at from task s where s.id = a.task_id)
    when 'consultation' then (select max(k.due_at) from consultation k where k.dossier_id = d.id and k.outcome is null)
    when 'applicant' then (select max(r.wait_until) from supplement_request r where r.dossier_id = d.id and r.outcome is null)
  end,
  case when a.what <> 'signature' then (select min(al.at) from alarm al
    where al.dossier_id = d.id and al.kind = 'wait-end' and al.handled_at is null) end)`

/** Adds what the tab needs to `params` and returns its parts with their $n. */
export function sourceOf(tx: Tx, tab: Tab, params: unknown[]): Source {
  const { ability, personId } = tx.actor
  const put = (value: unknown) => `$${params.push(value)}`
  const may = (action: 'read' | 'decide' | 'claim' | 'assign') => scope(ability, action, 'Task', 't', params)
  const byClock = { first: 'coalesce(t.due_at, d.due_at)', second: 'd.due_at' }
  switch (tab) {
    case 'mine':
      return {
        from: 'task t',
        // The people first, so that the index is used; then the rules, which leave out what a substitute may not do.
        where: `t.state = 'open' and t.assignee_id = any(${put(people(tx))}::uuid[]) and ${may('decide')}`,
        ...byClock,
      }
    case 'unclaimed':
      return {
        from: 'task t',
        where: `t.state = 'open' and t.assignee_id is null and t.unit_id = any(${put(units(tx))}::uuid[])
          and (${may('claim')} or ${may('assign')})`,
        ...byClock,
      }
    case 'waiting':
      return {
        from: `worked_on w join ${AWAITS} on true join task t on t.id = w.task_id`,
        where: `w.person_id = ${put(personId)} and ${may('read')}
          and not exists (select from task o where o.subject_id = w.subject_id and o.state in ('open', 'deciding')
                             and o.assignee_id = w.person_id)`,
        first: UNTIL,
        second: 'd.due_at',
      }
    case 'done':
      return {
        from: `decision c join task t on t.id = c.task_id`,
        where: `c.actor_id = ${put(personId)} and c.acted_at >= ${put(startOfDay(tx.at))} and c.state <> 'withdrawn'
          and ${may('read')}`,
        first: 'c.acted_at',
        second: 'c.acted_at',
        descending: true,
      }
  }
}

/** Whose work the person may decide: their own, and that of whoever they stand in for today. */
const people = (tx: Tx): string[] => [
  ...new Set(
    tx.actor.ability
      .rulesFor('decide', 'Task')
      .map(({ conditions }) => (conditions as { assigneeId?: unknown } | undefined)?.assigneeId)
      .filter((id) => typeof id === 'string'),
  ),
]

const units = (tx: Tx): string[] => [...new Set(tx.actor.posts.map(({ unitId }) => unitId))]

export const startOfDay = (at: Date): Date => atLegal(legalDay(at), '00:00')
