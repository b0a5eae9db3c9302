import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { contactOf } from '../../../src/counter/contact.ts'
import { listen } from '../../../src/database/listen.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { JobIncident } from '../../../src/engine/index.ts'
import { factsOf } from '../../../src/events/visible.ts'
import { groupGoesOn, groupStands } from '../../../src/groups/clock.ts'
import { partFinished } from '../../../src/groups/finish.ts'
import { frameOf } from '../../../src/letters/compose.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { taskRoutes } from '../../../src/tasks/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { numbered } from '../births/births.ts'
import { at, overlapping, refusal, type Scene, setScene } from '../dossiers/scene.ts'
import {
  decidesPart,
  openParts,
  part,
  reaches,
  received,
  registersBirth,
  returns,
  runOpen,
  withOthers,
  worksOn,
} from './groups.ts'

jest.setTimeout(60_000)

let scene: Scene
let as: (login: string) => ReturnType<typeof loggedIn>
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  const app = testApp(scene.db, [...dossierRoutes(scene.services), ...taskRoutes(scene.services)])
  as = (login) => loggedIn(app, login)
})
afterAll(() => scene.close())

const dossier = async (id: string) => {
  const [row] = await scene.sql<{
    state: string
    result: string | null
    due_at: Date
    finished_at: Date | null
    returned_at: Date | null
    reappointed_due_at: Date | null
  }>(
    'select state, result, due_at, finished_at, returned_at, reappointed_due_at from dossier where id = $1',
    [id],
  )
  return row!
}
/** An act on a part takes effect, as the release of a decision would have it. */
const onPart = (id: string, work: (tx: Tx, part: Dossier) => Promise<void>) => async (tx: Tx) => {
  const system = { ...tx, em: asSystem(tx.em, 'test') }
  const one = await system.em.findOneOrFail(Dossier, { id })
  await work(system, one)
  await system.em.flush()
}
const outcome = async (groupId: string, element: string) => {
  const [row] = await scene.sql<{ outcome: string | null }>(
    'select outcome from wait where subject_id = $1 and element_id = $2',
    [groupId, element],
  )
  return row?.outcome ?? null
}
const contact = (id: string) => scene.act((tx) => contactOf(tx.sql, id))
const letters = (id: string) =>
  scene.act((tx) =>
    asSystem(tx.em, 'test').find(Letter, { dossierId: id }, { orderBy: { draftedAt: 'asc' }, refresh: true }),
  )

