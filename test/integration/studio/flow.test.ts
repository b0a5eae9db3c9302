import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import { conformanceRoutes } from '../../../src/studio/conformance/routes.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import { heatmapRoutes } from '../../../src/studio/heatmap/routes.ts'
import { replayRoutes } from '../../../src/studio/replay/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(90_000)

const CODE = '1.013225'
const PERIOD = 'from=2026-11-01&to=2026-12-31'
type Agent = Awaited<ReturnType<typeof loggedIn>>
let scene: Scene
let analyst: Agent
let control: Agent
let elsewhere: Agent
let officer: Agent
let draft: string
/** Returned in time, refused at the counter, late at the officer's, and one whose signature was left out. */
let done: string
let late: string
let skipped: string

/** From the officer's desk to the counter. */
async function toTheEnd(id: string) {
  scene.goTo('2026-11-03 09:00')
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  scene.goTo('2026-11-03 10:00')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  scene.goTo('2026-11-03 11:00')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  scene.goTo('2026-11-03 14:00')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
}

beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  done = await received(scene)
  await toTheEnd(done)
  late = await received(scene)
  scene.goTo('2026-11-02 11:00')
  await scene.opens(late, 'Appraise')
  scene.goTo('2026-11-02 09:00')
  const refused = await scene.file()
  scene.goTo('2026-11-02 09:30')
  await scene.does('motcua.x01', refused.id, 'Receive', 'refused', { reason: 'Không thuộc thẩm quyền' })
  skipped = await received(scene)
  scene.goTo('2026-11-03 09:00')
  await scene.does('chuyenvien.x01', skipped, 'Appraise', 'approved')
  await scene.opens(skipped, 'SignResult')
  scene.goTo('2026-11-30 09:00')
  const app = testApp(scene.db, [
    ...draftRoutes,
    ...heatmapRoutes,
    ...conformanceRoutes,
    ...replayRoutes(scene.services),
    ...reportRoutes(),
  ])
  const logins = ['phantich', 'kiemsoat', 'chutich.x02', 'chuyenvien.x01']
  const agents = await Promise.all(logins.map((login) => loggedIn(app, login)))
  ;[analyst, control, elsewhere, officer] = agents as [Agent, Agent, Agent, Agent]
  const [version] = await scene.sql<{ id: string }>(
    'select id from procedure_version where code = $1 and current',
    [CODE],
  )
  const { body } = await analyst
    .post('/api/studio/drafts')
    .send({ code: CODE, from: { version: version!.id }, title: 'Phát lại' })
    .expect(201)
  draft = body.id
})
afterAll(() => scene.close())

const heat = async (agent: Agent) =>
  (await agent.get(`/api/studio/procedures/${CODE}/heatmap?${PERIOD}`).expect(200)).body

