import { jest } from '@jest/globals'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { csvOf } from '../../../src/registers/csv.ts'
import { registerRoutes } from '../../../src/registers/routes.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { squeeze, textOf } from '../../unit/letters/read-pdf.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(120_000)

let scene: Scene
type Agent = Awaited<ReturnType<typeof loggedIn>>
let clerk: Agent
let clerical: Agent
let auditor: Agent
let citizen: Agent
let foreign: Agent
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  const app = testApp(scene.db, registerRoutes(scene.services))
  clerk = await loggedIn(app, 'motcua.x01')
  clerical = await loggedIn(app, 'vanthu.x01')
  auditor = await loggedIn(app, 'thanhtra')
  citizen = await loggedIn(app, 'congdan')
  foreign = await loggedIn(app, 'chuyenvien.x02')
  // Three receipts; an apology numbered and then overtaken by the result of the first dossier.
  const [id] = [await received(scene), await received(scene), await received(scene)]
  scene.goTo('2026-11-10 14:00')
  await scene.rings(id!)
  const [letter] = await scene.sql<{ id: string }>(
    `select id from letter where dossier_id = $1 and kind = 'apology'`,
    [id],
  )
  await scene.does('chuyenvien.x01', letter!.id, 'Draft', 'drafted', { cause: 'workload' })
  await scene.does('truongphong.x01', letter!.id, 'Initial', 'initialled')
  await scene.does('chutich.x01', letter!.id, 'Sign', 'signed')
  await scene.does('vanthu.x01', letter!.id, 'Number', 'numbered')
  await scene.does('chuyenvien.x01', id!, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id!, 'ReviewResult', 'approved')
  await scene.does('chutich.x01', id!, 'SignResult', 'signed')
  await scene.does('vanthu.x01', id!, 'NumberResult', 'numbered')
  await scene.act((tx) =>
    tx.sql(
      `update person set full_name = '=HYPERLINK("http://x")' where full_name = (
    select p.full_name from person p join dossier d on d.applicant_id = p.id where d.id = $1)`,
      [id],
    ),
  )
})
afterAll(() => scene.close())

const file = async (agent: Agent, path: string) => (await whole(agent.get(path)).expect(200)).body as Buffer

