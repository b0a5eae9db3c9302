import { buffer } from 'node:stream/consumers'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict } from '../http/problem.ts'
import type { Services } from '../services.ts'
import { keyName, type Who } from '../signing/keys.ts'
import { fieldsIn, filled, prepare, type SignatureOf, withSignature } from '../signing/pdf.ts'
import { certificateOf, checkValidity, cmsOver, type Signer, SigningFault } from '../signing/signer.ts'
import { agencyOf, personOf } from '../signing/who.ts'
import type { Letter } from './entity.ts'
import { clerkMark, FIELD, filledIn, sealMark } from './fill.ts'
import { drawFinal } from './render.ts'
import { reservedIn } from './reserved.ts'

type Parts = Pick<Services, 'settings' | 'files' | 'signing'>
type Role = 'signer' | 'clerk' | 'seal'
type Asked = { role: Role; who: Who; signer: Signer; signature: SignatureOf }

/** The key that signs for somebody now; undefined without one. 422 when it cannot: expired, or its service is away. */
async function keyOf(tx: Tx, services: Parts, who: Who): Promise<Signer | undefined> {
  try {
    const signer = await services.signing?.signerOf(who)
    if (signer) checkValidity(signer, tx.at)
    return signer
  } catch (error) {
    if (!(error instanceof SigningFault)) throw error
    throw invalidField(
      'outcome',
      `Chưa ký số được cho ${who.name}: ${error.message}. Hãy báo quản trị viên xem trang Chữ ký số.`,
      `No digital signature for ${who.name}: ${error.message}. Ask an administrator to look at the page Signatures.`,
    )
  }
}

/** Refuses an act whose key cannot sign: an expired certificate is known before it, not after. */
export const checkKey = async (
  tx: Tx,
  services: Parts,
  { kind, id }: { kind: Who['kind']; id: string },
): Promise<void> => {
  if (services.signing)
    await keyOf(tx, services, kind === 'person' ? await personOf(tx.sql, id) : await agencyOf(tx.sql, id))
}

/**
 * The digital signature over the final text, with fields kept for number, date and seal. Without a key of the signer the
 * recorded act alone is the signature (rules 7). A key that lies elsewhere is asked after the commit.
 */
export async function signDigitally(
  tx: Tx,
  services: Parts,
  letter: Letter,
  dossier: Dossier,
): Promise<void> {
  if (!services.signing || !letter.signedBy) return
  const who = await personOf(tx.sql, letter.signedBy)
  const signer = await keyOf(tx, services, who)
  if (!signer) return
  const { bytes, front } = await drawFinal(services, letter, dossier)
  const places = await reservedIn(front)
  if (!places.signature || !places.number || !places.date || !places.seal)
    throw new Error(`letter ${letter.id} keeps no place for its signatures`)
  const asked = await ask(tx, services, letter, bytes, {
    role: 'signer',
    who,
    signer,
    signature: {
      field: FIELD.signature,
      place: places.signature,
      name: who.name,
      reason: `Ký ${letter.form.title}`,
      location: placeOf(letter),
      at: tx.at,
      reserve: {
        text: { [FIELD.number]: places.number, [FIELD.date]: places.date },
        signatures: { [FIELD.seal]: places.seal },
      },
    },
  })
  letter.signedFileSha256 = asked
}

/**
 * Number and date in their fields, and the agency's seal, behind the bytes that are signed: whether anybody may now open
 * the file as the letter is for its `fileSha256` to say, which a seal that lies elsewhere leaves empty.
 */
export async function sealDigitally(tx: Tx, services: Parts, letter: Letter): Promise<void> {
  const signed = await buffer(services.files.get(letter.signedFileSha256 ?? ''))
  const places = await fieldsIn(signed)
  const { number, issuedOn } = letter.data.head as { number: string; issuedOn: string }
  const fill = await filledIn({ paper: letter.form.paper, number, issuedOn }, places)
  const who = await agencyOf(tx.sql, letter.agencyId)
  const signer = await keyOf(tx, services, who)
  const seal = places[FIELD.seal]
  if (!signer || !seal) {
    letter.fileSha256 = (
      await putFile(tx, services.files, await filled(signed, fill), 'application/pdf')
    ).sha256
    return
  }
  letter.fileSha256 = await ask(tx, services, letter, signed, {
    role: 'seal',
    who,
    signer,
    signature: {
      field: FIELD.seal,
      drawn: await sealMark(letter.form.paper, seal, who.name, tx.at, issuedOn),
      name: who.name,
      reason: `Cấp số ${number}, đóng dấu`,
      location: placeOf(letter),
      at: tx.at,
      fill,
      last: 'of-several',
    },
  })
}

