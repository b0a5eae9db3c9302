import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { answerHandover } from '../../../src/handover/answer.ts'
import { giveHandover } from '../../../src/handover/give.ts'
import { handoverPage, handoverRow, handoverRows, readyToHandOver } from '../../../src/handover/read-model.ts'
import { handoverRoutes } from '../../../src/handover/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { handOverMany } from '../../../src/tasks/bulk-hand-over.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { textOf } from '../../unit/letters/read-pdf.ts'
import { checks, consent, lineOf, receivedOnPaper, unitId } from '../counter/scene.ts'
import { at, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
let oneStop: string
let office: string
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  oneStop = await unitId(scene, 'T00.X01.MC')
  office = await unitId(scene, 'T00.X01.KT')
})
afterAll(() => scene.close())
beforeEach(() => scene.goTo('2026-11-02 09:10'))

const gives = (dossierIds: string[], login = 'motcua.x01', to = office) =>
  scene.as(login, (tx) =>
    giveHandover(tx, { giverUnitId: oneStop, receiverUnitId: to, dossierIds, note: '' }),
  )
const answers = (
  id: string,
  received: string[],
  refused: { dossierId: string; reason: string }[] = [],
  login = 'truongphong.x01',
) => scene.as(login, (tx) => answerHandover(tx, scene.services, id, { received, refused }))
const ready = async (dossierId: string) =>
  (await scene.as('motcua.x01', readyToHandOver)).groups
    .flatMap((group) => group.dossiers)
    .find((one) => one.dossierId === dossierId)
/** Read back without its blanks, which lie where the lines broke. */
const squeezed = (words: string) => words.replaceAll(' ', '')
const online = async () => {
  const { id } = await scene.file()
  await scene.does('motcua.x01', id, 'Receive', 'received')
  await scene.opens(id, 'Assign')
  return id
}

describe('papers', () => {
  it('are the one-stop’s until the unit signs, and the unit’s from that minute', async () => {
    const { id } = await receivedOnPaper(scene)
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      code: 'T00.X01.MC',
      element_id: 'Receive',
      step: 'Chờ bàn giao hồ sơ giấy',
      mine: true,
    })
    scene.goTo('2026-11-02 10:00')
    const given = await gives([id])
    expect(given.number).toMatch(/^\d\d\/BBBG-BPTNTKQ$/)
    expect((await lineOf(scene, id)).at(-1)!.code).toBe('T00.X01.MC')
    scene.goTo('2026-11-02 10:30')
    await answers(given.id, [id])
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      code: 'T00.X01.KT',
      element_id: 'Assign',
      from_at: at('2026-11-02 10:30'),
      person_id: null,
    })
    expect(await ready(id)).toBeUndefined()
  })

  it('whose unit takes the work in hand before it signs are its own from that act', async () => {
    const { id } = await receivedOnPaper(scene)
    scene.goTo('2026-11-02 11:00')
    await scene.decides('truongphong.x01', (await scene.task(id, 'Assign')).id, {
      outcome: 'assigned',
      data: { personId: personId('chuyenvien.x01') },
    })
    const line = await lineOf(scene, id)
    expect(line.map(({ code, element_id }) => `${code} ${element_id}`).slice(-3)).toEqual([
      'T00.X01.MC Receive',
      'T00.X01.KT Assign',
      'T00.X01.KT ',
    ])
    expect(line.at(-2)).toMatchObject({
      from_at: at('2026-11-02 11:00'),
      person_id: personId('truongphong.x01'),
    })
  })

  it('all of which went back to the applicant need no signature: the unit holds the dossier from reception', async () => {
    const back = { kept: false, state: 'scanned' }
    const { id } = await receivedOnPaper(scene, {
      counter: { consent, checks: checks({ application: back, land: back, drawings: back }) },
    })
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({ code: 'T00.X01.KT', element_id: 'Assign' })
    expect(await ready(id)).toMatchObject({ medium: 'electronic', pages: 0 })
  })

  it('refused once with a reason stay where they are; the second time they must be taken', async () => {
    const { id } = await receivedOnPaper(scene)
    const first = await gives([id])
    await answers(first.id, [], [{ dossierId: id, reason: 'Thiếu trang 3 của bản vẽ' }])
    expect((await lineOf(scene, id)).at(-1)!.code).toBe('T00.X01.MC')
    expect(await ready(id)).toMatchObject({ refusedBefore: 'Thiếu trang 3 của bản vẽ' })
    const second = await gives([id])
    const no = await refusal(answers(second.id, [], [{ dossierId: id, reason: 'Vẫn chưa muốn nhận' }]))
    expect(no).toMatchObject({ status: 422, fields: [`items.${id}`] })
    expect(no.messages.join()).toMatch(/đã bị từ chối bàn giao một lần/)
    await answers(second.id, [id])
    expect((await lineOf(scene, id)).at(-1)!.code).toBe('T00.X01.KT')
  })
})

