import { Migration } from '@mikro-orm/migrations'

/** A reason excuses what it was given for and nothing else; a trial belongs to the server that says it is still at it. */
export class ReasonsAndLeases extends Migration {
  override name = '20261123-39-reasons-and-leases'

  override up() {
    this.addSql(`
      alter table draft_acknowledgement
        -- Of the facts behind the warning when the reason was given. Empty: given before this was kept, so it is asked again.
        add column fingerprint text not null default '',
        -- What the warning said then, in both languages.
        add column message jsonb,
        drop constraint draft_acknowledgement_pkey,
        add primary key (draft_id, rule, element_id, fingerprint);

      alter table trial_run
        -- Machine time of the last sign of life.
        add column beat_at timestamptz;
      update trial_run set beat_at = coalesce(started_at, asked_at) where state = 'running';
      alter table trial_run add constraint trial_run_beats check (state <> 'running' or beat_at is not null);
    `)
  }

  override down() {
    this.addSql(`
      alter table trial_run drop column beat_at;
      delete from draft_acknowledgement a where exists
        (select from draft_acknowledgement b where (b.draft_id, b.rule, b.element_id) = (a.draft_id, a.rule, a.element_id)
           and (b.at, b.fingerprint) > (a.at, a.fingerprint));
      alter table draft_acknowledgement drop column fingerprint, drop column message,
        add primary key (draft_id, rule, element_id);
    `)
  }
}
