import { Migration } from '@mikro-orm/migrations'

/** The words of letters that administrators may change, version by version. */
export class LetterTemplates extends Migration {
  override name = '20261122-26-letter-templates'

  override up() {
    this.addSql(`
      -- A version never changes; it holds from its first day until the next version's.
      create table letter_template (
        id uuid primary key,
        kind text not null,
        version int not null check (version > 0),
        valid_from date not null,
        parts jsonb not null,
        note text not null,
        created_by uuid not null references person,
        created_at timestamptz not null,
        unique (kind, version)
      );
      create function letter_template_stays() returns trigger language plpgsql as
        $$ begin raise exception 'a version of a letter template never changes'; end $$;
      create trigger letter_template_stays before update or delete on letter_template
        for each row execute function letter_template_stays();

      -- Which version a letter was drafted with; null: the words that ship.
      alter table letter add column template_version int;
    `)
  }

  override down() {
    this.addSql(`
      alter table letter drop column template_version;
      drop table letter_template;
      drop function letter_template_stays;
    `)
  }
}
