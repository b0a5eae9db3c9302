import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { documentRoutes } from '../../../src/documents/routes.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { personalRoutes } from '../../../src/personal/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'
import { setSecrets, told } from './secrets.ts'

jest.setTimeout(120_000)

let scene: Scene
let app: ReturnType<typeof testApp>
let online: string
let onPaper: string
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  ;({ online, onPaper } = await setSecrets(scene))
  app = testApp(scene.db, [
    ...dossierRoutes(scene.services),
    ...documentRoutes(scene.services.files, 1_000_000),
    ...letterRoutes(scene.services),
    ...personalRoutes,
  ])
})
afterAll(() => scene.close())
beforeEach(async () => {
  scene.goTo('2026-11-02 10:00')
  await scene.sql('delete from opening')
})

type Agent = Awaited<ReturnType<typeof loggedIn>>
const as = (login: string) => loggedIn(app, login)
const opens = (agent: Agent, id: string, body: object = { reason: 'appraisal' }) =>
  agent.post(`/api/dossiers/${id}/openings`).send(body)
const page = async (agent: Agent, id: string) => (await agent.get(`/api/dossiers/${id}`).expect(200)).body
const trail = (act: string) =>
  scene.sql<{ line: string }>('select line from audit_entry where act = $1 order by index desc', [act])

describe('personal data are opened', () => {
  it('by whoever could decide the open work, for thirty minutes and this dossier only', async () => {
    const officer = await as('hotich.x01')
    expect(await page(officer, online)).toMatchObject({
      personal: { sight: 'masked', mayOpen: true, until: null },
      person: { identityNo: '•••••••••911', phone: '09•••••911', email: 'r•••@vidu.vn' },
    })
    const { body } = await opens(officer, online).expect(201)
    expect(Date.parse(body.until) - scene.clock.now().getTime()).toBe(30 * 60_000)
    const seen = await page(officer, online)
    expect(seen.personal).toMatchObject({ sight: 'opened', until: body.until })
    expect(told(seen).length).toBeGreaterThan(8)
    expect(told(await page(officer, onPaper))).toEqual([])

    scene.goTo('2026-11-02 10:29')
    expect((await page(officer, online)).personal.sight).toBe('opened')
    scene.goTo('2026-11-02 10:30')
    const after = await page(officer, online)
    expect([after.personal.sight, told(after)]).toEqual(['masked', []])
  })

  it('to that person alone, and until they mask them again', async () => {
    const [officer, clerk] = [await as('hotich.x01'), await as('motcua.x01')]
    await opens(officer, online).expect(201)
    expect(told(await page(clerk, online))).toEqual([])
    await clerk.post(`/api/dossiers/${online}/openings/close`).send({}).expect(204)
    expect((await page(officer, online)).personal.sight).toBe('opened')
    await officer.post(`/api/dossiers/${online}/openings/close`).send({}).expect(204)
    expect(told(await page(officer, online))).toEqual([])
    expect(await trail('personal-data.closed')).toHaveLength(1)
  })

  it('by the counter that took the dossier in, as the applicant’s only contact, until the result is collected', async () => {
    const clerk = await as('motcua.x01')
    await opens(clerk, onPaper, { reason: 'contact' }).expect(201)
    await scene.sql(`update dossier set state = 'returned' where id = $1`, [onPaper])
    await opens(clerk, onPaper, { reason: 'contact' }).expect(403)
    await scene.sql(`update dossier set state = 'processing' where id = $1`, [onPaper])
    await opens(await as('motcua.x02'), onPaper, { reason: 'contact' }).expect(404)
  })

  it.each([
    ['chuyenvien.x01', 403],
    ['vanthu.x01', 403],
    ['thanhtra', 403],
    ['quantri', 403],
    ['congdan', 403],
    ['hotich.x02', 404],
  ])('not by %s, who has no work on it', async (login, status) => {
    const agent = await as(login)
    await opens(agent, online).expect(status)
    expect(await scene.sql('select from opening')).toEqual([])
  })

  it('not when a colleague has claimed the work, and again when it is free', async () => {
    const task = await scene.task(onPaper, 'Assign')
    const head = await as('truongphong.x01')
    await scene.sql('update task set assignee_id = $2 where id = $1', [task.id, personId('chuyenvien.x01')])
    expect((await opens(head, onPaper).expect(403)).body.detail).toContain('nhận việc trước')
    expect((await page(head, onPaper)).personal).toMatchObject({ mayOpen: false, reasons: [] })
    await scene.sql('update task set assignee_id = null where id = $1', [task.id])
    await opens(head, onPaper).expect(201)
  })

  it('and masked again with the work: whoever has handed it on sees nothing more, though the minutes run', async () => {
    const head = await as('truongphong.x01')
    await opens(head, onPaper).expect(201)
    expect((await page(head, onPaper)).personal.sight).toBe('opened')
    const task = await scene.task(onPaper, 'Assign')
    await scene.sql('update task set assignee_id = $2 where id = $1', [task.id, personId('chuyenvien.x01')])
    const after = await page(head, onPaper)
    expect([after.personal.sight, told(after)]).toEqual(['masked', []])
    await scene.sql('update task set assignee_id = null where id = $1', [task.id])
    expect((await page(head, onPaper)).personal.sight).toBe('opened')
  })

  it.each([
    [{ reason: 'curiosity' }, 'reason'],
    [{ reason: 'other' }, 'text'],
    [{ reason: 'other', text: '   ' }, 'text'],
  ])('not with %j for a reason', async (body, field) => {
    const refused = await opens(await as('hotich.x01'), online, body).expect(422)
    expect(refused.body.errors).toMatchObject([{ field }])
    expect(await scene.sql('select from opening')).toEqual([])
  })
})

