import { Migration } from '@mikro-orm/migrations'

/**
 * What auditors do with what they find. "Late" is said once, here: lists, tallies, pivots, samples and index 766 all ask
 * this function, so that no two pages can disagree.
 */
export class Oversight extends Migration {
  override name = '20261122-27-oversight'

  override up() {
    this.addSql(`
      -- The date of the round that had passed when its clock stood still, kept when that time moves the date on: what was
      -- missed stays missed.
      alter table clock add column missed_due_at timestamptz, add column missed_at timestamptz;

      -- Every round of a dossier's clock against its own date. A clock that stands still is judged at the instant it stopped,
      -- so that waiting makes nobody late, and papers that come later make nobody timely. "promised_at": the first date that the
      -- round missed, or its date. "due_at" to "until" is what it is late by. "next_at": when the round after it began.
      create function judged_round(now timestamptz)
      returns table (dossier_id uuid, round int, started_at timestamptz, promised_at timestamptz, committed jsonb, due_at timestamptz,
                     until timestamptz, next_at timestamptz, late boolean)
      language sql stable as $$
        select d.id, k.round, k.started_at, coalesce(k.missed_due_at, k.due_at), k.committed,
               case when k.missed_at is not null and e.at <= k.due_at then k.missed_due_at else k.due_at end,
               case when k.missed_at is not null and e.at <= k.due_at then k.missed_at else e.at end,
               (select min(n.started_at) from clock n where n.dossier_id = d.id and n.kind = 'dossier' and n.round > k.round),
               k.missed_at is not null or e.at > k.due_at
          from dossier d
          join clock k on k.dossier_id = d.id and k.kind = 'dossier'
          cross join lateral (select coalesce(k.stopped_at, k.ended_at, d.finished_at, now) as at) e
      $$;

      -- Every dossier that has been received, by the first round that missed its date: a count that begins anew afterwards takes
      -- nothing back. Without one, by its last round. "due_at" is the date by which lists, tallies and periods know it. One
      -- select each: the planner folds them into the asking query.
      create function judged_dossier(now timestamptz)
      returns table (dossier_id uuid, round int, started_at timestamptz, due_at timestamptz, committed jsonb,
                     until timestamptz, next_at timestamptz, late boolean)
      language sql stable as $$
        select d.id, r.round, r.started_at, r.promised_at, r.committed, r.until, r.next_at, r.late
          from dossier d
          join lateral (select * from judged_round(now) j where j.dossier_id = d.id
                         order by j.late desc, case when j.late then j.round else -j.round end limit 1) r on true
         where d.original_due_at is not null
      $$;

      -- Null: the clock found it. Otherwise the auditor who did, by hand or from the list of what is gamed.
      alter table finding add column added_by uuid references person;
      create index finding_dossier on finding (dossier_id, at);

      -- A finding that somebody has to explain: asked within a limit, answered by who is accountable, concluded.
      create table explanation (
        id uuid primary key,
        finding_id uuid not null unique references finding,
        dossier_id uuid not null references dossier,
        -- Who is accountable: the unit, and the person where one held the dossier.
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        person_id uuid references person,
        state text not null check (state in ('asked', 'answered', 'concluded')),
        question text not null,
        limit_days int not null check (limit_days between 1 and 30),
        asked_by uuid not null references person,
        asked_at timestamptz not null,
        warn_at timestamptz not null,
        due_at timestamptz not null,
        warned_at timestamptz,
        overdue_at timestamptz,
        cause text check (cause in ('objective', 'subjective')),
        answer text,
        answered_by uuid references person,
        answered_at timestamptz,
        conclusion text,
        upheld boolean,
        concluded_by uuid references person,
        concluded_at timestamptz,
        version int not null default 1,
        check ((state = 'concluded') = (concluded_at is not null)),
        check (state <> 'answered' or answered_at is not null)
      );
      create index explanation_dossier on explanation (dossier_id);
      create index explanation_unit on explanation (unit_id, state);
      create index explanation_waiting on explanation (due_at) where state = 'asked' and overdue_at is null;

      -- Every answer that was given, in order: asking again takes nothing back. The last one stands on the explanation too.
      create table explanation_answer (
        id uuid primary key,
        explanation_id uuid not null references explanation,
        cause text not null check (cause in ('objective', 'subjective')),
        answer text not null,
        answered_by uuid not null references person,
        answered_at timestamptz not null
      );
      create index explanation_answer_of on explanation_answer (explanation_id, answered_at);

      create table explanation_document (
        id uuid primary key,
        explanation_id uuid not null references explanation,
        answer_id uuid not null references explanation_answer,
        sha256 text not null references stored_file,
        file_name text not null,
        media_type text not null,
        size bigint not null,
        added_by uuid not null references person,
        added_at timestamptz not null
      );
      create index explanation_document_of on explanation_document (explanation_id);

      -- What an auditor reports. The content is frozen when it is made: the signature covers its hash, and the signed
      -- bytes are kept, never rendered again.
      create table audit_report (
        id uuid primary key,
        agency_id uuid references agency,
        from_day date not null,
        to_day date not null,
        content jsonb not null,
        text_hash text not null,
        made_by uuid not null references person,
        made_at timestamptz not null,
        signed_by uuid references person,
        signed_at timestamptz,
        pdf_sha256 text references stored_file,
        docx_sha256 text references stored_file,
        check ((signed_at is null) = (pdf_sha256 is null) and (signed_at is null) = (docx_sha256 is null))
      );
    `)
  }

  override down() {
    this.addSql(`
      drop table audit_report, explanation_document, explanation_answer, explanation;
      drop index finding_dossier;
      alter table finding drop column added_by;
      drop function judged_dossier;
      drop function judged_round;
      alter table clock drop column missed_due_at, drop column missed_at;
    `)
  }
}
