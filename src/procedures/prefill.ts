import { clean } from '../text.ts'

/** Details of an applicant's record that may answer a question of a form (`x-prefill`). */
export const PREFILL_SOURCES = ['fullName', 'identityNo', 'phone', 'email', 'address'] as const
export type PrefillSource = (typeof PREFILL_SOURCES)[number]

/** Name and number are the State's to say; how somebody is reached is their own, and what the record has of it may be stale. */
const LOCKED: readonly PrefillSource[] = ['fullName', 'identityNo']
export const isLocked = (source: unknown): boolean => LOCKED.some((one) => one === source)

type Details = Partial<Record<PrefillSource, string>>
type Question = { readonly [keyword: string]: unknown }
type Form = { schema: { properties: Record<string, Question> } }
export type RecordAnswers = { locked: Record<string, string>; proposed: Record<string, string> }

/** What a question of plain text may say; a choice, a day or a number cannot be answered by words of the record. */
const PLAIN = ['type', 'title', 'x-en', 'description', 'x-personal', 'x-prefill', 'readOnly', 'default']
const MEASURED = ['minLength', 'maxLength', 'pattern', 'format']
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export const isPlainText = (question: Question): boolean =>
  question.type === 'string' &&
  [undefined, 'email'].some((format) => format === question.format) &&
  Object.keys(question).every((keyword) => PLAIN.includes(keyword) || MEASURED.includes(keyword))

const fits = (value: string, { minLength, maxLength, pattern, format }: Question): boolean => {
  const { length } = [...value]
  return (
    length >= Number(minLength ?? 1) &&
    length <= Number(maxLength ?? Number.POSITIVE_INFINITY) &&
    (format === undefined || MAIL.test(value)) &&
    (pattern === undefined || new RegExp(String(pattern), 'u').test(value))
  )
}

/** Whether a condition of the form (`if`, `then`, `dependencies`) has a word on the question besides its own schema. */
function isConditional({ properties: _, ...others }: Form['schema'], field: string): boolean {
  return JSON.stringify(others).includes(`${JSON.stringify(field)}:`)
}

/**
 * What the record answers for whoever files for himself, by question: `locked` is put in and cannot be written
 * otherwise, `proposed` is offered and may be overtyped. What the question's own schema would refuse is neither, so the
 * record never keeps anybody from filing. The browser and the server both ask here.
 */
export function answersOfRecord({ schema }: Form, details: Details): RecordAnswers {
  const answers: RecordAnswers = { locked: {}, proposed: {} }
  for (const [field, question] of Object.entries(schema.properties)) {
    const source = PREFILL_SOURCES.find((one) => one === question['x-prefill'])
    const known = clean((source && details[source]) ?? '')
    if (!known || !isPlainText(question) || !fits(known, question)) continue
    const kind = isLocked(source) && !isConditional(schema, field) ? 'locked' : 'proposed'
    answers[kind][field] = known
  }
  return answers
}
