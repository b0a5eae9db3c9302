import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import type { ProcedureSource } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

type Agent = Awaited<ReturnType<typeof loggedIn>>
const CODE = '1.013225'
const DRAFTS = '/api/studio/drafts'

let test: TestDatabase
let analyst: Agent
let second: Agent
let control: Agent
let leader: Agent
let clerk: Agent
let version: string
const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))

beforeAll(async () => {
  test = await createTestDatabase({ furniture: province })
  await test.db.transact(systemActor('scene'), loadDemoAccounts)
  // An officer has become a second analyst.
  await look(
    `insert into post (id, person_id, agency_id, unit_id, role, title, valid_from)
     select gen_random_uuid(), (select person_id from account where login = 'chuyenvien.x01'), agency_id, unit_id, role,
            title, valid_from
       from post where role = 'analyst' limit 1`,
  )
  const app = testApp(test.db, draftRoutes)
  const logins = ['phantich', 'chuyenvien.x01', 'kiemsoat', 'chutich.x01', 'motcua.x01']
  const agents = await Promise.all(logins.map((login) => loggedIn(app, login)))
  ;[analyst, second, control, leader, clerk] = agents as [Agent, Agent, Agent, Agent, Agent]
  const [row] = await look<{ id: string }>('select id from procedure_version where code = $1 and current', [
    CODE,
  ])
  version = row!.id
})
afterAll(() => test.close())

async function newDraft() {
  const { body } = await analyst
    .post(DRAFTS)
    .send({ code: CODE, from: { version }, title: 'Gộp hai bước' })
    .expect(201)
  return body as { id: string; revision: number; source: ProcedureSource }
}

const save = (agent: Agent, id: string, revision: number, changes: Partial<ProcedureSource>) =>
  agent.put(`${DRAFTS}/${id}`).send({ revision, changes })

const renamed = ({ definition }: ProcedureSource, vi: string) => ({
  definition: { ...definition, name: { vi } },
})
const read = async (id: string) => (await analyst.get(`${DRAFTS}/${id}`).expect(200)).body

