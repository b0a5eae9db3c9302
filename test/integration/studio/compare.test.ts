import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { compareRoutes } from '../../../src/studio/compare/routes.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import { SAMPLE } from '../../../src/studio/savings/parameters.ts'
import type { ProcedureSource } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { province } from '../../support/province.ts'
import { unzip } from '../../support/unzip.ts'
import {
  type Editable,
  lookUpLandAndPromiseEightDays,
  mergeReviewIntoSignature,
} from '../../unit/studio/redesign.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

type Agent = Awaited<ReturnType<typeof loggedIn>>
const CODE = '1.013225'
const DRAFTS = '/api/studio/drafts'

let test: TestDatabase
let analyst: Agent
let leader: Agent
let clerk: Agent
let draft: string
const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))
const versionOf = async (code: string) =>
  (await look<{ id: string }>('select id from procedure_version where code = $1 and current', [code]))[0]!.id
const get = (agent: Agent, what: string) => agent.get(`${DRAFTS}/${draft}/${what}`)

beforeAll(async () => {
  test = await createTestDatabase({ furniture: province })
  await test.db.transact(systemActor('scene'), loadDemoAccounts)
  const app = testApp(test.db, [
    ...draftRoutes,
    ...compareRoutes({ settings: { demo: true, publicUrl: 'http://x', takeBackSeconds: 0 } }),
  ])
  const agents = await Promise.all(
    ['phantich', 'chutich.x01', 'motcua.x01'].map((login) => loggedIn(app, login)),
  )
  ;[analyst, leader, clerk] = agents as [Agent, Agent, Agent]
  const { body } = await analyst
    .post(DRAFTS)
    .send({ code: CODE, from: { version: await versionOf(CODE) }, title: 'Gộp ký, bỏ giấy đất' })
    .expect(201)
  draft = body.id
  const source = structuredClone(body.source) as Editable
  mergeReviewIntoSignature(source)
  lookUpLandAndPromiseEightDays(source)
  source.definition.steps.SignResult.mergedFrom = ['ReviewResult']
  source.definition.papers[0].copies = 0
  const changes = { bpmn: source.bpmn, definition: source.definition } as Partial<ProcedureSource>
  await analyst.put(`${DRAFTS}/${draft}`).send({ revision: 1, changes }).expect(200)
})
afterAll(() => test.close())

