import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { assemble } from '../../../src/procedures/assemble.ts'
import { catalogueRoutes } from '../../../src/studio/catalogue/routes.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import { filesOf } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

type Agent = Awaited<ReturnType<typeof loggedIn>>
const CATALOGUE = '/api/studio/catalogue'
let test: TestDatabase
let analyst: Agent
let leader: Agent
let clerk: Agent
const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))

const HEAD =
  'code,name,field,level,agency,unit,onlineLevel,eligible,limit,limitUnit,papers,results,lastDossierOn'
const row = (
  code: string,
  name: string,
  field = 'Lĩnh vực thử',
  rest = 'place.KT,toàn trình,có,5,ngày làm việc,Đơn | Bản sao [1 sao],Giấy xác nhận,',
) => `${code},${name},${field},Xã,UBND cấp xã,${rest}`

async function importFile(kind: 'rows' | 'steps', text: string, take = true) {
  const post = (path: string) =>
    analyst
      .post(`${CATALOGUE}/import/${kind}/${path}`)
      .set('Content-Type', 'text/csv')
      .send(Buffer.from(text))
  const tried = await post('try').expect(200)
  return take ? post(`take-over?sha256=${tried.body.sha256}`).expect(200) : tried
}

beforeAll(async () => {
  test = await createTestDatabase({ furniture: province })
  await test.db.transact(systemActor('scene'), loadDemoAccounts)
  const app = testApp(test.db, [...draftRoutes, ...catalogueRoutes({ sample: true })])
  const agents = await Promise.all(
    ['phantich', 'chutich.x01', 'motcua.x01'].map((login) => loggedIn(app, login)),
  )
  ;[analyst, leader, clerk] = agents as [Agent, Agent, Agent]
  await importFile(
    'rows',
    [
      HEAD,
      row('9.000001', 'Thủ tục một'),
      row('9.000002', 'Thủ tục hai: Đăng ký', 'Đất đai'),
      row('9.000003', 'Thủ tục ba', 'Đất đai', 'place.KT,một phần,không,,,Đơn,Quyết định,31/12/2020'),
      row('1.013225', 'Cấp giấy phép xây dựng mới', 'Hoạt động xây dựng'),
    ].join('\n'),
  )
})
afterAll(() => test.close())

const list = async (query = '', agent = analyst) => {
  const { body } = await agent.get(`${CATALOGUE}?${query}`).expect(200)
  return body
}
const codes = async (query: string) => (await list(query)).entries.map((one: { code: string }) => one.code)

it('trying a file saves nothing; the same file again changes nothing; a bad row holds no other back', async () => {
  const file = [HEAD, row('9.000009', 'Thử'), row('9.00001', 'Sai mã')].join('\n')
  const tried = await importFile('rows', file, false)
  expect(tried.body.counts).toMatchObject({ added: 1, refused: 1 })
  expect(tried.body.lines[1].faults[0]).toMatchObject({ column: 'Mã thủ tục' })
  expect(await codes('q=9.000009')).toEqual([])
  await importFile('rows', file)
  const again = await importFile('rows', file)
  expect(again.body.counts).toMatchObject({ added: 0, changed: 0, unchanged: 1, refused: 1 })
  expect(again.body.csv).toContain('9.00001')
  expect(await codes('q=9.000009')).toEqual(['9.000009'])
  await look(`delete from catalogue_entry where code = '9.000009'`)
})

it('is searched without accents and filtered by field, online level, eligibility, dormancy and state', async () => {
  expect(await codes('q=dang ky')).toEqual(['9.000002'])
  expect(await codes(`field=${encodeURIComponent('Đất đai')}`)).toEqual(['9.000002', '9.000003'])
  expect(await codes('online=partial')).toEqual(['9.000003'])
  expect(await codes('eligible=no')).toEqual(['9.000003'])
  expect(await codes('state=in-force')).toEqual(['1.013225'])
  expect((await list('state=bare')).total).toBe(3)
  expect((await list()).all).toBe(4)
  await analyst.get(`${CATALOGUE}?dormant=perhaps`).expect(400)
})

it('a procedure is dormant until a dossier of the last three years is known', async () => {
  expect(await codes('dormant=no')).toEqual([])
  await importFile(
    'rows',
    [
      HEAD,
      row(
        '9.000001',
        'Thủ tục một',
        'Lĩnh vực thử',
        'place.KT,toàn trình,có,5,ngày làm việc,Đơn | Bản sao [1 sao],Giấy xác nhận,01/06/2026',
      ),
    ].join('\n'),
  )
  expect(await codes('dormant=no')).toEqual(['9.000001'])
})

it('pages go on behind the last code', async () => {
  const many = Array.from({ length: 120 }, (_, n) =>
    row(`9.1${String(n).padStart(5, '0')}`, `Thủ tục ${n}`, 'Nhiều'),
  )
  await importFile('rows', [HEAD, ...many].join('\n'))
  const seen: string[] = []
  for (let after = '', go = true; go; ) {
    const page = await list(`field=${encodeURIComponent('Nhiều')}&after=${after}`)
    seen.push(...page.entries.map((one: { code: string }) => one.code))
    after = page.next
    go = page.next !== null
  }
  expect(new Set(seen).size).toBe(120)
})

