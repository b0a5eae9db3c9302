import { Migration } from '@mikro-orm/migrations'

/** What a paper filing says of its applicant's contact; procedures whose folder is gone. */
export class Contacts extends Migration {
  override name = '20261122-19-contacts'

  override up() {
    this.addSql(`
      -- Written on paper for this dossier by somebody who has an account with other details: those of the account stay.
      create table dossier_contact (
        dossier_id uuid primary key references dossier,
        email text not null default '',
        phone text not null default '',
        address text not null default ''
      );
      -- The second address of a message: the one written for its dossier.
      alter table notification add column also_address text;
      -- Its folder is not among the files any more; it stays published, because dossiers run on it.
      alter table procedure_version add column folder_gone boolean not null default false;
      -- The auditor's periods are of the original due date.
      create index dossier_original_due on dossier (original_due_at, code, id) where original_due_at is not null;
    `)
  }

  override down() {
    this.addSql(`
      drop index dossier_original_due;
      alter table procedure_version drop column folder_gone;
      alter table notification drop column also_address;
      drop table dossier_contact;
    `)
  }
}
