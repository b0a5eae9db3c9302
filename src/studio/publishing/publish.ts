import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { conflict, forbidden, notFound, Problem } from '../../http/problem.ts'
import { examplesOf, insertVersion, lockVersions, textsOf } from '../../procedures/new-version.ts'
import { CAN_COME } from '../../procedures/version.ts'
import { addAct, type DraftRow, draftAt, draftClosed, revisionOf, versionSource } from '../drafts/draft.ts'
import type { ProcedureSource } from '../source.ts'
import { checksOf, versionChecks } from './checks.ts'
import type { Check, PublishDraft, PutInForce, WithdrawPublication } from './schemas.ts'
import { wholeProcedure } from './whole.ts'

type Given = Pick<z.output<typeof PublishDraft>, 'decision' | 'uploadId' | 'inForceFrom' | 'replaces'>

/** A plan further ahead than this is a slip of the pen. */
const MOST_YEARS_AHEAD = 3

function assertDays(tx: Tx, { decision, inForceFrom }: Given): void {
  const today = legalDay(tx.at)
  if (decision.date > today)
    throw invalidField(
      'decision.date',
      'Quyết định phải đã ký; ngày ký không thể sau hôm nay.',
      'The decision must have been signed; its day cannot be after today.',
    )
  if (inForceFrom < today)
    throw invalidField(
      'inForceFrom',
      'Quy trình có hiệu lực từ hôm nay hoặc một ngày sau; hồ sơ đã nộp không đổi quy trình ngược thời gian.',
      'It comes into force today or later; what has been filed keeps the version it was filed under.',
    )
  if (Number(inForceFrom.slice(0, 4)) > Number(today.slice(0, 4)) + MOST_YEARS_AHEAD)
    throw invalidField(
      'inForceFrom',
      `Ngày có hiệu lực xa hơn ${MOST_YEARS_AHEAD} năm; hãy kiểm tra lại năm.`,
      `More than ${MOST_YEARS_AHEAD} years ahead; check the year.`,
    )
}

const SCANS = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff']
type Scan = { sha256: string; file_name: string; media_type: string; size: string }

/** The upload becomes the scan of the decision. */
async function takeScan(tx: Tx, uploadId: string): Promise<Scan> {
  const [scan] = await tx.sql<Scan>(
    'select sha256, file_name, media_type, size from upload where id = $1 and owner_id = $2 for update',
    [uploadId, tx.actor.personId],
  )
  if (!scan)
    throw invalidField(
      'uploadId',
      'Không tìm thấy bản quét đã tải lên. Hãy tải lên lại.',
      'The uploaded scan was not found. Upload it again.',
    )
  if (!SCANS.includes(scan.media_type))
    throw invalidField(
      'uploadId',
      'Bản quét quyết định phải là PDF hoặc ảnh.',
      'The scan of the decision must be a PDF or a picture.',
    )
  await tx.sql('update upload set used_at = coalesce(used_at, $2) where id = $1', [uploadId, tx.at])
  return scan
}

/** 422 with everything that stands in the way. */
function assertChecks(checks: z.output<typeof Check>[]): void {
  const failed = checks.filter(({ ok }) => !ok)
  if (failed.length > 0)
    throw new Problem(
      422,
      'not-publishable',
      {
        vi: `Chưa ban hành được: ${failed[0]!.obstacles[0]!.message.vi}`,
        en: `It cannot be published yet: ${failed[0]!.obstacles[0]!.message.en}`,
      },
      { facts: { checks } },
    )
}

/** 409 when another version has come into force since the person looked. Answers the current version's id. */
async function assertReplaces(tx: Tx, code: string, replaces: string | null): Promise<void> {
  const [current] = await tx.sql<{ id: string; version: number }>(
    'select id, version from procedure_version where code = $1 and current',
    [code],
  )
  if ((current?.id ?? null) !== replaces)
    throw conflict(
      'version-changed',
      {
        vi: `Phiên bản đang có hiệu lực đã khác${current ? ` (phiên bản ${current.version})` : ''}. Hãy tải lại trang và xem lại.`,
        en: `Another version is in force now${current ? ` (version ${current.version})` : ''}. Reload the page and look again.`,
      },
      { current: current ?? null },
    )
}