describe('a draft beside what was before', () => {
  it('says its changes in words, with whose they are to decide', async () => {
    const { body } = await get(leader, 'diff').expect(200)
    expect(body).toMatchObject({
      code: CODE,
      revision: 2,
      before: { label: { vi: 'Phiên bản 1 (đang có hiệu lực)' } },
    })
    const said = body.changes.map(({ power, words }: { power: string; words: { vi: string } }) => [
      power,
      words.vi,
    ])
    expect(said).toContainEqual(['within', 'Gộp bước “Duyệt, ký nháy kết quả” vào bước “Ký kết quả”'])
    expect(said).toContainEqual(['proposal', expect.stringMatching(/số bản sao: 1 → 0$/)])
    expect(said).toHaveLength(6)
    expect(body.choices.map(({ against }: { against: string }) => against)).toEqual([
      await versionOf(CODE),
      '1',
    ])
  })

  it('is compared with one of its own revisions, or with a version, and with no other procedure’s', async () => {
    const { body } = await get(analyst, 'diff?against=1').expect(200)
    expect(body).toMatchObject({ before: { revision: 1 }, changes: { length: 6 } })
    expect((await get(analyst, 'diff?against=2').expect(200)).body.changes).toEqual([])
    await get(analyst, `diff?against=${await versionOf('1.001193')}`).expect(404)
    await get(analyst, 'diff?against=99').expect(404)
    const wrong = await get(analyst, 'diff?against=abc').expect(400)
    expect(wrong.body.errors[0].field).toBe('against')
  })

  it('shows what it saves at the volume of the last twelve months', async () => {
    const none = await get(leader, 'savings').expect(200)
    expect(none.body).toMatchObject({ volume: { dossiers: 0 }, cost: { perYear: null }, maySet: false })
    await look(
      `insert into dossier (id, code, procedure_version_id, procedure_code, case_key, channel, agency_id, one_stop_unit_id,
                            unit_id, participant_agency_ids, deciding_agency_id, applicant_id, filed_by, place, form_data, state, filed_at)
       select gen_random_uuid(), 'T-' || n, v.id, v.code, 'other', 'ONLINE', u.agency_id, u.id, u.id, '{}', u.agency_id, p.id, p.id,
              'x', '{}', 'filed', timestamptz '2026-11-01T02:00Z' - n * interval '200 days'
         from generate_series(0, 2) n, (select * from procedure_version where code = $1 limit 1) v,
              (select * from unit limit 1) u, (select * from person limit 1) p`,
      [CODE],
    )
    const { body } = await get(analyst, 'savings').expect(200)
    expect(body.volume).toMatchObject({ dossiers: 2, rows: [{ channel: 'ONLINE', case: 'other', count: 2 }] })
    // A leader of one commune prints the same year: it is the province's.
    expect((await get(leader, 'savings')).body.volume).toEqual(body.volume)
    expect(body.cost.perYear.before).toBeCloseTo(2 * body.cost.perDossier.before, -1)
    expect(body.cost.perDossier.after).toBeLessThan(body.cost.perDossier.before)
    expect(body.parameters).toMatchObject({ set: false, verified: false })
  })

  it('is computed with the province’s parameters once somebody has set them, and says where they come from', async () => {
    const own = { ...SAMPLE, wagePerHour: 80_000, source: 'Khảo sát thử của Phòng kiểm soát' }
    await leader.put('/api/studio/cost-parameters').send(own).expect(403)
    const wrong = await analyst
      .put('/api/studio/cost-parameters')
      .send({ ...own, source: '' })
      .expect(400)
    expect(wrong.body.errors[0].field).toBe('source')
    const before = (await get(analyst, 'savings')).body.cost.perDossier.after
    await analyst.put('/api/studio/cost-parameters').send(own).expect(204)
    const { body } = await get(analyst, 'savings').expect(200)
    expect(body.parameters).toMatchObject({ ...own, set: true, verified: false })
    expect(body.cost.perDossier.after).toBeGreaterThan(before)
    const [entry] = await look<{ line: string }>(
      `select line from audit_entry where line like '%cost-parameters.set%' order by index desc limit 1`,
    )
    expect(entry?.line).toContain('"wagePerHour": 80000')
    expect(entry?.line).not.toContain('Khảo sát')
  })

  it('leaves as one A3 page, the same bytes on the same day', async () => {
    const first = await whole(get(leader, 'before-after.pdf')).expect(200)
    expect(first.headers['content-type']).toBe('application/pdf')
    const text = first.body.toString('latin1')
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1)
    expect(text).toMatch(/\/MediaBox \[0 0 1190\.55 841\.89\]/)
    expect((await whole(get(leader, 'before-after.pdf'))).body.equals(first.body)).toBe(true)
  })

  it('leaves as the annex of its internal process, and as a plan of what can only be proposed', async () => {
    const annex = unzip((await whole(get(analyst, 'annex.docx')).expect(200)).body)
    const words = annex.get('word/document.xml')!.replace(/<[^>]+>/g, ' ')
    expect(words).toMatch(/QUY TRÌNH NỘI BỘ/)
    expect(words).toMatch(/Ký kết quả/)
    expect(words).not.toMatch(/Duyệt, ký nháy kết quả:/)
    expect(words).toMatch(/gồm cả việc của bước “Duyệt, ký nháy kết quả”, đã gộp/)
    const old = unzip((await whole(get(analyst, 'annex.docx?against=1')).expect(200)).body)
    expect(old.get('word/document.xml')).toMatch(/Duyệt, ký nháy/)
    const plan = unzip((await whole(get(analyst, 'proposal.docx')).expect(200)).body)
    const proposed = plan.get('word/document.xml')!.replace(/<[^>]+>/g, ' ')
    expect(proposed).toMatch(/số bản sao: 1 → 0/)
    expect(proposed).not.toMatch(/Gộp bước/)
  })

  it('is nobody’s who may not read drafts', async () => {
    for (const what of ['diff', 'savings', 'before-after.pdf', 'annex.docx', 'proposal.docx'])
      await get(clerk, what).expect(403)
    await analyst.get(`${DRAFTS}/0199a000-0000-7000-8000-000000000001/diff`).expect(404)
  })
})
