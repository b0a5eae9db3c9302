import { Migration } from '@mikro-orm/migrations'

/**
 * An alarm that could not ring and a decision that could not be let go hold nothing else up: how often they were tried,
 * why they failed and when they are tried next stands on their row, for administrators.
 */
export class HeldUp extends Migration {
  override name = '20261122-8-held-up'

  override up() {
    this.addSql(`
      -- Legal time, as the alarm itself.
      alter table alarm add column attempts int not null default 0, add column last_error text,
        add column retry_at timestamptz;
      -- Machine time, as release_at.
      alter table decision add column attempts int not null default 0, add column last_error text,
        add column retry_at timestamptz;
    `)
  }

  override down() {
    this.addSql(`
      alter table alarm drop column attempts, drop column last_error, drop column retry_at;
      alter table decision drop column attempts, drop column last_error, drop column retry_at;
    `)
  }
}
