import { createHash } from 'node:crypto'
import type { Content } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { z } from 'zod'
import { letterFont, pdfmake } from './fonts.ts'
import type { FormRule } from './form-rules.ts'
import { formMark, officialHead, type Sheet, sheetOf } from './layout.ts'
import type { LetterHead } from './shapes.ts'
import { midnightOf } from './wording.ts'

export interface RenderOptions {
  /** The form that applies, from formFor(); its paper decides the layout. */
  rule: FormRule
  /**
   * A draft is crossed by "DỰ THẢO", a sample of an administrator's template by "MẪU"; `unsigned-electronic` says that it is
   * not signed digitally; `to-sign` is the final text, with places for what is filled after its first signature.
   */
  status: 'draft' | 'sample' | 'unsigned-electronic' | 'to-sign'
  /** Public page of the dossier, http(s); printed as QR and text on the forms that carry it. */
  lookupUrl: string
  /** Demonstration mode: the footer says that the data are made up. */
  demo?: boolean
}

const marks = (options: RenderOptions) => [
  ...(options.status === 'unsigned-electronic' ? ['Chưa ký số'] : []),
  ...(options.demo ? ['Dữ liệu minh họa'] : []),
]

/** An unverified form never passes for the official one, made-up data never for real ones. */
function footer(sheet: Sheet, options: RenderOptions): Content {
  const [left, , right] = sheet.margins
  const { footnote, transitional } = options.rule
  const notes = [footnote, transitional].filter(Boolean).join(' ')
  return {
    margin: [left, 8, right, 0],
    fontSize: sheet.small - 1.5,
    color: '#333333',
    columnGap: 12,
    columns: [
      { width: '*', text: notes, italics: true },
      { width: 'auto', text: marks(options).join('  ·  '), bold: true, noWrap: true },
    ],
  }
}

/**
 * Renders a letter's body under the national head. The same data give the same bytes: the only date inside
 * is the letter's own (a draft without one carries the first day of its form's validity).
 */
export async function renderPdf(
  title: string,
  head: LetterHead,
  options: RenderOptions,
  body: (sheet: Sheet) => Content[],
): Promise<Buffer> {
  const sheet = sheetOf(options.rule.paper, options.status === 'to-sign')
  const created = midnightOf(head.issuedOn ?? options.rule.validFrom)
  const watermark = { draft: 'DỰ THẢO', sample: 'MẪU' }[options.status as string]
  const definition: TDocumentDefinitions = {
    pageSize: sheet.paper,
    pageMargins: sheet.margins,
    language: 'vi-VN',
    info: {
      title: head.number ? `${title} ${head.number}` : title,
      author: head.agency,
      producer: 'mot-cua',
      creator: 'mot-cua',
      creationDate: created,
      modDate: created,
    },
    defaultStyle: { font: letterFont, fontSize: sheet.body, lineHeight: 1.08 },
    header: (page) =>
      page === 1
        ? null
        : {
            text: String(page),
            alignment: 'center',
            fontSize: sheet.head,
            margin: [0, sheet.margins[1] * 0.45, 0, 0],
          },
    footer: () => footer(sheet, options),
    ...(watermark
      ? {
          watermark: {
            text: watermark,
            font: letterFont,
            fontSize: sheet.width / 4.5,
            bold: true,
            color: '#9a9a9a',
            opacity: 0.2,
          },
        }
      : {}),
    content: [formMark(sheet, options.rule), officialHead(sheet, head), ...body(sheet)],
  }
  return pdfmake.createPdf(definition).getBuffer()
}

const lookup = z.url({ protocol: /^https?$/ })

/** A renderer of one kind: checks data and options, then draws. Throws ZodError on data the schema refuses. */
export function letter<S extends z.ZodType<{ head: LetterHead }>>(
  schema: S,
  body: (data: z.output<S>, sheet: Sheet, options: RenderOptions) => Content[],
) {
  return async (data: z.input<S>, options: RenderOptions): Promise<Buffer> => {
    lookup.parse(options.lookupUrl)
    const checked = schema.parse(data)
    return renderPdf(options.rule.title, checked.head, options, (sheet) => body(checked, sheet, options))
  }
}

const reserved = new Set(['number', 'issuedOn', 'signature'])

/**
 * SHA-256 (hex) of a letter's final text, over which a signature is recorded: every field but those văn thư fills
 * later (number, date) and the recorded signature itself. Keys in fixed order, text in NFC. Throws ZodError on data the
 * schema refuses.
 */
export function textHash(schema: z.ZodType<{ head: LetterHead }>, data: unknown): string {
  const stable = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => stable(item, path))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([key, item]) =>
            item !== undefined && !(reserved.has(key) && (path === 'head' || path === 'signer')),
        )
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, stable(item, key)]),
    )
  }
  return createHash('sha256')
    .update(JSON.stringify(stable(schema.parse(data), '')))
    .digest('hex')
}
