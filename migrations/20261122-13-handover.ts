import { Migration } from '@mikro-orm/migrations'

/** The counter: who consented to a filing on paper, what was scanned, whose hands the papers are in, who collected. */
export class Handover extends Migration {
  override name = '20261122-13-handover'

  override up() {
    this.addSql(`
      -- A clerk typed it for somebody: by whose consent, and who stood at the counter in their place.
      create table counter_filing (
        dossier_id uuid primary key references dossier,
        clerk_id uuid not null references person,
        consent text not null check (consent in ('spoken', 'signed')),
        consent_by text not null check (consent_by in ('applicant', 'representative')),
        consent_at timestamptz not null,
        representative jsonb,
        -- Form 02 given at the counter before reception (NĐ 61/2018 art. 17.1a): the reception waits for the papers.
        guided_at timestamptz,
        guidance_letter_id uuid references letter,
        completed_at timestamptz,
        check (consent_by = 'applicant' or representative is not null)
      );

      -- The scan checklist, one line a paper and round (NĐ 61/2018 art. 17.1; TT 03/2025 art. 5.2, unverified).
      create table paper_check (
        dossier_id uuid not null references dossier,
        round int not null,
        paper_key text not null,
        state text not null check (state in ('scanned', 'presented', 'original', 'missing')),
        pages int not null check (pages between 0 and 9999),
        -- The original stays with the dossier; otherwise it went back to whoever brought it.
        kept boolean not null,
        note text not null default '',
        checked_by uuid not null references person,
        checked_at timestamptz not null,
        primary key (dossier_id, round, paper_key)
      );

      -- Whether sheets of paper go with a dossier: filed on paper, and not everything went back to whoever brought it.
      create function lies_on_paper(of_dossier uuid) returns boolean language sql stable as $$
        select d.channel <> 'ONLINE'
               and (not exists (select from paper_check c where c.dossier_id = d.id)
                    or exists (select from paper_check c where c.dossier_id = d.id and c.kept))
          from dossier d where d.id = of_dossier
      $$;

      -- Minutes of a hand-over between a one-stop and a unit (biên bản bàn giao); numbered in the giver's book of the year.
      create table handover (
        id uuid primary key,
        giver_agency_id uuid not null references agency,
        giver_unit_id uuid not null references unit,
        receiver_agency_id uuid not null references agency,
        receiver_unit_id uuid not null references unit,
        number_text text not null,
        given_by uuid not null references person,
        given_at timestamptz not null,
        note text not null default '',
        state text not null check (state in ('given', 'answered')),
        answered_by uuid references person,
        answered_at timestamptz,
        file_sha256 text references stored_file,
        check (giver_unit_id <> receiver_unit_id)
      );
      create index handover_giver on handover (giver_unit_id, given_at desc);
      create index handover_receiver on handover (receiver_unit_id, given_at desc);

      create table handover_item (
        handover_id uuid not null references handover,
        dossier_id uuid not null references dossier,
        position int not null,
        medium text not null check (medium in ('paper', 'electronic')),
        pages int not null,
        due_at timestamptz,
        state text not null check (state in ('given', 'received', 'refused')),
        reason text not null default '',
        answered_by uuid references person,
        answered_at timestamptz,
        primary key (handover_id, dossier_id),
        check (state <> 'refused' or reason <> '')
      );
      -- Papers are in one pair of hands: nobody gives twice what nobody has taken yet.
      create unique index handover_item_open on handover_item (dossier_id) where state = 'given';
      create index handover_item_dossier on handover_item (dossier_id, answered_at);

      -- Who collected a result, by which paper, and the receipt they signed.
      create table collection (
        dossier_id uuid primary key references dossier,
        collector text not null check (collector in ('applicant', 'authorised')),
        full_name text not null,
        identity_paper text not null,
        identity_no text not null,
        authorisation text not null default '',
        signed text not null check (signed in ('paper', 'screen')),
        signature_sha256 text references stored_file,
        items jsonb not null,
        clerk_id uuid not null references person,
        collected_at timestamptz not null,
        file_sha256 text references stored_file,
        check (collector = 'applicant' or authorisation <> '')
      );
    `)
  }

  override down() {
    this.addSql('drop function lies_on_paper')
    this.addSql('drop table collection, handover_item, handover, paper_check, counter_filing')
  }
}
