import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { z } from 'zod'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { openStore } from '../../../src/documents/store.ts'
import type { Services } from '../../../src/services.ts'
import { urgingRoutes } from '../../../src/urging/routes.ts'
import type { Holders, Uncollected, Urgings, WatchedPage } from '../../../src/urging/schemas.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { squeeze, textOf } from '../../unit/letters/read-pdf.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let folder: string
let app: ReturnType<typeof testApp>
let oneStop: Awaited<ReturnType<typeof loggedIn>>
let head: Awaited<ReturnType<typeof loggedIn>>
const KT = unitId('T00.X01.KT')

beforeAll(async () => {
  scene = await setScene()
  folder = await mkdtemp(join(tmpdir(), 'mot-cua-urging-'))
  const services: Services = {
    db: scene.db,
    files: await openStore(folder),
    log: pino({ level: 'silent' }),
    settings: { demo: true, publicUrl: 'http://127.0.0.1:8080', takeBackSeconds: 0 },
    machineNow: () => new Date(),
  } as Services
  app = testApp(scene.db, urgingRoutes(services))
  oneStop = await loggedIn(app, 'truongmotcua.x01')
  head = await loggedIn(app, 'truongphong.x01')
}, 60_000)
afterAll(async () => {
  await scene.close()
  await rm(folder, { recursive: true })
})
// The app's role may empty no table: the owner of the server does.
beforeEach(async () => {
  const client = new pg.Client({ connectionString: scene.test.superUrl })
  await client.connect()
  await client.query('truncate dossier, urging, letter_series cascade')
  await client.end()
})

/** Received Mon 2/11, due Mon 9/11 17:00, on an officer's desk. */
async function appraised(code: string, commune = 'X01') {
  const dossier = await scene.file(code, '2026-11-02 08:00', commune)
  await dossier.receive('2026-11-02 09:10')
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  return dossier
}
const goTo = (when: string) => scene.clock.set(at(when))
const overview = async () => (await oneStop.get('/api/one-stop').expect(200)).body as z.infer<typeof Holders>
const list = async (query: string) =>
  (await oneStop.get(`/api/one-stop/dossiers?${query}`).expect(200)).body as z.infer<typeof WatchedPage>
const slip = (ids: string[], change: object = {}) =>
  oneStop
    .post('/api/urgings')
    .send({ unitId: KT, dossierIds: ids, text: 'Đề nghị giải quyết dứt điểm trong ngày.', ...change })
const slips = async (agent = oneStop) =>
  ((await agent.get('/api/urgings').expect(200)).body as z.infer<typeof Urgings>).urgings