describe('a draft', () => {
  it('begins as the published version, with the procedure’s own ids and its examples', async () => {
    const draft = await newDraft()
    expect(draft).toMatchObject({ code: CODE, state: 'draft', revision: 1, mayEdit: true, mayDecide: false })
    expect(draft.source.bpmn).toContain('id="p1013225"')
    expect(draft.source.bpmn).not.toContain('p1013225_v1')
    expect(draft.source.examples.length).toBeGreaterThan(3)
    expect(draft.source.results.map(({ name }) => name)).toContain('1-permit.json')
  })

  it('is kept as typed, complete or not, each save a revision with its author', async () => {
    const { id } = await newDraft()
    await save(analyst, id, 1, { definition: { code: CODE, steps: 'chưa có' } }).expect(200)
    const draft = await read(id)
    expect(draft).toMatchObject({ revision: 2, source: { definition: { code: CODE, steps: 'chưa có' } } })
    const { body } = await analyst.get(`${DRAFTS}/${id}/revisions`).expect(200)
    expect(body).toMatchObject({
      revisions: [
        { revision: 2, changed: ['definition'], by: draft.updatedBy },
        { revision: 1, restoredFrom: null },
      ],
      more: false,
    })
  })

  it('keeps the order in which its fields were typed, and every accent as it was', async () => {
    const { id } = await newDraft()
    const definition = { z: 1, a: { y: 'Thẩm định'.normalize('NFD'), b: [3, 1, 2] } }
    await save(analyst, id, 1, { definition }).expect(200)
    expect(JSON.stringify((await read(id)).source.definition)).toBe(JSON.stringify(definition))
  })

  it('answers a stale save with what the other has saved, and loses neither', async () => {
    const { id, source } = await newDraft()
    await save(second, id, 1, renamed(source, 'Tên của người khác')).expect(200)
    const { body } = await save(analyst, id, 1, renamed(source, 'Tên của tôi')).expect(409)
    expect(body).toMatchObject({
      type: 'urn:mot-cua:draft-changed',
      theirs: { revision: 2, by: expect.any(String), at: expect.any(String) },
    })
    expect(body.detail).toContain(body.theirs.by)
    expect(body.theirs.source.definition.name).toEqual({ vi: 'Tên của người khác' })
    expect((await read(id)).source.definition.name).toEqual({ vi: 'Tên của người khác' })
  })

  it('of two saves of one revision at once takes one', async () => {
    const { id, source } = await newDraft()
    const answers = await Promise.all([
      save(analyst, id, 1, renamed(source, 'Một')),
      save(second, id, 1, renamed(source, 'Hai')),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await read(id)).revision).toBe(2)
  })

  it('takes a save that comes again because its answer was lost, once', async () => {
    const { id, source } = await newDraft()
    for (const _ of [1, 2]) {
      const { body } = await save(analyst, id, 1, renamed(source, 'Một lần')).expect(200)
      expect(body.revision).toBe(2)
    }
    expect((await read(id)).revision).toBe(2)
  })

  it('comes back as it was at a revision, as a new revision', async () => {
    const { id, source } = await newDraft()
    const bpmn = source.bpmn.replace('name="Thẩm định hồ sơ"', 'name="Xem hồ sơ"')
    await save(analyst, id, 1, { ...renamed(source, 'Khác'), bpmn }).expect(200)
    const { body } = await analyst
      .post(`${DRAFTS}/${id}/revisions/1/restore`)
      .send({ revision: 2 })
      .expect(200)
    expect(body.revision).toBe(3)
    expect((await read(id)).source).toEqual(source)
    const then = await analyst.get(`${DRAFTS}/${id}/revisions/2`).expect(200)
    expect(then.body.source.bpmn).toBe(bpmn)
  })

  it('leaves a line of the trail every ten minutes of work, however often it is saved meanwhile', async () => {
    const draft = await newDraft()
    const began = test.clock.now().getTime()
    for (let n = 0; n < 16; n++) {
      test.clock.set(new Date(began + n * 4 * 60_000))
      await save(analyst, draft.id, n + 1, renamed(draft.source, `Tên ${n}`)).expect(200)
    }
    const told = () =>
      look<{ minutes: number }>(
        `select (extract(epoch from at - $2::timestamptz) / 60)::int as minutes from audit_entry
          where act = 'draft.saved' and line::jsonb->'detail'->>'draft' = $1 order by index`,
        [draft.id, new Date(began)],
      )
    expect((await told()).map(({ minutes }) => minutes)).toEqual([0, 12, 24, 36, 48, 60])
    // Another person's save is told at once.
    await save(second, draft.id, 17, renamed(draft.source, 'Tên khác')).expect(200)
    expect(await told()).toHaveLength(7)
  })

  it('can be called otherwise by whoever may change it; what stands in it stays', async () => {
    const draft = await newDraft()
    await analyst.post(`${DRAFTS}/${draft.id}/rename`).send({ title: ' Rút gọn cấp phép ' }).expect(200)
    const { body } = await control.get(`${DRAFTS}/${draft.id}`).expect(200)
    expect(body).toMatchObject({ title: 'Rút gọn cấp phép', revision: 1, source: draft.source })
    await control.post(`${DRAFTS}/${draft.id}/rename`).send({ title: 'Khác' }).expect(403)
    await analyst.post(`${DRAFTS}/${draft.id}/rename`).send({ title: '  ' }).expect(400)
  })

  it('saved ninety times takes little room, and every revision is still whole', async () => {
    const { id, source } = await newDraft()
    const row = await look<{ room: string }>(
      'select sum(length(content)) as room from draft_text where draft_id = $1',
      [id],
    )
    for (let revision = 1; revision <= 90; revision++)
      await save(analyst, id, revision, {
        bpmn: source.bpmn.replace('name="Thẩm định hồ sơ"', `name="Thẩm định ${revision}"`),
      })
    const [after] = await look<{ room: string }>(
      'select sum(length(content)) as room from draft_text where draft_id = $1',
      [id],
    )
    // Two whole diagrams at the beginning of chains, and a line for each save.
    expect(Number(after!.room) - Number(row[0]!.room)).toBeLessThan(3 * source.bpmn.length + 90 * 300)
    for (const n of [2, 41, 42, 43, 90]) {
      const { body } = await analyst.get(`${DRAFTS}/${id}/revisions/${n}`).expect(200)
      expect(body.source.bpmn).toContain(`name="Thẩm định ${n - 1}"`)
    }
  })

  it('leaves as one file and comes back from it the same, as a draft of its own', async () => {
    const { id, source } = await newDraft()
    const exported = await analyst.get(`${DRAFTS}/${id}/export`).expect(200)
    expect(exported.headers['content-disposition']).toContain(`${CODE}.mot-cua.json`)
    expect(Object.keys(exported.body.files)).toEqual(
      expect.arrayContaining(['procedure.json', 'process.bpmn', 'results/1-permit.json']),
    )
    const { body } = await analyst
      .post(`${DRAFTS}/import`)
      .send({ title: 'Từ tệp', file: exported.body })
      .expect(201)
    expect(body.id).not.toBe(id)
    expect(body).toMatchObject({ code: CODE, baseVersion: { id: version } })
    expect(body.source).toEqual(source)
    const diagram = await analyst.get(`${DRAFTS}/${id}/diagram.bpmn`).expect(200)
    expect(diagram.text ?? String(diagram.body)).toBe(source.bpmn)
  })

  it.each([
    ['without a diagram', { 'process.bpmn': undefined }, 'file.files.process.bpmn'],
    ['with a file of no procedure', { 'run.sh': 'rm -rf /' }, 'file.files.run.sh'],
    ['with a path that leads away', { 'results/../x.json': '{}' }, 'file.files.results/../x.json'],
    ['whose form is no JSON', { 'eform.json': '{' }, 'file.files.eform.json'],
    ['of no code', { 'procedure.json': '{"code": "../../x"}' }, 'file.files.procedure.json'],
  ])('is not made of a file %s, and the file is named', async (_what, change, field) => {
    const { id } = await newDraft()
    const exported = await analyst.get(`${DRAFTS}/${id}/export`)
    const files = JSON.parse(JSON.stringify({ ...exported.body.files, ...change }))
    const { body } = await analyst
      .post(`${DRAFTS}/import`)
      .send({ title: 'Hỏng', file: { ...exported.body, files } })
      .expect(422)
    expect(body.errors.map((one: { field: string }) => one.field)).toContain(field)
  })

  it('takes no drawing that could fetch something, and says where', async () => {
    const { id, source } = await newDraft()
    const bpmn = source.bpmn.replace('<?xml', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><?xml')
    const { body } = await save(analyst, id, 1, { bpmn }).expect(422)
    expect(body.errors).toMatchObject([{ field: 'changes.bpmn', message: expect.stringContaining('Dòng 1') }])
    expect((await read(id)).revision).toBe(1)
  })

  it('is nobody’s business at the counter, and nobody’s but an analyst’s to change', async () => {
    const { id, source } = await newDraft()
    await clerk.get(`${DRAFTS}/${id}`).expect(403)
    await leader.get(`${DRAFTS}/${id}`).expect(200)
    for (const agent of [leader, control]) await save(agent, id, 1, renamed(source, 'Không được')).expect(403)
  })
})

describe('a review', () => {
  async function inReview() {
    const draft = await newDraft()
    const { body } = await analyst.post(`${DRAFTS}/${draft.id}/submit`).send({ revision: 1 }).expect(200)
    expect(body.state).toBe('review')
    return draft
  }
  const verdict = (agent: Agent, id: string, of: object) =>
    agent.post(`${DRAFTS}/${id}/verdict`).send({ revision: 1, note: '', ...of })

  it('is given by somebody who has not worked on the draft, at the revision they read', async () => {
    const { id } = await inReview()
    const own = await verdict(analyst, id, { verdict: 'approved' }).expect(403)
    expect(own.body.detail).toContain('Bạn đã soạn bản thảo này')
    expect((await control.get(`${DRAFTS}/${id}`)).body.mayDecide).toBe(true)
    expect((await analyst.get(`${DRAFTS}/${id}`)).body.mayDecide).toBe(false)
    await verdict(control, id, { verdict: 'approved' }).expect(200)
    expect((await read(id)).state).toBe('approved')
  })

  it('is not given by an author of any revision, whoever began the draft', async () => {
    const { id, source } = await newDraft()
    await save(second, id, 1, renamed(source, 'Tên khác')).expect(200)
    await analyst.post(`${DRAFTS}/${id}/submit`).send({ revision: 2 }).expect(200)
    await verdict(second, id, { revision: 2, verdict: 'approved' }).expect(403)
  })

  it('that sends the draft back says what is to be mended', async () => {
    const { id } = await inReview()
    await verdict(control, id, { verdict: 'sent-back' }).expect(422)
    await verdict(control, id, { verdict: 'sent-back', note: 'Thiếu căn cứ của phí.' }).expect(200)
    const { body } = await analyst.get(`${DRAFTS}/${id}/acts`).expect(200)
    expect(body.acts).toMatchObject([
      { kind: 'submitted', revision: 1 },
      { kind: 'sent-back', note: 'Thiếu căn cứ của phí.' },
    ])
    expect((await read(id)).state).toBe('draft')
  })

  it('is undone by any change: what was approved is a draft again', async () => {
    const { id, source } = await inReview()
    await verdict(control, id, { verdict: 'approved' }).expect(200)
    await save(analyst, id, 1, renamed(source, 'Đổi sau khi duyệt')).expect(200)
    expect(await read(id)).toMatchObject({ state: 'draft', revision: 2 })
    await verdict(control, id, { verdict: 'approved' }).expect(409)
  })

  it('waits until every comment is settled; each keeps its element, revision, author and who settled it', async () => {
    const { id } = await inReview()
    await control
      .post(`${DRAFTS}/${id}/comments`)
      .send({ elementId: 'Appraise', text: 'Ai thẩm định?' })
      .expect(201)
    await leader.post(`${DRAFTS}/${id}/comments`).send({ elementId: null, text: 'Xem.' }).expect(403)
    const refused = await verdict(control, id, { verdict: 'approved' }).expect(409)
    expect(refused.body).toMatchObject({ type: 'urn:mot-cua:open-comments', openComments: 1 })
    await analyst.post(`${DRAFTS}/${id}/comments/1/resolve`).expect(204)
    await analyst.post(`${DRAFTS}/${id}/comments/7/resolve`).expect(404)
    const { body } = await analyst.get(`${DRAFTS}/${id}/comments`).expect(200)
    expect(body.comments).toMatchObject([
      { n: 1, elementId: 'Appraise', revision: 1, text: 'Ai thẩm định?', resolvedBy: expect.any(Object) },
    ])
    await verdict(control, id, { verdict: 'approved' }).expect(200)
  })

  it('keeps the latest reason for which a warning stands', async () => {
    const { id } = await newDraft()
    const say = (agent: Agent, reason: string) =>
      agent
        .post(`${DRAFTS}/${id}/acknowledgements`)
        .send({ rule: 'silence-after-due', elementId: 'AwaitConsultations', reason })
    await say(analyst, 'Cơ quan cam kết trả lời sớm').expect(204)
    await say(control, 'Đã có văn bản thống nhất').expect(204)
    await say(leader, 'Không được').expect(403)
    const { body } = await leader.get(`${DRAFTS}/${id}/acknowledgements`).expect(200)
    expect(body).toMatchObject({
      mayAcknowledge: false,
      acknowledgements: [
        { elementId: 'AwaitConsultations', reason: 'Đã có văn bản thống nhất', revision: 1 },
      ],
    })
  })

  it('of a draft given up is closed for everybody', async () => {
    const { id, source } = await newDraft()
    await analyst.post(`${DRAFTS}/${id}/withdraw`).send({ revision: 1, note: 'Không làm nữa' }).expect(200)
    await save(analyst, id, 1, renamed(source, 'Muộn')).expect(409)
    await analyst.post(`${DRAFTS}/${id}/submit`).send({ revision: 1 }).expect(409)
    expect((await analyst.get(DRAFTS).query({ state: 'withdrawn' })).body.drafts).toMatchObject([{ id }])
  })
})
