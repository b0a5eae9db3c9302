import { z } from 'zod'
import { field, prose, section } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { type Merge, mergeLate } from '../merge.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, letterHead, paragraph, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayInWords } from '../wording.ts'

/** In whose book a result is numbered. */
export const book = z.enum(['permit', 'grant', 'refusalToGrant'])

/**
 * A result written from a template of its procedure. What the template merged is text here, so that the signature covers
 * every word; only number, date and signer are fields still.
 */
export const composedData = z.object({
  head: letterHead,
  dossier,
  applicant,
  book,
  /** The procedure's template it was written from. */
  templateKey: text(80),
  title: text(300),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('heading'), text: text(1000) }),
        z.object({ type: z.literal('prose'), text: paragraph }),
        z.object({
          type: z.literal('rows'),
          rows: z.array(z.object({ label: text(300), value: paragraph })).min(1),
        }),
      ]),
    )
    .min(1),
  signer,
  recipients,
})
export type ComposedData = z.input<typeof composedData>

/** The words of a signature's fields, as far as the letter has them. */
const signingWords =
  (data: Pick<z.output<typeof composedData>, 'head' | 'signer'>): Merge =>
  (name) =>
    ({
      'decision.number': data.head.number ?? '',
      'decision.issuedOn': data.head.issuedOn ? dayInWords(data.head.issuedOn) : '',
      'decision.signer': data.signer.name,
      'decision.signerTitle': data.signer.title,
    })[name] ?? ''

export const renderComposed = letter(composedData, (data, sheet, { lookupUrl }) => {
  const say = (words: string) => mergeLate(words, signingWords(data))
  return [
    titleBlock(sheet, say(data.title)),
    ...data.blocks.flatMap((block) => {
      if (block.type === 'heading') return [section(say(block.text))]
      if (block.type === 'prose') return prose(sheet, say(block.text))
      return block.rows.map((row) => field(say(row.label), say(row.value)))
    }),
    closingBlock(sheet, { ...data, lastLines: [], lookup: { url: lookupUrl, code: data.dossier.code } }),
  ]
})
