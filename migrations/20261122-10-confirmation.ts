import { Migration } from '@mikro-orm/migrations'

/** The applicant confirms what will be written (1.001193): one row per question, and a clock of its own. */
export class ApplicantConfirms extends Migration {
  override name = '20261122-10-confirmation'

  override up() {
    this.addSql(`
      create table confirmation (
        id uuid primary key,
        dossier_id uuid not null references dossier,
        visit int not null,
        form_data jsonb not null,
        asked_at timestamptz not null,
        answer_by timestamptz not null,
        silent_at timestamptz not null,
        silence_basis jsonb not null,
        outcome text check (outcome in ('confirmed', 'amended', 'silent')),
        amended_data jsonb,
        answered_at timestamptz,
        answered_by uuid references person,
        unique (dossier_id, visit)
      );
      -- Every kind there is by now; the constraint cannot be added to.
      alter table clock drop constraint clock_kind_check;
      alter table clock add constraint clock_kind_check
        check (kind in ('reception', 'dossier', 'step', 'supplement-wait', 'consultation', 'payment', 'confirmation'));
    `)
  }

  override down() {
    this.addSql('drop table confirmation')
  }
}
