import { Migration } from '@mikro-orm/migrations'

/** Questions to other systems; fees, the payments made for them, and the counter's cash. */
export class Payments extends Migration {
  override name = '20261122-9-payments'

  override up() {
    this.addSql(`
      -- A question to another system: written in the transaction that decides to ask, sent after it. The natural key
      -- travels as the idempotency key, so that a question sent twice is one question.
      create table exchange (
        id uuid primary key,
        subject_id uuid not null references subject,
        element_id text not null,
        visit int not null,
        dossier_id uuid not null references dossier,
        wait_id text not null,
        system text not null,
        request jsonb not null,
        state text not null check (state in ('queued', 'answered', 'refused', 'cancelled')),
        answer jsonb,
        attempts int not null default 0,
        -- Machine time: a lease while somebody sends, then the time of the next attempt.
        next_at timestamptz not null default now(),
        last_error text,
        asked_at timestamptz not null,
        answered_at timestamptz,
        unique (subject_id, element_id, visit)
      );
      create index exchange_queued on exchange (next_at) where state = 'queued';
      create index exchange_dossier on exchange (dossier_id, asked_at);

      -- What a dossier owes; the subject of the clock that limits the wait for it.
      create table fee_due (
        id uuid primary key,
        dossier_id uuid not null unique references dossier,
        amount int not null check (amount > 0),
        basis jsonb not null,
        state text not null check (state in ('open', 'paid', 'expired')),
        opened_at timestamptz not null,
        pay_by timestamptz not null,
        settled_at timestamptz
      );

      -- Cash taken by one cashier between opening and counting the drawer.
      create table cash_shift (
        id uuid primary key,
        agency_id uuid not null references agency,
        unit_id uuid not null references unit,
        cashier_id uuid not null references person,
        opened_at timestamptz not null,
        opening_amount bigint not null check (opening_amount >= 0),
        closed_at timestamptz,
        taken_amount bigint,
        counted_amount bigint check (counted_amount >= 0),
        difference bigint,
        reason text not null default ''
      );
      create unique index cash_shift_open on cash_shift (cashier_id) where closed_at is null;
      create index cash_shift_unit on cash_shift (unit_id, opened_at);

      -- Running number of receipts of an agency's year: drawn in the transaction of the payment, so without a gap.
      create table receipt_book (
        agency_id uuid not null references agency,
        year int not null,
        last int not null,
        primary key (agency_id, year)
      );

      -- Money, or an attempt to pay it. An attempt by VNPay is paid by the bank's own message (IPN) and nothing else.
      create table payment (
        id uuid primary key,
        fee_id uuid not null references fee_due,
        dossier_id uuid not null references dossier,
        agency_id uuid not null references agency,
        amount int not null check (amount > 0),
        method text not null check (method in ('vnpay', 'cash')),
        -- to-refund: money came that nothing is owed for; a person returns it.
        state text not null check (state in ('pending', 'paid', 'failed', 'to-refund', 'refunded')),
        begun_at timestamptz not null,
        begun_by uuid references person,
        txn_ref text unique,
        -- Machine time, as told to the bank.
        expires_at timestamptz,
        transaction_no text,
        bank_code text,
        response_code text,
        paid_at timestamptz,
        receipt_year int,
        receipt_no int,
        receipt_text text,
        payer text not null default '',
        cashier_id uuid references person,
        shift_id uuid references cash_shift,
        refunded_at timestamptz,
        refunded_by uuid references person,
        refund_reason text,
        check ((method = 'cash') = (shift_id is not null)),
        check ((method = 'vnpay') = (txn_ref is not null)),
        unique (agency_id, receipt_year, receipt_no)
      );
      -- One payment settles a debt.
      create unique index payment_settles on payment (fee_id) where state = 'paid';
      create index payment_dossier on payment (dossier_id);
      create index payment_shift on payment (shift_id);

      -- Every message that says it comes from the bank, whether or not it does, with what we answered.
      create table payment_notice (
        id uuid primary key,
        at timestamptz not null,
        txn_ref text not null,
        payment_id uuid references payment,
        genuine boolean not null,
        answered text not null,
        params jsonb not null
      );
      create index payment_notice_ref on payment_notice (txn_ref, at);

      alter table clock drop constraint clock_kind_check;
      alter table clock add constraint clock_kind_check check (kind in
        ('reception', 'dossier', 'step', 'supplement-wait', 'consultation', 'payment', 'confirmation'));
    `)
  }

  override down() {
    this.addSql(`
      alter table clock drop constraint clock_kind_check;
      alter table clock add constraint clock_kind_check check (kind in
        ('reception', 'dossier', 'step', 'supplement-wait', 'consultation'));
      drop table payment_notice, payment, receipt_book, cash_shift, fee_due, exchange;
    `)
  }
}
