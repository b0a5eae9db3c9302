import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import { frameOf, officeHead, officerOf } from '../letters/compose.ts'
import { Letter } from '../letters/entity.ts'
import { formFor } from '../letters/form-rules.ts'
import { type CollectionData, renderCollection } from '../letters/forms/collection.ts'
import { mask } from '../personal/mask.ts'
import type { Services } from '../services.ts'
import type { Act } from '../tasks/act.ts'
import { codeOf } from './scan.ts'

/** What the panel of a return carries (tasks/schemas.ts, form `result-return`). */
type Return = {
  receivedBy: string
  collector: 'applicant' | 'authorised'
  identityPaper: string
  identityNo: string
  authorisation: string
  signed: 'paper' | 'screen'
  signatureUploadId?: string
  scanned: string
}

/**
 * Before a result changes hands: the dossier in hand is the one on the screen, and somebody other than the applicant
 * shows an identity paper and the paper that lets them collect. 422 names the field and the mend.
 */
export async function checkCollection({ tx, services, dossier, data }: Act): Promise<void> {
  const given = data as Return
  if (given.scanned) {
    const read = codeOf(given.scanned, services.settings.publicUrl)
    if ('problem' in read) throw read.problem
    if (
      read.code !== dossier.code &&
      !(read.code.length >= 3 && /^\d+$/.test(read.code) && dossier.code.endsWith(read.code))
    )
      throw invalidField(
        'data.scanned',
        `Vừa quét hồ sơ ${read.code}, nhưng đang trả hồ sơ ${dossier.code}. Lấy đúng hồ sơ rồi quét lại.`,
        `Dossier ${read.code} was scanned, but ${dossier.code} is being returned. Take the right dossier and scan again.`,
      )
  }
  if (given.collector === 'authorised') {
    if (!given.receivedBy)
      throw invalidField(
        'data.receivedBy',
        'Ghi họ tên người nhận thay.',
        'Give the name of whoever collects.',
      )
    if (!given.identityNo)
      throw invalidField(
        'data.identityNo',
        'Ghi số giấy tờ tùy thân của người nhận thay.',
        'Give the number of the identity paper of whoever collects.',
      )
    if (!given.authorisation)
      throw invalidField(
        'data.authorisation',
        'Người nhận thay phải có giấy ủy quyền: ghi số, ngày của giấy.',
        'Somebody else needs an authorisation: give its number and day.',
      )
  }
  if (given.signed === 'screen')
    await signaturePng(tx, services, { by: tx.actor.personId, id: given.signatureUploadId })
}

type Signature = { sha256: string; bytes: Buffer }

/** The signature drawn on the counter's screen, as its clerk uploaded it. */
async function signaturePng(
  tx: Act['tx'],
  services: Act['services'],
  { by, id }: { by: string | null; id: string | undefined },
): Promise<Signature> {
  const [upload] = await tx.sql<{ sha256: string; media_type: string; size: string }>(
    'select sha256, media_type, size from upload where id = $1 and owner_id = $2',
    [id ?? null, by],
  )
  if (upload?.media_type !== 'image/png' || Number(upload.size) > 500_000)
    throw invalidField(
      'data.signatureUploadId',
      'Chưa có chữ ký trên màn hình: mời người nhận ký, hoặc chọn ký trên giấy.',
      'There is no signature from the screen: ask for it, or choose to sign on paper.',
    )
  return { sha256: upload.sha256, bytes: await services.files.head(upload.sha256, Number(upload.size)) }
}

type Slip = {
  frame: Awaited<ReturnType<typeof frameOf>>
  collector: CollectionData['collector']
  at: Date
  by: string
  inPlaceOf: string | null
  signature?: Buffer | undefined
}

