import { Migration } from '@mikro-orm/migrations'

/**
 * A task that nobody can get (its agency has no such unit) must not stop the record stream of all other dossiers. And
 * nobody works on a dossier of their own: its applicant stands on the task, where rules can ask.
 */
export class Unplaced extends Migration {
  override name = '20261122-7-unplaced'

  override up() {
    this.addSql(`
      create table unplaced (
        epoch int not null,
        element_key text not null,
        opened jsonb not null,
        message text not null,
        created_at timestamptz not null default now(),
        primary key (epoch, element_key)
      );
      alter table task add column applicant_id uuid references person;
      update task set applicant_id = (select applicant_id from dossier where id = task.dossier_id);
      alter table task alter column applicant_id set not null;
    `)
  }

  override down() {
    this.addSql('drop table unplaced; alter table task drop column applicant_id')
  }
}