describe('a look at personal data', () => {
  it('stands in the trail with who, what, why and until when, and without the data or the words', async () => {
    const why = 'Người nộp nhờ kiểm tra số điện thoại'
    const { body } = await opens(await as('hotich.x01'), online, { reason: 'other', text: why }).expect(201)
    const [entry] = await trail('personal-data.opened')
    expect(JSON.parse(entry!.line)).toMatchObject({
      actor: personId('hotich.x01'),
      dossier: online,
      detail: {
        opening: body.id,
        reason: 'other',
        until: body.until,
        fields: expect.arrayContaining(['person.identityNo', 'form.motherIdentityNo', 'form.childBornOn']),
      },
    })
    expect(told(entry!.line)).toEqual([])
    expect(entry!.line).not.toContain(why)
  })

  it('is read by the applicant in their own dossier: who, where, when, why', async () => {
    const citizen = await as('congdan')
    expect((await page(citizen, online)).personal.openings).toEqual([])
    await opens(await as('hotich.x01'), online).expect(201)
    const [name] = await scene.sql<{ full_name: string }>('select full_name from person where id = $1', [
      personId('hotich.x01'),
    ])
    expect((await page(citizen, online)).personal.openings).toMatchObject([
      {
        at: scene.clock.now().toISOString(),
        by: name!.full_name,
        unit: { vi: expect.any(String) },
        reason: { vi: 'Thẩm định nội dung hồ sơ' },
      },
    ])
    expect((await page(await as('motcua.x01'), online)).personal.openings).toEqual([])
  })
})

