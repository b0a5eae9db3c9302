import type { Content } from 'pdfmake'
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

/** What a text that is signed before it has number and date says of them. */
const AT_THE_TOP = { number: 'ghi ở đầu văn bản này', issuedOn: 'ngày ghi ở đầu văn bản này' }

/** The words of a signature's fields, as far as the letter has them. */
const signingWords =
  (data: Pick<z.output<typeof composedData>, 'head' | 'signer'>, toSign: boolean): Merge =>
  (name) =>
    ({
      'decision.number': data.head.number ?? (toSign ? AT_THE_TOP.number : ''),
      'decision.issuedOn': data.head.issuedOn
        ? dayInWords(data.head.issuedOn)
        : toSign
          ? AT_THE_TOP.issuedOn
          : '',
      'decision.signer': data.signer.name,
      'decision.signerTitle': data.signer.title,
    })[name] ?? ''

type Block = z.output<typeof composedData>['blocks'][number]

const lengthOf = (block: Block): number =>
  block.type === 'rows'
    ? block.rows.reduce((sum, { label, value }) => sum + label.length + value.length, 0)
    : block.text.length

/** Longest end of a text that is kept on one page with the signatures. */
const MOST_KEPT = 900

/** Where the end begins that stays with the signatures, so that no page holds them alone: the last section if it is short. */
function endOf(blocks: Block[]): number {
  const heading = blocks.findLastIndex(({ type }) => type === 'heading')
  const short = (from: number) =>
    blocks.slice(from).reduce((sum, block) => sum + lengthOf(block), 0) <= MOST_KEPT
  if (heading > 0 && short(heading)) return heading
  return short(blocks.length - 1) ? blocks.length - 1 : blocks.length
}

export const renderComposed = letter(composedData, (data, sheet, { lookupUrl, status }) => {
  const say = (words: string) => mergeLate(words, signingWords(data, status === 'to-sign'))
  const draw = (block: Block): Content[] => {
    if (block.type === 'heading') return [section(say(block.text))]
    if (block.type === 'prose') return prose(sheet, say(block.text))
    return block.rows.map((row) => field(say(row.label), say(row.value)))
  }
  const end = endOf(data.blocks)
  return [
    titleBlock(sheet, say(data.title)),
    ...data.blocks.slice(0, end).flatMap(draw),
    closingBlock(sheet, {
      ...data,
      lastLines: data.blocks.slice(end).flatMap(draw),
      lookup: { url: lookupUrl, code: data.dossier.code },
    }),
  ]
})
