import { jest } from '@jest/globals'
import { z } from 'zod'
import type { Route } from '../../../src/http/route.ts'
import type { Answer, Browser } from '../../support/rough-browser.ts'
import { expectRefusal, type Scene, setScene } from './scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(120_000)

let scene: Scene
/** A browser per role: one of them may use each route. */
let people: Browser[]
let before: Record<string, string>
beforeAll(async () => {
  scene = await setScene()
  const logins = [
    'congdan',
    'motcua.x01',
    'chuyenvien.x01',
    'truongphong.x01',
    'truongmotcua.x01',
    'chutich.x01',
    'quantri',
    'thanhtra',
    'phantich',
    'kiemsoat',
  ]
  people = await Promise.all(logins.map((login) => scene.browser(login)))
  for (const route of withBody()) admitted.set(route, await findWhoMay(route))
  before = await scene.everything()
})
afterAll(() => scene.close())
afterEach(async () => {
  expect(await scene.everything()).toEqual(before)
  expect(scene.errors.splice(0)).toEqual([])
})

const addressOf = (route: Route) =>
  route.path
    .replace(':id', '0199a000-0000-7000-8000-000000000001')
    .replace(':epoch', '1')
    .replace(':key', '1')
    .replace(/:n\b/, '1')
    .replace(/:\w+/, '2026-11-24')

/** Whom each route lets in, found out before the tests. */
const admitted = new Map<Route, Browser>()

async function findWhoMay(route: Route): Promise<Browser> {
  for (const browser of people) {
    const { status } = await browser.send(route.method, addressOf(route), { body: { khongCo: 1 } })
    if (status !== 403) return browser
  }
  throw new Error(`nobody here may ${route.method} ${route.path}`)
}

const sendTo = (route: Route, sending: Parameters<Browser['send']>[2]): Promise<Answer> =>
  admitted.get(route)!.send(route.method, addressOf(route), sending)

const withBody = () => scene.routes.filter((route) => route.body)
const fieldsOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map((one: { field: string }) => one.field)

/** What each route says, for one readable comparison: every route at once. */
async function eachAnswers(sending: (route: Route) => Parameters<Browser['send']>[2]) {
  const answers: [string, Answer][] = []
  for (const route of withBody())
    answers.push([`${route.method} ${route.path}`, await sendTo(route, sending(route))])
  expect(answers.length).toBeGreaterThan(15)
  return answers
}

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe('every route that takes JSON', () => {
  it.each([
    ['malformed JSON', '{"a": ', 400, 'malformed-json'],
    ['a text instead of an object', '"a"', 400, 'malformed-json'],
    ['a list instead of an object', '[]', 400, 'invalid-input'],
    ['letters that are no UTF-8', Buffer.from('{"a": "\xff\xfe"}', 'latin1'), 400, 'malformed-json'],
    ['fifty objects in one another', deep(50), 400, 'too-deep'],
    ['a hundred thousand objects in one another', deep(100_000), 400, 'too-deep'],
  ])('refuses %s', async (_what, raw, status, type) => {
    for (const [route, answer] of await eachAnswers(() => ({ raw })))
      expect([route, answer.status, answer.body.type]).toEqual([route, status, `urn:mot-cua:${type}`])
  })

  it('refuses more than a megabyte, or than the route says that it takes', async () => {
    const raws = new Map<number, string>()
    const tooMuch = (route: Route) => {
      const most = route.mostBytes ?? 1_048_576
      if (!raws.has(most)) raws.set(most, JSON.stringify({ a: 'x'.repeat(most) }))
      return raws.get(most)!
    }
    for (const [route, answer] of await eachAnswers((route) => ({ raw: tooMuch(route) })))
      expect([route, answer.status, answer.body.type]).toEqual([route, 413, 'urn:mot-cua:too-large'])
  })

  it.each([
    ['a field nobody knows', '{"khongCo": 1}', 'khongCo', 400, 'Không có mục này; hãy bỏ đi.'],
    ['a prototype key', '{"__proto__": {"admin": true}}', '__proto__', 400, 'Không có mục này; hãy bỏ đi.'],
    [
      'a prototype key further in',
      '{"khongCo": [{"__proto__": 1}]}',
      'khongCo.0.__proto__',
      400,
      'Không có mục này; hãy bỏ đi.',
    ],
    [
      'a NUL character',
      '{"khongCo": {"a": ["x\\u0000y"]}}',
      'khongCo.a.0',
      422,
      'Có ký tự không lưu được; hãy xóa đi rồi nhập lại.',
    ],
    [
      'half a character',
      '{"khongCo": "x\\ud800y"}',
      'khongCo',
      422,
      'Có ký tự không lưu được; hãy xóa đi rồi nhập lại.',
    ],
    [
      'a NUL character in a name',
      '{"a\\u0000b": 1}',
      'a\u0000b',
      422,
      'Có ký tự không lưu được; hãy xóa đi rồi nhập lại.',
    ],
  ])('refuses %s and names it, with what to do', async (_what, raw, field, status, message) => {
    for (const [route, answer] of await eachAnswers(() => ({ raw }))) {
      expectRefusal(answer, status)
      expect([route, answer.body.errors]).toEqual([route, expect.arrayContaining([{ field, message }])])
    }
  })

  it('names each field of a wrong kind, in the language asked for', async () => {
    for (const route of withBody()) {
      const schema = z.toJSONSchema(route.body!, { io: 'input', unrepresentable: 'any' }) as {
        properties?: Record<string, { type?: string }>
      }
      for (const [field, { type }] of Object.entries(schema.properties ?? {})) {
        if (type === undefined) continue
        const wrong = type === 'string' ? { a: 1 } : 'chữ'
        const answer = await sendTo(route, {
          body: { [field]: wrong },
          headers: { 'Accept-Language': 'en' },
        })
        expectRefusal(answer, 400, 'invalid-input')
        expect([route.path, fieldsOf(answer)]).toEqual([route.path, expect.arrayContaining([field])])
      }
    }
  })

  it('refuses a form instead of JSON', async () => {
    for (const [, answer] of await eachAnswers(() => ({
      raw: 'a=1',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })))
      expectRefusal(answer, 415, 'not-json')
  })
})

