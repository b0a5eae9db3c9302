import { Migration } from '@mikro-orm/migrations'

/**
 * Who is away and who stands in, work that somebody above must look at, and what the head of a one-stop writes about late
 * dossiers and results that nobody collects.
 */
export class Absence extends Migration {
  override name = '20261122-12-absence'

  override up() {
    this.addSql(`
      -- A stretch of legal days, both counted. Empty kinds mean all work; a row is never deleted.
      create table absence (
        id uuid primary key,
        agency_id uuid not null references agency,
        unit_ids uuid[] not null,
        person_id uuid not null references person,
        substitute_id uuid references person,
        from_day date not null,
        to_day date not null check (to_day >= from_day),
        procedures text[] not null default '{}',
        forms text[] not null default '{}',
        reason text not null,
        entered_by uuid not null references person,
        entered_at timestamptz not null,
        ended_by uuid references person,
        ended_at timestamptz,
        cancelled_at timestamptz
      );
      create index absence_person on absence (person_id, to_day) where cancelled_at is null;
      create index absence_substitute on absence (substitute_id, to_day) where cancelled_at is null;

      -- Whether kinds of work take in a task of a procedure and form.
      create function covers(procedures text[], forms text[], procedure_code text, form text) returns boolean language sql immutable
        return (procedures = '{}' or procedure_code = any(procedures)) and (forms = '{}' or form = any(forms));

      -- A rule of substitution asks about the procedure, so it stands on the task itself; the database fills it in.
      alter table task add column procedure_code text, add column in_place_of uuid references person;
      update task t set procedure_code = d.procedure_code from dossier d where d.id = t.dossier_id;
      alter table task alter column procedure_code set not null;
      create function task_procedure() returns trigger language plpgsql as $$
        begin
          select d.procedure_code into new.procedure_code from dossier d where d.id = new.dossier_id;
          return new;
        end $$;
      create trigger task_procedure before insert on task for each row execute function task_procedure();

      -- "X thay Y": for whom the person of the act or of the interval stood in.
      alter table decision add column in_place_of uuid references person;
      alter table holding add column in_place_of uuid references person;

      -- A step overdue for too long, shown to somebody above; the alarm of the step's clock writes it.
      -- Added to the kinds there are, whichever migrations ran before.
      do $$
        declare kinds text;
        begin
          select pg_get_constraintdef(oid) into strict kinds from pg_constraint where conname = 'alarm_kind_check';
          alter table alarm drop constraint alarm_kind_check;
          execute 'alter table alarm add constraint alarm_kind_check ' ||
            replace(kinds, 'ARRAY[', 'ARRAY[''escalate-head''::text, ''escalate-leader''::text, ');
        end $$;
      create table escalation (
        task_id uuid not null references task,
        level text not null check (level in ('unit-head', 'leader')),
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        at timestamptz not null,
        primary key (task_id, level)
      );
      create index escalation_unit on escalation (unit_id, level);
      create index escalation_agency on escalation (agency_id, level);

      -- Phiếu đôn đốc: numbered and printed once by the one-stop; its answer stands beside it.
      create table urging (
        id uuid primary key,
        one_stop_unit_id uuid not null references unit,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        series text not null,
        number_year int not null,
        number int not null,
        number_text text not null,
        text text not null,
        answer_by date not null,
        data jsonb not null,
        file_sha256 text not null references stored_file,
        written_by uuid not null references person,
        written_at timestamptz not null,
        answer text,
        answered_by uuid references person,
        answered_at timestamptz,
        unique (series, number_year, number)
      );
      create index urging_file on urging (file_sha256);
      create index urging_unit on urging (unit_id, written_at);
      create index urging_one_stop on urging (one_stop_unit_id, written_at);
      create table urging_dossier (
        urging_id uuid not null references urging,
        dossier_id uuid not null references dossier,
        primary key (urging_id, dossier_id)
      );
      create index urging_dossier_dossier on urging_dossier (dossier_id);

      -- Each time the one-stop reminded the applicant of a result that lies at the counter; once a legal day.
      create table collection_reminder (
        dossier_id uuid not null references dossier,
        day date not null,
        by_person_id uuid not null references person,
        at timestamptz not null,
        primary key (dossier_id, day)
      );
      create index dossier_one_stop_open on dossier (one_stop_unit_id) where finished_at is null;
      create index dossier_uncollected on dossier (one_stop_unit_id, finished_at) where state = 'done';
    `)
  }

  override down() {
    this.addSql(`
      drop index dossier_uncollected, dossier_one_stop_open;
      drop table collection_reminder, urging_dossier, urging, escalation, absence;
      alter table holding drop column in_place_of;
      alter table decision drop column in_place_of;
      drop trigger task_procedure on task;
      drop function task_procedure();
      alter table task drop column in_place_of, drop column procedure_code;
      drop function covers(text[], text[], text, text);
      delete from alarm where kind in ('escalate-head', 'escalate-leader');
      do $$
        declare kinds text;
        begin
          select pg_get_constraintdef(oid) into strict kinds from pg_constraint where conname = 'alarm_kind_check';
          alter table alarm drop constraint alarm_kind_check;
          execute 'alter table alarm add constraint alarm_kind_check ' ||
            replace(kinds, '''escalate-head''::text, ''escalate-leader''::text, ', '');
        end $$;
    `)
  }
}
