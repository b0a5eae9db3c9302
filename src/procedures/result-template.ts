/**
 * What a result says, as data: a procedure's folder may hold templates (results/<key>.json) whose texts carry merge
 * fields such as {{form.landArea}}. Checked at publishing, so that no officer ever meets a field nobody knows.
 */
import { z } from 'zod'

const words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1).optional() })
const paragraph = z.string().min(1).max(8000)
const key = z.string().regex(/^[a-z][a-zA-Z0-9]*$/)

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: paragraph }),
  z.strictObject({ type: z.literal('prose'), text: paragraph }),
  /** "Label: value" lines; one whose value is empty for this dossier is left out. */
  z.strictObject({
    type: z.literal('rows'),
    rows: z.array(z.strictObject({ label: z.string().min(1).max(300), value: paragraph })).min(1),
  }),
  /** Words that the officer may change; `text` is what they begin with. */
  z.strictObject({
    type: z.literal('free'),
    key,
    label: words,
    text: z.string().max(8000).default(''),
    required: z.boolean().default(false),
  }),
])

export const resultTemplate = z.strictObject({
  key,
  name: words,
  outcome: z.enum(['granted', 'denied']),
  /** In whose book it is numbered, and whose paper and footnote it has. */
  book: z.enum(['permit', 'grant', 'refusalToGrant']),
  /** Cases it is for; every case when absent. */
  cases: z.array(z.string()).min(1).optional(),
  title: z.string().min(1).max(300),
  blocks: z.array(block).min(1),
  basis: z.strictObject({ text: z.string().min(1), source: z.string().min(1), verified: z.boolean() }),
})
export type ResultTemplate = z.infer<typeof resultTemplate>

/** Fields of the record; each has a word in every dossier or prints as a dotted line. */
const RECORD_FIELDS = [
  'dossier.code',
  'dossier.procedureCode',
  'dossier.procedureName',
  'dossier.caseName',
  'dossier.place',
  'dossier.filedOn',
  'dossier.receivedOn',
  'applicant.name',
  'applicant.identifier',
  'applicant.address',
  'applicant.phone',
  'applicant.email',
  'decision.agency',
  'decision.reason',
] as const
export type RecordField = (typeof RECORD_FIELDS)[number]

/** Of these, what the pages mask. */
const PERSONAL_RECORD = ['applicant.identifier', 'applicant.address', 'applicant.phone', 'applicant.email']

/** Known only when the letter is signed and numbered: these stay in the text until its file is made. */
export const LATE_FIELDS = [
  'decision.number',
  'decision.issuedOn',
  'decision.signer',
  'decision.signerTitle',
] as const

/** The merge fields in a text, as written between the braces, without the spaces around them. */
export const fieldsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) => (match[1] ?? '').trim())

/** Every text of a template with where it stands. */
function textsOf(template: ResultTemplate): [string, string][] {
  return [
    ['title', template.title],
    ...template.blocks.flatMap((each, n): [string, string][] =>
      each.type === 'rows'
        ? each.rows.flatMap(({ label, value }, row): [string, string][] => [
            [`blocks.${n}.rows.${row}.label`, label],
            [`blocks.${n}.rows.${row}.value`, value],
          ])
        : [[`blocks.${n}.text`, each.text]],
    ),
  ]
}

/** A fault of a template: the field's place in it, and what is wrong there, in both languages. */
export type TemplateIssue = { place: string; message: string; vi: string }

/** Faults of a template, each with the field's place and what there is instead. */
export function templateIssues(
  template: ResultTemplate,
  { formFields, personal, cases }: { formFields: string[]; personal: string[]; cases: string[] },
): TemplateIssue[] {
  const known = [...RECORD_FIELDS, ...LATE_FIELDS, ...formFields.map((field) => `form.${field}`)]
  const faults = textsOf(template).flatMap(([place, text]): TemplateIssue[] => [
    ...fieldsIn(text)
      .filter((field) => !known.includes(field))
      .map((field) => ({
        place,
        message: `unknown field "${field}"; there are: ${known.join(', ')}`,
        vi: `Không có trường "${field}"; chỉ có: ${known.join(', ')}.`,
      })),
    ...(/\{\{|\}\}/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))
      ? [{ place, message: 'a brace is left open', vi: 'Có dấu ngoặc nhọn chưa đóng.' }]
      : []),
  ])
  // Whoever writes the result reads a free part on the screen, where personal data are masked; the others only print.
  const shown = [...PERSONAL_RECORD, ...personal.map((field) => `form.${field}`)]
  template.blocks.forEach((each, n) => {
    if (each.type !== 'free') return
    for (const field of fieldsIn(each.text).filter((one) => shown.includes(one)))
      faults.push({
        place: `blocks.${n}.text`,
        message: `"${field}" is personal data: put it into prose or rows`,
        vi: `"${field}" là dữ liệu cá nhân: đưa vào đoạn văn hoặc dòng thông tin.`,
      })
  })
  for (const each of template.cases ?? [])
    if (!cases.includes(each))
      faults.push({
        place: 'cases',
        message: `"${each}" is none of: ${cases.join(', ')}`,
        vi: `Không có trường hợp "${each}"; chỉ có: ${cases.join(', ')}.`,
      })
  const free = template.blocks.flatMap((each) => (each.type === 'free' ? [each.key] : []))
  if (new Set(free).size < free.length)
    faults.push({
      place: 'blocks',
      message: 'two free parts have the same key',
      vi: 'Hai phần tự soạn có cùng một mã.',
    })
  return faults
}

/** One line per fault of a template. */
export const templateFaults = (...given: Parameters<typeof templateIssues>): string[] =>
  templateIssues(...given).map(({ place, message }) => `${place}: ${message}`)