describe('a paper of the dossier, which shows what is masked', () => {
  const looks = async () =>
    (await page(await as('congdan'), online)).personal.openings.map(
      (one: { reason: { vi: string } }) => one.reason.vi,
    )
  const READ = 'Đọc giấy tờ, văn bản của hồ sơ'
  let paths: string[]
  beforeAll(async () => {
    const [paper] = await scene.sql<{ id: string }>('select id from document where dossier_id = $1', [online])
    // A birth of the same day has no letter: the other's receipt stands for one.
    const [letter] = await scene.sql<{ id: string }>(
      `insert into letter select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'dossier_id', $1::uuid,
                                                        'series', null, 'number', null, 'number_text', null))).*
         from letter l where l.dossier_id = $2 and l.kind = 'receipt' returning id`,
      [online, onPaper],
    )
    paths = [`/api/documents/${paper!.id}/content`, `/api/letters/${letter!.id}/pdf`]
  })
  const reads = async (login: string, status: number) => {
    const agent = await as(login)
    for (const path of paths) await agent.get(path).expect(status)
    return agent
  }

  it.each(['hotich.x01', 'motcua.x01', 'thanhtra'])(
    'is read by %s without a click, and the applicant reads of it: once, of thirty minutes',
    async (login) => {
      await reads(login, 200)
      const agent = await reads(login, 200)
      expect(await looks()).toEqual([READ])
      expect(told(await page(agent, online))).toEqual([])
      const { body } = await (await as('thanhtra')).get('/api/audit/openings').expect(200)
      expect(body.openings).toMatchObject([
        {
          person: { id: personId(login) },
          reason: { vi: READ },
          fields: [{ vi: 'Văn bản của hồ sơ' }, { vi: 'Giấy tờ của hồ sơ' }],
        },
      ])
      scene.goTo('2026-11-02 10:30')
      await reads(login, 200)
      expect(await looks()).toEqual([READ, READ])
    },
  )

  it('is part of a look that has a reason', async () => {
    await opens(await as('hotich.x01'), online).expect(201)
    await reads('hotich.x01', 200)
    expect(await looks()).toEqual(['Thẩm định nội dung hồ sơ'])
  })

  it('is not read by a colleague without work on it, who is told whom to ask', async () => {
    const colleague = await reads('chuyenvien.x01', 403)
    expect((await colleague.get(paths[0]!)).body.detail).toContain('nhận việc trước')
    const followed = await colleague.get(paths[1]!).set('Accept', 'text/html,*/*;q=0.8').expect(403)
    expect(followed.headers['content-type']).toMatch(/^text\/plain/)
    expect(followed.text).toContain('nhận việc trước')
    expect((await page(colleague, online)).personal).toMatchObject({ mayOpen: false, mayRead: false })
    expect(await looks()).toEqual([])
  })

  it('is still read by whoever has worked on it, and the letters by the clerical office that keeps them', async () => {
    await scene.sql(`update dossier set state = 'returned' where id = $1`, [online])
    await reads('motcua.x01', 200)
    await scene.sql(`update dossier set state = 'processing' where id = $1`, [online])
    expect(await looks()).toEqual([READ])
    const keeper = await as('vanthu.x01')
    await keeper.get(paths[0]!).expect(403)
    await keeper.get(paths[1]!).expect(200)
  })
})

describe('the list of looks', () => {
  it('is the auditor’s, by person, agency, dossier and day, newest first', async () => {
    await opens(await as('hotich.x01'), online, { reason: 'other', text: 'Đối chiếu hộ tịch' }).expect(201)
    scene.goTo('2026-11-03 09:00')
    await opens(await as('motcua.x01'), onPaper, { reason: 'contact' }).expect(201)
    const auditor = await as('thanhtra')
    const codes = async (query: string) =>
      (await auditor.get(`/api/audit/openings${query}`).expect(200)).body.openings.map(
        (one: { dossier: { id: string } }) => (one.dossier.id === online ? 'online' : 'paper'),
      )
    expect(await codes('')).toEqual(['paper', 'online'])
    expect(await codes('?from=2026-11-03')).toEqual(['paper'])
    expect(await codes('?to=2026-11-02')).toEqual(['online'])
    expect(await codes(`?dossierId=${online}`)).toEqual(['online'])
    expect(await codes(`?personId=${personId('motcua.x01')}`)).toEqual(['paper'])
    expect(await codes('?q=khong-co-ai')).toEqual([])
    const { body } = await auditor.get('/api/audit/openings').expect(200)
    expect(body.openings[1]).toMatchObject({
      reason: { vi: 'Lý do khác' },
      text: 'Đối chiếu hộ tịch',
      fields: expect.arrayContaining([{ vi: 'Số định danh của mẹ', en: expect.any(String) }]),
    })
    expect(body.openings[0].fields).toContainEqual({
      vi: 'Giấy tờ người đại diện',
      en: 'Papers of the representative',
    })
    expect(told(body)).toEqual([])
  })

  it.each(['hotich.x01', 'truongphong.x01', 'chutich.x01', 'quantri', 'congdan'])(
    'is not for %s',
    async (login) => {
      await (await as(login)).get('/api/audit/openings').expect(403)
    },
  )

  it('keeps from an auditor the looks at their own application', async () => {
    await opens(await as('hotich.x01'), online).expect(201)
    await scene.sql('update dossier set applicant_id = $2 where id = $1', [online, personId('thanhtra')])
    const { body } = await (await as('thanhtra')).get('/api/audit/openings').expect(200)
    expect(body.openings).toEqual([])
    await scene.sql('update dossier set applicant_id = $2 where id = $1', [online, personId('congdan')])
  })
})
