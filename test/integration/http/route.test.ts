import { gzipSync } from 'node:zlib'
import { v7 } from 'uuid'
import { z } from 'zod'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation } from '../../../src/agencies/load.ts'
import { conflict, unprocessable } from '../../../src/http/problem.ts'
import { idParams, route } from '../../../src/http/route.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'

const Note = z.strictObject({
  text: z.string().min(1).max(20),
  pages: z.int().min(1).optional(),
  kind: z.enum(['plain', 'urgent']).default('plain'),
  parts: z.array(z.strictObject({ at: z.iso.date() })).default([]),
})
const answer = z.object({ id: z.uuid(), at: z.iso.datetime({ offset: true }), text: z.string() })

/** A route that writes a row for each act it really does. */
const notes = route({
  method: 'post',
  path: '/api/notes',
  summary: 'Write a note',
  permission: { action: 'create', subject: 'Dossier' },
  body: Note,
  status: 201,
  answer,
  handler: async ({ tx, body }) => {
    const id = v7()
    await tx.sql(`insert into stored_file (sha256, size, media_type) values ($1, 1, 'note')`, [id])
    if (body.text === 'refuse') throw unprocessable('no', { vi: 'Không nhận.', en: 'Refused.' })
    return { id, at: tx.at, text: body.text, secret: 'not in the answer' }
  },
})
const conflicting = route({
  method: 'post',
  path: '/api/notes/:id/decide',
  summary: 'Lose a race',
  permission: 'public',
  params: idParams,
  answer: z.void(),
  handler: async ({ tx }) => {
    throw conflict(
      'decided',
      { vi: 'Người khác đã quyết định.', en: 'Somebody else decided.' },
      { by: 'A', at: tx.at },
    )
  },
})
const faulty = route({
  method: 'get',
  path: '/api/faulty',
  summary: 'Break its promise',
  permission: 'public',
  query: z.strictObject({ q: z.string().max(5).optional() }),
  answer: z.object({ count: z.int() }),
  serve: async () => ({ count: 'secret text' as unknown as number }),
})
const restricted = route({
  method: 'get',
  path: '/api/incidents',
  summary: 'For administrators',
  permission: { action: 'read', subject: 'Incident' },
  answer: z.object({}),
  serve: async () => ({}),
})

let test: TestDatabase
let app: ReturnType<typeof testApp>
const system = systemActor('http test')
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  app = testApp(test.db, [notes, conflicting, faulty, restricted])
})
afterAll(() => test.close())

const acts = async () =>
  Number(
    (
      await test.db.transact(system, (tx) => tx.sql<{ n: string }>(`select count(*) as n from stored_file`))
    )[0]?.n,
  )

it('an answer has what its schema names and no more', async () => {
  const agent = await loggedIn(app, 'congdan')
  const { body } = await agent.post('/api/notes').send({ text: 'xin chào' }).expect(201)
  expect(body).toEqual({ id: expect.any(String), at: '2026-11-02T02:00:00.000Z', text: 'xin chào' })
})

it('an answer that breaks its promise is an error of ours, and does not show what it was', async () => {
  const { body } = await browser(app).get('/api/faulty').expect(500)
  expect(body.type).toBe('urn:mot-cua:internal')
  expect(JSON.stringify(body)).not.toContain('secret text')
})

describe('bad input', () => {
  it('names every field with what to do, in Vietnamese', async () => {
    const agent = await loggedIn(app, 'congdan')
    const { body, type } = await agent
      .post('/api/notes')
      .send({ pages: 'ba', kind: 'other', parts: [{ at: 'hôm nay' }], extra: 1 })
      .expect(400)
    expect(type).toBe('application/problem+json')
    expect(body.type).toBe('urn:mot-cua:invalid-input')
    expect(
      Object.fromEntries(body.errors.map((e: { field: string; message: string }) => [e.field, e.message])),
    ).toEqual({
      text: 'Hãy điền mục này.',
      pages: 'Phải là số.',
      kind: 'Phải là một trong: plain, urgent.',
      'parts.0.at': 'Phải là ngày, ví dụ 2026-11-24.',
      extra: 'Không có mục này; hãy bỏ đi.',
    })
  })

  it('is told in English to who asks in English', async () => {
    const { body } = await browser(app)
      .get('/api/faulty?q=too-long')
      .set('Accept-Language', 'en-GB')
      .expect(400)
    expect(body.detail).toBe('Some fields are not right. Correct those named.')
    expect(body.errors).toEqual([{ field: 'q', message: 'Must be at most 5 characters.' }])
  })

  it.each([
    ['malformed JSON', '{"text": ', 400, 'malformed-json'],
    ['a JSON text that is no object', '"text"', 400, 'malformed-json'],
    ['more than a megabyte', JSON.stringify({ text: 'x'.repeat(1_100_000) }), 413, 'too-large'],
    ['a list where an object is asked', '[]', 400, 'invalid-input'],
    ['nothing at all', '', 400, 'invalid-input'],
  ])('%s gets a clear answer', async (_what, sent, status, type) => {
    const agent = await loggedIn(app, 'congdan')
    const { body } = await agent.post('/api/notes').type('json').send(sent).expect(status)
    expect(body.type).toBe(`urn:mot-cua:${type}`)
  })

  it('a small body that unpacks to more than a megabyte is refused', async () => {
    const agent = await loggedIn(app, 'congdan')
    const packed = gzipSync(JSON.stringify({ text: 'x'.repeat(2_000_000) }))
    const request = agent.post('/api/notes').type('json').set('Content-Encoding', 'gzip')
    request.serialize((value) => value)
    const { body } = await request.send(packed).expect(413)
    expect(body.type).toBe('urn:mot-cua:too-large')
  })

  it('a form instead of JSON is refused by its kind', async () => {
    const agent = await loggedIn(app, 'congdan')
    const { body } = await agent.post('/api/notes').type('form').send('text=x').expect(415)
    expect(body.type).toBe('urn:mot-cua:not-json')
  })

  it('a schema that would drop unknown fields is refused when the route is made', () => {
    const loose = { ...notes, body: z.strictObject({ inner: z.object({ a: z.string() }) }) }
    expect(() => route(loose as never)).toThrow('drops unknown fields at /inner')
  })
})

