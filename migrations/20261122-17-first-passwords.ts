import { Migration } from '@mikro-orm/migrations'

/**
 * People who are imported have a login and no password: they come in by single sign-on, or set their first password
 * through a link that works once.
 */
export class FirstPasswords extends Migration {
  override name = '20261122-17-first-passwords'

  override up() {
    this.addSql(`
      alter table account alter column password_hash drop not null;

      -- Machine time, as for sessions. The token itself is known to its bearer alone.
      create table password_link (
        id uuid primary key,
        person_id uuid not null references person,
        token_hash text not null unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create index password_link_person on password_link (person_id) where used_at is null;

      -- As the counter and single sign-on compare numbers.
      create index person_identity_no on person (upper(regexp_replace(identity_no, '[\\s.-]', '', 'g')))
        where identity_no <> '';
    `)
  }

  override down() {
    this.addSql('drop index person_identity_no; drop table password_link')
  }
}
