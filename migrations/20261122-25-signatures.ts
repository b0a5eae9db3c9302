import { Migration } from '@mikro-orm/migrations'

/** Digital signatures of letters, and books that are locked at the end of their year. */
export class Signatures extends Migration {
  override name = '20261122-25-signatures'

  override up() {
    this.addSql(`
      -- The bytes that its signer signed; number, date and seal are added behind them.
      alter table letter add column signed_file_sha256 text references stored_file;

      -- Each signature of a letter's file: of who signs, of the clerk at the counter, or the agency's seal.
      create table letter_signature (
        id uuid primary key,
        letter_id uuid not null references letter,
        role text not null check (role in ('signer', 'clerk', 'seal')),
        -- waiting: the key lies elsewhere and has not answered; void: the letter went back before or after.
        state text not null check (state in ('waiting', 'signed', 'refused', 'void')),
        -- Which key was asked for: "person/<login>" or "agency/<code>".
        signer text not null,
        certificate jsonb not null,
        -- Waiting: the file with room for the signature. Signed: the file that bears it.
        file_sha256 text not null references stored_file,
        asked_at timestamptz not null,
        signed_at timestamptz,
        -- Machine time, for asking again.
        attempts int not null default 0,
        next_at timestamptz not null default now(),
        last_error text
      );
      create index letter_signature_letter on letter_signature (letter_id);
      create index letter_signature_waiting on letter_signature (next_at) where state = 'waiting';

      -- TT 01/2018 art. 10: the books of a year are locked when it is over, by the agency's head. No number is drawn any more.
      create table book_lock (
        agency_id uuid not null references agency,
        year int not null,
        locked_by uuid not null references person,
        locked_at timestamptz not null,
        -- The last number of each book, as it was locked.
        books jsonb not null,
        primary key (agency_id, year)
      );
    `)
  }

  override down() {
    this.addSql(`
      drop table book_lock, letter_signature;
      alter table letter drop column signed_file_sha256;
    `)
  }
}
