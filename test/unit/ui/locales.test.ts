import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workers } from '../../../src/workers.ts'

const UI = join(import.meta.dirname, '../../../ui/src')
type Strings = { [key: string]: string | Strings }

const flat = (strings: Strings, before = ''): Record<string, string> =>
  Object.assign(
    {},
    ...Object.entries(strings).map(([key, value]) =>
      typeof value === 'string' ? { [before + key]: value } : flat(value, `${before + key}.`),
    ),
  )
const files = readdirSync(UI, { recursive: true, encoding: 'utf8' })
/** `desk`, or `studio-workspace` for a part of the Studio: the namespace of its strings. */
const areas = files
  .filter((path) => path.endsWith('locales/vi.json'))
  .map((path) => path.replace('/locales/vi.json', '').replace('/', '-'))
const read = (area: string, language: string) =>
  flat(
    JSON.parse(
      readFileSync(join(UI, area.replace('-', '/'), 'locales', `${language}.json`), 'utf8'),
    ) as Strings,
  )
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()

/** Keys written out in the sources, as `t('key')` under one of the file's namespaces or as `t('area:key')`. */
const usedKeys = files
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) => {
    const source = readFileSync(join(UI, path), 'utf8')
    const own = [...source.matchAll(/useTranslation\('([\w-]+)'\)/g)].map(([, area]) => area!)
    return [...source.matchAll(/\bt\('([\w:.-]+)'/g)].map(([, key]) => {
      const [before, name] = key!.split(':')
      return name ? { path, areas: [before!], name } : { path, areas: own, name: before! }
    })
  })

test('there are areas with strings', () => {
  expect(areas).toEqual(expect.arrayContaining(['app', 'citizen', 'desk', 'shared']))
})

describe.each(areas)('the strings of %s', (area) => {
  const vi = read(area, 'vi')
  const en = read(area, 'en')

  test('have the same keys in Vietnamese and in English', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
  })

  test('are nowhere empty', () => {
    expect(Object.entries({ ...vi, ...en }).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('speak of the same things in both languages', () => {
    const differing = Object.keys(vi).filter(
      (key) => `${placeholders(vi[key]!)}` !== `${placeholders(en[key] ?? '')}`,
    )
    expect(differing).toEqual([])
  })
})

test('every string that a page asks for by name exists', () => {
  const known = new Map(areas.map((area) => [area, read(area, 'vi')]))
  const missing = usedKeys.filter(
    ({ areas: asked, name }) =>
      asked.length > 0 &&
      !asked.some((area) => known.get(area)?.[name] ?? known.get(area)?.[`${name}_other`]),
  )
  expect(usedKeys.length).toBeGreaterThan(200)
  expect(missing).toEqual([])
})

test('each kind of automatic work has a name on the administrator’s page', () => {
  const names = read('admin', 'vi')
  const types = workers({} as never, {} as never).map(({ type }) => type)
  expect(types.length).toBeGreaterThan(5)
  expect(types.filter((type) => !names[`job.${type}`])).toEqual([])
})
