import { assertSchema, validateForm } from '../../../src/procedures/form.ts'
import { answersOfRecord, isPlainText } from '../../../src/procedures/prefill.ts'

type Question = Record<string, unknown>
const formOf = (properties: Record<string, Question>, more: object = {}) => ({
  schema: {
    $schema: 'http://json-schema.org/draft-07/schema#' as const,
    type: 'object' as const,
    properties: properties as Record<string, { type: string; title: string }>,
    required: Object.keys(properties),
    ...more,
  },
})
const ask = (source: string, more: Question = {}) => ({
  type: 'string',
  title: 'Câu hỏi',
  'x-prefill': source,
  ...more,
})
const locked = (question: Question, value: string, more: object = {}) =>
  'q' in answersOfRecord(formOf({ q: question }, more), { [question['x-prefill'] as string]: value }).locked

it('name and number are locked, phone, mail and address are proposed, and what the record lacks is neither', () => {
  const form = formOf({
    ownerName: ask('fullName'),
    ownerNo: ask('identityNo'),
    phone: ask('phone'),
    mail: ask('email', { format: 'email' }),
    home: ask('address'),
    note: { type: 'string', title: 'Ghi chú' },
  })
  const details = { fullName: 'Nguyễn Văn A', identityNo: '', phone: '0911111111', email: 'a@b.vn' }
  expect(answersOfRecord(form, { ...details, address: 'Thôn 1' })).toEqual({
    locked: { ownerName: 'Nguyễn Văn A' },
    proposed: { phone: '0911111111', mail: 'a@b.vn', home: 'Thôn 1' },
  })
  expect(answersOfRecord(form, {})).toEqual({ locked: {}, proposed: {} })
})

// Each is a person who could not have filed: the answer would be put in, read-only, and refused.
it.each([
  [ask('identityNo', { pattern: '^\\d{12}$' }), 'C1234567'],
  [ask('identityNo', { pattern: '^\\d{12}$' }), '123456789'],
  [ask('fullName', { maxLength: 5 }), 'Nguyễn Văn A'],
  [ask('fullName', { minLength: 3 }), 'Y'],
  [ask('identityNo', { type: 'integer' }), '000000000009'],
  [ask('fullName', { enum: ['A', 'B'] }), 'Nguyễn Văn A'],
  [ask('fullName', { format: 'date' }), 'Nguyễn Văn A'],
  [ask('fullName', { format: 'email' }), 'Nguyễn Văn A'],
  [ask('fullName', { not: { pattern: 'N' } }), 'Nguyễn Văn A'],
])('%j takes no “%s” of the record: the form would refuse it', (question, value) => {
  const form = formOf({ q: question })
  expect(validateForm({ eform: form as never }, { q: value })).not.toEqual([])
  expect(answersOfRecord(form, { [question['x-prefill'] as string]: value })).toEqual({
    locked: {},
    proposed: {},
  })
})

it('letters are counted as the form counts them', () => {
  expect(locked(ask('fullName', { maxLength: 2 }), '𠀀𠀁')).toBe(true)
})

it('what a condition speaks of as well is never locked', () => {
  const more = (properties: object) => ({
    if: { properties: { kind: { const: 'a' } } },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    then: { properties },
  })
  expect(locked(ask('fullName'), 'A', more({ q: { maxLength: 0 } }))).toBe(false)
  expect(locked(ask('fullName'), 'A', more({ other: { maxLength: 0 } }))).toBe(true)
})

it('a plain text question bears a pattern and a length, no choice, day or number', () => {
  expect(isPlainText(ask('phone', { pattern: '^0', maxLength: 12, description: 'd' }))).toBe(true)
  for (const more of [{ enum: ['a'] }, { const: 'a' }, { format: 'date' }, { type: 'number' }, { oneOf: [] }])
    expect(isPlainText(ask('phone', more))).toBe(false)
})

it('a form names only sources that there are', () => {
  expect(() => assertSchema(formOf({ q: ask('fullName') }).schema)).not.toThrow()
  expect(() => assertSchema(formOf({ q: ask('income') }).schema)).toThrow(/x-prefill/)
})