describe('the book of letters', () => {
  it('has every number of each series from 1 on, and a void one stays with its reason', async () => {
    const { body } = await clerical.get('/api/registers/letters').expect(200)
    expect(body.year).toBe(2026)
    const bySeries = Object.fromEntries(body.series.map((one: { key: string }) => [one.key, one]))
    expect(bySeries['BPTNTKQ/receipt']).toMatchObject({ last: 3, voids: 0, missing: [] })
    expect(bySeries['UBND/apology']).toMatchObject({ last: 1, voids: 1, missing: [] })
    expect(bySeries['UBND/permit']).toMatchObject({ last: 1, voids: 0, missing: [] })
    expect(body.rows).toHaveLength(5)
    const voided = await clerical.get('/api/registers/letters?void=true').expect(200)
    expect(voided.body.rows).toMatchObject([
      { number: 1, numberText: '01/PXL-UBND', state: 'void', voidReason: 'Kết quả có trước khi gửi thư' },
    ])
  })

  it('can be narrowed to a series, a number, a code', async () => {
    const of = async (query: string) =>
      (await clerical.get(`/api/registers/letters?${query}`).expect(200)).body.rows.length
    expect(await of('series=BPTNTKQ/receipt')).toBe(3)
    expect(await of('q=02/GTN')).toBe(1)
    const { body } = await clerical.get('/api/registers/letters').expect(200)
    expect(await of(`q=${body.rows[0].dossierCode}`)).toBeGreaterThan(0)
    expect(await of('q=khong-co')).toBe(0)
  })

  it('a number that is gone is named, not passed over', async () => {
    await scene.act(async (tx) => {
      await tx.sql(`update letter_series set last = last + 2 where series like '%/permit'`)
      const { seriesOf } = await import('../../../src/registers/letters.ts')
      const [{ agency_id }] = (await tx.sql<{ agency_id: string }>(
        `select agency_id from letter where kind = 'result'`,
      )) as [{ agency_id: string }]
      const permit = (await seriesOf(tx, { agencyId: agency_id, year: 2026 })).find(
        ({ key }) => key === 'UBND/permit',
      )
      expect(permit?.missing).toEqual([2, 3])
      await tx.sql(`update letter_series set last = last - 2 where series like '%/permit'`)
    })
  })

  it('is read by the people of the agency and by the auditor, by nobody else', async () => {
    const { body } = await auditor.get('/api/registers/letters').expect(200)
    expect(body.agencies).toHaveLength(1)
    const [agency] = body.agencies
    await citizen.get('/api/registers/letters').expect(403)
    expect((await foreign.get('/api/registers/letters').expect(200)).body).toMatchObject({
      agencies: [],
      rows: [],
    })
    await foreign.get(`/api/registers/letters?agencyId=${agency.id}`).expect(404)
    await foreign.get(`/api/registers/letters/file?format=csv&agencyId=${agency.id}`).expect(404)
  })

  it('goes to a spreadsheet in which no name is a formula, and the trail says who took it', async () => {
    const text = (await file(clerical, '/api/registers/letters/file?format=csv')).toString('utf8')
    expect(text.startsWith('\uFEFF"Số","Số, ký hiệu"')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(text.trim().split('\r\n')).toHaveLength(6)
    const trail = await scene.sql(`select from audit_entry where act = 'register.taken'`)
    expect(trail).toHaveLength(1)
  })

  it('is printed on A4 landscape with the remark of the void number and the proof that none is missing', async () => {
    const pdf = await file(clerical, '/api/registers/letters/file?format=pdf')
    const text = await textOf(pdf)
    for (const words of [
      'SỔ ĐĂNG KÝ VĂN BẢN',
      '01/PXL-UBND',
      'HỦY 10/11/2026: Kết quả có trước khi gửi thư',
      'liên tục từ số 01 đến số 03',
    ])
      expect(text).toContain(squeeze(words))
  })
})

describe('"Sổ theo dõi hồ sơ"', () => {
  it('lists what was received in the period, in order, at the one-stop the clerk works at', async () => {
    const { body } = await clerk.get('/api/registers/dossiers?from=2026-11-01&to=2026-11-30').expect(200)
    expect(body.rows.map((row: { entry: number }) => row.entry)).toEqual([3, 2, 1])
    const none = await clerk.get('/api/registers/dossiers?from=2026-11-03&to=2026-11-30').expect(200)
    expect(none.body.rows).toEqual([])
    const wrong = await clerk.get('/api/registers/dossiers?from=2026-11-03&to=2026-11-01').expect(422)
    expect(wrong.body.errors[0].field).toBe('to')
    await citizen
      .get('/api/registers/dossiers/file?format=csv&unitId=00000000-0000-7000-8000-000000000000')
      .expect(404)
  })

  it.each([
    ['2026-11-30', 'Mẫu số 07 (Thông tư số 03/2025/TT-VPCP)'],
    ['2025-06-30', 'Mẫu số 06 (Thông tư số 01/2018/TT-VPCP)'],
  ])('printed up to %s is the form of that day', async (to, mark) => {
    const text = await textOf(
      await file(clerk, `/api/registers/dossiers/file?format=pdf&from=2025-06-01&to=${to}`),
    )
    expect(text).toContain(squeeze(mark))
    expect(text).toContain(squeeze('SỔ THEO DÕI HỒ SƠ'))
  })

  it('is printed with addresses and telephones for the one-stop that keeps it, and masked for everybody else', async () => {
    const address = 'Số 911 hẻm Kín Đáo, Phường Tân Mẫu'
    await scene.act((tx) =>
      tx.sql(
        `update person set address = $1, phone = '0977711911' where id in (select applicant_id from dossier)`,
        [address],
      ),
    )
    const printed = async (agent: Agent) =>
      textOf(await file(agent, '/api/registers/dossiers/file?format=pdf&from=2026-11-01&to=2026-11-30'))
    const own = await printed(clerk)
    expect([own.includes(squeeze(address)), own.includes('0977711911')]).toEqual([true, true])
    for (const agent of [clerical, auditor]) {
      const text = await printed(agent)
      expect([text.includes('hẻm'), text.includes('0977711911')]).toEqual([false, false])
      expect(text).toContain('PhườngTânMẫu')
    }
    const trail = await scene.sql<{ line: string }>(
      `select line from audit_entry where act = 'register.taken' order by index desc limit 3`,
    )
    expect(trail.map(({ line }) => JSON.parse(line).detail.clear)).toEqual([false, false, true])
  })
})

test('a cell that begins like a formula is led by an apostrophe', () => {
  const text = csvOf(['a'], [['=1+1'], ['+84'], ['-5'], ['@x'], ['A=1'], ['say "x"']]).toString('utf8')
  expect(text.split('\r\n').slice(1, 7)).toEqual([
    `"'=1+1"`,
    `"'+84"`,
    `"'-5"`,
    `"'@x"`,
    '"A=1"',
    '"say ""x"""',
  ])
})