type Plan = Given & {
  code: string
  kind: 'publish' | 'roll-back'
  versionId: string
  draftId: string | null
  reason: string
}

async function plan(tx: Tx, given: Plan): Promise<string> {
  const scan = await takeScan(tx, given.uploadId)
  // What a broker said against it under an earlier plan holds this one up no more: it is asked anew.
  await tx.sql('update procedure_version set refusal = null, refused_epoch = null where id = $1', [
    given.versionId,
  ])
  const id = uuid()
  await tx.sql(
    `insert into publication (id, code, kind, version_id, draft_id, replaces_id, state, decision_number, decision_date,
                              decision_signer, scan_sha256, scan_name, scan_type, scan_size, reason, in_force_from, made_at, made_by)
     values ($1, $2, $3, $4, $5, $6, 'planned', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      id,
      given.code,
      given.kind,
      given.versionId,
      given.draftId,
      given.replaces,
      given.decision.number.normalize('NFC'),
      given.decision.date,
      given.decision.signer.normalize('NFC'),
      scan.sha256,
      scan.file_name,
      scan.media_type,
      scan.size,
      given.reason.normalize('NFC'),
      given.inForceFrom,
      tx.at,
      tx.actor.personId,
    ],
  )
  tx.audit({
    act: given.kind === 'publish' ? 'publication.planned' : 'publication.rolled-back',
    detail: {
      publication: id,
      code: given.code,
      version: given.versionId,
      decision: given.decision.number,
      inForceFrom: given.inForceFrom,
    },
  })
  return id
}

const mayPublish = (tx: Tx) => tx.actor.ability.can('create', 'Publication')

/** The publication that this very request made before, when its answer was lost. */
async function sameAgain(tx: Tx, row: DraftRow, given: Given): Promise<string> {
  const [made] = await tx.sql<{ id: string }>(
    `select id from publication where draft_id = $1 and state <> 'withdrawn' and decision_number = $2
        and decision_date = $3 and in_force_from = $4`,
    [row.id, given.decision.number.normalize('NFC'), given.decision.date, given.inForceFrom],
  )
  if (!made) throw draftClosed()
  return made.id
}

/**
 * Makes an approved draft the next immutable version, planned for its day; `bringIntoForce` makes it the current one. The same
 * draft under the same decision makes one version, however often it is asked. Answers the publication's id. 409 when the
 * draft or the version in force has changed since, 422 `not-publishable` with every check that fails.
 */
export async function publishDraft(
  tx: Tx,
  draftId: string,
  given: z.output<typeof PublishDraft>,
  { sample }: { sample: boolean },
): Promise<string> {
  if (!mayPublish(tx)) throw forbidden()
  const row = await draftAt(tx, draftId, given.revision)
  await lockVersions(tx)
  if (row.state === 'published') return sameAgain(tx, row, given)
  assertDays(tx, given)
  const { source } = await revisionOf(tx.sql, draftId, row.revision)
  assertChecks(await checksOf(tx, row, source))
  await assertReplaces(tx, row.code, given.replaces)
  const versionId = await versionOf(tx, row, source, given, sample)
  const id = await plan(tx, {
    ...given,
    code: row.code,
    kind: 'publish',
    versionId,
    draftId,
    reason: '',
  })
  await tx.sql(`update procedure_draft set state = 'published' where id = $1`, [draftId])
  await addAct(tx, { id: draftId, kind: 'published', revision: row.revision })
  return id
}

/** The immutable version of the draft under its decision: a new one, or the same made before its plan was withdrawn. */
async function versionOf(
  tx: Tx,
  row: DraftRow,
  source: ProcedureSource,
  { decision, inForceFrom }: Given,
  sample: boolean,
): Promise<string> {
  const procedure = wholeProcedure(source, {
    number: decision.number.normalize('NFC'),
    date: decision.date,
    signer: decision.signer.normalize('NFC'),
    sample,
    verified: !sample,
  })
  // Examples are no part of what the hash is of: those of the draft as it was approved stand beside the version, until it is in force.
  const [known] = await tx.sql<{ id: string }>(
    `update procedure_version set in_force_from = $3, withdrawn_on = null,
            examples = case when ever_current then examples else $4 end, texts = case when ever_current then texts else $5 end
      where code = $1 and sha256 = $2 returning id`,
    [row.code, procedure.sha256, inForceFrom, examplesOf(procedure), textsOf(procedure)],
  )
  if (known) return known.id
  const made = await insertVersion(tx, procedure, {
    folder: await folderOf(tx, row.code, procedure.definition.name.vi),
    current: false,
    studio: { draftId: row.id, inForceFrom },
  })
  return made.id
}

/** The folder the procedure has, or the name that one would have. */
async function folderOf(tx: Tx, code: string, name: string): Promise<string> {
  const [known] = await tx.sql<{ folder: string }>(
    'select folder from procedure_version where code = $1 order by version desc limit 1',
    [code],
  )
  const slug = name
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .split('-')
    .slice(0, 8)
    .join('-')
  return known?.folder ?? `${code}-${slug}`
}

/**
 * Puts a version that is there already in force by a decision: an earlier one (rolled back), or one from newer files.
 * New filings only; open dossiers keep the version they were filed under. Answers the publication's id.
 */
export async function putVersionInForce(
  tx: Tx,
  code: string,
  given: z.output<typeof PutInForce>,
): Promise<string> {
  if (!mayPublish(tx)) throw forbidden()
  await lockVersions(tx)
  assertDays(tx, given)
  const [version] = await tx.sql<{ current: boolean; withdrawn_on: string | null }>(
    'select current, withdrawn_on from procedure_version where id = $1 and code = $2',
    [given.versionId, code],
  )
  if (!version) throw notFound()
  await assertReplaces(tx, code, given.replaces)
  if (version.current)
    throw invalidField('versionId', 'Phiên bản này đang có hiệu lực.', 'This version is in force already.')
  if (version.withdrawn_on)
    throw invalidField(
      'versionId',
      'Phiên bản này đã rút trước khi có hiệu lực; hãy ban hành lại từ bản thảo của nó.',
      'This version was withdrawn before it came into force; publish it again from its draft.',
    )
  assertChecks(await versionChecks(tx, code, await versionSource(tx, given.versionId)))
  return plan(tx, { ...given, code, kind: 'roll-back', draftId: null })
}

/**
 * Takes back a plan before its day, or one that its day cannot put in force; its draft waits, approved, to be published anew. 409 for
 * one that has taken filings, or could have.
 */
export async function withdrawPublication(
  tx: Tx,
  id: string,
  { reason }: z.output<typeof WithdrawPublication>,
): Promise<void> {
  if (!tx.actor.ability.can('update', 'Publication')) throw forbidden()
  await lockVersions(tx)
  const [row] = await tx.sql<{
    state: string
    kind: string
    in_force_from: string
    version_id: string
    draft_id: string | null
    can_come: boolean
  }>(
    `select p.state, p.kind, p.in_force_from, p.version_id, p.draft_id, ${CAN_COME} as can_come
       from publication p join procedure_version v on v.id = p.version_id where p.id = $1 for update of p`,
    [id],
  )
  if (!row) throw notFound()
  if (row.state === 'withdrawn') return
  if (row.state !== 'planned' || (row.can_come && row.in_force_from <= legalDay(tx.at)))
    throw conflict('in-force-already', {
      vi: 'Phiên bản đã đến ngày có hiệu lực nên không rút được; muốn bỏ, hãy đưa phiên bản trước trở lại.',
      en: 'Its day has come, so it cannot be withdrawn; to undo it, put the version before it in force again.',
    })
  await tx.sql(
    `update publication set state = 'withdrawn', ended_at = $2, ended_by = $3, end_reason = $4 where id = $1`,
    [id, tx.at, tx.actor.personId, reason.normalize('NFC')],
  )
  if (row.kind === 'publish')
    await tx.sql('update procedure_version set withdrawn_on = $2 where id = $1', [
      row.version_id,
      legalDay(tx.at),
    ])
  if (row.draft_id) {
    const [draft] = await tx.sql<{ revision: number }>(
      `update procedure_draft set state = 'approved' where id = $1 returning revision`,
      [row.draft_id],
    )
    await addAct(tx, { id: row.draft_id, kind: 'unpublished', revision: draft!.revision, note: reason })
  }
  tx.audit({ act: 'publication.withdrawn', detail: { publication: id } })
}
