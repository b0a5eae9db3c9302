import { Migration } from '@mikro-orm/migrations'

/** A plan that cannot come into force on its day says so once: in the trail, and to whoever made it. */
export class PlansHeld extends Migration {
  override name = '20261123-42-plans-held'

  override up() {
    this.addSql(`
      alter table publication
        -- When it was told; null: its day has not come, or it came into force.
        add column held_told_at timestamptz;
    `)
  }

  override down() {
    this.addSql('alter table publication drop column held_told_at')
  }
}
