import { Migration } from '@mikro-orm/migrations'

/** A dossier in one act that another act's late record has moved: the trail is told by whichever finishes it. */
export class EndedByAnother extends Migration {
  override name = '20261123-41-ended-by-another'

  override up() {
    this.addSql(`
      alter table migration_item
        -- The act whose record ended this one; the trail says so when that act is finished.
        add column ended_by uuid references migration_run;
    `)
  }

  override down() {
    this.addSql('alter table migration_item drop column ended_by')
  }
}
