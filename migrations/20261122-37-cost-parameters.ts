import { Migration } from '@mikro-orm/migrations'

/**
 * What a redesign's savings are computed with (hours, wage, travel), as the province has set them. The last row holds;
 * a figure that stood in a document can be found again.
 */
export class CostParameters extends Migration {
  override name = '20261122-37-cost-parameters'

  override up() {
    this.addSql(`
      create table cost_parameters (
        id uuid primary key,
        parameters jsonb not null,
        set_by uuid not null references person,
        set_at timestamptz not null
      )`)
  }

  override down() {
    this.addSql('drop table cost_parameters')
  }
}
