import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { historyOf } from '../../../src/dossiers/history.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { letterIssue } from '../../../src/letters/worker.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { examples, uploaded } from './filing.ts'
import { withPrefills } from './prefills.ts'
import { at, received, refusal, type Scene, setScene } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
let citizen: Awaited<ReturnType<typeof loggedIn>>
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  citizen = await loggedIn(testApp(scene.db, dossierRoutes(scene.services)), 'congdan')
})
afterAll(() => scene.close())

const items = [{ paperKey: 'drawings', text: 'Bản vẽ mặt bằng', reason: 'Thiếu khoảng lùi' }]

/** Asked for a supplement up to the leader's approval, which `approve` carries. */
async function asked(id: string, approve: Record<string, unknown> = {}) {
  await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement', { reason: 'Thiếu bản vẽ' })
  await scene.does('chuyenvien.x01', id, 'DraftSupplement', 'drafted', { items })
  await scene.does('truongphong.x01', id, 'ApproveSupplement', 'approved', approve)
}
async function waiting(id: string) {
  await asked(id)
  await scene.does('motcua.x01', id, 'SendSupplement', 'sent')
  await scene.opens(id, 'AwaitSupplement')
}
async function answers(id: string) {
  const uploadId = await scene.as('congdan', (tx) => uploaded(tx, scene.services))
  return citizen.post(`/api/dossiers/${id}/supplement`).send({ papers: [{ paperKey: 'drawings', uploadId }] })
}
type Request = { round: number; stage: string; outcome: string | null; wait_until: Date; reason: string }
const requests = (id: string) =>
  scene.sql<Request>('select * from supplement_request where dossier_id = $1 order by round', [id])
const line = (id: string) =>
  scene.sql<{ element_id: string; on_behalf: string; code: string; from_at: Date }>(
    `select h.element_id, h.on_behalf, u.code, h.from_at from holding h join unit u on u.id = h.unit_id
      where h.dossier_id = $1 and h.track = 'accountable' order by h.seq desc limit 2`,
    [id],
  )
const completesWait = async (id: string) =>
  (await scene.commands(id)).filter(({ kind }) => kind === 'complete-job').map((one) => one.payload.variables)

