import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidFrom } from '../http/invalid.ts'
import type { Services } from '../services.ts'
import { dropSignatures, sealDigitally, signAtCounter } from './digital.ts'
import { Letter } from './entity.ts'
import { type FormKind, formFamily, formFor } from './form-rules.ts'
import { type LetterKind as LetterTemplate, letterForms } from './forms/index.ts'
import { formatNumber } from './number.ts'
import { textHash } from './pdf.ts'
import { renderLetter } from './render.ts'
import { drawNumber } from './series.ts'
import type { Officer, Signer } from './shapes.ts'
import { wordsInForce } from './templates.ts'

type Draft = {
  kind: Letter['kind']
  template: LetterTemplate
  data: Record<string, unknown>
  reason?: string
  newDueAt?: Date | null
  /** The stored bytes of a result made elsewhere. */
  sourceSha256?: string | null
  /** Whose letter it is; the agency that handles the dossier unless said otherwise. */
  agencyId?: string
  by: string | null
}

/**
 * Begins a letter; its form is the one in force by the days of receipt and of today (rules 8), its words are those of the
 * administrator's version of today, and stay so whatever is written later.
 */
export async function draftLetter(tx: Tx, dossier: Dossier, draft: Draft): Promise<Letter> {
  const { wording, version } = await wordsInForce(tx.sql, draft.template, legalDay(tx.at))
  return tx.em.create(Letter, {
    id: uuid(),
    dossierId: dossier.id,
    kind: draft.kind,
    template: draft.template,
    state: 'draft',
    agencyId: draft.agencyId ?? dossier.agencyId,
    form: formRule(tx, dossier, draft),
    data: wording ? { ...draft.data, wording } : draft.data,
    templateVersion: version,
    reason: draft.reason ?? '',
    newDueAt: draft.newDueAt ?? null,
    sourceSha256: draft.sourceSha256 ?? null,
    draftedBy: draft.by,
    draftedAt: tx.at,
  })
}

/** In whose book a letter is numbered: a result written from a template or made elsewhere names it, others are it. */
export function bookOf({ template, data }: Pick<Letter, 'template' | 'data'>): FormKind {
  if (template === 'composed' || template === 'uploaded') return data.book as FormKind
  return template
}

export const formRule = (
  tx: Pick<Tx, 'at'>,
  dossier: Pick<Dossier, 'receivedAt' | 'procedureCode'>,
  letter: Pick<Letter, 'template' | 'data'>,
) =>
  formFor(
    bookOf(letter),
    {
      receivedOn: dossier.receivedAt ? legalDay(dossier.receivedAt) : null,
      issuedOn: legalDay(tx.at),
    },
    formFamily(dossier.procedureCode),
  )

/** Ký nháy by the head of unit: the text is in order. */
export function initialLetter(letter: Letter, by: string, at: Date): void {
  letter.state = 'initialled'
  letter.initialledBy = by
  letter.initialledAt = at
}

/** The signature is a recorded act over the hash of the final text, until letters are signed digitally (rules 7). */
export function signLetter(
  letter: Letter,
  signer: Signer,
  by: string,
  at: Date,
  initials: Officer | null,
): void {
  const form = letterForms[letter.template]
  const unsigned = { ...letter.data, signer }
  const textSha256 = textHash(form.schema, unsigned)
  letter.state = 'signed'
  letter.signedBy = by
  letter.signedAt = at
  letter.signedAs = signer
  letter.textHash = textSha256
  letter.data = {
    ...unsigned,
    signer: {
      ...signer,
      signature: {
        signedAt: at.toISOString(),
        textSha256,
        ...(initials && letter.initialledAt
          ? {
              initialledBy: initials.name,
              ...(initials.substituteFor && { initialledFor: initials.substituteFor }),
              initialledAt: letter.initialledAt.toISOString(),
            }
          : {}),
      },
    },
  }
}

/** Sent back: what was initialled or signed counts no more, and a number that was drawn is void. */
export async function reopenLetter(tx: Tx, letter: Letter, reason: string): Promise<void> {
  if (letter.number !== null) await voidNumber(tx, letter, reason)
  await dropSignatures(tx, letter.id)
  letter.signedFileSha256 = null
  const { signature: _, ...signer } = letter.data.signer as Record<string, unknown>
  letter.data = { ...letter.data, signer }
  letter.state = 'draft'
  letter.initialledBy = null
  letter.initialledAt = null
  letter.signedBy = null
  letter.signedAt = null
  letter.signedAs = null
  letter.textHash = null
}

