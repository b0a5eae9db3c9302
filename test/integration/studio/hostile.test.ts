/** What the unit tests say of hostile files holds on every way in: save, import, restore and the look before an import. */
import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { legalDay } from '../../../src/clock.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { exportFile } from '../../../src/studio/drafts/file.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import { keepParts, type Parts } from '../../../src/studio/drafts/store.ts'
import { lintRoutes } from '../../../src/studio/lint/routes.ts'
import type { ProcedureSource } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'
import { hostileData } from '../../unit/studio/hostile/data.ts'
import { type Hostile, hostile } from '../../unit/studio/hostile/files.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

const CODE = '1.013225'
const DRAFTS = '/api/studio/drafts'

let test: TestDatabase
let analyst: Awaited<ReturnType<typeof loggedIn>>
let draft: { id: string; revision: number; source: ProcedureSource }
const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))

/** Every row that a hostile file could have left behind. */
const kept = () =>
  look<{ kept: string }>(
    `select (select count(*) from procedure_draft) || '/' || (select count(*) from procedure_draft_revision) || '/' ||
            (select count(*) from draft_text) || '/' || (select max(revision) from procedure_draft) as kept`,
  )

beforeAll(async () => {
  test = await createTestDatabase({ furniture: province })
  await test.db.transact(systemActor('scene'), loadDemoAccounts)
  analyst = await loggedIn(testApp(test.db, [...draftRoutes, ...lintRoutes]), 'phantich')
  const [version] = await look<{ id: string }>(
    'select id from procedure_version where code = $1 and current',
    [CODE],
  )
  const { body } = await analyst
    .post(DRAFTS)
    .send({ code: CODE, from: { version: version!.id }, title: 'Thử tệp xấu' })
    .expect(201)
  draft = body
})
afterAll(() => test.close())

type Answer = {
  status: number
  body: { errors?: { field: string; message: string }[]; detail?: string }
}
const save = (changes: object): Promise<Answer> =>
  analyst.put(`${DRAFTS}/${draft.id}`).send({ revision: draft.revision, changes })
const bringIn = (changes: Partial<ProcedureSource>): Promise<Answer> =>
  analyst
    .post(`${DRAFTS}/import`)
    .send({ title: 'Tệp xấu', file: exportFile({ ...draft.source, ...changes }) })

/** A second pool or a strange id harms nobody while it is drawn: it may be kept, and is not published. */
const isOfIdentity = ({ rule }: Hostile) => rule === 'one-process' || rule === 'other-procedure'

/** Refused by every route before anything looks into it: what no text may hold, and what is too long for its field. */
const isNoText = ({ name, rule }: Hostile) =>
  rule === 'too-large' || (rule === 'characters' && name !== 'a NUL as a number')

function expectRefused(answer: Answer, field: string, file?: Hostile): void {
  const said = answer.body.errors?.map(({ message }) => message).join('\n')
  if (file && isNoText(file)) {
    expect([400, 422]).toContain(answer.status)
    expect([answer.body.errors?.[0]?.field, said]).toEqual([
      expect.stringMatching(/bpmn$|^xml$/),
      expect.stringMatching(/\p{L}/u),
    ])
    return
  }
  expect([answer.status, answer.body.errors?.[0]?.field, said]).toEqual([
    422,
    field,
    expect.stringMatching(/\p{L}/u),
  ])
  if (!file) return
  expect(said).toMatch(/^Dòng \d+/)
  if (file.element) expect(said).toContain(file.element)
}