describe('opening the parts', () => {
  it('one receipt names the group; the birth is opened at that instant with a code and a date of its own', async () => {
    const group = await received(scene, '2026-11-02 09:10')
    const [receipt] = await letters(group)
    expect(receipt?.data.group).toEqual([
      { name: 'Đăng ký khai sinh', agency: 'UBND cấp xã', limit: 'trong ngày' },
      { name: 'Đăng ký thường trú', agency: 'Công an cấp xã', limit: '2 ngày làm việc' },
      { name: 'Cấp thẻ BHYT', agency: 'Bảo hiểm xã hội', limit: '2 ngày làm việc' },
    ])
    expect((await dossier(group)).due_at).toEqual(at('2026-11-05 17:00'))
    scene.goTo('2026-11-02 09:30')
    await openParts(scene, group, 'OpenBirth')
    const birth = await part(scene, group, 'birth')
    expect(birth).toMatchObject({
      state: 'processing',
      // The act's instant, not the machine's.
      received_at: at('2026-11-02 09:10'),
      due_at: at('2026-11-02 17:00'),
    })
    expect(birth.code).toMatch(/^T00\.X01-261102-\d{4}$/)
    expect(birth.form_data).toMatchObject({ birthKind: 'ordinary', childName: 'Nguyễn Mẫu Minh Anh' })
    await expect(part(scene, group, 'residence')).rejects.toThrow('no part residence')
    const papers = await scene.sql('select paper_key from document where dossier_id = $1', [birth.id])
    expect(papers).toEqual([{ paper_key: 'birthProof' }])
  })

  it('asked twice, also at the same moment, opens each part once', async () => {
    const group = await received(scene)
    await overlapping(scene, runOpen(group, 'OpenBirth'), runOpen(group, 'OpenBirth'))
    await scene.act(runOpen(group, 'OpenBirth'))
    const parts = await scene.sql<{ id: string }>('select id from dossier where parent_id = $1', [group])
    expect(parts).toHaveLength(1)
    const starts = (await scene.commands(parts[0]!.id)).filter(({ kind }) => kind === 'start')
    expect(starts).toHaveLength(1)
  })

  it('a part’s own reception asks nobody: the group was received', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    const { id } = await part(scene, group, 'birth')
    await scene.opens(id, 'Receive')
    expect(await scene.sql('select from task where dossier_id = $1', [id])).toEqual([])
    const completed = (await scene.commands(id)).filter(({ kind }) => kind === 'complete-task')
    expect(completed.map(({ payload }) => payload.variables)).toEqual([{ outcome: 'received' }])
  })

  it('residence and insurance follow the birth, with its number, from the instant of its result', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    await expect(scene.act(runOpen(group, 'OpenOthers'))).rejects.toThrow(/"residence" follows "birth"/)
    await scene.sql(
      `insert into dossier_contact (dossier_id, email, phone, address)
       values ($1, 'giay@example.test', '0912000111', 'Tổ 9, Phường Tân Mẫu')`,
      [group],
    )
    await registersBirth(scene, group, '2026-11-02 14:00')
    expect(await outcome(group, 'AwaitBirth')).toBe('results')
    scene.goTo('2026-11-02 16:00')
    await openParts(scene, group, 'OpenOthers')
    const [residence, insurance] = [
      await part(scene, group, 'residence'),
      await part(scene, group, 'insurance'),
    ]
    expect(residence).toMatchObject({ received_at: at('2026-11-02 14:00'), due_at: at('2026-11-04 17:00') })
    expect(residence.form_data).toMatchObject({ registrant: 'child', personalNumber: '000326000009' })
    expect(insurance).toMatchObject({ due_at: at('2026-11-04 17:00') })
    expect(insurance.form_data).toMatchObject({ personalNumber: '000326000009' })
    expect(new Set([residence.code, insurance.code]).size).toBe(2)
    // What the group's paper gives as contact is theirs too.
    const written = { email: 'giay@example.test', phone: '0912000111', address: 'Tổ 9, Phường Tân Mẫu' }
    for (const { id } of [residence, insurance]) {
      expect(await contact(id)).toMatchObject(written)
      // Their letters print it, and their messages go there.
      const frame = await scene.act(async (tx) =>
        frameOf(tx, await asSystem(tx.em, 'test').findOneOrFail(Dossier, { id })),
      )
      expect(frame.applicant).toMatchObject(written)
      const [told] = await scene.sql<{ addresses: string[] }>(
        `select array[address, also_address] as addresses from notification where key = 'received/' || $1::text`,
        [id],
      )
      expect(told?.addresses).toContain(written.email)
    }
  })

  it('what the applicant corrects in the birth is what the next parts are written from', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    const { id } = await part(scene, group, 'birth')
    await registersBirth(scene, group, '2026-11-02 14:00', { childName: 'Nguyễn Mẫu Minh Ánh' })
    await openParts(scene, group, 'OpenOthers')
    expect((await letters(id)).find(({ kind }) => kind === 'result')!.data).toMatchObject({
      child: { name: 'Nguyễn Mẫu Minh Ánh' },
    })
    expect((await part(scene, group, 'residence')).form_data.personName).toBe('Nguyễn Mẫu Minh Ánh')
    expect((await part(scene, group, 'insurance')).form_data.childName).toBe('Nguyễn Mẫu Minh Ánh')
  })

  it('a part that cannot be opened holds no other back, and counts from the day on which it can', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    await registersBirth(scene, group, '2026-11-02 14:00')
    // What the police's form asks for is missing until somebody mends it.
    const householdHead = (value: string) =>
      scene.sql(
        `update dossier set form_data = form_data || jsonb_build_object('householdHead', $2::text) where id = $1`,
        [group, value],
      )
    await householdHead('')
    const failed = await worksOn(scene, group, 'OpenOthers').catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(JobIncident)
    expect(String(failed)).toMatch(/"residence": the form of 1\.004222 .*householdHead/)
    expect(await part(scene, group, 'insurance')).toMatchObject({ due_at: at('2026-11-04 17:00') })
    await expect(part(scene, group, 'residence')).rejects.toThrow('no part residence')
    await householdHead('Nguyễn Văn Mẫu Nam')
    scene.goTo('2026-11-05 09:00')
    await worksOn(scene, group, 'OpenOthers')
    expect(await part(scene, group, 'residence')).toMatchObject({
      received_at: at('2026-11-05 09:00'),
      due_at: at('2026-11-09 17:00'),
    })
    expect(await scene.findings(group)).toEqual(['part-opened-late'])
  })

  it('after 15:00 a part and the group count from the next working day, at 15:00 they do not', async () => {
    const late = await received(scene, '2026-11-06 15:01')
    expect((await dossier(late)).due_at).toEqual(at('2026-11-12 17:00'))
    const just = await received(scene, '2026-11-06 15:00')
    expect((await dossier(just)).due_at).toEqual(at('2026-11-11 17:00'))
    await openParts(scene, just, 'OpenBirth')
    await registersBirth(scene, just, '2026-11-06 16:00')
    await openParts(scene, just, 'OpenOthers')
    expect((await part(scene, just, 'residence')).due_at).toEqual(at('2026-11-11 17:00'))
  })
})

