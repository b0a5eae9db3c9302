import { Migration } from '@mikro-orm/migrations'

/** What a dossier has once at a time: a letter that apologises for it (NĐ 61/2018 art. 19.9), and a request to stop it. */
export class OneLiveApology extends Migration {
  override name = '20261122-6-one-live-apology'

  override up() {
    this.addSql(`
      -- Begun twice before there was this index: the first goes on, the others are void, their numbers stay in the book.
      update letter set state = 'void', void_at = now(), void_reason = 'Đã có một thư khác đang soạn, gửi'
       where kind in ('apology', 'explanation') and state in ('draft', 'initialled', 'signed', 'issued')
         and exists (select from letter first
                      where first.dossier_id = letter.dossier_id and first.kind in ('apology', 'explanation')
                        and first.state in ('draft', 'initialled', 'signed', 'issued') and first.id < letter.id);
      create unique index letter_one_apology on letter (dossier_id)
        where kind in ('apology', 'explanation') and state in ('draft', 'initialled', 'signed', 'issued');
      update stop_request set outcome = 'rejected', decided_at = requested_at
       where outcome is null
         and exists (select from stop_request first
                      where first.dossier_id = stop_request.dossier_id and first.outcome is null
                        and first.id < stop_request.id);
      create unique index stop_request_one on stop_request (dossier_id) where outcome is null;
    `)
  }

  override down() {
    this.addSql('drop index letter_one_apology; drop index stop_request_one')
  }
}
