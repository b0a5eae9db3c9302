import { Migration } from '@mikro-orm/migrations'

/** The legal record: procedures as published, dossiers, tasks and decisions, clocks, the ledger, letters, documents. */
export class Dossiers extends Migration {
  override name = '20261122-3-dossiers'

  override up() {
    this.addSql(`
      -- One immutable row per published version; a dossier points to the version it was filed under, for ever.
      create table procedure_version (
        id uuid primary key,
        code text not null,
        version int not null,
        process_id text not null unique,
        decision_id text not null,
        folder text not null,
        sha256 text not null unique,
        -- json and not jsonb: the order of steps, outcomes and allotments is the author's, and it means something.
        definition json not null,
        eform json not null,
        bpmn text not null,
        dmn text not null,
        search_text text not null,
        sample boolean not null,
        current boolean not null,
        deployed_epoch int,
        created_at timestamptz not null default now(),
        unique (code, version)
      );
      create index procedure_version_search on procedure_version using gin (search_text gin_trgm_ops);

      create table shared_process (
        name text not null,
        version int not null,
        process_id text not null unique,
        sha256 text not null unique,
        bpmn text not null,
        definition json not null,
        current boolean not null,
        deployed_epoch int,
        created_at timestamptz not null default now(),
        primary key (name, version)
      );

      create table dossier (
        id uuid primary key,
        code text not null unique check (length(code) <= 60),
        procedure_version_id uuid not null references procedure_version,
        procedure_code text not null,
        case_key text not null,
        channel text not null check (channel in ('ONLINE', 'DIRECT', 'POSTAL')),
        agency_id uuid not null references agency,
        one_stop_unit_id uuid not null references unit,
        unit_id uuid not null references unit,
        participant_agency_ids uuid[] not null,
        applicant_id uuid not null references person,
        filed_by uuid not null references person,
        place text not null,
        form_data jsonb not null,
        facts jsonb not null default '{}',
        findings jsonb not null default '[]',
        state text not null check (state in ('filed', 'processing', 'waiting-supplement', 'done', 'returned',
                                             'refused', 'closed', 'withdrawn')),
        result text check (result in ('granted', 'denied')),
        round int not null default 1,
        filed_at timestamptz not null,
        received_at timestamptz,
        received_by uuid references person,
        finished_at timestamptz,
        returned_at timestamptz,
        due_at timestamptz,
        legal_due_at timestamptz,
        original_due_at timestamptz,
        reappointed_due_at timestamptz,
        version int not null default 1
      );
      create index dossier_agency on dossier (agency_id, state, due_at);
      create index dossier_applicant on dossier (applicant_id);
      create index dossier_due on dossier (due_at) where finished_at is null;

      -- Running number of the day in the dossier code (TT 01/2018 art. 19).
      create table dossier_number (
        agency_id uuid not null references agency,
        day date not null,
        last int not null,
        primary key (agency_id, day)
      );

      create table task (
        id uuid primary key,
        subject_id uuid not null references subject,
        subject_kind text not null,
        dossier_id uuid not null references dossier,
        element_id text not null,
        visit int not null,
        epoch int not null,
        engine_key text not null,
        form text not null,
        name jsonb not null,
        role text not null,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        assignee_id uuid references person,
        state text not null check (state in ('open', 'deciding', 'moving', 'done', 'cancelled')),
        opened_at timestamptz not null,
        due_at timestamptz,
        done_at timestamptz,
        from_person_id uuid references person,
        from_at timestamptz,
        note text not null default '',
        version int not null default 1,
        unique (subject_id, element_id, visit)
      );
      create unique index task_engine on task (epoch, engine_key);
      create index task_open on task (unit_id, role, state, due_at);
      create index task_assignee on task (assignee_id, state);
      create index task_dossier on task (dossier_id);

      -- A person's decision on a task. Its effects happen at release: after take-back time, with the act's instant.
      create table decision (
        id uuid primary key,
        task_id uuid not null references task,
        dossier_id uuid not null references dossier,
        actor_id uuid not null references person,
        outcome text not null,
        data jsonb not null,
        acted_at timestamptz not null,
        release_at timestamptz not null,
        state text not null check (state in ('pending', 'released', 'withdrawn'))
      );
      create unique index decision_one on decision (task_id) where state <> 'withdrawn';
      create index decision_pending on decision (release_at) where state = 'pending';

      -- Which person the next task of a step goes to (assignment by the head of unit, or "back to the same officer").
      create table assignment (
        subject_id uuid not null references subject,
        element_id text not null,
        person_id uuid not null references person,
        assigned_by uuid references person,
        reason text not null default '',
        assigned_at timestamptz not null,
        primary key (subject_id, element_id)
      );

      create table supplement_request (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        round int not null,
        stage text not null,
        items jsonb not null,
        reason text not null default '',
        drafted_by uuid not null references person,
        drafted_at timestamptz not null,
        approved_by uuid references person,
        approved_at timestamptz,
        sent_by uuid references person,
        sent_at timestamptz,
        letter_id uuid,
        wait_until timestamptz,
        outcome text check (outcome in ('submitted', 'expired')),
        submitted_at timestamptz,
        received_at timestamptz,
        unique (dossier_id, round)
      );

      create table consultation (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        batch int not null,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        question text not null,
        asked_by uuid not null references person,
        drafted_at timestamptz not null,
        sent_at timestamptz,
        due_at timestamptz,
        on_silence text not null check (on_silence in ('REPORT', 'CONSENT')),
        silence_basis jsonb not null,
        outcome text check (outcome in ('agreed', 'objected', 'silent')),
        answer text not null default '',
        answered_by uuid references person,
        answered_at timestamptz,
        late boolean not null default false,
        -- As announced when it was sent: silence would take effect too late for the dossier (rules 6).
        conflicts_with_due boolean not null default false,
        letter_document_id uuid,
        unique (dossier_id, batch, agency_id)
      );

      create table stop_request (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        requested_by uuid not null references person,
        reason text not null,
        requested_at timestamptz not null,
        outcome text check (outcome in ('stopped', 'rejected')),
        decided_by uuid references person,
        decided_at timestamptz
      );

      create table clock (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        subject_id uuid not null,
        kind text not null check (kind in ('reception', 'dossier', 'step', 'supplement-wait', 'consultation')),
        round int not null default 1,
        mode text not null check (mode in ('RESTART', 'PAUSE', 'EXCLUDED-STAGE')),
        committed jsonb not null,
        legal jsonb not null,
        started_at timestamptz not null,
        due_at timestamptz not null,
        legal_due_at timestamptz not null,
        warn_at timestamptz,
        apology_start_at timestamptz,
        apology_by timestamptz,
        reappointed_due_at timestamptz,
        stopped_at timestamptz,
        ended_at timestamptz,
        provisional boolean not null default false,
        proof jsonb not null,
        unique (subject_id, kind, round)
      );
      create index clock_dossier on clock (dossier_id);

      -- Raw events of a clock, written once by the act: both verdicts (the law's and 766's) are computed from them.
      create table clock_event (
        id uuid primary key,
        clock_id uuid not null references clock,
        dossier_id uuid not null references dossier,
        at timestamptz not null,
        kind text not null check (kind in ('received', 'asked', 'complete', 'excluded', 'resumed', 'reappointed', 'finished')),
        by_person_id uuid references person,
        document jsonb not null default '{}'
      );
      create index clock_event_clock on clock_event (clock_id, at);

      create table alarm (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        clock_id uuid not null references clock,
        kind text not null check (kind in ('warn', 'apology-start', 'apology-missed', 'breach', 'wait-end', 'silence', 'reminder')),
        at timestamptz not null,
        handled_at timestamptz,
        outcome text not null default '',
        unique (clock_id, kind, at)
      );
      create index alarm_open on alarm (dossier_id, at) where handled_at is null;

      create table watch (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        next_alarm_at timestamptz not null,
        started_at timestamptz not null,
        stopped_at timestamptz
      );
      create unique index watch_one on watch (dossier_id) where stopped_at is null;

      -- The accountable line: intervals that tile the dossier's life. A boundary is the instant of the act that made it.
      create table holding (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        track text not null check (track in ('accountable', 'side')),
        subject_id uuid not null,
        seq int not null,
        round int not null,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        person_id uuid references person,
        on_behalf text not null default 'holder' check (on_behalf in ('holder', 'applicant')),
        element_id text not null,
        step_name jsonb not null,
        task_id uuid,
        allotted_minutes int,
        from_at timestamptz not null,
        to_at timestamptz,
        opened_by jsonb not null,
        closed_by jsonb,
        unique (dossier_id, track, subject_id, seq)
      );
      create index holding_dossier on holding (dossier_id, from_at);

      create table letter (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        kind text not null check (kind in ('receipt', 'supplement', 'refusal', 'apology', 'explanation', 'stop', 'closing', 'result')),
        template text not null,
        state text not null check (state in ('draft', 'initialled', 'signed', 'issued', 'delivered', 'void')),
        agency_id uuid not null references agency,
        form jsonb not null,
        data jsonb not null,
        reason text not null default '',
        new_due_at timestamptz,
        text_hash text,
        series text,
        number_year int,
        number int,
        number_text text,
        file_sha256 text,
        drafted_by uuid references person,
        drafted_at timestamptz not null,
        initialled_by uuid references person,
        initialled_at timestamptz,
        signed_by uuid references person,
        signed_at timestamptz,
        signed_as jsonb,
        issued_by uuid references person,
        issued_at timestamptz,
        delivered_by uuid references person,
        delivered_at timestamptz,
        void_at timestamptz,
        void_reason text
      );
      create index letter_dossier on letter (dossier_id);
      -- A void number stays in the book: the letter keeps it.
      create unique index letter_number on letter (series, number_year, number) where number is not null;

      create table letter_series (
        series text not null,
        year int not null,
        last int not null,
        primary key (series, year)
      );

      create table stored_file (
        sha256 text primary key,
        size bigint not null,
        media_type text not null,
        created_at timestamptz not null default now()
      );

      create table upload (
        id uuid primary key,
        owner_id uuid not null references person,
        sha256 text not null references stored_file,
        file_name text not null,
        media_type text not null,
        size bigint not null,
        created_at timestamptz not null default now(),
        used_at timestamptz
      );

      create table document (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        agency_id uuid not null,
        paper_key text not null,
        sha256 text not null references stored_file,
        file_name text not null,
        media_type text not null,
        size bigint not null,
        round int not null,
        added_by uuid not null references person,
        added_at timestamptz not null
      );
      create index document_dossier on document (dossier_id);

      create table notification (
        id uuid primary key,
        key text not null unique,
        dossier_id uuid not null references dossier,
        person_id uuid not null references person,
        address text not null,
        subject text not null,
        body text not null,
        attachments jsonb not null default '[]',
        state text not null check (state in ('queued', 'sent', 'shown', 'failed')),
        attempts int not null default 0,
        next_attempt_at timestamptz not null default now(),
        last_error text,
        created_at timestamptz not null,
        sent_at timestamptz
      );
      create index notification_queue on notification (next_attempt_at) where state = 'queued';

      create table dossier_note (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        author_id uuid not null references person,
        text text not null,
        at timestamptz not null,
        replaces_id uuid references dossier_note
      );

      -- What somebody must know or explain: missed letters, rounds beyond the rule, a silent agency.
      create table finding (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        agency_id uuid not null references agency,
        kind text not null,
        at timestamptz not null,
        detail jsonb not null,
        unique (dossier_id, agency_id, kind, at)
      );

      create table calendar_day (
        id uuid primary key,
        date date not null,
        kind text not null check (kind in ('holiday', 'substitute', 'swapped-working-day', 'undecided')),
        name jsonb not null,
        source text not null,
        decision text not null default '',
        swap_with date,
        substitutes_for date,
        verified boolean not null,
        test boolean not null default false,
        valid_from timestamptz not null,
        valid_to timestamptz
      );
      create unique index calendar_day_one on calendar_day (date) where valid_to is null;

      create table clock_offset (
        single boolean primary key default true check (single),
        offset_ms bigint not null check (offset_ms >= 0)
      );

      -- A repeated request with the same key gets the first answer.
      create table idempotency_key (
        actor_id uuid not null,
        key text not null,
        request_hash text not null,
        status int not null,
        answer jsonb not null,
        created_at timestamptz not null default now(),
        primary key (actor_id, key)
      );
    `)
  }

  override down() {
    this.addSql(`drop table idempotency_key, clock_offset, calendar_day, finding, dossier_note, notification, document, upload,
      stored_file, letter_series, letter, holding, watch, alarm, clock_event, clock, stop_request, consultation,
      supplement_request, assignment, decision, task, dossier_number, dossier, shared_process, procedure_version`)
  }
}
