import { inSchemaLanguage } from '../../../ui/src/shared/eform/language.ts'
import { readNumber, writeNumber } from '../../../ui/src/shared/eform/number-text.ts'
import { problemsOf } from '../../../ui/src/shared/eform/validator.ts'

test.each([
  ['8,5', 'vi', 8.5],
  ['8.5', 'vi', 8.5],
  ['1.250', 'vi', 1250],
  ['1.250,5', 'vi', 1250.5],
  ['12.500.000', 'vi', 12_500_000],
  ['1 250', 'vi', 1250],
  ['1,250', 'en', 1250],
  ['1,250.5', 'en', 1250.5],
  ['8,5', 'en', 8.5],
  ['-3', 'vi', -3],
] as const)('%s typed in %s is the number %d', (text, language, number) => {
  expect(readNumber(text, language)).toBe(number)
})

test.each(['', 'abc', '1.25.0', '8,5,1', '12m'])('“%s” is no number', (text) => {
  expect(readNumber(text, 'vi')).toBeUndefined()
})

test('a number reads back as it was written', () => {
  for (const value of [8.5, 1250.25, 1_000_000, 0.001])
    for (const language of ['vi', 'en'] as const)
      expect(readNumber(writeNumber(value, language), language)).toBe(value)
})

const schema = {
  type: 'object' as const,
  properties: {
    kind: { type: 'string' as const, oneOf: [{ const: 'house' }, { const: 'other' }] },
    phone: { type: 'string' as const, pattern: '^0\\d{9}$' },
    floors: { type: 'integer' as const, minimum: 1 },
    designer: { type: 'string' as const },
  },
  required: ['kind', 'phone'],
  if: { properties: { kind: { const: 'other' } }, required: ['kind'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['designer'] },
}
const found = (data: unknown) => problemsOf(schema, data).map(({ name, property }) => [name, property])

test('each missing answer is named at its own field', () => {
  expect(found({})).toEqual([
    ['required', '.kind'],
    ['required', '.phone'],
  ])
})

test('an answer required only in one case is asked for in that case alone', () => {
  expect(found({ kind: 'house', phone: '0912345678' })).toEqual([])
  expect(found({ kind: 'other', phone: '0912345678' })).toEqual([['required', '.designer']])
})

test('a field tells one thing at a time', () => {
  expect(found({ kind: 'house', phone: '12', floors: 0 })).toEqual([
    ['pattern', '.phone'],
    ['minimum', '.floors'],
  ])
})

test('an English reader gets the English title, a Vietnamese reader the original', () => {
  const node = {
    title: 'Số tầng',
    'x-en': { title: 'Floors' },
    help: { vi: 'Kể cả tầng hầm', en: 'With basements' },
  }
  expect(inSchemaLanguage(node, 'en')).toEqual({ title: 'Floors', help: 'With basements' })
  expect(inSchemaLanguage(node, 'vi')).toEqual({ title: 'Số tầng', help: 'Kể cả tầng hầm' })
})
