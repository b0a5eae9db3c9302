import { createRequire } from 'node:module'
import type { ErrorObject } from 'ajv'
import type { FieldError, Words } from '../http/problem.ts'
import { PERSONAL_KINDS } from '../personal/mask.ts'
import { clean } from '../text.ts'
import type { Channel, Eform, Paper, ProcedureDefinition } from './definition.ts'
import { PREFILL_SOURCES } from './prefill.ts'

// Both packages are CommonJS with a `default`: require gives the same under Node and under Jest.
const require = createRequire(import.meta.url)
const { Ajv } = require('ajv') as typeof import('ajv')
const addFormats = (require('ajv-formats') as typeof import('ajv-formats')).default

/** A pattern in a form is tried on so many characters at most: no answer that has a form of its own is longer. */
const MOST_MATCHED = 1_000
const bounded = (pattern: string, flags: string) => {
  const expression = new RegExp(pattern, flags)
  return {
    test: (text: string) => text.length <= MOST_MATCHED && expression.test(text),
    // What ajv keeps a pattern under: without it all patterns of a form are its first one.
    toString: () => String(expression),
  }
}

const ajv = new Ajv({
  // A form may bear an $id, and come again in its next version.
  addUsedSchema: false,
  code: { regExp: Object.assign(bounded, { code: 'bounded' }) },
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  verbose: true,
})
addFormats(ajv)
// The English gloss of a text key beside it; says nothing about the data.
ajv.addKeyword('x-en')
// What kind of personal data a question asks for, where its name does not say it; false where the name misleads.
ajv.addKeyword({ keyword: 'x-personal', metaSchema: { enum: [...PERSONAL_KINDS, false] } })
// Which detail of the applicant's record answers the question: it is put in at filing (prefill.ts).
ajv.addKeyword({ keyword: 'x-prefill', metaSchema: { enum: [...PREFILL_SOURCES] } })

const compiled = new WeakMap<object, ReturnType<typeof ajv.compile>>()

function validatorOf(schema: Eform['schema']) {
  const known = compiled.get(schema)
  if (known) return known
  const validate = ajv.compile(schema)
  // It keeps every schema it has seen for ever, and drafts are compiled at each look at them.
  ajv.removeSchema(schema)
  compiled.set(schema, validate)
  return validate
}

/** Throws an Error that says where the schema is wrong; a folder with such a form does not load. */
export const assertSchema = (schema: Eform['schema']): void => void validatorOf(schema)

const DATES: Record<string, Words> = {
  date: { vi: 'Phải là ngày, ví dụ 2026-11-24.', en: 'Must be a day such as 2026-11-24.' },
  email: { vi: 'Phải là địa chỉ thư điện tử.', en: 'Must be an e-mail address.' },
}
const FILL_IN: Words = { vi: 'Hãy điền mục này.', en: 'Fill this in.' }
const TYPES: Record<string, Words> = {
  string: { vi: 'Phải là chữ.', en: 'Must be text.' },
  number: { vi: 'Phải là số.', en: 'Must be a number.' },
  integer: { vi: 'Phải là số nguyên.', en: 'Must be a whole number.' },
  boolean: { vi: 'Phải là đúng hoặc sai.', en: 'Must be true or false.' },
}

function words({ keyword, params, data }: ErrorObject): Words {
  switch (keyword) {
    case 'required':
      return FILL_IN
    case 'type':
      return TYPES[params.type] ?? { vi: 'Sai loại dữ liệu.', en: 'Wrong kind of data.' }
    case 'minLength':
      return {
        vi: `Phải từ ${params.limit} ký tự trở lên.`,
        en: `Must be at least ${params.limit} characters.`,
      }
    case 'maxLength':
      return {
        vi: `Không được quá ${params.limit} ký tự.`,
        en: `Must be at most ${params.limit} characters.`,
      }
    case 'minimum':
      return { vi: `Phải từ ${params.limit} trở lên.`, en: `Must be at least ${params.limit}.` }
    case 'maximum':
      return { vi: `Không được quá ${params.limit}.`, en: `Must be at most ${params.limit}.` }
    case 'exclusiveMinimum':
      return { vi: `Phải lớn hơn ${params.limit}.`, en: `Must be more than ${params.limit}.` }
    case 'pattern':
      if (typeof data === 'string' && data.length > MOST_MATCHED)
        return {
          vi: `Không được quá ${MOST_MATCHED} ký tự.`,
          en: `Must be at most ${MOST_MATCHED} characters.`,
        }
      return {
        vi: 'Không đúng mẫu; hãy xem hướng dẫn ở mục này.',
        en: 'Not in the right form; see the help of this field.',
      }
    case 'format':
      return DATES[params.format] ?? { vi: 'Không đúng mẫu.', en: 'Not in the right form.' }
    case 'const':
      return { vi: 'Cần đánh dấu mục này.', en: 'This has to be ticked.' }
    case 'oneOf':
    case 'enum':
      return { vi: 'Hãy chọn một trong các giá trị có sẵn.', en: 'Choose one of the values offered.' }
    case 'additionalProperties':
      return { vi: 'Biểu mẫu không có mục này; hãy bỏ đi.', en: 'The form has no such field; leave it out.' }
    default:
      return { vi: 'Giá trị không hợp lệ; hãy sửa lại.', en: 'The value is not valid; correct it.' }
  }
}

/** `/owner/phone` of JSON Pointer as `owner.phone`, with the name that the error itself adds. */
function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const path = instancePath.split('/').slice(1)
  if (keyword === 'required') path.push(params.missingProperty)
  if (keyword === 'additionalProperties') path.push(params.additionalProperty)
  return path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
}

// "if" only says that its "then" failed, and a branch of "oneOf" says less than the "oneOf": both have a line of their own.
const isNoise = ({ keyword, schemaPath }: ErrorObject) =>
  keyword === 'if' || /\/oneOf\/\d+\//.test(schemaPath)

/**
 * Checks a filled-in form against its procedure's schema. One message per field, in both languages; the field is its
 * path in the form (`phone`). An empty answer means that the form is valid.
 */
export function validateForm({ eform }: { eform: Eform }, formData: unknown): FieldError[] {
  const validate = validatorOf(eform.schema)
  const found = new Map<string, FieldError>()
  // A schema counts what nobody can see; on paper it would be nothing.
  for (const [field, value] of Object.entries(formData ?? {}))
    if (typeof value === 'string' && value !== '' && clean(value) === '')
      found.set(field, { field, message: FILL_IN })
  validate(formData)
  for (const error of (validate.errors ?? []).filter((each) => !isNoise(each))) {
    const field = fieldOf(error)
    if (!found.has(field)) found.set(field, { field, message: words(error) })
  }
  return [...found.values()]
}

/** Papers that the case and channel require and that are not among those handed in (by paper key). */
export const missingPapers = (
  definition: Pick<ProcedureDefinition, 'papers'>,
  dossier: { case: string; channel: Channel; papers: readonly string[] },
): Paper[] =>
  definition.papers.filter(
    ({ key, requiredFor }) =>
      requiredFor?.cases.includes(dossier.case) &&
      requiredFor.channels.includes(dossier.channel) &&
      !dossier.papers.includes(key),
  )
