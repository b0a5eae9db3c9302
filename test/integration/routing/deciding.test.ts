import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import { consultationRequest } from '../../../src/consultations/worker.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { frameOf } from '../../../src/letters/compose.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import { dossierRoute } from '../../../src/routing/worker.ts'
import { taskRoutes } from '../../../src/tasks/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { uploaded } from '../dossiers/filing.ts'
import { at, type Scene, setScene } from '../dossiers/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

const investment = (await readProcedures('processes')).find(
  ({ definition }) => definition.code === '1.009645',
)!
const example = investment.examples[0]!

let scene: Scene
let app: ReturnType<typeof testApp>
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  app = testApp(scene.db, [...taskRoutes(scene.services), ...letterRoutes(scene.services), ...reportRoutes()])
})
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from rate_limit'))

const file = (place: string) =>
  scene.as('congdan', async (tx: Tx) => {
    const papers = []
    for (const paperKey of example.papers)
      papers.push({ paperKey, uploadId: await uploaded(tx, scene.services) })
    const { formData } = example
    return fileDossier(tx, FileDossier.parse({ procedureCode: '1.009645', place, formData, papers }))
  })

const job = (dossierId: string, elementId: string) => ({
  key: `${dossierId}/${elementId}`,
  epoch: 1,
  subjectId: dossierId,
  dossierId,
  elementId,
  visit: 1,
  instanceKey: '1',
  variables: { dossierId },
  headers: {},
  retries: 3,
})
const route = (dossierId: string) =>
  scene.act((tx) =>
    dossierRoute(async () => ({ agency: 'T00.S01', unit: 'T00.S01.CM' })).run(tx, job(dossierId, 'Route')),
  )
const agencies = async (dossierId: string) => {
  const [row] = await scene.sql<{ lead: string; deciding: string; counter: string; unit: string }>(
    `select l.code as lead, d.code as deciding, o.code as counter, u.code as unit
       from dossier x join agency l on l.id = x.agency_id join agency d on d.id = x.deciding_agency_id
       join unit o on o.id = x.one_stop_unit_id join unit u on u.id = x.unit_id where x.id = $1`,
    [dossierId],
  )
  return row
}

it('is received at the province for a project in a commune, prepared by the department that routing names', async () => {
  const { id, code, place } = await file('T00.X07')
  expect(code).toMatch(/^T00\.P01-/)
  expect(place).toBe('T00.X07')
  expect(await agencies(id)).toMatchObject({ counter: 'T00.P01.MC', deciding: 'T00.P01' })
  await route(id)
  expect(await agencies(id)).toEqual({
    lead: 'T00.S01',
    deciding: 'T00.P01',
    counter: 'T00.P01.MC',
    unit: 'T00.S01.CM',
  })
})

it('is not filed for a place that is no commune', async () => {
  await expect(file('T00.P01')).rejects.toThrow()
  await expect(file('T00.X99')).rejects.toThrow()
})

