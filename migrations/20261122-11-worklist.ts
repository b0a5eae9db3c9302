import { Migration } from '@mikro-orm/migrations'

/**
 * The worklist of people with much to do: lists that are read by an index of what is open and never by the history, and
 * what each person keeps for themselves (views, columns, reminders).
 */
export class Worklist extends Migration {
  override name = '20261122-11-worklist'

  override up() {
    this.addSql(`
      -- Open work only: 5,000 rows of a unit stay 5,000 rows whatever its history.
      create index task_mine on task (assignee_id, due_at) where state = 'open';
      create index task_of_unit on task (unit_id, role, due_at) where state = 'open';
      create index task_unclaimed on task (unit_id, role) where state = 'open' and assignee_id is null;
      drop index task_open;
      create index decision_of_day on decision (actor_id, acted_at);
      create index dossier_note_dossier on dossier_note (dossier_id, at);
      create index dossier_code_end on dossier (right(code, 4));

      -- Who has worked on what is still open, and on which task last: whoever waits for others finds it here. Kept by
      -- the database, so that no act can forget it. "counter": only as the one-stop, which waits for applicants alone.
      create table worked_on (
        person_id uuid not null references person,
        subject_id uuid not null references subject,
        dossier_id uuid not null references dossier,
        task_id uuid not null references task,
        counter boolean not null,
        primary key (person_id, subject_id)
      );
      create index worked_on_dossier on worked_on (dossier_id);
      create function worked_on_add() returns trigger language plpgsql as $$
        begin
          insert into worked_on (person_id, subject_id, dossier_id, task_id, counter)
          select new.actor_id, t.subject_id, t.dossier_id, t.id, t.role in ('clerk', 'one-stop-head')
            from task t join dossier d on d.id = t.dossier_id and d.finished_at is null
           where t.id = new.task_id
          on conflict (person_id, subject_id) do update
            set task_id = excluded.task_id, counter = worked_on.counter and excluded.counter;
          return null;
        end $$;
      create trigger worked_on_add after insert or update of state on decision
        for each row when (new.state = 'released') execute function worked_on_add();
      create function worked_on_end() returns trigger language plpgsql as $$
        begin
          delete from worked_on where dossier_id = new.id;
          return null;
        end $$;
      create trigger worked_on_end after update of finished_at on dossier
        for each row when (old.finished_at is null and new.finished_at is not null) execute function worked_on_end();
      insert into worked_on (person_id, subject_id, dossier_id, task_id, counter)
      select distinct on (c.actor_id, t.subject_id) c.actor_id, t.subject_id, t.dossier_id, t.id,
             bool_and(t.role in ('clerk', 'one-stop-head')) over (partition by c.actor_id, t.subject_id)
        from decision c join task t on t.id = c.task_id
        join dossier d on d.id = t.dossier_id and d.finished_at is null
       where c.state = 'released' order by c.actor_id, t.subject_id, c.acted_at desc;

      -- A list as somebody wants to see it again. Shared with everybody who has a post in one of the units.
      create table saved_view (
        id uuid primary key,
        owner_id uuid not null references person,
        shared_unit_ids uuid[] not null default '{}',
        name text not null check (length(name) between 1 and 80),
        content jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (owner_id, name)
      );
      create index saved_view_shared on saved_view using gin (shared_unit_ids);

      -- How a person's desk looks and listens, on whatever machine they sit down at.
      create table desk_setting (
        person_id uuid primary key references person,
        columns text[] not null,
        density text not null check (density in ('compact', 'comfortable')),
        single_keys boolean not null
      );

      -- "Nhắc tôi": a person's own reminder. No clock, no due date and no ledger ever reads this table.
      create table reminder (
        id uuid primary key,
        person_id uuid not null references person,
        dossier_id uuid not null references dossier,
        task_id uuid references task,
        at timestamptz not null,
        text text not null check (length(text) <= 500),
        created_at timestamptz not null,
        done_at timestamptz
      );
      create index reminder_open on reminder (person_id, at) where done_at is null;
    `)
  }

  override down() {
    this.addSql(`
      drop table reminder, desk_setting, saved_view;
      drop trigger worked_on_end on dossier;
      drop trigger worked_on_add on decision;
      drop function worked_on_end, worked_on_add;
      drop table worked_on;
      drop index dossier_code_end, dossier_note_dossier, decision_of_day, task_unclaimed, task_of_unit, task_mine;
      create index task_open on task (unit_id, role, state, due_at);
    `)
  }
}
