import { Migration } from '@mikro-orm/migrations'

/** Who answers for a missing apology; messages by SMS and Zalo; the number of a dossier's control slip. */
export class Deliveries extends Migration {
  override name = '20261122-23-deliveries'

  override up() {
    this.addSql(`
      -- Why no apology had been delivered at an instant, and who had its step then: whoever had the letter, whoever judged
      -- that none was needed, or, where none had been begun, whoever held the dossier.
      create function apology_missed_by(of_dossier uuid, missed_at timestamptz) returns jsonb language sql stable as $$
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
      update finding set detail = detail || apology_missed_by(dossier_id, at)
       where kind = 'apology-not-in-time' and not detail ? 'owner';

      -- By which channels beside mail a person wants to be written to; a consent that was withdrawn stays on the record.
      create table channel_consent (
        id uuid primary key,
        person_id uuid not null references person,
        channel text not null check (channel in ('sms', 'zalo')),
        given_at timestamptz not null,
        withdrawn_at timestamptz
      );
      create unique index channel_consent_one on channel_consent (person_id, channel) where withdrawn_at is null;

      -- A message on its way through a gateway. Its id is the key by which the gateway knows a repeat.
      create table delivery (
        id uuid primary key,
        notification_id uuid not null references notification,
        dossier_id uuid references dossier,
        person_id uuid not null references person,
        channel text not null check (channel in ('sms', 'zalo')),
        address text not null,
        text text not null,
        state text not null check (state in ('queued', 'accepted', 'failed', 'off')),
        attempts int not null default 0,
        next_attempt_at timestamptz not null default now(),
        last_error text,
        provider_id text,
        proof jsonb,
        created_at timestamptz not null,
        accepted_at timestamptz,
        unique (notification_id, channel),
        check ((state = 'accepted') = (provider_id is not null))
      );
      create index delivery_queue on delivery (next_attempt_at) where state = 'queued';
      create index delivery_dossier on delivery (dossier_id);

      -- Phiếu kiểm soát: one for a dossier, its number drawn when it is first printed.
      create table control_slip (
        dossier_id uuid primary key references dossier,
        series text not null,
        number_year int not null,
        number int not null,
        number_text text not null,
        drawn_by uuid references person,
        drawn_at timestamptz not null,
        unique (series, number_year, number)
      );
    `)
  }

  override down() {
    this.addSql(`
      drop table control_slip, delivery, channel_consent;
      drop function apology_missed_by(uuid, timestamptz);
    `)
  }
}