describe('a supplement', () => {
  it('sent by the one-stop it stops the clock, and the applicant holds the dossier', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-04 10:00')
    await waiting(id)
    const [clock] = await scene.sql(
      'select stopped_at, ended_at from clock where dossier_id = $1 and kind = $2',
      [id, 'dossier'],
    )
    expect(clock).toEqual({ stopped_at: at('2026-11-04 10:00'), ended_at: null })
    expect(await requests(id)).toMatchObject([
      { round: 1, stage: 'notice', wait_until: at('2026-12-04 17:00') },
    ])
    expect((await line(id))[0]).toMatchObject({ element_id: 'AwaitSupplement', on_behalf: 'applicant' })
  })

  it('answered, the applicant holds it no more; received, the time is counted anew and the old date kept', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-04 10:00')
    await waiting(id)
    scene.goTo('2026-11-06 20:00')
    expect((await answers(id)).status).toBe(200)
    expect(await completesWait(id)).toEqual([{ outcome: 'submitted' }])
    await scene.opens(id, 'ReceiveSupplement')
    const held = (await line(id))[0]
    expect(held).toEqual({
      element_id: 'ReceiveSupplement',
      on_behalf: 'holder',
      code: 'T00.X01.MC',
      from_at: at('2026-11-06 20:00'),
    })
    const [task] = await scene.sql<{ opened_at: Date; from_at: Date }>(
      `select opened_at, from_at from task where dossier_id = $1 and element_id = 'ReceiveSupplement'`,
      [id],
    )
    expect(task).toEqual({ opened_at: at('2026-11-06 20:00'), from_at: at('2026-11-06 20:00') })
    scene.goTo('2026-11-09 08:00')
    await scene.decides('motcua.x01', (await scene.task(id, 'ReceiveSupplement')).id, { outcome: 'received' })
    const clocks = await scene.sql(
      `select round, due_at, ended_at from clock where dossier_id = $1 and kind = 'dossier' order by round`,
      [id],
    )
    expect(clocks).toEqual([
      { round: 1, due_at: at('2026-11-11 17:00'), ended_at: at('2026-11-09 08:00') },
      { round: 2, due_at: at('2026-11-18 17:00'), ended_at: null },
    ])
    const [receipt] = await scene.sql<{
      data: { restart: { previousDueAt: string; supplementNumber: string } }
    }>(
      `select data from letter where dossier_id = $1 and kind = 'receipt' order by drafted_at desc limit 1`,
      [id],
    )
    expect(receipt!.data.restart).toMatchObject({
      previousDueAt: at('2026-11-11 17:00').toISOString(),
      supplementNumber: expect.stringMatching(/^\d+\//),
    })
  })

  it.each([
    ['2026-11-12 16:00', []],
    ['2026-11-13 08:00', [{ due: at('2026-11-12 17:00').toISOString() }]],
  ])(
    'a refusal numbered on %s is judged by what the procedure allows after the last answer',
    async (day, findings) => {
      const id = await received(scene)
      scene.goTo('2026-11-04 10:00')
      await waiting(id)
      scene.goTo('2026-11-06 20:00')
      await answers(id)
      scene.goTo('2026-11-09 08:00')
      await scene.does('motcua.x01', id, 'ReceiveSupplement', 'received')
      await scene.does('chuyenvien.x01', id, 'Appraise', 'denied')
      await scene.does('chuyenvien.x01', id, 'DraftRefusal', 'drafted', { reason: 'Không đúng quy hoạch' })
      await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
      await scene.does('chutich.x01', id, 'SignResult', 'signed')
      scene.goTo(day)
      await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
      const late = await scene.sql(
        `select detail->>'dueAt' as due from finding where dossier_id = $1 and kind = 'refusal-late'`,
        [id],
      )
      expect(late).toEqual(findings)
    },
  )

  it('with another case is refused: that is another application', async () => {
    const id = await received(scene)
    await waiting(id)
    const [{ form_data } = { form_data: {} }] = await scene.sql<{ form_data: object }>(
      'select form_data from dossier where id = $1',
      [id],
    )
    const refused = await citizen
      .post(`/api/dossiers/${id}/supplement`)
      .send({ papers: [], formData: { ...form_data, buildingKind: 'other' } })
    expect([refused.status, refused.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ['formData.buildingKind'],
    ])
    expect(await requests(id)).toMatchObject([{ outcome: null }])
  })

  it('answered while the engine is away, the applicant held it until then', async () => {
    const id = await received(scene)
    await asked(id)
    await scene.does('motcua.x01', id, 'SendSupplement', 'sent')
    scene.goTo('2026-11-05 20:00')
    expect((await answers(id)).status).toBe(200)
    await scene.opens(id, 'AwaitSupplement')
    await scene.opens(id, 'ReceiveSupplement')
    expect(await line(id)).toMatchObject([
      { element_id: 'ReceiveSupplement', on_behalf: 'holder', from_at: at('2026-11-05 20:00') },
      { element_id: 'AwaitSupplement', on_behalf: 'applicant' },
    ])
  })

  it('a notice, then guidance; beyond that the leader’s written reason, and a finding', async () => {
    const id = await received(scene)
    for (const stage of ['notice', 'guidance']) {
      await waiting(id)
      expect((await requests(id)).at(-1)).toMatchObject({ stage, reason: '' })
      expect((await answers(id)).status).toBe(200)
      await scene.does('motcua.x01', id, 'ReceiveSupplement', 'received')
    }
    expect(await scene.findings(id)).toEqual([])
    expect(await refusal(asked(id))).toMatchObject({ status: 422, fields: ['data.reason'] })
    const { id: approve } = await scene.task(id, 'ApproveSupplement')
    await scene.decides('truongphong.x01', approve, {
      outcome: 'approved',
      data: { reason: 'Bản vẽ mới lại sai' },
    })
    expect(await scene.findings(id)).toEqual(['supplement-beyond-max'])
    expect((await requests(id)).at(-1)).toMatchObject({ round: 3, reason: 'Bản vẽ mới lại sai' })
  })

  it('sent back and drafted again it is the same request', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement', { reason: 'Thiếu' })
    await scene.does('chuyenvien.x01', id, 'DraftSupplement', 'drafted', { items })
    await scene.does('truongphong.x01', id, 'ApproveSupplement', 'sent-back', { reason: 'Ghi rõ hơn' })
    await asked(id)
    expect(await requests(id)).toHaveLength(1)
  })

  it('a paper that the procedure does not have cannot be asked for', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement', { reason: 'Thiếu' })
    const odd = scene.does('chuyenvien.x01', id, 'DraftSupplement', 'drafted', {
      items: [...items, { paperKey: 'passport', text: 'Hộ chiếu', reason: 'Thiếu' }],
    })
    expect(await refusal(odd)).toMatchObject({ status: 422, fields: ['data.items.1.paperKey'] })
  })
})

