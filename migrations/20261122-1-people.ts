import { Migration } from '@mikro-orm/migrations'

/**
 * Who there is: agencies, their units, people and the posts they hold. Everything has validity dates, because
 * units merge and people move while dossiers are open (the district level ended on 2025-06-30).
 */
export class People extends Migration {
  override name = '20261122-1-people'

  override up() {
    this.addSql(`
      create extension if not exists unaccent;
      create extension if not exists pg_trgm;

      -- Whether something with validity dates exists on a legal day; both ends count.
      create function valid_on(valid_from date, valid_to date, day date) returns boolean language sql immutable
        return valid_from <= day and (valid_to is null or valid_to >= day);

      create table agency (
        id uuid primary key,
        code text not null unique,
        name jsonb not null,
        level text not null check (level in ('province', 'department', 'district', 'commune', 'vertical')),
        parent_id uuid references agency,
        successor_id uuid references agency,
        place text not null,
        working_hours jsonb not null,
        address text not null default '',
        phone text not null default '',
        sample boolean not null,
        valid_from date not null,
        valid_to date
      );

      create table unit (
        id uuid primary key,
        agency_id uuid not null references agency,
        code text not null unique,
        name jsonb not null,
        kind text not null check (kind in ('one-stop', 'specialist', 'leadership', 'clerical')),
        sample boolean not null,
        valid_from date not null,
        valid_to date
      );

      create table person (
        id uuid primary key,
        kind text not null check (kind in ('staff', 'citizen')),
        full_name text not null,
        identity_no text not null default '',
        email text not null default '',
        phone text not null default '',
        address text not null default '',
        active boolean not null default true,
        sample boolean not null default false
      );

      create table account (
        id uuid primary key,
        person_id uuid not null references person,
        login text not null unique,
        password_hash text not null,
        locale text not null default 'vi' check (locale in ('vi', 'en')),
        demo boolean not null default false
      );

      -- A person's role in a unit for a time. "capacity" is how the signature block reads (KT., TL., TUQ.) with its decision.
      create table post (
        id uuid primary key,
        person_id uuid not null references person,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        role text not null check (role in ('clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical',
                                           'control', 'auditor', 'analyst', 'admin')),
        title jsonb not null,
        capacity jsonb,
        valid_from date not null,
        valid_to date
      );
      create index post_person on post (person_id);
      create index post_unit_role on post (unit_id, role);

      create table session (
        sid text primary key,
        sess json not null,
        expire timestamptz not null
      );
      create index session_expire on session (expire);

      -- Failed logins, on machine time (the shape is rate-limiter-flexible's).
      create table rate_limit (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
    `)
  }

  override down() {
    this.addSql('drop table rate_limit, session, post, account, person, unit, agency')
  }
}