describe('the end of a group', () => {
  it('comes with its last part: then its clock ends, and the notice names each result', async () => {
    const group = await withOthers(scene)
    await decidesPart(scene, group, 'residence', '2026-11-03 10:00')
    expect(await outcome(group, 'AwaitOthers')).toBeNull()
    expect((await dossier(group)).state).toBe('processing')
    await decidesPart(scene, group, 'insurance', '2026-11-04 11:00')
    expect(await outcome(group, 'AwaitOthers')).toBe('all-finished')
    expect(await dossier(group)).toMatchObject({
      state: 'done',
      result: 'granted',
      finished_at: at('2026-11-04 11:00'),
    })
    scene.goTo('2026-11-04 14:00')
    await scene.does('motcua.x01', group, 'NotifyGroup', 'notified')
    expect(await dossier(group)).toMatchObject({ state: 'returned', returned_at: at('2026-11-04 14:00') })
    const notice = (await letters(group)).at(-1)!
    expect(notice).toMatchObject({ kind: 'result', template: 'group', state: 'delivered' })
    expect(notice.numberText).toMatch(/^\d+\/TBLT-/)
    expect(notice.data.parts).toMatchObject([
      { outcome: 'đã giải quyết, có kết quả', number: expect.stringMatching(/GKS/) },
      { agency: 'Công an Phường Tân Mẫu (minh họa)', number: expect.any(String) },
      { agency: 'Bảo hiểm xã hội Tỉnh mẫu (minh họa)' },
    ])
    // The partial results are handed over with their own dossiers, before or after.
    await returns(scene, (await part(scene, group, 'residence')).id)
    expect(await part(scene, group, 'residence')).toMatchObject({ state: 'returned' })
  })

  it('a part refused stops no other: the group ends in part', async () => {
    const group = await withOthers(scene)
    await decidesPart(scene, group, 'residence', '2026-11-03 10:00', 'denied')
    expect((await dossier(group)).state).toBe('processing')
    await decidesPart(scene, group, 'insurance', '2026-11-03 11:00')
    expect(await dossier(group)).toMatchObject({ state: 'done', result: 'partial' })
  })

  it('two last parts at the same moment end it once, when the later of them was done', async () => {
    const group = await withOthers(scene)
    const finish = (id: string, when: string) =>
      onPart(id, async (tx, one) => {
        one.finishedAt = at(when)
        one.result = 'granted'
        await partFinished(tx, one, { at: at(when), by: null })
      })
    const [residence, insurance] = [
      await reaches(scene, group, 'residence'),
      await reaches(scene, group, 'insurance'),
    ]
    // The first to leave the desk was done last.
    await overlapping(scene, finish(residence, '2026-11-03 10:00'), finish(insurance, '2026-11-03 09:59'))
    expect(await outcome(group, 'AwaitOthers')).toBe('all-finished')
    const ended = { state: 'done', result: 'granted', finished_at: at('2026-11-03 10:00') }
    expect(await dossier(group)).toMatchObject(ended)
  })

  it('without the birth nothing follows: the others are never opened, and the notice says so', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    const birth = await reaches(scene, group, 'birth')
    await scene.does('hotich.x01', birth, 'DraftRefusal', 'drafted', { reason: 'Đã đăng ký ở nơi khác' })
    await scene.does('chutich.x01', birth, 'SignRefusal', 'signed')
    await scene.does('vanthu.x01', birth, 'NumberResult', 'numbered')
    expect(await outcome(group, 'AwaitBirth')).toBe('no-result')
    expect(await dossier(group)).toMatchObject({ state: 'done', result: 'denied' })
    await scene.does('motcua.x01', group, 'NotifyGroup', 'notified')
    expect((await letters(group)).at(-1)!.data.parts).toMatchObject([
      { outcome: 'không đủ điều kiện, có văn bản từ chối' },
      { outcome: 'không thực hiện vì thủ tục trước không có kết quả' },
      { outcome: 'không thực hiện vì thủ tục trước không có kết quả' },
    ])
  })
})