it('an apology in the making is void once a supplement is asked for, and says why', async () => {
  const id = await received(scene)
  await asked(id)
  await scene.opens(id, 'SendSupplement')
  scene.goTo('2026-11-10 09:00')
  await scene.rings(id)
  const { id: send } = await scene.task(id, 'SendSupplement')
  await scene.decides('motcua.x01', send, { outcome: 'sent' })
  const [letter] = await scene.sql(
    `select state, void_reason from letter where dossier_id = $1 and kind = 'apology'`,
    [id],
  )
  expect(letter).toEqual({ state: 'void', void_reason: 'Đã yêu cầu bổ sung: thời hạn được tính lại' })
})

describe('the end of the wait', () => {
  it('at the same instant the first wins: the answer', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(request!.wait_until)
    expect((await answers(id)).status).toBe(200)
    await scene.rings(id)
    expect((await requests(id))[0]!.outcome).toBe('submitted')
    expect(await completesWait(id)).toEqual([{ outcome: 'submitted' }])
  })

  it('at the same instant the first wins: the end', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(request!.wait_until)
    await scene.rings(id)
    const late = await answers(id)
    expect([late.status, late.body.type]).toEqual([409, 'urn:mot-cua:wait-over'])
    expect(await completesWait(id)).toEqual([{ outcome: 'expired' }])
  })

  it('is its instant, however late somebody looked: the applicant’s time ends there', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(new Date(request!.wait_until.getTime() + 64 * 3_600_000))
    await scene.rings(id)
    const [held] = await scene.sql(
      `select to_at from holding where dossier_id = $1 and element_id = 'AwaitSupplement'`,
      [id],
    )
    expect(held).toEqual({ to_at: request!.wait_until })
    const [wait] = await scene.sql('select outcome, outcome_at from wait where subject_id = $1', [id])
    expect(wait).toEqual({ outcome: 'expired', outcome_at: request!.wait_until })
  })

  it('both at once: one outcome, whoever it is', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(request!.wait_until)
    const [answer] = await Promise.all([answers(id), scene.rings(id)])
    const { outcome } = (await requests(id))[0]!
    expect(answer.status).toBe(outcome === 'submitted' ? 200 : 409)
    expect(await completesWait(id)).toEqual([{ outcome }])
  })

  it('an answer after the end is late even if the alarm has not run', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(new Date(request!.wait_until.getTime() + 1))
    expect((await answers(id)).status).toBe(409)
    await scene.rings(id)
    expect((await requests(id))[0]!.outcome).toBe('expired')
  })

  const reminded = async (id: string) =>
    (
      await scene.sql<{ created_at: Date }>(
        `select created_at from notification where dossier_id = $1 and key like 'supplement-reminder/%' order by 1`,
        [id],
      )
    ).map((row) => row.created_at)

  it('the applicant is reminded after half of the wait and three working days before its end, each once', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-04 10:00')
    await waiting(id)
    const alarms = await scene.sql<{ at: Date }>(
      `select at from alarm where dossier_id = $1 and kind = 'reminder' order by at`,
      [id],
    )
    // Asked on 4/11, 30 days end on Friday 4/12; the half falls on 19/11.
    expect(alarms.map((alarm) => alarm.at)).toEqual([at('2026-11-19 07:30'), at('2026-12-01 07:30')])
    for (const moment of ['2026-11-19 07:30', '2026-12-01 07:30', '2026-12-01 08:00']) {
      scene.goTo(moment)
      await scene.rings(id)
    }
    expect(await reminded(id)).toEqual([at('2026-11-19 07:30'), at('2026-12-01 07:30')])
    const history = await scene.as('congdan', (tx) => historyOf(tx, id, false))
    expect(history.filter(({ act }) => act === 'supplement.reminded')).toHaveLength(2)
  })

  it('who has answered is not reminded', async () => {
    const id = await received(scene)
    await waiting(id)
    expect((await answers(id)).status).toBe(200)
    scene.goTo('2026-12-01 07:30')
    await scene.rings(id)
    expect(await reminded(id)).toEqual([])
  })

  it('nobody answered: the dossier is closed with a letter, and nothing of it runs any more', async () => {
    const id = await received(scene)
    await waiting(id)
    const [request] = await requests(id)
    scene.clock.set(request!.wait_until)
    await scene.rings(id)
    await scene.act((tx) =>
      letterIssue.run(tx, {
        key: '1',
        epoch: 1,
        subjectId: id,
        dossierId: id,
        elementId: 'CloseDossier',
        visit: 1,
        instanceKey: '1',
        variables: { dossierId: id },
        headers: { letter: 'closing' },
        retries: 3,
      }),
    )
    const [dossier] = await scene.sql('select state from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'closed' })
    // The time was the applicant's: closed after its date, the dossier is not late.
    const { body } = await citizen.get(`/api/dossiers/${id}`).expect(200)
    expect({ state: body.state, late: body.late }).toEqual({ state: 'closed', late: false })
    expect(await scene.sql('select from clock where dossier_id = $1 and ended_at is null', [id])).toEqual([])
    expect(await scene.sql('select from holding where dossier_id = $1 and to_at is null', [id])).toEqual([])
    const [letter] = await scene.sql<{ id: string; reason: string }>(
      `select id, reason from letter where dossier_id = $1 and kind = 'closing'`,
      [id],
    )
    await scene.does('chuyenvien.x01', letter!.id, 'Draft', 'drafted')
    await scene.does('truongphong.x01', letter!.id, 'Initial', 'initialled')
    await scene.does('chutich.x01', letter!.id, 'Sign', 'signed')
    await scene.does('vanthu.x01', letter!.id, 'Number', 'numbered')
    await scene.does('motcua.x01', letter!.id, 'Send', 'sent')
    const [sent] = await scene.sql('select state, reason from letter where id = $1', [letter!.id])
    expect(sent).toEqual({ state: 'delivered', reason: '' })
  })
})

it('what the applicant’s record answers is as fixed in a supplement as at filing; what stands there may stay', async () => {
  const { formData } = examples.house
  const named = (name: unknown) =>
    scene.sql('update person set full_name = $2 where id = $1', [personId('congdan'), name])
  await withPrefills(scene, '1.013225', { ownerName: 'fullName', contactAddress: 'address' })
  await named(formData.ownerName)
  const id = await received(scene)
  await waiting(id)
  await named('Lê Văn Sổ')
  const sends = (changes: object) =>
    citizen.post(`/api/dossiers/${id}/supplement`).send({ papers: [], formData: { ...formData, ...changes } })
  const refused = await sends({ ownerName: 'Người khác' })
  expect([refused.status, refused.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
    422,
    ['formData.ownerName'],
  ])
  expect((await sends({ contactAddress: 'Thôn 3, Xã Mẫu' })).status).toBe(200)
  const [dossier] = await scene.sql('select form_data from dossier where id = $1', [id])
  expect(dossier).toMatchObject({
    form_data: { ownerName: formData.ownerName, contactAddress: 'Thôn 3, Xã Mẫu' },
  })
})
