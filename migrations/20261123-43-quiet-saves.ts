import { Migration } from '@mikro-orm/migrations'

/** Saves of one person in a row leave one line of the trail per ten minutes, counted from the last line. */
export class QuietSaves extends Migration {
  override name = '20261123-43-quiet-saves'

  override up() {
    this.addSql(`
      alter table procedure_draft
        -- Whose save stands in the trail last, and when: a day of saves is no single line.
        add column audited_at timestamptz,
        add column audited_by uuid references person;
    `)
  }

  override down() {
    this.addSql('alter table procedure_draft drop column audited_at, drop column audited_by')
  }
}