/** The slip that whoever collects signs, and what it says they were given. */
async function drawSlip(
  { tx, services, dossier }: Pick<Act, 'tx' | 'services' | 'dossier'>,
  { frame, collector, at, by, inPlaceOf, signature }: Slip,
): Promise<{ bytes: Buffer; items: CollectionData['items'] }> {
  const letters = await tx.em.find(Letter, { dossierId: dossier.id, kind: 'result', state: { $ne: 'void' } })
  const items = letters.map((letter) => ({
    name: letter.form.title,
    ...(letter.numberText ? { number: letter.numberText } : {}),
  }))
  const day = legalDay(at)
  const bytes = await renderCollection(
    {
      head: { ...officeHead(frame), issuedOn: day, unnumbered: true },
      dossier: frame.dossier,
      office: frame.office,
      applicant: frame.applicant,
      collector,
      items: items.length > 0 ? items : [{ name: 'Kết quả giải quyết thủ tục hành chính' }],
      collectedAt: at.toISOString(),
      officer: await officerOf(tx, { actorId: by, inPlaceOf }),
      ...(signature ? { signature: `data:image/png;base64,${signature.toString('base64')}` } : {}),
    },
    {
      rule: formFor('collection', { receivedOn: null, issuedOn: day }),
      status: 'unsigned-electronic',
      lookupUrl: services.settings.publicUrl,
      demo: services.settings.demo,
    },
  )
  return { bytes, items }
}

/** The slip may lie on the counter: the number stands in the record, on paper its end is enough. */
const identityWords = (paper: string, number: string) =>
  [paper || 'Căn cước', mask('number', number)].filter(Boolean).join(' số ')

const ROOM_FOR_A_PEN = '…'.repeat(24)

/** The slip before it is signed: the applicant's, or with room for the name and papers of whoever collects instead. */
export async function slipToSign(
  tx: Tx,
  services: Services,
  dossier: Dossier,
  { collector, by }: { collector: Return['collector']; by: string },
): Promise<Buffer> {
  const frame = await frameOf(tx, dossier, 'counter')
  const { applicant } = frame
  const { bytes } = await drawSlip(
    { tx, services, dossier },
    {
      frame,
      collector:
        collector === 'applicant'
          ? { name: applicant.name, identity: identityWords('', applicant.identifier ?? '') }
          : { name: ROOM_FOR_A_PEN, identity: ROOM_FOR_A_PEN, authorisation: ROOM_FOR_A_PEN },
      at: tx.at,
      by,
      inPlaceOf: null,
    },
  )
  return bytes
}

/** Who collected, and the receipt they sign, rendered once and kept. */
export async function recordCollection(act: Act): Promise<void> {
  const { tx, services, dossier, by, at } = act
  const given = act.data as Return
  const frame = await frameOf(tx, dossier, 'counter')
  const applicant = given.collector === 'applicant'
  const name = applicant ? frame.applicant.name : given.receivedBy.normalize('NFC')
  const identityNo = (applicant && frame.applicant.identifier) || given.identityNo
  const signature =
    given.signed === 'screen'
      ? await signaturePng(tx, services, { by, id: given.signatureUploadId })
      : undefined
  const { bytes, items } = await drawSlip(act, {
    frame,
    collector: {
      name,
      identity: identityWords(given.identityPaper, identityNo),
      ...(given.authorisation ? { authorisation: given.authorisation } : {}),
    },
    at,
    by,
    inPlaceOf: act.decision.inPlaceOf ?? null,
    signature: signature?.bytes,
  })
  const file = await putFile(tx, services.files, bytes, 'application/pdf')
  await tx.sql(
    `insert into collection (dossier_id, collector, full_name, identity_paper, identity_no, authorisation, signed,
                             signature_sha256, items, clerk_id, collected_at, file_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12)`,
    [
      dossier.id,
      given.collector,
      name,
      given.identityPaper || 'Căn cước',
      identityNo,
      given.authorisation.normalize('NFC'),
      given.signed,
      signature?.sha256 ?? null,
      JSON.stringify(items),
      by,
      at,
      file.sha256,
    ],
  )
  tx.audit({
    act: 'result.collected',
    dossierId: dossier.id,
    actorId: by,
    detail: { collector: given.collector, signed: given.signed, sha256: file.sha256 },
  })
}