describe('an electronic dossier', () => {
  it('is the unit’s from sending; refused it is the one-stop’s again at that minute, until it is given anew', async () => {
    const id = await online()
    expect((await lineOf(scene, id)).at(-1)!.code).toBe('T00.X01.KT')
    const first = await gives([id])
    scene.goTo('2026-11-02 09:40')
    await answers(first.id, [], [{ dossierId: id, reason: 'Không thuộc thẩm quyền của phòng' }])
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      code: 'T00.X01.MC',
      step: 'Bị từ chối bàn giao, một cửa xử lý lại',
      from_at: at('2026-11-02 09:40'),
    })
    scene.goTo('2026-11-02 10:20')
    await gives([id])
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      code: 'T00.X01.KT',
      element_id: 'Assign',
      from_at: at('2026-11-02 10:20'),
    })
  })
})

describe('the line of holders', () => {
  it('has neither gap nor overlap over refusals and signatures', async () => {
    const { id } = await receivedOnPaper(scene)
    const first = await gives([id])
    scene.goTo('2026-11-02 09:30')
    await answers(first.id, [], [{ dossierId: id, reason: 'Thiếu chữ ký' }])
    scene.goTo('2026-11-02 10:00')
    const second = await gives([id])
    scene.goTo('2026-11-02 10:30')
    await answers(second.id, [id])
    const rows = await scene.sql<{ from_at: Date; to_at: Date | null }>(
      `select from_at, to_at from holding where dossier_id = $1 and track = 'accountable' order by seq`,
      [id],
    )
    for (const [n, row] of rows.slice(1).entries()) expect(row.from_at).toEqual(rows[n]!.to_at)
    expect(rows.at(-1)!.to_at).toBeNull()
  })
})

describe('when it must be handed over', () => {
  it.each([
    ['2026-11-02 15:00', '2026-11-02 17:00'],
    ['2026-11-02 15:01', '2026-11-03 07:30'],
    ['2026-11-06 15:01', '2026-11-09 07:30'],
  ])('received at %s: by %s', async (receivedAt, dueAt) => {
    scene.goTo(receivedAt)
    const { id } = await receivedOnPaper(scene)
    expect(await ready(id)).toMatchObject({ dueAt: at(dueAt).toISOString(), late: false })
    scene.goTo('2026-11-09 08:00')
    expect(await ready(id)).toMatchObject({ late: true })
  })
})

