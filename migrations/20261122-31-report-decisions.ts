import { Migration } from '@mikro-orm/migrations'

/** A report names the inspection decisions under which it was made: an inspector reads it under those alone. */
export class ReportDecisions extends Migration {
  override name = '20261122-31-report-decisions'

  override up() {
    this.addSql(`alter table audit_report add column inspection_ids uuid[] not null default '{}'`)
  }

  override down() {
    this.addSql('alter table audit_report drop column inspection_ids')
  }
}
