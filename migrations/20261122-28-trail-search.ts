import { Migration } from '@mikro-orm/migrations'

/** The trail is searched by kind of act and by time, each a page at a time along the chain. */
export class TrailSearch extends Migration {
  override name = '20261122-28-trail-search'

  override up() {
    this.addSql(`
      create index audit_entry_act on audit_entry (act text_pattern_ops, index);
      -- Entries are appended in time: a few pages say which blocks hold a day.
      create index audit_entry_at on audit_entry using brin (at);
    `)
  }

  override down() {
    this.addSql('drop index audit_entry_at, audit_entry_act')
  }
}
