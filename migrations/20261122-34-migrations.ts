import { Migration } from '@mikro-orm/migrations'

/** Open dossiers moved to another version of their procedure by a named act, one by one; a draft's examples run on a throw-away engine. */
export class Migrations extends Migration {
  override name = '20261122-34-migrations'

  override up() {
    this.addSql(`
      alter table outbox drop constraint outbox_kind_check;
      alter table outbox add constraint outbox_kind_check
        check (kind in ('start', 'complete-task', 'complete-job', 'cancel', 'publish', 'retry', 'migrate'));

      -- The act: who moves open dossiers from one version to another, and why.
      create table migration_run (
        id uuid primary key,
        code text not null,
        from_version_id uuid not null references procedure_version,
        to_version_id uuid not null references procedure_version,
        -- Steps that go on under another id: [{from, to}]. Every other step keeps its own.
        mapping jsonb not null,
        reason text not null,
        -- Of the Chairman's decision, where there is one.
        decision_number text,
        state text not null check (state in ('running', 'paused', 'done')),
        started_at timestamptz not null,
        started_by uuid not null references person,
        finished_at timestamptz
      );
      create index migration_run_code on migration_run (code, started_at);

      -- waiting → sent (the engine is asked) → moved (its record says so) → done (clocks counted, trail written); or
      -- cannot (a rule forbids it), changed (it moved meanwhile: again later), refused (the engine said no).
      create table migration_item (
        run_id uuid not null references migration_run,
        dossier_id uuid not null references dossier,
        seq int not null,
        state text not null check (state in ('waiting', 'sent', 'moved', 'done', 'cannot', 'changed', 'refused')),
        -- Why not, in both languages.
        obstacles jsonb not null default '[]',
        -- Dates of the dossier's clock before the act, and as counted after it.
        clock_before jsonb,
        clock_after jsonb,
        outbox_id uuid,
        -- The instant of the act, by the legal clock: the moment at which the engine is asked.
        acted_at timestamptz,
        done_at timestamptz,
        attempts int not null default 0,
        retry_at timestamptz,
        last_error text,
        primary key (run_id, dossier_id)
      );
      create index migration_item_dossier on migration_item (dossier_id, acted_at);
      -- One act at a time on a dossier.
      create unique index migration_item_open on migration_item (dossier_id) where state in ('waiting', 'sent', 'moved');
      create index migration_item_work on migration_item (run_id, seq) where state in ('waiting', 'sent', 'moved');

      create table trial_run (
        id uuid primary key,
        draft_id uuid not null references procedure_draft,
        revision int not null,
        state text not null check (state in ('queued', 'running', 'done', 'failed')),
        progress jsonb not null default '{}',
        result jsonb,
        -- Why it could not run at all, in both languages.
        failure jsonb,
        asked_at timestamptz not null,
        asked_by uuid not null references person,
        started_at timestamptz,
        ended_at timestamptz
      );
      create index trial_run_draft on trial_run (draft_id, asked_at);
      -- At most one throw-away engine at a time.
      create unique index trial_run_running on trial_run (state) where state = 'running';
    `)
  }

  override down() {
    this.addSql(`
      drop table trial_run, migration_item, migration_run;
      delete from outbox where kind = 'migrate';
      alter table outbox drop constraint outbox_kind_check;
      alter table outbox add constraint outbox_kind_check
        check (kind in ('start', 'complete-task', 'complete-job', 'cancel', 'publish', 'retry'));
    `)
  }
}
