import { Migration } from '@mikro-orm/migrations'

/** A run of migration that fails waits and says why; runs and the open dossiers of a version are read page by page. */
export class MigrationPages extends Migration {
  override name = '20261123-40-migration-pages'

  override up() {
    this.addSql(`
      alter table migration_run
        add column attempts int not null default 0,
        -- Why the act as a whole cannot go on, and when it is tried again (machine time).
        add column last_error text,
        add column retry_at timestamptz;

      -- What the engine has in hand: asked for every second.
      create index migration_item_in_hand on migration_item (run_id, seq) where state in ('sent', 'moved');
      create index migration_item_seq on migration_item (run_id, seq);

      create index dossier_open_of_version on dossier (procedure_version_id, filed_at, id)
        where state in ('filed', 'processing', 'waiting-supplement', 'done');
    `)
  }

  override down() {
    this.addSql(`
      drop index dossier_open_of_version, migration_item_seq, migration_item_in_hand;
      alter table migration_run drop column attempts, drop column last_error, drop column retry_at;
    `)
  }
}
