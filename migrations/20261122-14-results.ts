import { Migration } from '@mikro-orm/migrations'

/** Results made elsewhere, words that an agency uses again on form 02, what a person has read, and the registers. */
export class Results extends Migration {
  override name = '20261122-14-results'

  override up() {
    this.addSql(`
      -- The file of a result made elsewhere: part of the letter's bytes, kept as it came.
      alter table letter add column source_sha256 text references stored_file;
      create index letter_register on letter (agency_id, number_year, series, number) where number is not null;

      alter table notification add column read_at timestamptz;
      create index notification_person on notification (person_id, id);

      create index dossier_register on dossier (one_stop_unit_id, received_at) where received_at is not null;

      -- Words for form 02 that an agency uses again, per procedure; retired, never deleted: who wrote what stays known.
      create table phrase (
        id uuid primary key,
        agency_id uuid not null references agency,
        procedure_code text not null,
        paper_key text,
        text text not null,
        reason text not null,
        basis text not null default '',
        created_by uuid not null references person,
        created_at timestamptz not null,
        retired_by uuid references person,
        retired_at timestamptz
      );
      create index phrase_open on phrase (agency_id, procedure_code) where retired_at is null;

      -- What a person is looking at before they decide: no part of the record, gone within the hour.
      create table preview (
        id uuid primary key,
        person_id uuid not null references person,
        task_id uuid not null references task,
        outcome text not null,
        data jsonb not null,
        created_at timestamptz not null default now()
      );
      create index preview_person on preview (person_id, created_at);
    `)
  }

  override down() {
    this.addSql(`
      drop table preview, phrase;
      drop index dossier_register, notification_person, letter_register;
      alter table notification drop column read_at;
      alter table letter drop column source_sha256;
    `)
  }
}
