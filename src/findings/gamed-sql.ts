import type { GamedRule } from './rules.ts'

/**
 * Where to look for each sign: a select over one dossier `d` that gives the suspicious instant `at` and what a person must
 * know of it, `facts`. What only a calendar can tell is decided afterwards, in gamed.ts. `$4` is the legal now, `$5` the threshold.
 */
export const CANDIDATES: Record<GamedRule, string> = {
  // Standing still moves the date only where a text says so (PAUSE): that time is taken off again. Asked after the date is
  // worse, not another matter.
  'supplement-at-the-end': `
    select e.at, jsonb_build_object('startedAt', c.started_at, 'dueAt', case when c.missed_at = e.at then c.missed_due_at else c.due_at end,
             'mode', case when c.missed_at = e.at then 'RESTART' else c.mode end, 'stands', (
             select coalesce(jsonb_agg(jsonb_build_object('from', a.at, 'to', b.at)), '[]')
               from clock_event a
               join lateral (select k.at from clock_event k where k.clock_id = a.clock_id and k.kind = 'complete' and k.at >= a.at
                              order by k.at limit 1) b on true
              where a.clock_id = e.clock_id and a.kind = 'asked' and a.at >= e.at)) as facts
      from clock_event e join clock c on c.id = e.clock_id and c.kind = 'dossier'
     where e.dossier_id = d.id and e.kind = 'asked'`,

  // A group has no result of its own: its parts have.
  'done-without-file': `
    select d.finished_at as at, '{}'::jsonb as facts
     where d.finished_at is not null and d.state in ('done', 'returned')
       and not exists (select from dossier part where part.parent_id = d.id)
       and not exists (select from letter l where l.dossier_id = d.id and l.kind in ('result', 'refusal')
                          and l.state in ('issued', 'delivered') and l.file_sha256 is not null)`,

  refiled: `
    select d.finished_at as at, jsonb_build_object('code', o.code, 'filedAt', o.filed_at) as facts
      from dossier o
     where d.state = 'withdrawn' and d.finished_at is not null and o.applicant_id = d.applicant_id
       and o.procedure_code = d.procedure_code and o.id <> d.id and o.filed_at >= d.finished_at
       and o.filed_at <= d.finished_at + make_interval(days => $5)`,

  'received-late': `
    select c.due_at as at, jsonb_build_object('dueAt', c.due_at, 'receivedAt', d.received_at) as facts
      from (select * from clock k where k.dossier_id = d.id and k.kind = 'reception' order by k.round desc limit 1) c
     where d.channel = 'ONLINE' and coalesce(d.received_at, c.stopped_at, c.ended_at, d.finished_at, $4) > c.due_at`,

  'pause-without-paper': `
    select e.at, jsonb_build_object('paper', coalesce(e.document->>'number', '')) as facts
      from clock_event e join clock c on c.id = e.clock_id and c.kind = 'dossier'
     where e.dossier_id = d.id and e.kind in ('asked', 'excluded')
       and not exists (
         select from letter l join dossier o on o.id = l.dossier_id
          where (o.id = d.id or o.parent_id = d.id) and l.state in ('issued', 'delivered')
            and (l.id::text = e.document->>'letter' or l.number_text = e.document->>'number'))`,

  // The date on record against the proof that was written when it was counted, and a new date against its apology. A new date
  // is that of its round: papers that came afterwards count anew without it.
  'due-edited': `
    select c.started_at as at, jsonb_build_object('dueAt', d.due_at, 'proofDueAt', p.due_at) as facts
      from (select * from clock k where k.dossier_id = d.id and k.kind = 'dossier' order by k.round desc limit 1) c
      left join lateral (
        select (line->>'to')::timestamptz as due_at
          from jsonb_array_elements(c.proof->'lines') with ordinality as t (line, n)
         where line->>'kind' = 'due' order by n desc limit 1) p on true
     where d.original_due_at is distinct from c.due_at
        or date_trunc('minute', c.due_at) is distinct from date_trunc('minute', p.due_at)
        or d.due_at is distinct from coalesce(c.reappointed_due_at, c.due_at)
        or (d.reappointed_due_at is not null and (
              not exists (select from clock k where k.dossier_id = d.id and k.kind = 'dossier'
                             and k.reappointed_due_at = d.reappointed_due_at)
              or not exists (select from letter l where l.dossier_id = d.id and l.kind = 'apology' and l.state = 'delivered')))`,

  'finish-cluster': `
    select d.finished_at as at, jsonb_build_object('unit', d.unit_id) as facts
     where d.finished_at is not null and d.state in ('done', 'returned')
       and (d.finished_at at time zone 'Asia/Ho_Chi_Minh')::date = (d.due_at at time zone 'Asia/Ho_Chi_Minh')::date`,

  'suspended-long': `
    select e.at, jsonb_build_object('until', b.at) as facts
      from clock_event e join clock c on c.id = e.clock_id and c.kind = 'dossier'
      cross join lateral (
        select coalesce((select k.at from clock_event k where k.dossier_id = d.id and k.at >= e.at
                            and k.kind in ('complete', 'resumed') order by k.at limit 1), d.finished_at, $4) as at) b
     where e.dossier_id = d.id and e.kind in ('asked', 'excluded') and b.at > e.at + make_interval(days => $5)`,
}
