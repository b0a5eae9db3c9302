import { Migration } from '@mikro-orm/migrations'

/** Who made a link through which somebody's password is set. */
export class LinkMakers extends Migration {
  override name = '20261122-21-link-makers'

  override up() {
    // Null: the command that makes the first administrator.
    this.addSql('alter table password_link add column created_by uuid references person')
  }

  override down() {
    this.addSql('alter table password_link drop column created_by')
  }
}
