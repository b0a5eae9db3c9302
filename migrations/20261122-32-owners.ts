import { Migration } from '@mikro-orm/migrations'

/** Who had the step of a missing apology then, whoever has it now; how a message ended that may or may not have arrived. */
export class Owners extends Migration {
  override name = '20261122-32-owners'

  override up() {
    this.addSql(`
      -- Who had a task at an instant, by the trail: the last move before it says to whom, the first one after it from whom.
      create function task_held_by(of_task uuid, at_instant timestamptz) returns uuid language sql stable as $$
        with moved as (
          select e.at, e.index, e.line::jsonb->'detail' as detail from task t join audit_entry e on e.dossier_id = t.dossier_id
           where t.id = of_task and e.act in ('task.claimed', 'task.unclaimed', 'task.assigned')
             and e.line::jsonb->'detail'->>'task' = of_task::text)
        select case
          when exists (select from moved where at <= at_instant)
            then (select (detail->>'to')::uuid from moved where at <= at_instant order by at desc, index desc limit 1)
          when exists (select from moved) then (select (detail->>'from')::uuid from moved order by at, index limit 1)
          else (select assignee_id from task where id = of_task) end
      $$;

      create or replace function apology_missed_by(of_dossier uuid, missed_at timestamptz) returns jsonb language sql stable as $$
        select jsonb_build_object('reason', reason, 'owner', jsonb_build_object(
                 'agencyId', agency_id, 'unitId', unit_id, 'personId', person_id)) from (
          (select 1 as rank, case t.form when 'apology-draft' then 'in-draft' when 'apology-initial' then 'in-initials'
                    when 'apology-sign' then 'in-signature' when 'apology-number' then 'in-number' else 'in-delivery' end as reason,
                  t.agency_id, t.unit_id, task_held_by(t.id, missed_at) as person_id
             from letter l join task t on t.subject_id = l.id
            where l.dossier_id = of_dossier and l.kind = 'apology' and t.opened_at <= missed_at
              and (t.done_at is null or t.done_at > missed_at)
              and not exists (select from decision d where d.task_id = t.id and d.state = 'released' and d.acted_at <= missed_at)
            order by t.opened_at desc limit 1)
          union all
          (select 2, 'judged-in-time', t.agency_id, t.unit_id, d.actor_id
             from letter l join task t on t.subject_id = l.id join decision d on d.task_id = t.id
            where l.dossier_id = of_dossier and l.kind = 'apology' and d.outcome = 'in-time' and d.state = 'released'
              and d.acted_at <= missed_at
            order by d.acted_at desc limit 1)
          union all
          (select 3, 'not-begun', h.agency_id, h.unit_id, h.person_id from holding h
            where h.dossier_id = of_dossier and h.track = 'accountable' and h.from_at <= missed_at
            order by h.seq desc limit 1)) known
        order by rank limit 1
      $$;

      -- Ended without a word of the gateway that could be trusted: whether it arrived nobody knows, so it is not sent another way.
      alter table delivery add column maybe_taken boolean not null default false;
      alter table delivery drop constraint delivery_state_check;
      alter table delivery add constraint delivery_state_check
        check (state in ('queued', 'accepted', 'failed', 'off', 'unknown', 'withdrawn'));
    `)
  }

  override down() {
    this.addSql(`
      update delivery set state = 'failed' where state in ('unknown', 'withdrawn');
      alter table delivery drop constraint delivery_state_check;
      alter table delivery add constraint delivery_state_check check (state in ('queued', 'accepted', 'failed', 'off'));
      alter table delivery drop column maybe_taken;
      create or replace function apology_missed_by(of_dossier uuid, missed_at timestamptz) returns jsonb language sql stable as $$
        select jsonb_build_object('reason', reason, 'owner', jsonb_build_object(
                 'agencyId', agency_id, 'unitId', unit_id, 'personId', person_id)) from (
          (select 1 as rank, case t.form when 'apology-draft' then 'in-draft' when 'apology-initial' then 'in-initials'
                    when 'apology-sign' then 'in-signature' when 'apology-number' then 'in-number' else 'in-delivery' end as reason,
                  t.agency_id, t.unit_id, t.assignee_id as person_id
             from letter l join task t on t.subject_id = l.id
            where l.dossier_id = of_dossier and l.kind = 'apology' and t.opened_at <= missed_at
              and (t.done_at is null or t.done_at > missed_at)
              and not exists (select from decision d where d.task_id = t.id and d.state = 'released' and d.acted_at <= missed_at)
            order by t.opened_at desc limit 1)
          union all
          (select 2, 'judged-in-time', t.agency_id, t.unit_id, d.actor_id
             from letter l join task t on t.subject_id = l.id join decision d on d.task_id = t.id
            where l.dossier_id = of_dossier and l.kind = 'apology' and d.outcome = 'in-time' and d.state = 'released'
              and d.acted_at <= missed_at
            order by d.acted_at desc limit 1)
          union all
          (select 3, 'not-begun', h.agency_id, h.unit_id, h.person_id from holding h
            where h.dossier_id = of_dossier and h.track = 'accountable' and h.from_at <= missed_at
            order by h.seq desc limit 1)) known
        order by rank limit 1
      $$;
      drop function task_held_by(uuid, timestamptz);
    `)
  }
}