describe('stopping', () => {
  const asks = async (login: string, id: string) =>
    (await as(login)).post(`/api/dossiers/${id}/withdrawal`).send({ reason: 'Đổi ý' })

  it('a part cannot be withdrawn alone, by the applicant or the counter', async () => {
    const group = await withOthers(scene)
    const { id } = await part(scene, group, 'residence')
    expect((await asks('congdan', id)).status).toBe(404)
    expect((await asks('motcua.x01', id)).status).toBe(404)
    const page = await (await as('congdan')).get(`/api/dossiers/${id}`).expect(200)
    expect(page.body.can.withdraw).toBe(false)
  })

  /** The certificate or decision is signed; its number is still to come. */
  const signs = (id: string) =>
    scene.act(async (tx) => {
      const em = asSystem(tx.em, 'test')
      const one = await em.findOneOrFail(Letter, { dossierId: id, kind: 'result' })
      one.state = 'signed'
      await em.flush()
    })
  /** Answers what the panel said of the group before the clerk decided. */
  const stops = async (group: string) => {
    const { body } = await asks('congdan', group)
    await scene.opens(body.id, 'Check')
    const { id } = await scene.task(body.id, 'Check')
    const page = await (await as('motcua.x01')).get(`/api/tasks/${id}`).expect(200)
    await scene.decides('motcua.x01', id, { outcome: 'stopped' })
    return page.body.stop
  }
  const kinds = async (id: string) => (await letters(id)).map(({ kind }) => kind)

  it('with nothing decided the group ends with its open part, and one letter says so', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    const birth = await reaches(scene, group, 'birth')
    scene.goTo('2026-11-02 10:00')
    expect(await stops(group)).toMatchObject({ reason: 'Đổi ý', ends: 'whole', decided: [] })
    expect(await dossier(group)).toMatchObject({ state: 'withdrawn', result: null })
    expect((await dossier(birth)).state).toBe('withdrawn')
    expect(await kinds(group)).toEqual(['receipt', 'stop'])
  })

  it('a part decided goes on: the others end, and the group with the last of them and its notice', async () => {
    const group = await withOthers(scene)
    const residence = await reaches(scene, group, 'residence')
    await scene.does('chuyenvien.a01', residence, 'Check', 'approved')
    const insurance = await reaches(scene, group, 'insurance')
    await signs(residence)
    const { code } = await part(scene, group, 'residence')
    expect(await stops(group)).toMatchObject({
      ends: 'rest',
      decided: [{ name: { vi: 'Đăng ký khai sinh' } }, { code, name: { vi: 'Đăng ký thường trú' } }],
    })
    expect(await dossier(insurance)).toMatchObject({ state: 'withdrawn', result: null })
    expect((await scene.commands(insurance)).at(-1)!.kind).toBe('cancel')
    expect((await scene.commands(group)).map(({ kind }) => kind)).not.toContain('cancel')
    expect((await dossier(residence)).state).toBe('processing')
    expect(await dossier(group)).toMatchObject({ state: 'processing', finished_at: null })
    // There is nothing left that could be stopped.
    const again = await asks('congdan', group)
    expect(await refusal(scene.does('motcua.x01', again.body.id, 'Check', 'stopped'))).toMatchObject({
      type: 'already-finished',
    })
    const { id: check } = await scene.task(again.body.id, 'Check')
    const { body } = await (await as('motcua.x01')).get(`/api/tasks/${check}`).expect(200)
    expect(body.stop).toMatchObject({ ends: 'nothing', decided: [] })
    await scene.act(
      onPart(residence, async (tx, one) => {
        one.finishedAt = at('2026-11-03 10:00')
        one.result = 'granted'
        await partFinished(tx, one, { at: at('2026-11-03 10:00'), by: null })
      }),
    )
    expect(await dossier(group)).toMatchObject({ state: 'done', result: 'partial' })
    await scene.does('motcua.x01', group, 'NotifyGroup', 'notified')
    // Form 05 would say that nothing was decided.
    expect(await kinds(group)).toEqual(['receipt', 'result'])
    expect((await letters(group)).at(-1)!.data.parts).toMatchObject([
      { outcome: 'đã giải quyết, có kết quả' },
      { outcome: 'đã giải quyết, có kết quả' },
      { outcome: 'đã dừng theo đề nghị của người nộp' },
    ])
  })

  it('a birth in the register is decided: stopped then, the group ends with its certificate, and nothing follows', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    const birth = await reaches(scene, group, 'birth')
    await scene.does('hotich.x01', birth, 'Appraise', 'approved')
    await numbered(scene, birth, '000326000009')
    await scene.does('hotich.x01', birth, 'Register', 'registered')
    scene.goTo('2026-11-02 10:00')
    expect(await stops(group)).toMatchObject({
      ends: 'rest',
      decided: [{ name: { vi: 'Đăng ký khai sinh' } }],
    })
    expect((await dossier(birth)).state).toBe('processing')
    await scene.does('chutich.x01', birth, 'SignResult', 'signed')
    await scene.does('vanthu.x01', birth, 'NumberResult', 'numbered')
    expect(await outcome(group, 'AwaitBirth')).toBe('no-result')
    expect(await dossier(group)).toMatchObject({ state: 'done', result: 'partial' })
    await scene.act(runOpen(group, 'OpenOthers'))
    await expect(part(scene, group, 'residence')).rejects.toThrow('no part residence')
    await scene.does('motcua.x01', group, 'NotifyGroup', 'notified')
    expect((await letters(group)).at(-1)!.data.parts).toMatchObject([
      { outcome: 'đã giải quyết, có kết quả' },
      { outcome: 'không thực hiện vì người nộp đề nghị dừng' },
      { outcome: 'không thực hiện vì người nộp đề nghị dừng' },
    ])
  })

  it('between the birth and the others nothing more is opened, and the group ends at once', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    await registersBirth(scene, group, '2026-11-02 14:00')
    scene.goTo('2026-11-02 15:30')
    await stops(group)
    expect(await outcome(group, 'AwaitOthers')).toBe('all-finished')
    expect(await dossier(group)).toMatchObject({
      state: 'done',
      result: 'partial',
      finished_at: at('2026-11-02 15:30'),
    })
    await scene.act(runOpen(group, 'OpenOthers'))
    await expect(part(scene, group, 'residence')).rejects.toThrow('no part residence')
  })
})

