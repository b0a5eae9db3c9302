import { Migration } from '@mikro-orm/migrations'

/** Who opened the personal data of a dossier, why and until when; and a note is corrected by one note at most. */
export class Openings extends Migration {
  override name = '20261122-16-openings'

  override up() {
    this.addSql(`
      create table opening (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        person_id uuid not null references person,
        -- Where the person had the work that needed the data.
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        -- Names of what was opened, never what it said.
        fields text[] not null,
        reason text not null,
        reason_text text not null default '',
        opened_at timestamptz not null,
        until timestamptz not null check (until > opened_at),
        closed_at timestamptz
      );
      create index opening_open on opening (dossier_id, person_id, until);
      create index opening_when on opening (opened_at, id);

      -- Two people at once must not correct one note in two ways. Where it has happened, the first correction stands and
      -- the others are notes of their own: no wording is lost.
      update dossier_note n set replaces_id = null
       where n.replaces_id is not null
         and exists (select from dossier_note o where o.replaces_id = n.replaces_id and (o.at, o.id) < (n.at, n.id));
      create unique index dossier_note_replaces on dossier_note (replaces_id) where replaces_id is not null;
    `)
  }

  override down() {
    this.addSql('drop index dossier_note_replaces; drop table opening')
  }
}