describe.each(hostile.map((file) => [file.name, file] as const))('%s', (_name, file) => {
  const changes = { [file.kind]: file.xml }

  it('is refused wherever it comes in, with its place, and leaves nothing behind', async () => {
    const [before] = await kept()
    if (!isOfIdentity(file)) expectRefused(await save(changes), `changes.${file.kind}`, file)
    expectRefused(await bringIn(changes), `source.${file.kind}`, file)
    const looked = await analyst
      .post('/api/studio/check-diagram')
      .send({ kind: file.kind, xml: file.xml, code: CODE })
    if (isNoText(file)) expectRefused(looked, 'xml', file)
    else {
      expect(looked.body).toMatchObject({ harmless: false })
      expect(looked.body.harms.map(({ rule }: { rule: string }) => rule)).toContain(file.rule)
    }
    expect((await kept())[0]).toEqual(before)
  })
})

it('what was kept before its rule was there is not brought back by restoring it', async () => {
  const held = hostile.filter((file) => !isOfIdentity(file) && !/[\0\ud800-\udfff]/.test(file.xml))
  const samples = [
    'a billion laughs',
    'a script in a label',
    'a context in a row',
    'a loop that a comment parts',
  ]
  const some = samples.map((name) => held.find((file) => file.name === name)!)
  await test.db.transact(systemActor('scene'), async (tx) => {
    for (const [n, { kind, xml }] of some.entries()) {
      const [first] = await tx.sql<{ parts: Parts; by: string }>(
        'select parts, by from procedure_draft_revision where draft_id = $1 and revision = 1',
        [draft.id],
      )
      const parts = await keepParts(tx.sql, draft.id, { [kind]: xml }, first!.parts)
      await tx.sql(
        `insert into procedure_draft_revision (draft_id, revision, at, by, parts, changed) values ($1, $2, $3, $4, $5, $6)`,
        [draft.id, n + 2, tx.at, first!.by, JSON.stringify(parts), [kind]],
      )
    }
    await tx.sql('update procedure_draft set revision = $2 where id = $1', [draft.id, some.length + 1])
  })
  draft.revision = some.length + 1
  const [before] = await kept()
  for (const [n, file] of some.entries()) {
    const answer: Answer = await analyst
      .post(`${DRAFTS}/${draft.id}/revisions/${n + 2}/restore`)
      .send({ revision: draft.revision })
    expectRefused(answer, `changes.${file.kind}`, file)
  }
  expect((await kept())[0]).toEqual(before)
})

describe.each(hostileData.map((data) => [data.name, data] as const))(
  '%s',
  (_name, { part, value, at, deep }) => {
    it('is refused wherever it comes in, with its place, and leaves nothing behind', async () => {
      const [before] = await kept()
      const saved = await save({ [part]: value })
      // So deep that no route reads it; in an import it is a text, read later.
      if (deep) expect(saved.status).toBe(400)
      else expectRefused(saved, `changes.${at}`)
      expectRefused(await bringIn({ [part]: value }), `source.${at}`)
      expect((await kept())[0]).toEqual(before)
    })
  },
)

it('data a hundred thousand deep are refused in words, not by falling over', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const body = `{"revision":${draft.revision},"changes":{"definition":{"a":${deep}}}}`
  const answer = await analyst.put(`${DRAFTS}/${draft.id}`).set('Content-Type', 'application/json').send(body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
})

it('the editor is told what publishing is checked against, and what keeps a form from being compiled', async () => {
  const { body } = await analyst.get('/api/studio/lint-context').expect(200)
  expect(body).toEqual({
    today: legalDay(test.clock.now()),
    roles: expect.arrayContaining(['clerk', 'leader', 'officer']),
    jobTypes: expect.arrayContaining(['dossier.route', 'await.supplement']),
  })
  const ask = async (schema: unknown) =>
    (await analyst.post('/api/studio/check-form').send({ schema }).expect(200)).body.fault
  const { schema } = draft.source.eform as { schema: { properties: object } }
  const strange = { ...schema, $id: 'twice', properties: { ...schema.properties, x: { typ: 'string' } } }
  expect([
    await ask(schema),
    await ask({ ...schema, $id: 'twice' }),
    await ask({ ...schema, $id: 'twice' }),
  ]).toEqual([null, null, null])
  expect(await ask(strange)).toContain('typ')
})