/** The sheet that bears the number stays in the book as a void letter; this one goes on without (rules 7). */
async function voidNumber(tx: Tx, letter: Letter, reason: string): Promise<void> {
  await tx.em.flush()
  const [sheet] = await tx.sql<{ row: object }>('select to_jsonb(letter) as row from letter where id = $1', [
    letter.id,
  ])
  const { number, issuedOn, ...head } = letter.data.head as Record<string, unknown>
  letter.data = { ...letter.data, head: { ...head, number: null, issuedOn: null } }
  letter.series = null
  letter.numberYear = null
  letter.number = null
  letter.numberText = null
  letter.fileSha256 = null
  letter.issuedBy = null
  letter.issuedAt = null
  await tx.em.flush()
  const id = uuid()
  const ended = { id, state: 'void', void_at: tx.at, void_reason: reason }
  await tx.sql('insert into letter select * from jsonb_populate_record(null::letter, $1::jsonb)', [
    JSON.stringify({ ...sheet?.row, ...ended }),
  ])
  tx.audit({ act: 'letter.void', dossierId: letter.dossierId, detail: { letter: id, number } })
}

/**
 * Number, date and seal: draws the next number of the agency's book of the year and makes the file, once and for ever:
 * behind the bytes that are signed, or drawn now where nobody signs digitally (rules 7). `office` is the short name behind the dash of the number. The book has no gap: the draw commits with the act.
 */
export async function numberLetter(
  tx: Tx,
  services: Services,
  letter: Letter,
  dossier: Dossier,
  office: string,
  by: string | null,
): Promise<void> {
  const day = legalDay(tx.at)
  letter.series = `${letter.agencyId}/${office}/${bookOf(letter)}`
  const { year, number } = await drawNumber(tx, letter.series)
  letter.numberYear = year
  letter.number = number
  letter.numberText = formatNumber(bookOf(letter), number, office)
  // What is signed keeps the form it was signed on.
  if (!letter.signedFileSha256) letter.form = formRule(tx, dossier, letter)
  const head = letter.data.head as Record<string, unknown>
  letter.data = { ...letter.data, head: { ...head, number: letter.numberText, issuedOn: day } }
  letter.state = 'issued'
  letter.issuedBy = by
  letter.issuedAt = tx.at
  if (letter.signedFileSha256) await sealDigitally(tx, services, letter)
  else if (letter.signedBy || !by || !(await signAtCounter(tx, services, letter, dossier, by))) {
    const bytes = await renderLetter(services, letter, dossier, 'unsigned-electronic')
    letter.fileSha256 = (await putFile(tx, services.files, bytes, 'application/pdf')).sha256
  }
  tx.audit({
    act: 'letter.issued',
    dossierId: dossier.id,
    detail: { letter: letter.id, kind: letter.kind, number: letter.numberText, sha256: letter.fileSha256 },
  })
}

/** A result that lies at the one-stop: its applicant may download it, whether or not the paper has been collected. */
export const isReady = (letter: Pick<Letter, 'kind' | 'state'>, finishedAt: Date | null): boolean =>
  letter.kind === 'result' && letter.state === 'issued' && finishedAt !== null

/** The one-stop gave or sent it to the applicant. */
export function deliverLetter(tx: Tx, letter: Letter, by: string | null): void {
  letter.state = 'delivered'
  letter.deliveredBy = by
  letter.deliveredAt = tx.at
  tx.audit({
    act: 'letter.delivered',
    dossierId: letter.dossierId,
    detail: { letter: letter.id, kind: letter.kind },
  })
}

/** Not needed any more. A number already drawn stays in the book, as void (rules 7). */
export async function voidLetter(tx: Tx, letter: Letter, reason: string): Promise<void> {
  await dropSignatures(tx, letter.id)
  letter.state = 'void'
  letter.voidAt = tx.at
  letter.voidReason = reason
  tx.audit({
    act: 'letter.void',
    dossierId: letter.dossierId,
    detail: { letter: letter.id, number: letter.numberText },
  })
}

/**
 * Refuses letter data that its form cannot print, with the field and the reason, before anything is recorded. `known`
 * looks at what is there, where the act itself will add the rest (a date, a number).
 */
export function checkLetterData(
  template: LetterTemplate,
  data: unknown,
  extent: 'all' | 'known' = 'all',
): void {
  const schema: z.ZodObject = letterForms[template].schema
  const parsed = (extent === 'all' ? schema : schema.partial()).safeParse(data)
  if (!parsed.success) throw invalidFrom(parsed.error, 'data')
}