describe('who may', () => {
  it('a route with a permission wants a login first, then the role', async () => {
    expect((await browser(app).get('/api/incidents').expect(401)).body.type).toBe('urn:mot-cua:not-logged-in')
    const citizen = await loggedIn(app, 'congdan')
    expect((await citizen.get('/api/incidents').expect(403)).body.type).toBe('urn:mot-cua:forbidden')
    await (await loggedIn(app, 'quantri')).get('/api/incidents').expect(200)
  })

  it('a change without the header of our own pages is refused, whoever is logged in', async () => {
    const agent = await loggedIn(app, 'congdan')
    const before = await acts()
    const { body } = await agent
      .post('/api/notes')
      .set('X-Requested-With', '')
      .send({ text: 'a' })
      .expect(403)
    expect(body.type).toBe('urn:mot-cua:cross-site')
    expect(await acts()).toBe(before)
  })
})

describe('a request sent twice with the same idempotency key', () => {
  it('is done once and gets the first answer again', async () => {
    const agent = await loggedIn(app, 'congdan')
    const before = await acts()
    const send = () => agent.post('/api/notes').set('Idempotency-Key', 'same-key-1').send({ text: 'một' })
    const [first, second] = await Promise.all([send(), send()])
    const third = await send()
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
    expect(second.body).toEqual(first.body)
    expect(third.body).toEqual(first.body)
    expect(await acts()).toBe(before + 1)
  })

  it('is refused when it is another request', async () => {
    const agent = await loggedIn(app, 'congdan')
    await agent.post('/api/notes').set('Idempotency-Key', 'same-key-2').send({ text: 'một' }).expect(201)
    const { body } = await agent
      .post('/api/notes')
      .set('Idempotency-Key', 'same-key-2')
      .send({ text: 'hai' })
      .expect(422)
    expect(body.type).toBe('urn:mot-cua:idempotency-key-reused')
  })

  it('is another request when another person sends it', async () => {
    const send = async (login: string) =>
      (await loggedIn(app, login))
        .post('/api/notes')
        .set('Idempotency-Key', 'same-key-3')
        .send({ text: 'một' })
    expect((await send('congdan')).body.id).not.toBe((await send('congdan2')).body.id)
  })

  it('can be tried again when the first try failed', async () => {
    const agent = await loggedIn(app, 'congdan')
    const before = await acts()
    const send = (text: string) =>
      agent.post('/api/notes').set('Idempotency-Key', 'same-key-4').send({ text })
    await send('refuse').expect(422)
    expect(await acts()).toBe(before)
    await send('được').expect(201)
  })
})

it('a lost race says who was first and when', async () => {
  const { body } = await browser(app).post(`/api/notes/${v7()}/decide`).expect(409)
  expect(body).toMatchObject({ type: 'urn:mot-cua:decided', detail: 'Người khác đã quyết định.', by: 'A' })
  expect(body.at).toBe('2026-11-02T02:00:00.000Z')
})

it('an address that cannot exist, one that does not, and a method that is not there are told apart', async () => {
  await browser(app).post('/api/notes/not-an-id/decide').expect(404)
  await browser(app).get('/api/no-such-thing').expect(404)
  await browser(app).delete('/api/notes').expect(405)
  await browser(app).get('/api/%E0%A4%A').expect(404)
})

it('the places are the communes of the day, in Vietnamese order, without the dissolved district', async () => {
  const { body } = await browser(app).get('/api/places').expect(200)
  expect(body.places).toHaveLength(36)
  const names = body.places.map((place: { name: { vi: string } }) => place.name.vi)
  expect(names.slice(0, 2)).toEqual(['Phường An Lộc Khê', 'Phường Bình Sơn Thượng'])
  expect(names.indexOf('Xã Đá Bàn Trên')).toBeLessThan(names.indexOf('Xã Gò Sim'))
})

it('the API describes itself from the schemas that check it', async () => {
  const { body } = await browser(app).get('/api/openapi.json').expect(200)
  expect(body.openapi).toBe('3.1.0')
  const { post } = body.paths['/api/notes']
  expect(post.requestBody.content['application/json'].schema).toMatchObject({
    required: ['text'],
    additionalProperties: false,
    properties: { text: { type: 'string', minLength: 1, maxLength: 20 } },
  })
  expect(post['x-permission']).toEqual({ action: 'create', subject: 'Dossier' })
  expect(body.paths['/api/notes/{id}/decide'].post.parameters[0]).toMatchObject({ name: 'id', in: 'path' })
})

it('pages may not load scripts from elsewhere', async () => {
  const { headers } = await browser(app).get('/api/mode').expect(200)
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).toContain("script-src 'self'")
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['x-powered-by']).toBeUndefined()
})
