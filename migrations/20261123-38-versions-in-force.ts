import { Migration } from '@mikro-orm/migrations'

/** A published version stays what it was, whoever asks the database; and what the engine says against one is kept on it. */
export class VersionsInForce extends Migration {
  override name = '20261123-38-versions-in-force'

  override up() {
    this.addSql(`
      alter table procedure_version
        -- It has taken filings, or could: from then on nothing of it changes.
        add column ever_current boolean not null default false,
        -- What the broker said when it would not take it, and in which epoch; asked again at the next start.
        add column refusal text,
        add column refused_epoch int,
        add constraint procedure_version_refusal check ((refusal is null) = (refused_epoch is null));
      alter table shared_process
        add column refusal text,
        add column refused_epoch int,
        add constraint shared_process_refusal check ((refusal is null) = (refused_epoch is null));

      update procedure_version v set ever_current = true
       where current
          or (origin = 'folder' and not folder_waits)
          or exists (select from publication p where p.version_id = v.id and p.state in ('in-force', 'superseded'))
          or exists (select from dossier d where d.procedure_version_id = v.id);

      create function procedure_version_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          if old.ever_current then
            raise exception 'version % of % has been in force: it stays', old.version, old.code using errcode = 'restrict_violation';
          end if;
          return old;
        end if;
        new.ever_current := new.current or (tg_op = 'UPDATE' and old.ever_current);
        if tg_op = 'INSERT' then
          return new;
        end if;
        if (new.id, new.code, new.version, new.process_id, new.decision_id, new.folder, new.sha256, new.definition::text,
            new.eform::text, new.bpmn, new.dmn, new.search_text, new.sample, new.origin)
           is distinct from
           (old.id, old.code, old.version, old.process_id, old.decision_id, old.folder, old.sha256, old.definition::text,
            old.eform::text, old.bpmn, old.dmn, old.search_text, old.sample, old.origin) then
          raise exception 'version % of % is published: nothing in it changes', old.version, old.code using errcode = 'restrict_violation';
        end if;
        if old.texts is not null and (new.texts::jsonb - 'examples') is distinct from (old.texts::jsonb - 'examples') then
          raise exception 'version % of % is published: nothing in it changes', old.version, old.code using errcode = 'restrict_violation';
        end if;
        -- Its examples may still be mended while it waits for its day; of old versions they are filled in once.
        if old.ever_current and ((old.texts is not null and new.texts::text is distinct from old.texts::text)
             or (old.examples is not null and new.examples::text is distinct from old.examples::text)) then
          raise exception 'version % of % has been in force: its examples stay', old.version, old.code using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger procedure_version_stays before insert or update or delete on procedure_version
        for each row execute function procedure_version_stays();
    `)
  }

  override down() {
    this.addSql(`
      drop trigger procedure_version_stays on procedure_version;
      drop function procedure_version_stays();
      alter table shared_process drop column refusal, drop column refused_epoch;
      alter table procedure_version drop column ever_current, drop column refusal, drop column refused_epoch;
    `)
  }
}