describe('the heat map', () => {
  it('counts the late dossiers that the auditor’s page counts', async () => {
    const { due, late: lateOnes } = await heat(analyst)
    const { body } = await control.get(`/api/audit/breaches?${PERIOD}&procedure=${CODE}`).expect(200)
    expect({ due, late: lateOnes }).toEqual({ due: body.due, late: body.totals.late })
    expect(lateOnes).toBeGreaterThan(0)
  })

  it('puts the whole overrun where it lies, and pain says the same', async () => {
    const { elements, sentence } = await heat(analyst)
    const appraise = elements.find((one: { id: string }) => one.id === 'Appraise')
    expect(appraise.overrunMinutes).toBeGreaterThan(0)
    const shares = elements.reduce((sum: number, one: { overrunShare: number }) => sum + one.overrunShare, 0)
    expect(shares).toBeCloseTo(1, 6)
    const { body } = await analyst.get(`/api/studio/pain?${PERIOD}`).expect(200)
    expect(body.procedures[0]).toMatchObject({ code: CODE, sentence, booked: body.procedures[0].late })
  })

  it('calls a step by the number that the table and the annex give it', async () => {
    const { elements } = await heat(analyst)
    const numbers = elements.flatMap(({ number }: { number: number | null }) =>
      number === null ? [] : [number],
    )
    expect(numbers).toEqual(numbers.map((_: number, n: number) => n + 1))
    const wait = elements.find(({ kind }: { kind: string }) => kind === 'wait')
    expect(wait.number).toBeNull()
    const { body } = await analyst.get(`/api/studio/pain?${PERIOD}`).expect(200)
    const { worst, sentence } = body.procedures[0]
    const { number } = elements.find(({ id }: { id: string }) => id === worst.elementId)
    expect(worst.number).toBe(number)
    expect(sentence.vi).toContain(`bước ${number} (${worst.name.vi})`)
  })

  it('opens an element to its dossiers: codes and times, no person', async () => {
    const { body } = await analyst
      .get(`/api/studio/procedures/${CODE}/heatmap/dossiers?${PERIOD}&element=Appraise`)
      .expect(200)
    const { id, to, late: isLate } = body.dossiers[0]
    expect([late, skipped]).toContain(id)
    expect(isLate).toBe(true)
    expect(to === null || typeof to === 'string').toBe(true)
    expect(JSON.stringify(body)).not.toMatch(/Nguyễn|chuyenvien|applicant|person/i)
  })

  it('shows a leader the own agency only, and an officer nothing', async () => {
    expect((await heat(elsewhere)).due).toBe(0)
    await officer.get(`/api/studio/pain?${PERIOD}`).expect(403)
    await elsewhere.get(`/api/studio/dossiers/${done}/conformance`).expect(404)
  })

  it('knows no procedure that was never published, nor its dossiers', async () => {
    for (const what of ['heatmap', 'heatmap/dossiers', 'conformance'])
      await analyst
        .get(
          `/api/studio/procedures/9.999999/${what}?${PERIOD}${what.endsWith('dossiers') ? '&element=Appraise' : ''}`,
        )
        .expect(404)
  })
})

it('a signature without the initials before it is a step skipped; nobody else’s way differs', async () => {
  const { body } = await analyst.get(`/api/studio/procedures/${CODE}/conformance?${PERIOD}`).expect(200)
  expect(body.dossiers).toEqual([
    expect.objectContaining({
      id: skipped,
      deviations: [
        expect.objectContaining({
          kind: 'skipped',
          elements: [expect.objectContaining({ id: 'ReviewResult' })],
        }),
      ],
    }),
  ])
  const one = await analyst.get(`/api/studio/dossiers/${done}/conformance`).expect(200)
  expect(one.body.deviations).toEqual([])
  expect(one.body.way.map((step: { elementId: string }) => step.elementId).slice(0, 3)).toEqual([
    'Receive',
    'Assign',
    'Appraise',
  ])
})

