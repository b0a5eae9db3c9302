import { Migration } from '@mikro-orm/migrations'

/**
 * The catalogue of procedures (danh mục thủ tục hành chính), the approved tables of their steps, and the plan by which some
 * of them are redesigned. A row says what the catalogue says; a procedure that runs is a version.
 */
export class Catalogue extends Migration {
  override name = '20261122-35-catalogue'

  override up() {
    this.addSql(`
      create table catalogue_entry (
        code text primary key,
        name jsonb not null,
        -- What a search looks at: code, name, field and agency, without accents, capitals and signs.
        searched text not null,
        field text not null,
        level text not null check (level in ('province', 'department', 'commune')),
        agency text not null,
        -- Unit that works on it; 'place.KT': that of the commune concerned. Null: nobody has said.
        unit_code text,
        decision text not null,
        source text,
        verified boolean not null,
        online_level text check (online_level in ('full', 'partial', 'information')),
        -- Eligible for online service (đủ điều kiện cung cấp trực tuyến).
        eligible boolean,
        limit_value numeric,
        limit_unit text check (limit_unit in ('working-day', 'working-hour', 'calendar-day', 'same-day', 'month')),
        limit_text text not null,
        papers jsonb not null,
        fees jsonb not null,
        fee_text text not null,
        results text[] not null,
        -- The latest dossier that an older system knows of.
        last_dossier_on date,
        sample boolean not null,
        updated_at timestamptz not null,
        check ((limit_value is null) = (limit_unit is null))
      );
      create index catalogue_entry_field on catalogue_entry (field, code);
      create index catalogue_entry_searched on catalogue_entry using gin (searched gin_trgm_ops);
      create index dossier_procedure_filed on dossier (procedure_code, filed_at desc);

      create table catalogue_step (
        code text not null references catalogue_entry,
        number int not null,
        role text not null check (role in ('clerk', 'officer', 'unit-head', 'leader', 'clerical', 'consulted', 'tax', 'applicant')),
        action text not null,
        -- Working hours.
        hours numeric,
        forms text not null,
        -- Units asked.
        bodies text[] not null,
        primary key (code, number)
      );

      create table reengineering_plan (
        code text primary key references catalogue_entry,
        -- { fieldsPercent, papers, days }: fewer by so much; what it leaves out is no aim.
        target jsonb not null,
        -- What is counted from: { fields, papers, days, version }.
        baseline jsonb not null,
        responsible_id uuid not null references person,
        due_on date not null,
        note text not null,
        made_at timestamptz not null,
        made_by uuid not null references person
      );
    `)
  }

  override down() {
    this.addSql(`
      drop table reengineering_plan;
      drop table catalogue_step;
      drop index dossier_procedure_filed;
      drop table catalogue_entry;
    `)
  }
}
