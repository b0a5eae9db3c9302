import { Migration } from '@mikro-orm/migrations'

/** A receipt of money is a file that stays as issued and may be voided; messages about a person's own work. */
export class Receipts extends Migration {
  override name = '20261122-18-receipts'

  override up() {
    this.addSql(`
      -- A message to a substitute speaks of no dossier.
      alter table notification alter column dossier_id drop not null;
      -- When the substitute was told that the absence has begun.
      alter table absence add column told_at timestamptz;
      create index absence_untold on absence (from_day) where told_at is null and cancelled_at is null;
      create index task_in_place on task (opened_at) where in_place_of is not null and state = 'open';

      -- Issued once. A wrong cash receipt is voided: its number stays in the book, and its file is marked by a second one.
      alter table payment
        add column receipt_sha256 text references stored_file,
        add column voided_at timestamptz,
        add column voided_by uuid references person,
        add column void_reason text,
        add column void_sha256 text references stored_file,
        drop constraint payment_state_check,
        add constraint payment_state_check check (state in ('pending', 'paid', 'failed', 'to-refund', 'refunded', 'voided')),
        add constraint payment_voided check ((voided_at is null) = (voided_by is null) and (voided_at is null) = (void_reason is null)
          and (state <> 'voided' or voided_at is not null) and (voided_at is null or receipt_no is not null));
    `)
  }

  override down() {
    this.addSql(`
      alter table payment drop constraint payment_voided, drop constraint payment_state_check,
        add constraint payment_state_check check (state in ('pending', 'paid', 'failed', 'to-refund', 'refunded')),
        drop column void_sha256, drop column void_reason, drop column voided_by, drop column voided_at, drop column receipt_sha256;
      drop index task_in_place, absence_untold;
      alter table absence drop column told_at;
      delete from notification where dossier_id is null;
      alter table notification alter column dossier_id set not null;
    `)
  }
}
