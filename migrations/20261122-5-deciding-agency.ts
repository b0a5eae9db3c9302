import { Migration } from '@mikro-orm/migrations'

/** A department may prepare what the province's chairman decides: the deciding agency stands beside the one in charge. */
export class DecidingAgency extends Migration {
  override name = '20261122-5-deciding-agency'

  override up() {
    this.addSql(`
      alter table dossier add column deciding_agency_id uuid references agency;
      update dossier set deciding_agency_id = agency_id;
      alter table dossier alter column deciding_agency_id set not null;
    `)
  }

  override down() {
    this.addSql('alter table dossier drop column deciding_agency_id')
  }
}
