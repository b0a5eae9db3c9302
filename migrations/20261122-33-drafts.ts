import { Migration } from '@mikro-orm/migrations'

/**
 * The Studio: procedures being redesigned, with every save and who made it; what reviewers say of them; and the acts by
 * which a version comes into force from a day, is withdrawn before it, or is rolled back.
 */
export class Drafts extends Migration {
  override name = '20261122-33-drafts'

  override up() {
    this.addSql(`
      create table procedure_draft (
        id uuid primary key,
        code text not null,
        title text not null,
        state text not null check (state in ('draft', 'review', 'approved', 'published', 'withdrawn')),
        -- The latest of procedure_draft_revision.
        revision int not null,
        base_version_id uuid references procedure_version,
        -- Everybody who has saved it: none of them reviews it.
        author_ids uuid[] not null,
        created_at timestamptz not null,
        created_by uuid not null references person,
        updated_at timestamptz not null,
        updated_by uuid not null references person
      );
      create index procedure_draft_code on procedure_draft (code);

      -- The texts of a draft by their hash: the same text is kept once. A text is whole, or the lines that changed against
      -- \`base\`; a chain of those ends at a whole text (measured: a save that moves one box of a 300 kB diagram takes 0.5 kB).
      create table draft_text (
        draft_id uuid not null references procedure_draft,
        sha256 text not null,
        base text,
        depth int not null check ((depth = 0) = (base is null)),
        content text not null,
        primary key (draft_id, sha256),
        foreign key (draft_id, base) references draft_text (draft_id, sha256)
      );

      create table procedure_draft_revision (
        draft_id uuid not null references procedure_draft,
        revision int not null,
        at timestamptz not null,
        by uuid not null references person,
        -- Part of the source → hash of its text.
        parts jsonb not null,
        -- What changed against the revision before.
        changed text[] not null,
        restored_from int,
        primary key (draft_id, revision)
      );

      create table draft_comment (
        draft_id uuid not null references procedure_draft,
        n int not null,
        -- The element of the diagram; null: the whole draft.
        element_id text,
        revision int not null,
        text text not null,
        at timestamptz not null,
        by uuid not null references person,
        resolved_at timestamptz,
        resolved_by uuid references person,
        primary key (draft_id, n)
      );

      create table draft_acknowledgement (
        draft_id uuid not null references procedure_draft,
        rule text not null,
        -- Empty: the whole draft.
        element_id text not null,
        reason text not null,
        revision int not null,
        at timestamptz not null,
        by uuid not null references person,
        primary key (draft_id, rule, element_id)
      );

      -- Handed in for review, approved, sent back, returned by a change, withdrawn: of which revision, by whom, with what word.
      create table draft_act (
        draft_id uuid not null references procedure_draft,
        n int not null,
        kind text not null check (kind in
          ('submitted', 'approved', 'sent-back', 'returned', 'published', 'unpublished', 'withdrawn')),
        revision int not null,
        note text not null default '',
        at timestamptz not null,
        by uuid not null references person,
        primary key (draft_id, n)
      );

      alter table procedure_version
        add column origin text not null default 'folder' check (origin in ('folder', 'studio')),
        add column draft_id uuid references procedure_draft,
        -- Example dossiers by file; json for the order of its keys. Null until a folder with this content is read again.
        add column examples json,
        -- The JSON files as they were read or written: {facts, form, results, examples}; an export gives them back to the letter.
        add column texts json,
        -- Legal days.
        add column in_force_from date,
        add column withdrawn_on date,
        -- A newer folder that waits behind a version put in force by a decision.
        add column folder_waits boolean not null default false;
      create unique index procedure_version_current on procedure_version (code) where current;

      create table publication (
        id uuid primary key,
        code text not null,
        kind text not null check (kind in ('publish', 'roll-back')),
        version_id uuid not null references procedure_version,
        -- Null: the act is about a version that was there already.
        draft_id uuid references procedure_draft,
        replaces_id uuid references procedure_version,
        state text not null check (state in ('planned', 'in-force', 'superseded', 'withdrawn')),
        decision_number text not null,
        decision_date date not null,
        decision_signer text not null,
        scan_sha256 text not null references stored_file (sha256),
        scan_name text not null,
        scan_type text not null,
        scan_size bigint not null,
        reason text not null default '',
        -- Legal day.
        in_force_from date not null,
        made_at timestamptz not null,
        made_by uuid not null references person,
        in_force_at timestamptz,
        ended_at timestamptz,
        ended_by uuid references person,
        end_reason text not null default ''
      );
      create index publication_code on publication (code, made_at);
      create index publication_scan on publication (scan_sha256);
      -- One plan and one version in force by a decision at a time.
      create unique index publication_planned on publication (code) where state = 'planned';
      create unique index publication_in_force on publication (code) where state = 'in-force';
    `)
  }

  override down() {
    this.addSql(`
      drop table publication;
      drop index procedure_version_current;
      alter table procedure_version drop column origin, drop column draft_id, drop column examples, drop column texts,
        drop column in_force_from, drop column withdrawn_on, drop column folder_waits;
      drop table draft_act, draft_acknowledgement, draft_comment, procedure_draft_revision, draft_text, procedure_draft;
    `)
  }
}
