import { Migration } from '@mikro-orm/migrations'

/** Group dossiers (liên thông): a part points to the dossier it was opened for, once per part. */
export class Groups extends Migration {
  override name = '20261122-15-groups'

  override up() {
    this.addSql(`
      alter table dossier add column parent_id uuid references dossier;
      alter table dossier add column child_key text;
      alter table dossier add constraint dossier_part check ((parent_id is null) = (child_key is null));
      -- Whoever opens the parts, and however often: each is there once.
      create unique index dossier_group on dossier (parent_id, child_key) where parent_id is not null;

      -- Of a group whose parts came out differently.
      alter table dossier drop constraint dossier_result_check;
      alter table dossier add constraint dossier_result_check check (result in ('granted', 'denied', 'partial'));
    `)
  }

  override down() {
    this.addSql(`
      update dossier set result = 'granted' where result = 'partial';
      alter table dossier drop constraint dossier_result_check;
      alter table dossier add constraint dossier_result_check check (result in ('granted', 'denied'));
      drop index dossier_group;
      alter table dossier drop constraint dossier_part, drop column child_key, drop column parent_id;
    `)
  }
}