describe('who sees what', () => {
  it('the police see their part and the group’s code, and nothing else of the group', async () => {
    const group = await withOthers(scene)
    const residence = await reaches(scene, group, 'residence')
    const insurance = await reaches(scene, group, 'insurance')
    const birth = await part(scene, group, 'birth')
    const officer = await as('chuyenvien.a01')
    const { body } = await officer.get(`/api/dossiers/${residence}`).expect(200)
    expect(body.group).toEqual({ parent: { id: null, code: expect.stringMatching(/^T00\.X01-/) }, parts: [] })
    expect(body.form.data).not.toHaveProperty('motherIdentityNo')
    for (const hidden of [group, insurance, birth.id])
      await officer.get(`/api/dossiers/${hidden}`).expect(404)
    const list = await officer.get('/api/dossiers').expect(200)
    expect(JSON.stringify(list.body)).not.toContain(birth.code)
    await (await as('chuyenvien.a02')).get(`/api/dossiers/${residence}`).expect(404)
    // What the live pages ask of a task: also whose application it is, in which nobody takes part on their own.
    await scene.opens(residence, 'Check')
    const { id } = await scene.task(residence, 'Check')
    const { tasks } = await factsOf(scene.db, [{ type: 'task', ids: [id, residence] }])
    expect(tasks.get(id)).toMatchObject({ applicantId: personId('congdan') })
  })

  it('the lead commune follows every part and opens only its own; the applicant and the counter open all', async () => {
    const group = await withOthers(scene)
    await reaches(scene, group, 'residence')
    await reaches(scene, group, 'insurance')
    const idsFor = async (login: string) => {
      const { body } = await (await as(login)).get(`/api/dossiers/${group}`).expect(200)
      expect(body.group.parts.map((one: { code: string }) => one.code)).toEqual(
        Array(3).fill(expect.any(String)),
      )
      return body.group.parts.map((one: { id: string | null }) => one.id !== null)
    }
    expect(await idsFor('hotich.x01')).toEqual([true, false, false])
    expect(await idsFor('congdan')).toEqual([true, true, true])
    expect(await idsFor('motcua.x01')).toEqual([true, true, true])
    const { body } = await (await as('congdan')).get('/api/my/dossiers').expect(200)
    const codes = body.dossiers.map((one: { id: string }) => one.id)
    expect(codes).toContain(group)
    expect(codes).not.toContain((await part(scene, group, 'birth')).id)
  })
})