it('a step table shapes the draft that is begun from the row', async () => {
  await importFile(
    'steps',
    [
      'code,number,role,action,hours,bodies',
      '9.000002,1,clerk,Tiếp nhận,4,',
      '9.000002,2,officer,Thẩm định,16,',
      '9.000002,3,consulted,Cho ý kiến,8,T00.S02.CM',
      '9.000002,4,leader,Ký,4,',
      '9.000002,5,clerical,Cấp số,2,',
    ].join('\n'),
  )
  const { body } = await analyst
    .post('/api/studio/drafts')
    .send({ code: '9.000002', from: { skeleton: true }, title: 'Thử' })
    .expect(201)
  const { definition } = assemble(filesOf(body.source))
  expect(definition.consultation?.bodies).toMatchObject([{ agency: 'T00.S02' }])
  expect(definition.steps.Assign).toBeUndefined()
  expect(definition.allotments.general).toMatchObject({
    Appraise: { value: 16 },
    AwaitConsultations: { value: 8 },
  })
})

it('a row that lacks its limit makes no draft and says what to mend', async () => {
  const { body } = await analyst
    .post('/api/studio/drafts')
    .send({ code: '9.000003', from: { skeleton: true }, title: 'Thử' })
    .expect(422)
  expect(body.detail).toContain('thời hạn')
  const entry = await analyst.get(`${CATALOGUE}/9.000003`).expect(200)
  expect(entry.body.lacks.map((one: { field: string }) => one.field)).toEqual(['limit'])
})

it('many drafts are made in one act; failures are named; the same act again makes none', async () => {
  const made = async () => {
    const { body } = await analyst
      .post(`${CATALOGUE}/skeletons`)
      .send({ codes: ['9.100000', '9.100001', '9.000003', '9.999999', '1.013225'] })
      .expect(200)
    return body.made as { code: string; draftId: string | null; reasons: object[] }[]
  }
  expect(
    (await made()).map(({ code, draftId, reasons }) => [code, draftId !== null, reasons.length]),
  ).toEqual([
    ['9.100000', true, 0],
    ['9.100001', true, 0],
    ['9.000003', false, 1],
    ['9.999999', false, 1],
    ['1.013225', false, 1],
  ])
  expect((await made()).filter(({ draftId }) => draftId !== null)).toEqual([])
  expect((await list('state=drafted')).total).toBe(3)
  await analyst.post(`${CATALOGUE}/skeletons`).send({ codes: [] }).expect(400)
})

describe('the re-engineering plan', () => {
  const plan = (responsibleId: string, target: object = { fieldsPercent: 20, papers: 1 }) =>
    analyst.put(`${CATALOGUE}/1.013225/plan`).send({ target, responsibleId, dueOn: '2027-06-30' })

  it('counts from the version in force, and its progress comes from drafts', async () => {
    const { people } = (await analyst.get('/api/studio/plans').expect(200)).body
    await plan(people[0].id, {}).expect(422)
    await plan('0199a000-0000-7000-8000-000000000001').expect(422)
    const { plans } = (await plan(people[0].id).expect(200)).body
    expect(plans).toMatchObject([
      {
        code: '1.013225',
        state: 'not-started',
        reached: false,
        before: { fields: 21, papers: 5, days: 10 },
        now: null,
      },
    ])
    const [version] = await look<{ id: string }>(
      `select id from procedure_version where code = '1.013225' and current`,
    )
    const draft = await analyst
      .post('/api/studio/drafts')
      .send({ code: '1.013225', from: { version: version!.id }, title: 'Giảm trường' })
      .expect(201)
    const { source } = draft.body
    const keep = Object.entries(source.eform.schema.properties).slice(0, 16)
    source.eform.schema.properties = Object.fromEntries(keep)
    await analyst
      .put(`/api/studio/drafts/${draft.body.id}`)
      .send({
        revision: 1,
        changes: {
          eform: source.eform,
          definition: { ...source.definition, papers: source.definition.papers.slice(1) },
        },
      })
      .expect(200)
    const after = (await leader.get('/api/studio/plans').expect(200)).body
    expect(after.plans).toMatchObject([
      { state: 'drafting', reached: true, now: { fields: 16, papers: 4 }, draftId: draft.body.id },
    ])
    expect((await list('state=planned')).entries.map((one: { code: string }) => one.code)).toEqual([
      '1.013225',
    ])
    await analyst.delete(`${CATALOGUE}/1.013225/plan`).expect(200)
    expect((await analyst.get('/api/studio/plans')).body.plans).toEqual([])
  })
})

it('is read by leaders, changed by analysts, and hidden from the counter', async () => {
  await leader.get(CATALOGUE).expect(200)
  await leader
    .post(`${CATALOGUE}/skeletons`)
    .send({ codes: ['9.100002'] })
    .expect(403)
  await leader.delete(`${CATALOGUE}/1.013225/plan`).expect(403)
  await clerk.get(CATALOGUE).expect(403)
})
