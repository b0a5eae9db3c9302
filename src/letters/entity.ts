import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { FormRule } from './form-rules.ts'
import type { LetterKind as LetterTemplate } from './forms/index.ts'

/**
 * A letter of the record. draft → initialled → signed → issued (number, date and seal) → delivered; or void, with its
 * number kept in the book. The file is rendered once, at the văn thư's number, and never again.
 */
export const Letter = defineEntity({
  name: 'Letter',
  tableName: 'letter',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    kind: p.enum([
      'receipt',
      'supplement',
      'refusal',
      'apology',
      'explanation',
      'stop',
      'closing',
      'result',
    ] as const),
    /** Which of src/letters/forms renders it; a result's template is the procedure's. */
    template: p.text().$type<LetterTemplate>(),
    state: p.enum(['draft', 'initialled', 'signed', 'issued', 'delivered', 'void'] as const),
    agencyId: p.uuid(),
    form: p.json<FormRule>(),
    data: p.json<Record<string, unknown>>(),
    reason: p.text(),
    newDueAt: p.datetime().nullable(),
    textHash: p.text().nullable(),
    series: p.text().nullable(),
    numberYear: p.integer().nullable(),
    number: p.integer().nullable(),
    numberText: p.text().nullable(),
    fileSha256: p.text().name('file_sha256').nullable(),
    /** A result made elsewhere: the bytes that the letter's file carries unchanged behind its first page. */
    sourceSha256: p.text().name('source_sha256').nullable(),
    /** The bytes that its signer signed; number, date and seal stand behind them in the letter's file. */
    signedFileSha256: p.text().name('signed_file_sha256').nullable(),
    /** Which version of the administrator's words it was drafted with; null: those that ship. */
    templateVersion: p.integer().nullable(),
    draftedBy: p.uuid().nullable(),
    draftedAt: p.datetime(),
    initialledBy: p.uuid().nullable(),
    initialledAt: p.datetime().nullable(),
    signedBy: p.uuid().nullable(),
    signedAt: p.datetime().nullable(),
    signedAs: p.json<Record<string, unknown>>().nullable(),
    issuedBy: p.uuid().nullable(),
    issuedAt: p.datetime().nullable(),
    deliveredBy: p.uuid().nullable(),
    deliveredAt: p.datetime().nullable(),
    voidAt: p.datetime().nullable(),
    voidReason: p.text().nullable(),
  },
})
export type Letter = InferEntity<typeof Letter>
