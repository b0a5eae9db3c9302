import fc from 'fast-check'
import {
  assertHarmless,
  type FileKind,
  HarmfulFile,
  harmWords,
  inspectXml,
  runawayPatterns,
} from '../../../../src/studio/lint/hostile.ts'
import { sourceOf, sources } from '../sources.ts'
import { hostile } from './files.ts'

const BASE = { baseId: 'p1013225' }
const { bpmn, dmn } = sourceOf('1.013225')
const lineOf = (xml: string, text: string) => xml.slice(0, xml.indexOf(text)).split('\n').length

it.each(hostile.map((file) => [file.name, file] as const))('%s is refused, and said where', (_name, file) => {
  const { harms } = inspectXml(file.xml, file.kind, BASE)
  expect(harms.map(({ rule }) => rule)).toContain(file.rule)
  const found = harms.find(({ rule }) => rule === file.rule)!
  if (file.element) expect(found.element).toBe(file.element)
  if (file.at) expect(found.line).toBe(lineOf(file.xml, file.at))
  expect(harmWords(found).vi).toMatch(/^Dòng \d+/)
  expect(found.message.vi).not.toBe(found.message.en)
  // A message never carries what was sent in full.
  expect(found.message.vi.length).toBeLessThan(400)
  expect(() => assertHarmless(file.xml, file.kind, BASE)).toThrow(HarmfulFile)
})

it('there are more than forty of them, no two alike', () => {
  expect(new Set(hostile.map(({ xml }) => xml)).size).toBe(hostile.length)
  expect(hostile.length).toBeGreaterThan(40)
})

it.each(sources)('%s is harmless, and its text stays as it was', (_folder, source) => {
  expect(assertHarmless(source.bpmn, 'bpmn')).toBe(source.bpmn)
  expect(assertHarmless(source.dmn, 'dmn')).toBe(source.dmn)
  expect(runawayPatterns(source.eform)).toEqual([])
})

it('a byte order mark is taken off', () => {
  expect(assertHarmless(`\ufeff${bpmn}`, 'bpmn')).toBe(bpmn)
})

it('a drawing in progress may have a second pool; what it holds is looked at all the same', () => {
  const two = bpmn.replace('</bpmn:process>', '</bpmn:process><bpmn:process id="p2" />')
  expect(inspectXml(two, 'bpmn', { inProgress: true }).harms).toEqual([])
  const script = two.replace('id="p2"', 'id="p2" name="&lt;script&gt;"')
  expect(inspectXml(script, 'bpmn', { inProgress: true }).harms.map(({ rule }) => rule)).toEqual(['active'])
})

it.each(['"house" "oth', 'matches(?, "^T0', 'matches(?, "a"', 'not("a"', 'if place = '])(
  'the cell %s is half typed, and is kept',
  (cell) => {
    const typed = dmn.replace('"house", "other"', cell)
    expect(inspectXml(typed, 'dmn', BASE).harms).toEqual([])
  },
)

it('an extension nobody knows is kept, and said once', () => {
  const strange = bpmn.replace(
    'xmlns:zeebe=',
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe=',
  )
  const { harms, notes, text } = inspectXml(strange, 'bpmn')
  expect([harms, text === strange]).toEqual([[], true])
  expect(notes.map(({ message }) => message.vi)).toEqual([
    expect.stringContaining('http://camunda.org/schema/1.0/bpmn'),
  ])
})

it.each([
  'Hồ sơ < 5 trang & bản vẽ > 2 bộ',
  'Xem “điều 5 = khoản 2”; on-line = trực tuyến',
  'Chuyển văn bản cho cơ sở (script nói của cán bộ)',
  'image = ảnh chụp; style tự do',
])('“%s” is a text like any other', (words) => {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const said = bpmn.replace('name="Thẩm định hồ sơ"', `name="${escaped}"`)
  expect(inspectXml(said, 'bpmn').harms).toEqual([])
})

it.each([
  '^\\d{12}$',
  '^(\\d{12}|\\d{10}(-\\d{3})?)$',
  '^T00\\.X(0[1-9]|[12][0-9]|3[0-6])$',
  '^[A-Z]{2}-\\d+$',
  '^(19|20)\\d{2}$',
  '^\\d+(,\\d+)*$',
  '^[\\w.]+@[\\w.]+\\.\\w+$',
  '^(\\d{1,3}\\.){3}\\d{1,3}$',
  '^(?!0)\\d+$',
  '^\\p{Lu}\\p{Ll}* [0-9]+$',
])('the pattern %s is let through', (pattern) => {
  expect(runawayPatterns({ properties: { a: { pattern } } })).toEqual([])
})

it.each([
  '(a+)+$',
  '(a*)*b',
  '(a|aa)+$',
  '^(\\w+\\s?)*$',
  '([a-z]+)*!',
  '(.*)(.*)(.*)(.*)\\1',
  'x{9999}',
  'a*a*a*$',
  `^${'[a-z]*'.repeat(10)}$`,
  `^${'a?'.repeat(30)}a{30}$`,
  '^([a-z]?){30}$',
  '^((a{1,30}){1,30}){1,30}$',
  '^(a|b|ab)*c$',
  '^(.|\\n)*x$',
  '^(?=(a+)+b)',
  '^(a',
  '[a&&[b]]',
  '(?i)a',
])('the pattern %s is not', (pattern) => {
  expect(runawayPatterns({ properties: { a: { pattern } } })).toEqual([{ path: 'properties.a', pattern }])
})

it('the names of further questions are patterns too', () => {
  expect(runawayPatterns({ patternProperties: { '^(a+)+$': { type: 'string' } } })).toEqual([
    { path: 'patternProperties', pattern: '^(a+)+$' },
  ])
  expect(runawayPatterns({ patternProperties: { '^a\\d$': { pattern: '(b*)*' } } })).toEqual([
    { path: 'patternProperties.^a\\d$', pattern: '(b*)*' },
  ])
})

it('a pattern does not hide behind a hundred floors of questions', () => {
  let deep: object = { pattern: '(a+)+$' }
  for (let n = 0; n < 100; n += 1) deep = { items: deep }
  expect(runawayPatterns(deep)).toHaveLength(1)
})

it('whatever is cut out of a file, or put into it, reading ends with an answer', () => {
  const pieces = [
    '<',
    '>',
    '"',
    "'",
    '&',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!',
    '<?',
    '/>',
    '</',
    '=',
    '\0',
    '\ud800',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom<FileKind>('bpmn', 'dmn'),
      fc.nat(),
      fc.nat(400),
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 6 }),
      (kind, from, length, put) => {
        const text = kind === 'bpmn' ? bpmn : dmn
        const at = from % text.length
        const changed = text.slice(0, at) + put.join('') + text.slice(at + length)
        const { harms } = inspectXml(changed, kind)
        expect(Array.isArray(harms)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})