describe('the head of the one-stop', () => {
  it('sees who holds what: open, soon due, late, and what waits for applicants', async () => {
    await appraised('H09.01')
    await appraised('H09.02')
    const asked = await appraised('H09.03')
    await asked.ask('2026-11-03 10:00')
    await scene.file('H09.04', '2026-11-09 16:00')
    await scene.file('H09.05', '2026-11-02 08:00', 'X02')
    goTo('2026-11-05 16:59')
    expect((await overview()).totals).toMatchObject({ open: 4, late: 0 })
    goTo('2026-11-09 16:00')
    expect((await overview()).totals).toMatchObject({ dueSoon: 2, late: 0 })
    goTo('2026-11-10 09:00')
    const { holders, totals, oneStop: unit } = await overview()
    expect(unit.code).toBe('T00.X01.MC')
    expect(totals).toMatchObject({ open: 4, dueSoon: 0, late: 2, reception: 0 })
    expect(holders.map(({ unit: { code }, open, waiting, late }) => [code, open, waiting, late])).toEqual([
      ['T00.X01.KT', 3, 1, 2],
      ['T00.X01.MC', 1, 0, 0],
    ])
  })

  it('sees each late dossier with its holder, and those past the reception limit', async () => {
    const { id } = await appraised('H09.01')
    const waiting = await scene.file('H09.02', '2026-11-02 08:00')
    await scene.sql(
      `insert into clock (id, dossier_id, subject_id, kind, mode, committed, legal, started_at, due_at, legal_due_at, proof)
       values (gen_random_uuid(), $1, $1, 'reception', 'RESTART', '{}', '{}', $2, $3, $3, '{}')`,
      [waiting.id, at('2026-11-02 08:00'), at('2026-11-03 08:00')],
    )
    goTo('2026-11-10 09:00')
    expect((await overview()).totals.reception).toBe(1)
    const late = await list('kind=late')
    expect(late.dossiers).toMatchObject([
      {
        id,
        code: 'H09.01',
        unit: { code: 'T00.X01.KT' },
        step: { vi: 'Thẩm định hồ sơ' },
        remaining: { vi: expect.stringMatching(/^trễ/) },
        lastUrged: null,
      },
    ])
    expect((await list('kind=reception')).dossiers.map(({ code }) => code)).toEqual(['H09.02'])
    expect((await list(`kind=late&unitId=${unitId('T00.X01.MC')}`)).dossiers).toEqual([])
  })

  it('counts a body asked and past its day with that body', async () => {
    const { id } = await appraised('H09.01')
    await scene.sql(
      `insert into consultation (id, dossier_id, batch, agency_id, unit_id, question, asked_by, drafted_at, sent_at, due_at,
                                 on_silence, silence_basis)
       values (gen_random_uuid(), $1, 1, $2, $3, 'Ý kiến?', $4, $5, $5, $6, 'REPORT', '{}')`,
      [
        id,
        agencyId('T00.S02'),
        unitId('T00.S02.CM'),
        personId('chuyenvien.x01'),
        at('2026-11-03 09:00'),
        at('2026-11-06 17:00'),
      ],
    )
    goTo('2026-11-09 09:00')
    const { holders } = await overview()
    expect(holders.find(({ unit }) => unit.code === 'T00.S02.CM')).toMatchObject({
      open: 0,
      asked: 1,
      askedLate: 1,
    })
    expect((await list('kind=asked-late')).dossiers).toMatchObject([{ id, unit: { code: 'T00.S02.CM' } }])
    await slip([id], { unitId: unitId('T00.S02.CM') }).expect(201)
    const asked = await loggedIn(app, 'truongphong.s02')
    expect(await slips(asked)).toMatchObject([{ canAnswer: true, dossiers: [{ code: 'H09.01' }] }])
  })

  it('is alone in seeing it: not a clerk, not the head of another one-stop', async () => {
    await appraised('H09.01')
    const clerk = await loggedIn(app, 'motcua.x01')
    await clerk.get('/api/one-stop').expect(403)
    const other = await loggedIn(app, 'truongmotcua.x02')
    expect((await other.get('/api/one-stop').expect(200)).body.totals.open).toBe(0)
  })
})

