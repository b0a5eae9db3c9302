import { Migration } from '@mikro-orm/migrations'

/**
 * An inspector sees what a decision says, while it says so, and only with a second factor. The second factor itself
 * (RFC 6238) is offered to everybody.
 */
export class Inspections extends Migration {
  override name = '20261122-29-inspections'

  override up() {
    this.addSql(`
      create table inspection (
        id uuid primary key,
        person_id uuid not null references person,
        number text not null,
        decided_on date not null,
        decided_by text not null,
        -- Empty: every agency, every procedure.
        agency_ids uuid[] not null,
        procedure_codes text[] not null,
        -- Dossiers filed on these days, both counted.
        filed_from date not null,
        filed_to date not null check (filed_to >= filed_from),
        -- When the inspector may look, both days counted: access ends by itself.
        valid_from date not null,
        valid_to date not null check (valid_to >= valid_from),
        made_by uuid not null references person,
        made_at timestamptz not null,
        ended_at timestamptz,
        ended_by uuid references person,
        end_reason text not null default ''
      );
      create index inspection_person on inspection (person_id, valid_to);

      -- Machine time throughout. "last_step": a code counts once (RFC 6238, 5.2).
      create table second_factor (
        person_id uuid primary key references person,
        secret text not null,
        confirmed_at timestamptz,
        last_step bigint not null default 0
      );
      create table recovery_code (
        person_id uuid not null references person,
        code_hash text not null,
        used_at timestamptz,
        primary key (person_id, code_hash)
      );
    `)
  }

  override down() {
    this.addSql('drop table recovery_code, second_factor, inspection')
  }
}