describe('dates', () => {
  it('a late part has a letter of its own agency; the group has one only once it is late itself', async () => {
    const group = await withOthers(scene)
    const residence = await reaches(scene, group, 'residence')
    await scene.opens(residence, 'Check')
    scene.goTo('2026-11-04 16:00')
    await scene.rings(residence)
    await scene.rings(group)
    const [apology] = await letters(residence)
    const [police] = await scene.sql<{ id: string }>(`select id from agency where code = 'T00.A01'`)
    expect(apology).toMatchObject({ kind: 'apology', state: 'draft', agencyId: police!.id })
    expect((await letters(group)).map(({ kind }) => kind)).toEqual(['receipt'])
    expect(await scene.findings(group)).toEqual([])
    // A new date beyond the group's own makes the group late too.
    await scene.does('chuyenvien.a01', apology!.id, 'Draft', 'drafted', { newDueDay: '2026-11-09' })
    await scene.does('truongphong.a01', apology!.id, 'Initial', 'initialled')
    await scene.does('thutruong.a01', apology!.id, 'Sign', 'signed')
    await scene.does('vanthu.a01', apology!.id, 'Number', 'numbered')
    await scene.does('motcua.x01', apology!.id, 'Send', 'sent')
    expect((await dossier(residence)).reappointed_due_at).toEqual(at('2026-11-09 17:00'))
    expect((await letters(group)).map(({ kind }) => kind)).toEqual(['receipt', 'apology'])
  })

  it('while a part waits for its applicant the group’s time stands still', async () => {
    const group = await withOthers(scene)
    const id = await reaches(scene, group, 'residence')
    scene.goTo('2026-11-03 08:30')
    await scene.does('chuyenvien.a01', id, 'Check', 'supplement')
    const items = [{ paperKey: 'householdConsent', text: 'Ý kiến chủ hộ', reason: 'Còn thiếu' }]
    await scene.does('chuyenvien.a01', id, 'DraftSupplement', 'drafted', { items })
    await scene.does('thutruong.a01', id, 'ApproveSupplement', 'approved')
    scene.goTo('2026-11-03 09:00')
    await scene.does('motcua.x01', id, 'SendSupplement', 'sent')
    const [stopped] = await scene.sql(
      `select stopped_at from clock where dossier_id = $1 and kind = 'dossier'`,
      [group],
    )
    expect(stopped).toEqual({ stopped_at: at('2026-11-03 09:00') })
    scene.goTo('2026-11-04 09:00')
    await scene.does('motcua.x01', id, 'ReceiveSupplement', 'received')
    // One working day later than Thursday; the part itself counts its two days anew.
    expect((await dossier(group)).due_at).toEqual(at('2026-11-06 17:00'))
    expect((await dossier(id)).due_at).toEqual(at('2026-11-06 17:00'))
  })

  it('two parts that wait and go on in each other’s time leave the group’s clock in order', async () => {
    const group = await withOthers(scene)
    const residence = await reaches(scene, group, 'residence')
    const insurance = await reaches(scene, group, 'insurance')
    const stands = (id: string, when: string) =>
      onPart(id, (tx, one) => {
        one.state = 'waiting-supplement'
        return groupStands(tx, one, { at: at(when), by: null })
      })
    const goesOn = (id: string, when: string) =>
      onPart(id, (tx, one) => {
        one.state = 'processing'
        return groupGoesOn(tx, one, { at: at(when), by: null })
      })
    const events = () =>
      scene.sql<{ kind: string; at: Date }>(
        `select kind, at from clock_event where dossier_id = $1 and kind <> 'received' order by at, id`,
        [group],
      )
    // Both at one moment: the clock is stopped once.
    await overlapping(scene, stands(residence, '2026-11-03 09:00'), stands(insurance, '2026-11-03 09:01'))
    expect(await events()).toEqual([{ kind: 'excluded', at: at('2026-11-03 09:00') }])
    // Both at one moment again: whoever comes second lets it go on.
    await overlapping(scene, goesOn(residence, '2026-11-03 10:01'), goesOn(insurance, '2026-11-03 10:00'))
    expect((await events()).map(({ kind }) => kind)).toEqual(['excluded', 'resumed'])
    // Done before that and released after it.
    await scene.act(stands(insurance, '2026-11-03 09:30'))
    await scene.act(goesOn(insurance, '2026-11-04 10:00'))
    expect((await events()).map(({ kind }) => kind)).toEqual(['excluded', 'resumed', 'excluded', 'resumed'])
    // It stood still from Tuesday 09:00 until Wednesday 10:00: a working day and an hour.
    expect((await dossier(group)).due_at).toEqual(at('2026-11-09 08:30'))
  })

  it('what has to be verified gets the longer limit, and the group with it, once and with a reason', async () => {
    const said: { type: string; ids: string[] }[] = []
    const heard = Promise.withResolvers<void>()
    const stop = listen(
      scene.db.pool,
      'live',
      { opened: heard.resolve, heard: (payload) => void said.push(JSON.parse(payload)) },
      scene.services.log,
    )
    await heard.promise
    const group = await withOthers(scene)
    const id = await reaches(scene, group, 'residence')
    const officer = await as('chuyenvien.a01')
    const extend = (reason: string, whose = id) =>
      officer.post(`/api/dossiers/${whose}/verification`).send({ reason })
    await extend('').expect(400)
    await extend('Xác minh chỗ ở của chủ hộ').expect(201)
    expect((await dossier(id)).due_at).toEqual(at('2026-11-09 17:00'))
    expect((await dossier(group)).due_at).toEqual(at('2026-11-09 17:00'))
    await extend('Lần nữa').expect(409)
    await stop()
    // Who hears of a part does not hear the group's id by it.
    const both = said.filter(({ type, ids }) => type === 'dossier' && new Set(ids).size > 1)
    expect(both).toEqual([])
    expect(said.filter(({ ids }) => ids.includes(id)).length).toBeGreaterThan(1)
    const told = await scene.sql(
      `select from notification where key like 'extended/%' and dossier_id = any($1)`,
      [[id, group]],
    )
    expect(told).toHaveLength(2)
    await reaches(scene, group, 'insurance')
    const insurer = await as('chuyenvien.b01')
    const { id: card } = await part(scene, group, 'insurance')
    await insurer.post(`/api/dossiers/${card}/verification`).send({ reason: 'Không có quy định' }).expect(409)
    await insurer.post(`/api/dossiers/${id}/verification`).send({ reason: 'Không phải của mình' }).expect(404)
  })

  it('a verification makes no group timely whose date had passed before', async () => {
    const group = await received(scene)
    await openParts(scene, group, 'OpenBirth')
    await registersBirth(scene, group, '2026-11-06 14:00')
    await openParts(scene, group, 'OpenOthers')
    const id = await reaches(scene, group, 'residence')
    const officer = await as('chuyenvien.a01')
    await officer.post(`/api/dossiers/${id}/verification`).send({ reason: 'Xác minh chỗ ở' }).expect(201)
    expect((await dossier(id)).due_at).toEqual(at('2026-11-13 17:00'))
    expect((await dossier(group)).due_at).toEqual(at('2026-11-05 17:00'))
  })
})