/**
 * A form of the counter, signed by its clerk in the act itself; null when they have no key here. The applicant stands
 * there: a key that wants a confirmation elsewhere is not waited for.
 */
export async function signAtCounter(
  tx: Tx,
  services: Parts,
  letter: Letter,
  dossier: Dossier,
  by: string,
): Promise<boolean> {
  if (!services.signing) return false
  const who = await personOf(tx.sql, by)
  const signer = await keyOf(tx, services, who)
  if (signer?.where !== 'here') return false
  const { bytes, front } = await drawFinal(services, letter, dossier)
  const { signature: place } = await reservedIn(front)
  if (!place) return false
  const { issuedOn } = letter.data.head as { issuedOn: string }
  letter.fileSha256 = await ask(tx, services, letter, bytes, {
    role: 'clerk',
    who,
    signer,
    signature: {
      field: FIELD.signature,
      place,
      drawn: await clerkMark(letter.form.paper, place, who.name, tx.at, issuedOn),
      name: who.name,
      reason: `Ký ${letter.form.title}`,
      location: placeOf(letter),
      at: tx.at,
      last: 'alone',
    },
  })
  return true
}

const placeOf = (letter: Letter): string => String((letter.data.head as { place?: string }).place ?? '')

/** Writes the signature's row; the file's hash, or null while the key has not answered. */
async function ask(
  tx: Tx,
  services: Parts,
  letter: Letter,
  bytes: Uint8Array,
  { role, who, signer, signature }: Asked,
): Promise<string | null> {
  const id = uuid()
  const prepared = await prepare(bytes, signature)
  const request = { id, title: `${letter.form.title} ${letter.numberText ?? ''}`.trim() }
  // An authority of time is asked after the commit too; who stands at the counter does not wait for it.
  const atOnce = signer.where === 'here' && (role === 'clerk' || !services.signing?.timestamper)
  const cms = atOnce ? await cmsOver(prepared.digest, signer, request, undefined) : undefined
  const file = await putFile(
    tx,
    services.files,
    cms ? withSignature(prepared, cms) : prepared.bytes,
    'application/pdf',
  )
  const { subject, issuer, serialNumber, fingerprint256, validFrom, validTo } = certificateOf(signer)
  // The letter may be of this very transaction.
  await tx.em.flush()
  await tx.sql(
    `insert into letter_signature (id, letter_id, role, state, signer, certificate, file_sha256, asked_at, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      letter.id,
      role,
      cms ? 'signed' : 'waiting',
      keyName(who),
      JSON.stringify({ subject, issuer, serialNumber, fingerprint256, validFrom, validTo }),
      file.sha256,
      tx.at,
      cms ? tx.at : null,
    ],
  )
  if (cms) auditSignature(tx, letter, { role, sha256: file.sha256, fingerprint256 })
  else tx.notify('signing', {})
  return cms ? file.sha256 : null
}

/** Which key signed which bytes stands in the trail, wherever the key lies. */
export const auditSignature = (
  tx: Tx,
  letter: Pick<Letter, 'id' | 'dossierId'>,
  detail: { role: string; sha256: string; fingerprint256: string },
): void =>
  tx.audit({
    act: 'letter.signed-digitally',
    dossierId: letter.dossierId,
    detail: { letter: letter.id, ...detail },
  })

/** 409 while a signature of the letter is asked for and has not come: nothing is numbered, delivered or shown before. */
export async function checkSigned(tx: Tx, letter: Pick<Letter, 'id'>): Promise<void> {
  const [open] = await tx.sql<{ state: string; signer: string; last_error: string | null }>(
    `select state, signer, last_error from letter_signature where letter_id = $1 and state in ('waiting', 'refused') limit 1`,
    [letter.id],
  )
  if (!open) return
  const why = open.last_error ? ` (${open.last_error})` : ''
  throw conflict('signature-waiting', {
    vi: `Chữ ký số của văn bản chưa có: đang chờ xác nhận tại nơi giữ khóa${why}. Hãy thử lại sau, hoặc trả lại để ký lại.`,
    en: `The letter’s digital signature has not come yet: the holder of the key must confirm it${why}. Try again later, or send the letter back to be signed anew.`,
  })
}

/** The letter goes back or is void: whatever is still asked for it is not used. */
export const dropSignatures = (tx: Tx, letterId: string) =>
  tx.sql(`update letter_signature set state = 'void' where letter_id = $1 and state <> 'void'`, [letterId])
