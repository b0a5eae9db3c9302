import { Migration } from '@mikro-orm/migrations'

/**
 * What src/engine keeps. Keys are text from the wire on: an int64 above 2^53 does not survive JavaScript.
 * Every key stands beside its epoch, because keys start over after the broker's data are lost.
 */
export class Engine extends Migration {
  override name = '20261122-2-engine'

  override up() {
    this.addSql(`
      create table engine_epoch (
        epoch int primary key,
        broker_id uuid not null,
        reason text not null,
        created_at timestamptz not null default now()
      );

      -- What has been read of each partition's record stream.
      create table engine_mark (
        epoch int not null references engine_epoch,
        partition int not null,
        position bigint not null,
        greatest_timestamp bigint not null,
        stopped text,
        primary key (epoch, partition)
      );

      create table engine_instance (
        epoch int not null,
        key text not null,
        process_id text not null,
        process_version int not null default 0,
        process_key text not null default '',
        parent_key text not null default '',
        subject_id uuid,
        start_id uuid,
        state text not null check (state in ('active', 'completed', 'cancelled')),
        started_at timestamptz,
        ended_at timestamptz,
        primary key (epoch, key)
      );
      -- The first root instance of a start wins; a second one is cancelled.
      create unique index engine_instance_start on engine_instance (epoch, start_id) where start_id is not null;
      create index engine_instance_subject on engine_instance (subject_id);

      create table engine_element (
        epoch int not null,
        key text not null,
        instance_key text not null,
        scope_key text not null default '',
        element_id text not null default '',
        element_type text not null default '',
        state text not null check (state in ('active', 'completed', 'cancelled')),
        started_at timestamptz,
        ended_at timestamptz,
        primary key (epoch, key)
      );
      create index engine_element_instance on engine_element (epoch, instance_key, state);

      create table engine_flow (
        epoch int not null,
        instance_key text not null,
        flow_id text not null,
        taken int not null default 0,
        primary key (epoch, instance_key, flow_id)
      );

      create table engine_job (
        epoch int not null,
        key text not null,
        type text not null default '',
        instance_key text not null default '',
        element_key text not null default '',
        element_id text not null default '',
        worker text not null default '',
        retries int not null default 0,
        error_message text not null default '',
        state text not null check (state in ('created', 'activated', 'failed', 'completed', 'cancelled')),
        created_at timestamptz,
        updated_at timestamptz,
        primary key (epoch, key)
      );
      create index engine_job_instance on engine_job (epoch, instance_key);
      create index engine_job_element on engine_job (epoch, element_key);
      create index engine_job_open on engine_job (type, created_at) where state in ('created', 'activated', 'failed');

      create table engine_variable (
        epoch int not null,
        instance_key text not null,
        scope_key text not null,
        name text not null,
        value text not null,
        primary key (epoch, scope_key, name)
      );
      create index engine_variable_instance on engine_variable (epoch, instance_key);

      create table engine_user_task (
        epoch int not null,
        key text not null,
        instance_key text not null default '',
        element_key text not null default '',
        element_id text not null default '',
        external_reference text not null default '',
        state text not null check (state in ('created', 'completed', 'cancelled')),
        created_at timestamptz,
        ended_at timestamptz,
        primary key (epoch, key)
      );

      create index engine_user_task_instance on engine_user_task (epoch, instance_key);
      create index engine_user_task_element on engine_user_task (epoch, element_key);

      create table engine_incident (
        epoch int not null,
        key text not null,
        instance_key text not null default '',
        element_key text not null default '',
        element_id text not null default '',
        job_key text not null default '',
        error_type text not null default '',
        message text not null default '',
        state text not null check (state in ('open', 'resolved')),
        created_at timestamptz,
        resolved_at timestamptz,
        primary key (epoch, key)
      );

      -- What process instances are about: a dossier, consultation, letter or stop request. Each names its dossier.
      create table subject (
        id uuid primary key,
        kind text not null check (kind in ('dossier', 'watch', 'consultation', 'letter', 'stop')),
        dossier_id uuid not null,
        process_id text not null,
        created_at timestamptz not null
      );
      create index subject_dossier on subject (dossier_id);

      -- The n-th activation of an element for a subject, unique across epochs.
      create table visit (
        subject_id uuid not null references subject,
        element_id text not null,
        visit int not null,
        epoch int not null,
        element_key text not null,
        ended boolean not null default false,
        primary key (subject_id, element_id, visit)
      );
      create unique index visit_element on visit (epoch, element_key);

      -- Commands to the engine, written in the transaction of the act and sent after its commit.
      create table outbox (
        id uuid primary key,
        seq bigint generated always as identity,
        subject_id uuid not null,
        kind text not null check (kind in ('start', 'complete-task', 'complete-job', 'cancel', 'publish', 'retry')),
        payload jsonb not null,
        created_at timestamptz not null default now(),
        release_at timestamptz not null default now(),
        leased_until timestamptz,
        attempts int not null default 0,
        last_error text,
        sent_at timestamptz,
        settled_at timestamptz,
        withdrawn_at timestamptz
      );
      create index outbox_open on outbox (release_at, seq) where sent_at is null and withdrawn_at is null;
      create index outbox_unsettled on outbox (seq) where settled_at is null and withdrawn_at is null;
      create index outbox_subject on outbox (subject_id, seq);

      create table handled_job (
        epoch int not null,
        job_key text not null,
        type text not null,
        output jsonb not null,
        handled_at timestamptz not null default now(),
        primary key (epoch, job_key)
      );

      -- An await.* service task: the engine's half (job) and the act's half (outcome) meet here; the first outcome wins.
      create table wait (
        subject_id uuid not null references subject,
        element_id text not null,
        visit int not null,
        type text not null default '',
        epoch int,
        job_key text,
        outcome text,
        outcome_data jsonb not null default '{}',
        outcome_at timestamptz,
        outcome_by uuid,
        outbox_id uuid,
        primary key (subject_id, element_id, visit)
      );
    `)
  }

  override down() {
    this.addSql(`drop table wait, handled_job, outbox, visit, subject, engine_incident, engine_user_task, engine_variable,
      engine_job, engine_flow, engine_element, engine_instance, engine_mark, engine_epoch`)
  }
}
