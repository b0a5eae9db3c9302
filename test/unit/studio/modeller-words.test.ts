import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { translator } from '../../../ui/src/studio/workspace/diagram/translate.ts'

const ROOT = join(import.meta.dirname, '../../..')
const OURS = 'ui/src/studio/workspace/diagram'
const words = JSON.parse(readFileSync(join(ROOT, OURS, 'strings.vi.json'), 'utf8')) as Record<string, string>

const textsIn = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))

/** Strings given to `translate` as they stand in the sources. */
const asked = (source: string): string[] =>
  [...source.matchAll(/translate\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")\s*[,)]/g)].map(([, one, two]) =>
    (one ?? two ?? '').replaceAll("\\'", "'"),
  )
/** Of its documentation, and of a drawing's transform, which is written alike. */
const NO_WORDS = ['HELLO {you}', 'HELLO {you}!', ' + shift + ']

test.each(['node_modules/bpmn-js/lib', 'node_modules/diagram-js/lib'])(
  'every string of %s has Vietnamese words',
  (folder) => {
    const keys = textsIn(folder, '.js').flatMap(asked)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !words[key] && !NO_WORDS.includes(key))).toEqual([])
  },
)

test('every string of the panel of element templates for the cloud has Vietnamese words', () => {
  const dist = readFileSync(join(ROOT, 'node_modules/bpmn-js-element-templates/dist/index.esm.js'), 'utf8')
  const keys = asked(dist)
  expect(keys.length).toBeGreaterThan(40)
  expect(keys.filter((key) => !words[key])).toEqual([])
})

test('every title of our own palette and menus has Vietnamese words', () => {
  const sources = textsIn(OURS, '.ts').join('\n')
  const titles = [
    ...asked(sources),
    ...[...sources.matchAll(/'((?:Create|Append|Choose|Activate) [^']+)'/g)].map(([, title]) => title!),
  ]
  expect(titles.length).toBeGreaterThan(12)
  expect(titles.filter((title) => !words[title])).toEqual([])
})

test('every kind of element has a Vietnamese name', () => {
  const types = [
    'Start Event',
    'End Event',
    'User Task',
    'Service Task',
    'Exclusive Gateway',
    'Sequence Flow',
  ]
  expect(types.filter((type) => !words[type])).toEqual([])
})

test('placeholders are the same in both languages', () => {
  const holes = (text: string) => [...text.matchAll(/{\w+}/g)].map(([hole]) => hole).sort()
  expect(Object.entries(words).filter(([key, text]) => `${holes(key)}` !== `${holes(text)}`)).toEqual([])
})

describe('the modeller in Vietnamese', () => {
  test('fills in what a string leaves open', () => {
    expect(translator('vi', new Set())('Open {element}', { element: 'Bước 1' })).toBe('Mở Bước 1')
  })

  test('collects what has no words, but not the words of our own templates', () => {
    globalThis.studioMissingStrings = new Set()
    const translate = translator('vi', new Set(['Chờ bổ sung']))
    expect(translate('Chờ bổ sung')).toBe('Chờ bổ sung')
    expect(translate('A string nobody knows')).toBe('A string nobody knows')
    expect([...globalThis.studioMissingStrings]).toEqual(['A string nobody knows'])
  })

  test('speaks English to whoever reads English', () => {
    expect(translator('en', new Set())('Delete')).toBe('Delete')
    expect(translator('en', new Set())('User Task')).toBe('Person’s step')
  })
})
