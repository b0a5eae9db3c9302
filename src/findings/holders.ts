/**
 * Whom one can ask about dossier `$1`: whoever held it, whoever had the step of one of its letters, which run beside the
 * line, and whom a finding names.
 */
export const ANSWERABLE = `
  select agency_id, unit_id, person_id, from_at, to_at from holding where dossier_id = $1 and on_behalf = 'holder'
  union all
  select t.agency_id, t.unit_id, t.assignee_id, t.opened_at, coalesce(t.done_at, t.opened_at)
    from letter l join task t on t.subject_id = l.id where l.dossier_id = $1
  union all
  select (o->>'agencyId')::uuid, (o->>'unitId')::uuid, (o->>'personId')::uuid, at, at
    from (select detail->'owner' as o, at from finding where dossier_id = $1 and detail ? 'owner') named`