describe('an urging slip', () => {
  it('is numbered in the office’s book, printed once, and stands on the record of each dossier', async () => {
    const one = await appraised('H09.01')
    const two = await appraised('H09.02')
    goTo('2026-11-10 09:00')
    await slip([one.id, two.id]).expect(201)
    await slip([one.id]).expect(201)
    const [second, first] = await slips()
    expect([first?.number, second?.number]).toEqual(['01/PĐĐ-BPTNTKQ', '02/PĐĐ-BPTNTKQ'])
    expect(first).toMatchObject({
      answerBy: '2026-11-12',
      dossiers: [{ code: 'H09.01' }, { code: 'H09.02' }],
    })
    const { body } = await whole(oneStop.get(`/api/urgings/${first?.id}/pdf`))
    const text = await textOf(body as Buffer)
    for (const words of ['PHIẾU ĐÔN ĐỐC', '01/PĐĐ-BPTNTKQ', 'H09.01', 'H09.02', 'dứt điểm', 'Mẫu minh họa'])
      expect(text).toContain(squeeze(words))
    const of = async (id: string) => (await head.get(`/api/dossiers/${id}/urgings`).expect(200)).body.urgings
    expect(await of(one.id)).toHaveLength(2)
    expect(await of(two.id)).toHaveLength(1)
    const citizen = await loggedIn(app, 'congdan')
    expect((await citizen.get(`/api/dossiers/${one.id}/urgings`).expect(200)).body.urgings).toEqual([])
    await citizen.get(`/api/urgings/${first?.id}/pdf`).expect(403)
    expect((await list('kind=late')).dossiers[0]?.lastUrged).toMatchObject({ answered: false })
  })

  it('tells whoever heads the unit, and is answered by them once', async () => {
    const { id } = await appraised('H09.01')
    goTo('2026-11-10 09:00')
    await slip([id]).expect(201)
    const told = await scene.sql<{ person_id: string; subject: string }>(
      `select person_id, subject from notification where key like 'urging/%'`,
    )
    expect(told.map(({ person_id }) => person_id).sort()).toEqual(
      [personId('truongphong.x01'), personId('photruongphong.x01')].sort(),
    )
    const [mine] = await slips(head)
    expect(mine).toMatchObject({ canAnswer: true, overdue: false })
    const answer = (agent: typeof head, text = 'Sẽ xong chiều nay.') =>
      agent.post(`/api/urgings/${mine?.id}/answer`).send({ answer: text })
    await answer(head, ' ').expect(400)
    await answer(oneStop).expect(403)
    const officer = await loggedIn(app, 'chuyenvien.x01')
    await officer.get('/api/urgings').expect(403)
    const stranger = await loggedIn(app, 'truongphong.x02')
    await answer(stranger).expect(404)
    goTo('2026-11-10 11:00')
    await answer(head).expect(204)
    expect((await answer(head).expect(409)).body.detail).toMatch(
      /đã trả lời phiếu này lúc T3 10\/11\/2026 11:00/,
    )
    expect(await slips()).toMatchObject([{ answer: 'Sẽ xong chiều nay.', canAnswer: false }])
    const [back] = await scene.sql<{ person_id: string }>(
      `select person_id from notification where key like 'urging-answered/%'`,
    )
    expect(back?.person_id).toBe(personId('truongmotcua.x01'))
  })

  it('is overdue when nobody has answered by its day', async () => {
    const { id } = await appraised('H09.01')
    goTo('2026-11-10 09:00')
    await slip([id], { answerBy: '2026-11-11' }).expect(201)
    goTo('2026-11-12 00:01')
    expect(await slips(head)).toMatchObject([{ overdue: true }])
  })

  it('is refused, with the field and the mend, for what is not late or not theirs, and draws no number', async () => {
    const one = await appraised('H09.01')
    const foreign = await appraised('H09.02', 'X02')
    const refused = async (ids: string[], field: string, words: RegExp, change: object = {}) => {
      const { body } = await slip(ids, change).expect(422)
      expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field])
      expect(body.errors[0].message).toMatch(words)
    }
    goTo('2026-11-09 16:00')
    await refused([one.id], 'dossierIds', /H09\.01.+chưa trễ/)
    goTo('2026-11-10 09:00')
    await refused([one.id, foreign.id], 'dossierIds', /không thuộc bộ phận một cửa của bạn/)
    await refused([one.id], 'dossierIds', /không do đơn vị này giữ/, { unitId: unitId('T00.X01.LD') })
    await refused([one.id], 'answerBy', /ngày làm việc/, { answerBy: '2026-11-14' })
    await slip([one.id], { text: ' ' }).expect(400)
    await slip([]).expect(400)
    expect(await slips()).toEqual([])
    expect(await scene.sql('select from letter_series')).toEqual([])
  })
})

describe('results that nobody collects', () => {
  const shelf = async (query = '') =>
    (await oneStop.get(`/api/one-stop/uncollected${query}`).expect(200)).body as z.infer<typeof Uncollected>
  async function finished(code: string) {
    const dossier = await appraised(code)
    await dossier.finish('2026-11-04 10:00')
    await dossier.opened('Return', 'MC', 'motcua')
    return dossier
  }

  it('are listed after so many working days, until they are handed over', async () => {
    const dossier = await finished('H09.01')
    goTo('2026-11-11 09:59')
    expect((await shelf()).dossiers).toEqual([])
    expect((await shelf('?days=2')).dossiers).toHaveLength(1)
    goTo('2026-11-11 10:00')
    expect(await shelf()).toMatchObject({
      afterDays: 5,
      dossiers: [{ code: 'H09.01', days: 5, reminders: 0 }],
    })
    expect((await overview()).totals.uncollected).toBe(1)
    await dossier.handOver('2026-11-11 10:30')
    expect((await shelf()).dossiers).toEqual([])
  })

  it('bring the applicant a reminder through the one-stop, once a day, and each is kept', async () => {
    const { id } = await finished('H09.01')
    const remind = () => oneStop.post(`/api/one-stop/uncollected/${id}/remind`)
    goTo('2026-11-12 09:00')
    await remind().expect(204)
    expect((await remind().expect(409)).body.type).toBe('urn:mot-cua:reminded-today')
    goTo('2026-11-13 09:00')
    await remind().expect(204)
    expect((await shelf()).dossiers).toMatchObject([{ reminders: 2, remindedOn: '2026-11-13' }])
    const told = await scene.sql<{ person_id: string; subject: string }>(
      `select person_id, subject from notification where key like 'collect/%'`,
    )
    expect(told.map(({ person_id }) => person_id)).toEqual([personId('congdan'), personId('congdan')])
    expect(told[0]?.subject).toContain('H09.01')
    const stranger = await loggedIn(app, 'truongmotcua.x02')
    await stranger.post(`/api/one-stop/uncollected/${id}/remind`).expect(404)
  })
})
