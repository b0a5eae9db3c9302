import { Migration } from '@mikro-orm/migrations'

/** A year's dossiers replayed through a draft: what was assumed, how far it is, and what came out. */
export class Replays extends Migration {
  override name = '20261122-36-replays'

  override up() {
    this.addSql(`
      create table replay_run (
        id uuid primary key,
        draft_id uuid not null references procedure_draft,
        revision int not null,
        person_id uuid not null references person,
        params jsonb not null,
        state text not null check (state in ('running', 'done', 'cancelled', 'failed', 'broken-off')),
        progress jsonb not null,
        result jsonb,
        failure jsonb,
        -- Machine time: a run whose server has not spoken for a while was left behind by it.
        beat_at timestamptz not null default now(),
        started_at timestamptz not null,
        ended_at timestamptz
      );
      create index replay_run_draft on replay_run (draft_id, started_at);
      create unique index replay_run_one on replay_run (person_id) where state = 'running';
    `)
  }

  override down() {
    this.addSql('drop table replay_run')
  }
}