describe('every route that changes something', () => {
  const changing = () => scene.routes.filter((route) => route.method !== 'get')

  it('refuses what does not come from our own pages, whoever is logged in', async () => {
    for (const route of changing())
      for (const browser of people)
        expectRefusal(
          await browser.send(route.method, addressOf(route), {
            body: {},
            headers: { 'X-Requested-With': '' },
          }),
          403,
          'cross-site',
        )
  })

  it('refuses whoever is not logged in, before it looks at what was sent', async () => {
    const stranger = await scene.browser()
    for (const route of changing().filter(({ permission }) => permission !== 'public'))
      expectRefusal(
        await stranger.send(route.method, addressOf(route), { body: { a: 1 } }),
        401,
        'not-logged-in',
      )
  })
})

describe('every address', () => {
  const long = 'x'.repeat(5_000)
  it.each([
    ['a NUL', '%00'],
    ['a NUL in a word', 'a%00b'],
    ['no letter', '%ff'],
    ['a lone percent sign', '%'],
    ['half a letter', '%E0%A4%A'],
    ['SQL', "'%20or%201=1--"],
    ['five thousand letters', long],
    ['a way up the folders', '..%2f..%2fetc'],
    ['a prototype', '__proto__'],
  ])('answers %s in its place with a refusal, never with an error of ours', async (_what, part) => {
    for (const route of scene.routes.filter(({ path }) => path.includes(':'))) {
      const path = route.path.replace(/:\w+/g, part)
      for (const browser of people) {
        const answer = await browser.send(route.method, path, route.body ? { body: {} } : {})
        expect([route.path, [400, 403, 404].includes(answer.status), answer.contentType]).toEqual([
          route.path,
          true,
          'application/problem+json; charset=utf-8',
        ])
      }
    }
  })

  it.each([
    ['of an unknown field', 'khongCo=1', 400],
    ['with a NUL', 'q=%00', 422],
    ['asked twice', 'q=a&q=b', 400],
    ['of a prototype', '__proto__=1', 400],
  ])('refuses a question %s', async (_what, query, status) => {
    for (const [path, answer] of await eachAnswersTo(query))
      expect([path, [status, 401, 403, 404].includes(answer.status)]).toEqual([path, true])
  })

  it.each([
    ['of no letters', 'q=%ff'],
    ['after nothing', 'after=1'],
    ['of five thousand letters', `q=${long}`],
    ['of a wildcard', 'q=%25'],
  ])('answers or refuses a question %s, never with an error of ours', async (_what, query) => {
    for (const [path, answer] of await eachAnswersTo(query))
      expect([path, answer.status < 500]).toEqual([path, true])
  })
})

/** What every route that takes a query answers every person. */
async function eachAnswersTo(query: string) {
  const answers: [string, Answer][] = []
  for (const route of scene.routes.filter(({ method, query: schema }) => method === 'get' && schema))
    for (const browser of people)
      answers.push([route.path, await browser.get(`${addressOf(route)}?${query}`)])
  expect(answers.length).toBeGreaterThan(30)
  return answers
}
