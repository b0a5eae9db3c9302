import { Migration } from '@mikro-orm/migrations'

/** By whom a provider of single sign-on knows a person: what it calls them may change, and go to somebody else. */
export class SsoSubjects extends Migration {
  override name = '20261122-20-sso-subject'

  override up() {
    this.addSql(`
      create table sso_subject (
        issuer text not null,
        subject text not null,
        person_id uuid not null references person,
        -- Machine time, as for sessions.
        bound_at timestamptz not null default now(),
        primary key (issuer, subject),
        unique (issuer, person_id)
      );
    `)
  }

  override down() {
    this.addSql('drop table sso_subject')
  }
}
