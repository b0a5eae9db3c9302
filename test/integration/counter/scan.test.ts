import { jest } from '@jest/globals'
import { counterPage } from '../../../src/counter/read-model.ts'
import { counterRoutes } from '../../../src/counter/routes.ts'
import { scan } from '../../../src/counter/scan.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { textOf } from '../../unit/letters/read-pdf.ts'
import { fileExample } from '../dossiers/filing.ts'
import { refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { applicant, fileOnPaper } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
})
afterAll(() => scene.close())
beforeEach(() => scene.goTo('2026-11-02 09:00'))

const scans = (code: string, login = 'motcua.x01') =>
  scene.as(login, (tx) => scan(tx, code, scene.services.settings.publicUrl))
const agentOf = async (login: string) => loggedIn(testApp(scene.db, counterRoutes(scene.services)), login)
const squeezed = (words: string) => words.replaceAll(' ', '')

describe('what a scanner reads', () => {
  it('the barcode of the cover, the QR code of the receipt and the last digits lead to the same dossier', async () => {
    const { id, code } = await fileOnPaper(scene)
    for (const typed of [
      code,
      ` ${code.toLowerCase()} `,
      `http://127.0.0.1:8080/tra-cuu/${code}`,
      code.slice(-4),
    ])
      expect((await scans(typed)).dossiers.map((one) => one.id)).toEqual([id])
  })

  it.each([
    [
      'H49.X01-261102-0001',
      'foreign-code',
      /H49\.X01 cấp, không thuộc tỉnh này/,
      /agency H49\.X01, which is not of this province.+Nothing has changed/,
    ],
    [
      'https://hoso.tinhkhac.gov.vn/tra-cuu/T00.X01-261102-0001',
      'foreign-code',
      /hệ thống khác \(hoso\.tinhkhac\.gov\.vn\)/,
      /another system \(hoso\.tinhkhac\.gov\.vn\).+Nothing has changed/,
    ],
    ['8934563138165x', 'not-a-code', /không phải mã hồ sơ/, /no dossier code/],
    ['http://127.0.0.1:8080/ho-so', 'not-a-code', /không phải mã hồ sơ/, /no dossier code/],
    ['T00.X01-261102-9999', 'not-found', /Không có hồ sơ nào mang mã/, /No dossier has the code/],
    ['9999', 'not-found', /kết thúc bằng 9999/, /ends in 9999/],
    ["' or 1=1 --", 'not-a-code', /không phải mã hồ sơ/, /no dossier code/],
  ])('%s is refused with a sentence (%s), and nothing has changed', async (typed, type, words, english) => {
    const before = await scene.sql('select id, version from dossier order by id')
    const no = await refusal(scans(typed))
    expect(no.type).toBe(type)
    expect(no.words.vi).toMatch(words)
    expect(no.words.en).toMatch(english)
    expect(await scene.sql('select id, version from dossier order by id')).toEqual(before)
  })

  it('a dossier of another counter is named by its counter and by nothing else', async () => {
    const other = await scene.as('congdan', (tx) =>
      fileExample(tx, scene.services, 'house', { place: 'T00.X02' }),
    )
    const no = await refusal(scans(other.code))
    expect(no).toMatchObject({ status: 422, type: 'other-counter' })
    expect(no.words.vi).not.toContain('Nguyễn Văn Công Dân')
    expect((await refusal(scans(other.code.slice(-4), 'motcua.x03'))).status).toBe(404)
  })
})

describe('looking an applicant up', () => {
  it('finds them by the whole number only, and the look-up stands in the trail without it', async () => {
    await fileOnPaper(scene)
    const agent = await agentOf('motcua.x01')
    const ask = (identityNo: string) => agent.post('/api/counter/people').send({ identityNo }).expect(200)
    expect((await ask('0000.0000.0009')).body.people).toMatchObject([
      { fullName: applicant.fullName, hasAccount: false },
    ])
    expect((await ask('00000000000')).body.people).toEqual([])
    expect((await ask('%%%%%%')).body.people).toEqual([])
    const [entry] = await scene.sql<{ line: string }>(
      `select line from audit_entry where act = 'person.looked-up' order by index limit 1`,
    )
    expect(entry!.line).not.toContain('000000000009')
  })

  it.each(['congdan', 'chuyenvien.x01', 'truongphong.x01', 'quantri', 'thanhtra'])(
    '%s may not',
    async (login) => {
      const agent = await agentOf(login)
      await agent.post('/api/counter/people').send({ identityNo: '000000000009' }).expect(403)
      await agent.get('/api/counter').expect(403)
    },
  )
})

describe('the counter’s page', () => {
  it('has what is to be received, by its limit, and only of its own counter', async () => {
    scene.goTo('2026-11-05 09:00')
    const late = await fileOnPaper(scene)
    scene.goTo('2026-11-09 09:00')
    const fresh = await fileOnPaper(scene)
    const other = await scene.as('congdan', (tx) =>
      fileExample(tx, scene.services, 'house', { place: 'T00.X02' }),
    )
    const page = await scene.as('motcua.x01', counterPage)
    const ids = page.toReceive.map((line) => line.id)
    expect(ids).not.toContain(other.id)
    expect(ids.indexOf(late.id)).toBeLessThan(ids.indexOf(fresh.id))
    expect(page.toReceive.find((line) => line.id === late.id)?.remaining?.vi).toMatch(/^trễ/)
    expect(page.counts.late).toBeGreaterThanOrEqual(1)
    expect(page.unit.place).toBe('T00.X01')
  })
})

describe('the cover', () => {
  it('bears the code, both people and what lies inside, for the counter alone', async () => {
    const { id, code } = await fileOnPaper(scene)
    const cover = async (login: string) => whole((await agentOf(login)).get(`/api/dossiers/${id}/cover`))
    const text = await textOf((await cover('motcua.x01')).body)
    for (const words of [code, applicant.fullName, 'Đã quét; 2 trang; giữ bản chính', 'Tổng số trang: 6'])
      expect(text).toContain(squeezed(words))
    expect((await cover('congdan2')).status).toBe(403)
    expect((await cover('motcua.x02')).status).toBe(404)
  })
})
