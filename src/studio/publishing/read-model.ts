import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import type { StoredContent } from '../../documents/read-model.ts'
import { notFound } from '../../http/problem.ts'
import type { Draft } from '../../http/route.ts'
import type { Text } from '../../text.ts'
import { draftRow, revisionOf } from '../drafts/draft.ts'
import { drafts } from '../drafts/read-model.ts'
import { OPEN } from '../migration/standing.ts'
import { checksOf } from './checks.ts'
import type { PublicationCheck, PublicationView, StudioProcedure } from './schemas.ts'

const ref = (column: string) =>
  `(select jsonb_build_object('id', v.id, 'version', v.version) from procedure_version v where v.id = ${column})`
const person = (column: string) =>
  `(select jsonb_build_object('id', q.id, 'name', q.full_name) from person q where q.id = ${column})`

const running = `(select count(*)::int from dossier d where d.procedure_version_id = v.id and ${OPEN})`

/** Why a plan `p` cannot come into force, in words; null for what can, or is no plan. */
export const held = `(select case
    when p.state <> 'planned' then null
    when v.refusal is not null then jsonb_build_object('kind', 'refused', 'message', jsonb_build_object(
      'vi', 'Phiên bản không có hiệu lực được; hãy rút lại, sửa bản thảo rồi ban hành lại. Bộ máy nói: ' || v.refusal,
      'en', 'It cannot come into force; withdraw it, mend the draft and publish it anew. The engine says: ' || v.refusal))
    when p.replaces_id is distinct from c.id then jsonb_build_object('kind', 'overtaken', 'message', jsonb_build_object(
      'vi', 'Phiên bản ' || coalesce(c.version::text, '(không có)') || ' đã thay phiên bản mà kế hoạch này nhắm thay; hãy rút lại và ban hành lại từ bản thảo.',
      'en', 'Version ' || coalesce(c.version::text, '(none)') || ' has taken the place of the one this was to replace; withdraw it and publish the draft anew.'))
    end from procedure_version v left join procedure_version c on c.code = p.code and c.current where v.id = p.version_id)`

const publicationSql = `select p.id, p.code, p.kind, ${ref('p.version_id')} as version, ${ref('p.replaces_id')} as replaces,
    p.draft_id as "draftId", p.state,
    jsonb_build_object('number', p.decision_number, 'date', p.decision_date, 'signer', p.decision_signer) as decision,
    jsonb_build_object('name', p.scan_name, 'mediaType', p.scan_type, 'size', p.scan_size) as scan, p.reason,
    p.in_force_from as "inForceFrom", p.made_at as "madeAt", ${person('p.made_by')} as "madeBy",
    p.in_force_at as "inForceAt", ${held} as held, p.ended_at as "endedAt", ${person('p.ended_by')} as "endedBy", p.end_reason as "endReason"
  from publication p`

type Publication = Draft<z.input<typeof PublicationView>>

export async function publication(tx: Tx, id: string): Promise<Publication> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Publication', 'p', params)
  const [row] = await tx.sql<Publication>(`${publicationSql} where p.id = $1 and ${readable}`, params)
  if (!row) throw notFound()
  return row
}

/** The scan of the decision. */
export async function scanOf(tx: Tx, id: string): Promise<StoredContent> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Publication', 'p', params)
  const [row] = await tx.sql<StoredContent>(
    `select p.scan_sha256 as sha256, p.scan_name as file_name, p.scan_type as media_type, p.scan_size as size
       from publication p where p.id = $1 and ${readable}`,
    params,
  )
  if (!row) throw notFound()
  return row
}

type Version = Draft<z.input<typeof StudioProcedure>>['versions'][number]

/** A procedure with its versions, publications and drafts. 404 for a code that has none of them. */
export async function studioProcedure(tx: Tx, code: string): Promise<Draft<z.input<typeof StudioProcedure>>> {
  const ofVersions: unknown[] = [code]
  const versions = await tx.sql<Version & { name: Text }>(
    `select v.id, v.version, v.origin, v.current, v.draft_id as "draftId", v.definition->'decision' as decision,
            v.definition->'name' as name, v.in_force_from as "inForceFrom", v.withdrawn_on as "withdrawnOn",
            v.created_at as "createdAt", ${running} as "runningDossiers", v.folder_waits as "folderWaits"
       from procedure_version v
      where v.code = $1 and ${scope(tx.actor.ability, 'read', 'Procedure', 'v', ofVersions)} order by v.version desc`,
    ofVersions,
  )
  const ofPublications: unknown[] = [code]
  const publications = await tx.sql<Publication>(
    `${publicationSql} where p.code = $1 and ${scope(tx.actor.ability, 'read', 'Publication', 'p', ofPublications)}
      order by p.made_at desc, p.id desc`,
    ofPublications,
  )
  const own = await drafts(tx, { code })
  if (versions.length === 0 && own.drafts.length === 0)
    throw notFound({
      vi: `Thủ tục ${code} chưa có phiên bản hay bản thảo nào. Hãy tìm trong danh mục.`,
      en: `Procedure ${code} has no version and no draft yet. Look for it in the catalogue.`,
    })
  return {
    code,
    name: versions.find(({ current }) => current)?.name ?? versions[0]?.name ?? null,
    versions,
    publications,
    drafts: own.drafts,
    today: legalDay(tx.at),
    mayDraft: tx.actor.ability.can('create', 'Draft'),
    mayPublish: tx.actor.ability.can('create', 'Publication'),
  }
}

/** Whether a draft can be published, what stands in the way, and what publishing it would do. */
export async function publicationCheck(
  tx: Tx,
  draftId: string,
): Promise<Draft<z.input<typeof PublicationCheck>>> {
  const row = await draftRow(tx, draftId)
  const { source } = await revisionOf(tx.sql, draftId, row.revision)
  const checks = await checksOf(tx, row, source)
  const [current] = await tx.sql<{ id: string; version: number; runningDossiers: number }>(
    `select v.id, v.version, ${running} as "runningDossiers" from procedure_version v where v.code = $1 and v.current`,
    [row.code],
  )
  const [last] = await tx.sql<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from procedure_version where code = $1',
    [row.code],
  )
  return {
    checks,
    publishable: checks.every(({ ok }) => ok),
    code: row.code,
    nextVersion: last!.version + 1,
    current: current ?? null,
    baseIsCurrent: (current?.id ?? null) === row.base_version_id,
    today: legalDay(tx.at),
    mayPublish: tx.actor.ability.can('create', 'Publication'),
  }
}
