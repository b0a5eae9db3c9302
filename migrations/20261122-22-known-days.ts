import { Migration } from '@mikro-orm/migrations'

/** Since when a calendar day was known, for dates computed "as known then". */
export class KnownDays extends Migration {
  override name = '20261122-22-known-days'

  override up() {
    // Null: since the row is here. The decisions that ship were known before they came into this record.
    this.addSql('alter table calendar_day add column known_from date')
  }

  override down() {
    this.addSql('alter table calendar_day drop column known_from')
  }
}