describe('from reception to the return of the decision', () => {
  let id: string
  const asked = ['T00.S02', 'T00.X07', 'T00.Q01']
  const consultations = () =>
    scene.sql<{ id: string; agency: string; outcome: string | null }>(
      `select c.id, a.code as agency, c.outcome from consultation c join agency a on a.id = c.agency_id
        where c.dossier_id = $1 order by array_position($2, a.code)`,
      [id, asked],
    )
  const milestones = () =>
    scene.sql<{ step: string; dueAt: string }>(
      `select detail->>'step' as step, detail->>'dueAt' as "dueAt" from finding
        where dossier_id = $1 and kind = 'milestone-late' order by at`,
      [id],
    )
  const desk = async (login: string, element: string) => {
    const { id: task } = await scene.task(id, element)
    return (await (await loggedIn(app, login)).get(`/api/tasks/${task}`).expect(200)).body
  }
  const result = async () => {
    const [row] = await scene.sql<{
      id: string
      agency: string
      state: string
      number_text: string | null
      signed_as: { title: string; name: string } | null
    }>(
      `select l.id, a.code as agency, l.state, l.number_text, l.signed_as from letter l join agency a on a.id = l.agency_id
        where l.dossier_id = $1 and l.kind = 'result' and l.state <> 'void'`,
      [id],
    )
    return row!
  }

  beforeAll(async () => {
    scene.goTo('2026-11-02 09:00')
    id = (await file('T00.X07')).id
    scene.goTo('2026-11-02 09:10')
    await scene.does('motcua.p01', id, 'Receive', 'received')
    await route(id)
    await scene.does('truongphong.s01', id, 'Assign', 'assigned', { personId: personId('chuyenvien.s01') })
  })

  it('the letter of questions goes through the department before anybody is asked', async () => {
    scene.goTo('2026-11-03 09:00')
    const consult = asked.map((agencyCode) => ({ agencyCode, question: `Hỏi ${agencyCode}` }))
    await scene.does('chuyenvien.s01', id, 'Appraise', 'consult', { consult })
    await scene.opens(id, 'ReviewQuestion')
    const panel = await desk('truongphong.s01', 'ReviewQuestion')
    expect(panel.consultBodies.map((body: { question: string }) => body.question).sort()).toEqual(
      asked.map((code) => `Hỏi ${code}`).sort(),
    )
    const { id: task } = await scene.task(id, 'ReviewQuestion')
    await scene.decides('truongphong.s01', task, { outcome: 'approved' })
    await scene.does('giamdoc.s01', id, 'SignQuestion', 'signed')
    expect((await consultations()).map((row) => row.agency)).toEqual(asked)
    expect(await milestones()).toEqual([])
  })

  it('a body that stays silent is reported to the one-stop, and the wait ends all the same', async () => {
    scene.goTo('2026-11-04 09:00')
    await scene.act((tx) => consultationRequest.run(tx, job(id, 'RequestConsultations')))
    await scene.opens(id, 'AwaitConsultations')
    scene.goTo('2026-11-06 09:00')
    const [department, commune] = await consultations()
    await scene.does('chuyenvien.s02', department!.id, 'Answer', 'agreed', { answer: 'Phù hợp quy hoạch.' })
    await scene.does('chuyenvien.x07', commune!.id, 'Answer', 'agreed', { answer: 'Đất chưa có tranh chấp.' })
    // The department keeps what is allotted to the steps after the wait, so no apology is begun while it lasts.
    scene.goTo('2026-11-12 09:00')
    await scene.rings(id)
    expect(await scene.sql(`select 1 from letter where dossier_id = $1 and kind = 'apology'`, [id])).toEqual(
      [],
    )
    // Seven working days after Wednesday the 4th end on Friday the 13th; silence counts from its midnight.
    scene.goTo('2026-11-13 23:59')
    await scene.rings(id)
    expect((await consultations()).map((row) => row.outcome)).toEqual(['agreed', 'agreed', null])
    scene.goTo('2026-11-14 00:00')
    await scene.rings(id)
    expect((await consultations()).map((row) => row.outcome)).toEqual(['agreed', 'agreed', 'silent'])
    const told = await scene.sql<{ person_id: string }>(
      `select person_id from notification where dossier_id = $1 and key like 'silent/%'`,
      [id],
    )
    expect(told).toEqual([{ person_id: personId('truongmotcua.p01') }])
    const [wait] = await scene.sql<{ outcome: string }>(
      `select outcome from wait where subject_id = $1 and element_id = 'AwaitConsultations'`,
      [id],
    )
    expect(wait).toEqual({ outcome: 'complete' })
  })

  it('the draft is the decision of the province, which the department reads and may not sign', async () => {
    scene.goTo('2026-11-16 09:00')
    await scene.does('chuyenvien.s01', id, 'SummariseConsultations', 'approved')
    const draft = await result()
    expect(draft).toMatchObject({ agency: 'T00.P01', state: 'draft' })
    await (await loggedIn(app, 'truongphong.s01')).get(`/api/letters/${draft.id}/pdf`).expect(200)
    // The chairman, once it lies before them.
    await (await loggedIn(app, 'chutich.p01')).get(`/api/letters/${draft.id}/pdf`).expect(403)
    await (await loggedIn(app, 'chuyenvien.s02')).get(`/api/letters/${draft.id}/pdf`).expect(404)
    await scene.does('truongphong.s01', id, 'ReviewResult', 'approved')
    await scene.does('giamdoc.s01', id, 'SignProposal', 'signed')
    expect((await result()).state).toBe('initialled')
    await scene.does('vanthu.s01', id, 'NumberProposal', 'numbered')
    expect((await result()).number_text).toBeNull()
  })

  it('the chairman of the province signs, its clerical office numbers, its one-stop returns', async () => {
    scene.goTo('2026-11-18 09:00')
    await scene.opens(id, 'SignResult')
    const { id: task } = await scene.task(id, 'SignResult')
    await expect(scene.decides('giamdoc.s01', task, { outcome: 'signed' })).rejects.toThrow()
    const panel = await desk('chutich.p01', 'SignResult')
    expect(panel.unit.code).toBe('T00.P01.LD')
    expect(panel.signAs.map((as: { text: { vi: string } }) => as.text.vi)).toEqual([
      'Chủ tịch Ủy ban nhân dân tỉnh',
    ])
    await scene.decides('chutich.p01', task, { outcome: 'signed' })
    await scene.does('vanthu.p01', id, 'NumberResult', 'numbered')
    expect(await result()).toMatchObject({
      state: 'issued',
      agency: 'T00.P01',
      number_text: expect.stringMatching(/UBND$/),
      signed_as: { title: 'Chủ tịch Ủy ban nhân dân tỉnh' },
    })
    scene.goTo('2026-11-19 09:00')
    await scene.does('motcua.p01', id, 'ReturnResult', 'returned', {
      identityChecked: true,
      receivedBy: 'Nguyễn Văn Mẫu',
    })
    expect((await result()).state).toBe('delivered')
  })

  it('the books close: seven days were allotted to the wait for opinions, which the department answers for', async () => {
    const { body } = await (await loggedIn(app, 'thanhtra')).get(`/api/audit/dossiers/${id}`).expect(200)
    expect(body.balance.varianceSum).toBe(body.balance.finishMinusDue)
    const wait = body.holdings.find((row: { elementId: string }) => row.elementId === 'AwaitConsultations')
    expect(wait).toMatchObject({ agency: { code: 'T00.S01' }, allottedMinutes: 7 * 8 * 60 })
    const held = body.holdings
      .filter((row: { track: string }) => row.track === 'accountable')
      .map((row: { agency: { code: string } }) => row.agency.code)
    expect([...new Set(held)]).toEqual(['T00.P01', 'T00.S01'])
    expect(held.at(-1)).toBe('T00.P01')
  })

  it('each letter has the head of whoever it is from', async () => {
    const head = (issuer: 'lead' | 'deciding' | 'counter') =>
      scene.act(async (tx) =>
        frameOf(tx, await asSystem(tx.em, 'heads').findOneOrFail(Dossier, { id }), issuer),
      )
    const place = 'Tỉnh mẫu (minh họa)'
    expect(await head('lead')).toMatchObject({
      agency: 'Sở Tài chính (minh họa)',
      agencyShort: 'STC',
      place,
      phone: '0000 000 002',
    })
    const province = { agency: 'Ủy ban nhân dân Tỉnh mẫu (minh họa)', agencyShort: 'UBND', place }
    expect(await head('deciding')).toMatchObject(province)
    expect(await head('counter')).toMatchObject({ ...province, phone: '0000 000 001' })
  })

  it('a receipt stands in the book of the counter, whoever prepares the decision', async () => {
    const letters = await scene.sql<{ kind: string; agency_id: string }>(
      'select kind, agency_id from letter where dossier_id = $1',
      [id],
    )
    expect(letters).toContainEqual({ kind: 'receipt', agency_id: agencyId('T00.P01') })
  })
})

it('a step done after the milestone of its phase is a finding for the auditor, and goes on', async () => {
  scene.goTo('2026-11-02 09:00')
  const { id } = await file('T00.X07')
  scene.goTo('2026-11-02 09:10')
  await scene.does('motcua.p01', id, 'Receive', 'received')
  await route(id)
  await scene.does('truongphong.s01', id, 'Assign', 'assigned', { personId: personId('chuyenvien.s01') })
  const consult = [{ agencyCode: 'T00.S02', question: 'Hỏi T00.S02' }]
  await scene.does('chuyenvien.s01', id, 'Appraise', 'consult', { consult })
  await scene.does('truongphong.s01', id, 'ReviewQuestion', 'approved')
  const findings = () =>
    scene.sql(
      `select detail->>'step' as step, detail->>'dueAt' as due from finding where dossier_id = $1 and kind = 'milestone-late'`,
      [id],
    )
  // Two working days after Monday the 2nd end on Wednesday the 4th.
  scene.goTo('2026-11-05 08:00')
  await scene.does('giamdoc.s01', id, 'SignQuestion', 'signed')
  expect(await findings()).toEqual([{ step: 'SignQuestion', due: at('2026-11-04 17:00').toISOString() }])
})