describe('the minutes', () => {
  it('say by both names what was taken and what was not, and are kept from the receiver’s signature on', async () => {
    const one = await receivedOnPaper(scene)
    const two = await receivedOnPaper(scene)
    const { id } = await gives([one.id, two.id])
    const agent = await loggedIn(testApp(scene.db, handoverRoutes(scene.services)), 'truongphong.x01')
    const pdf = () => whole(agent.get(`/api/handovers/${id}/pdf`)).expect(200)
    const draft = await textOf((await pdf()).body)
    expect(draft).toContain(one.code)
    expect(draft).not.toContain(squeezed('Đã nhận'))
    scene.goTo('2026-11-02 10:30')
    await agent
      .post(`/api/handovers/${id}/answer`)
      .send({ received: [one.id], refused: [{ dossierId: two.id, reason: 'Bản vẽ mờ' }] })
      .expect(204)
    const signed = (await pdf()).body
    const text = await textOf(signed)
    expect(text).toContain(squeezed('Đã nhận'))
    expect(text).toContain(squeezed('Bản vẽ mờ'))
    expect(text).toContain(squeezed('Đã ký trên hệ thống 10:30 02/11/2026'))
    expect((await pdf()).body.equals(signed)).toBe(true)
    await scene.sql('update handover_item set reason = $2 where handover_id = $1 and state = $3', [
      id,
      'đổi',
      'refused',
    ])
    expect((await pdf()).body.equals(signed)).toBe(true)
  })

  it('are answered once: whoever comes second is told by whom', async () => {
    const { id } = await receivedOnPaper(scene)
    const given = await gives([id])
    await answers(given.id, [id])
    expect(await refusal(answers(given.id, [id]))).toMatchObject({ status: 409, type: 'handover-answered' })
  })

  it('answer every dossier: what is neither received nor refused is named', async () => {
    const { id } = await receivedOnPaper(scene)
    const given = await gives([id])
    expect((await refusal(answers(given.id, []))).fields).toEqual([`items.${id}`])
  })

  it('hold a dossier once: a second batch with it names the first', async () => {
    const { id } = await receivedOnPaper(scene)
    const { number } = await gives([id])
    const no = await refusal(gives([id]))
    expect(no).toMatchObject({ status: 422, fields: [`dossierIds.${id}`] })
    expect(no.messages.join()).toContain(number)
  })

  it('two clerks at once: one batch has it', async () => {
    const { id } = await receivedOnPaper(scene)
    const both = await Promise.allSettled([gives([id]), gives([id])])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('are numbered without a gap, also when a batch was refused', async () => {
    const one = await receivedOnPaper(scene)
    const first = Number((await gives([one.id])).number.slice(0, 2))
    await gives([one.id]).catch(() => undefined)
    const two = await receivedOnPaper(scene)
    expect(Number((await gives([two.id])).number.slice(0, 2))).toBe(first + 1)
  })

  it.each(['motcua.x02', 'chuyenvien.s02', 'congdan', 'phantich'])(
    '%s neither reads nor signs them',
    async (login) => {
      const { id } = await receivedOnPaper(scene)
      const given = await gives([id])
      expect(await scene.as(login, (tx) => handoverRow(tx, given.id))).toBeUndefined()
      expect((await refusal(answers(given.id, [id], [], login))).status).toBe(404)
      expect((await refusal(gives([id], login))).status).toBe(403)
    },
  )

  it('the giver does not sign for the receiver', async () => {
    const { id } = await receivedOnPaper(scene)
    const given = await gives([id])
    expect((await refusal(answers(given.id, [id], [], 'motcua.x01'))).status).toBe(404)
    const row = await scene.as('motcua.x01', (tx) => handoverRow(tx, given.id))
    expect((await scene.as('motcua.x01', (tx) => handoverPage(tx, row!))).canAnswer).toBe(false)
    expect((await scene.as('truongphong.x01', handoverRows)).map((one) => one.id)).toContain(given.id)
  })
})

describe('behind five hundred others, which have waited longer,', () => {
  const key = (id: string) => `md5(${id}::text || n)::uuid`
  /** Rows of a dossier once more, 500 times, with ids of their own. */
  const again = (table: string, where: string, ids: string[], changes: string[], from: string) =>
    scene.sql(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(
         ${[...ids.flatMap((id) => [`'${id}'`, key(`t.${id}`)]), ...changes].join(', ')}))).*
         from ${table} t, generate_series(1, 500) n where t.${where} = $1`,
      [from],
    )

  it('a dossier goes on minutes all the same, from its page and from the list', async () => {
    const { id: first } = await receivedOnPaper(scene)
    await again('dossier', 'id', ['id'], [`'code'`, `t.code || '-' || n`], first)
    await again('subject', 'id', ['id'], [], first)
    const keyed = [`'engine_key'`, `t.engine_key || '-' || n`]
    await again('task', 'dossier_id', ['id', 'subject_id', 'dossier_id'], keyed, first)
    await again('decision', 'dossier_id', ['id', 'task_id', 'dossier_id'], [], first)
    scene.goTo('2026-11-02 10:00')
    const [listed, given] = [await receivedOnPaper(scene), await receivedOnPaper(scene)]
    const { id: taskId } = await scene.task(listed.id, 'Receive')
    const lines = await scene.as('motcua.x01', (tx) => handOverMany(tx, [taskId]))
    const { number } = await gives([given.id])
    expect(lines.get(taskId)).toMatchObject({ minutes: { number: expect.stringMatching(/BBBG/) } })
    expect(number).toMatch(/BBBG/)
  })
})