describe('a replay', () => {
  const asked = { from: '2026-11-01', to: '2026-12-31', seed: 1, steps: {}, gateways: {}, takesOver: {} }
  const begin = (agent: Agent, body: object = asked) =>
    agent.post(`/api/studio/drafts/${draft}/replays`).send(body)
  const view = async (id: string) => (await analyst.get(`/api/studio/replays/${id}`).expect(200)).body
  const ended = async (id: string) => {
    for (;;) {
      const found = await view(id)
      if (found.state !== 'running') return found
      await new Promise((next) => setTimeout(next, 100))
    }
  }

  it('runs in the background and says what came out, against what really happened', async () => {
    const { body } = await begin(analyst).expect(201)
    const { state, result } = await ended(body.id)
    expect(state).toBe('done')
    expect(
      result.replayed + result.left.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
    ).toBe(result.total)
    expect(result.actual.dossiers).toBe(result.current.dossiers)
    expect(result.current).toEqual(result.draft)
    expect(result.sentence.vi).toMatch(/^Hiệu chỉnh/)
    expect(await view(body.id)).toMatchObject({ mayCancel: false })
  })

  it('runs once at a time for a person, and stays cancelled', async () => {
    const { body } = await begin(analyst).expect(201)
    const second = await begin(analyst)
    // The first may be through already.
    if (second.status === 409)
      expect(second.body).toMatchObject({ type: 'urn:mot-cua:replay-running', running: body.id })
    else await ended(second.body.id)
    await control.post(`/api/studio/replays/${body.id}/cancel`).expect(403)
    await ended(body.id)
    await scene.sql(`update replay_run set state = 'running', beat_at = now() where id = $1`, [body.id])
    await begin(analyst).expect(409)
    await analyst.post(`/api/studio/replays/${body.id}/cancel`).expect(204)
    expect((await view(body.id)).state).toBe('cancelled')
    await ended((await begin(analyst).expect(201)).body.id)
  })

  it('asked for at the same moment is begun once, and the other is told of it', async () => {
    const answers = await Promise.all([begin(analyst), begin(analyst), begin(analyst)])
    const begun = answers.filter(({ status }) => status === 201)
    // One after the other, each may be through before the next is asked: but none is a fault.
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual(
      [],
    )
    for (const { body } of begun) await ended(body.id)
  })

  it('waits for whoever asks at the same moment, so that no more run than may', async () => {
    const [held] = await Promise.all([
      scene.act(async (tx) => {
        await tx.sql(`select pg_advisory_xact_lock(hashtextextended('replay_run', 0))`)
        await tx.sql(
          `insert into replay_run (id, draft_id, revision, person_id, params, state, progress, started_at)
           select gen_random_uuid(), $1, 1, id, '{}', 'running', '{}', now() from person where id = any($2::uuid[])`,
          [draft, [personId('phantich'), personId('chutich.x02')]],
        )
        await new Promise((next) => setTimeout(next, 300))
        return 'held'
      }),
      (async () => {
        await new Promise((next) => setTimeout(next, 100))
        // Their runs are not committed yet: whoever does not wait sees none and begins a third, or meets a raw fault.
        const [mine, other] = await Promise.all([begin(analyst), begin(control)])
        expect([mine.status, mine.body.type]).toEqual([409, 'urn:mot-cua:replay-running'])
        expect([other.status, other.body.type]).toEqual([409, 'urn:mot-cua:replays-busy'])
      })(),
    ])
    expect(held).toBe('held')
    await scene.sql(`update replay_run set state = 'cancelled', ended_at = now() where state = 'running'`)
  })

  it('shows codes and units to those alone who may see them, whoever had it made', async () => {
    const { body } = await begin(analyst).expect(201)
    const own = (await ended(body.id)).result
    const codes = (result: typeof own) => result.left.flatMap((one: { codes: string[] }) => one.codes)
    expect(codes(own).length).toBeGreaterThan(0)
    expect(own.actual.units.length).toBeGreaterThan(0)
    const { result } = (await elsewhere.get(`/api/studio/replays/${body.id}`).expect(200)).body
    expect(codes(result)).toEqual([])
    expect(result.actual.units).toEqual([])
    expect(result.draft.units).toEqual([])
    expect({ total: result.total, lead: result.draft.lead }).toEqual({
      total: own.total,
      lead: own.draft.lead,
    })
  })

  it('that its server left behind is broken off, and holds nobody up', async () => {
    const { body } = await begin(analyst).expect(201)
    await ended(body.id)
    await scene.sql(
      `update replay_run set state = 'running', beat_at = now() - interval '1 minute', result = null where id = $1`,
      [body.id],
    )
    expect((await view(body.id)).state).toBe('broken-off')
    await ended((await begin(analyst).expect(201)).body.id)
    expect(await scene.sql('select state from replay_run where id = $1', [body.id])).toEqual([
      { state: 'broken-off' },
    ])
  })

  it.each([
    ['steps.Stamp', { steps: { Stamp: { shape: 'uniform', least: 1, likely: 2, most: 3 } } }],
    ['gateways.WhatResult', { gateways: { WhatResult: { nowhere: 1 } } }],
    ['takesOver.Stamp', { takesOver: { Stamp: ['Assign'] } }],
    ['to', { from: '2026-12-31', to: '2026-12-01' }],
  ])('refuses %s with the field and the mend', async (field, change) => {
    const { body } = await begin(analyst, { ...asked, ...change }).expect(422)
    expect(body.errors[0].field).toBe(field)
  })

  it('of a draft that makes no procedure yet says in both languages what is to be mended, and where', async () => {
    const { body: view } = await analyst.get(`/api/studio/drafts/${draft}`).expect(200)
    const definition = { ...view.source.definition, limits: [] }
    await analyst
      .put(`/api/studio/drafts/${draft}`)
      .send({ revision: view.revision, changes: { definition } })
      .expect(200)
    const { body } = await analyst.get(`/api/studio/drafts/${draft}/replays`).expect(422)
    expect(body.type).toBe('urn:mot-cua:draft-not-whole')
    const limits = body.errors.find(({ field }: { field: string }) => field === 'limits')
    expect(limits.message).toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/)
  })
})
