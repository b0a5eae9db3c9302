import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { CITIZEN, CLERK, HEAD_OF_UNIT, OFFICER } from './story/cast.ts'
import { scenes } from './support/scenes.ts'
import { PAPER, type Stage, setStage } from './support/stage.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

const ANALYST = 'phantich'
const REVIEWER = 'kiemsoat'
/** The product's own sample file holds the first; both are made up, and marked so by the import. */
const SAMPLE = { code: '9.000101', name: 'Cấp giấy xác nhận ví dụ (mẫu)' }
const SECOND = { code: '9.000102', name: 'Xác nhận thông tin ví dụ (mẫu)' }
const PROCEDURES = [SAMPLE, SECOND]
const SECOND_ROW = [
  'code,name,field,level,agency,unit,decision,onlineLevel,eligible,limit,limitUnit,limitText,papers,feeText,results',
  `${SECOND.code},${SECOND.name},Lĩnh vực ví dụ,Xã,Ủy ban nhân dân cấp xã,place.KT,00/QĐ-MẪU,toàn trình,có,7,ngày làm việc,7 ngày làm việc,Tờ khai | Văn bản ủy quyền [nếu có],Không thu,Văn bản xác nhận`,
].join('\n')
/** The head of the unit has no step in it: the officer is asked first. */
const SECOND_STEPS = [
  'code,number,role,action,hours',
  `${SECOND.code},1,clerk,Tiếp nhận hồ sơ,2`,
  `${SECOND.code},2,officer,Thẩm định và dự thảo,24`,
  `${SECOND.code},3,leader,Ký,4`,
  `${SECOND.code},4,clerical,Cấp số,2`,
  `${SECOND.code},5,clerk,Trả kết quả,1`,
].join('\n')

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.strike())
const scene = scenes(() => stage)

/** Of each procedure, the draft that was made. */
const drafts = new Map<string, string>()
const draftPath = (code: string, part: string) => `/thiet-ke/ban-thao/${drafts.get(code)}/${part}`
const written = (day: string) => day.split('-').reverse().join('/')
const checked = (page: Page) =>
  page.getByRole('button', { name: /^Đang kiểm tra/ }).waitFor({ state: 'detached' })

async function takeOver(
  page: Page,
  kind: 'Các thủ tục' | 'Bảng bước',
  name: string,
  file: Buffer,
): Promise<void> {
  await page.getByRole('button', { name: kind, exact: true }).click()
  await page.getByText(kind === 'Bảng bước' ? 'Mỗi dòng là một bước' : 'Mỗi dòng là một thủ tục').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: file })
  const save = page.getByRole('button', { name: /^Ghi \d+ dòng/ })
  await save.click()
  await save.waitFor({ state: 'detached' })
}

describe('two procedures of the catalogue begin to work without code', () => {
  scene('their rows and step tables come in by files', async ({ hall, desk, goTo }) => {
    await goTo(0, '08:30')
    const sample = (kind: string) =>
      desk.as(ANALYST).then((client) => client.bytes(`/api/studio/catalogue/import/${kind}/sample`))
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto('/thiet-ke/danh-muc?xem=nhap')
    await takeOver(page, 'Các thủ tục', 'mau.csv', await sample('rows'))
    await takeOver(page, 'Các thủ tục', 'them.csv', Buffer.from(SECOND_ROW))
    await takeOver(page, 'Bảng bước', 'buoc.csv', await sample('steps'))
    await takeOver(page, 'Bảng bước', 'buoc-them.csv', Buffer.from(SECOND_STEPS))
  })

  scene('drafts are made of both in one act, and the rules find no error in them', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto('/thiet-ke/danh-muc')
    for (const { code } of PROCEDURES) await page.getByRole('checkbox', { name: `Chọn ${code}` }).check()
    await page.getByRole('button', { name: 'Sinh 2 quy trình' }).click()
    await page.getByText('Xong 2/2: tạo 2 bản thảo, 0 chưa tạo được.').waitFor()
    expect(await page.getByText(/Kiểm tra: 0 lỗi/).count()).toBe(2)
    for (const { code, name } of PROCEDURES) {
      const href = await page.getByRole('link', { name }).getAttribute('href')
      drafts.set(code, href!.split('/')[3]!)
    }
    await hall.look(analyst, 'catalogue-made')
  })

  scene(
    'both open without an error, and a form asks what the applicant and the papers need',
    async ({ hall }) => {
      const analyst = await hall.as(ANALYST)
      const { page } = analyst
      for (const { code } of PROCEDURES) {
        await page.goto(draftPath(code, 'so-do'))
        await page.locator('.djs-shape').first().waitFor()
        await checked(page)
        expect(await page.getByRole('button', { name: /\d+ lỗi/ }).count()).toBe(0)
      }
      await hall.look(analyst, 'catalogue-skeleton')
      await page.goto(draftPath(SAMPLE.code, 'bieu-mau'))
      await page.getByText('Số, ngày cấp: Bản sao giấy chứng nhận').first().waitFor()
      await hall.look(analyst, 'catalogue-form')
    },
  )

  scene('its examples run on an engine of their own, each as it says', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath(SECOND.code, 'chay-thu'))
    await page.getByRole('button', { name: /^Chạy \d+ ví dụ/ }).click()
    await page.getByText(/^(\d+) trong \1 ví dụ đi đúng như đã ghi/).waitFor({ timeout: 200_000 })
    await hall.look(analyst, 'catalogue-trial')
  })

  scene('a second account reviews both, and each decision puts one in force', async ({ hall, day }) => {
    const analyst = await hall.as(ANALYST)
    const reviewer = await hall.as(REVIEWER)
    for (const { code } of PROCEDURES) {
      await analyst.page.goto(draftPath(code, 'tham-dinh'))
      await analyst.page.getByRole('button', { name: /^Gửi thẩm định bản lưu/ }).click()
      await analyst.page.getByText('Đã gửi thẩm định.').waitFor()
      const { page } = reviewer
      await page.goto(draftPath(code, 'tham-dinh'))
      await page.getByRole('button', { name: 'Đồng ý', exact: true }).click()
      await page.getByText('Đã đồng ý bản thảo.').waitFor()
      await page.goto(draftPath(code, 'ban-hanh'))
      await page.getByLabel('Số quyết định').fill('46/QĐ-UBND (mẫu)')
      await page.getByLabel('Ngày ký').fill(written(day(-3)))
      await page.getByLabel('Người ký').fill('Chủ tịch UBND Tỉnh mẫu (minh họa)')
      await page.locator('input[type=file]').setInputFiles(PAPER)
      await page.getByRole('button', { name: /^Ban hành phiên bản 1/ }).click()
      await page.getByText('Phiên bản 1 đã có hiệu lực').waitFor()
    }
    await hall.look(reviewer, 'catalogue-published')
  })

  const filed = new Map<string, { id: string; code: string }>()
  for (const { code } of PROCEDURES)
    scene(`a citizen files ${code} at once`, async ({ hall }) => {
      const citizen = await hall.as(CITIZEN)
      const { page } = citizen
      await page.goto(`/thu-tuc/${code}`)
      await page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }).click()
      await page.getByRole('combobox', { name: 'Xã, phường nơi có công việc của bạn' }).fill('tan mau')
      await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).click()
      await page.getByRole('button', { name: 'Tiếp tục' }).click()
      await page.getByLabel('Họ tên hoặc tên tổ chức').fill('Nguyễn Văn Mẫu')
      await page.getByLabel('Số định danh cá nhân hoặc mã số doanh nghiệp').fill('000000000001')
      await page.getByLabel('Địa chỉ liên hệ').fill('Số 1 đường Mẫu, Phường Mẫu')
      await page.getByLabel('Số điện thoại').fill('0900000001')
      await page.getByLabel('Nội dung đề nghị').fill('Đề nghị xác nhận (mẫu)')
      await page.getByRole('checkbox', { name: /Tôi cam đoan/ }).check()
      await page.getByRole('button', { name: 'Tiếp tục' }).click()
      await page.getByRole('heading', { name: 'Tải giấy tờ lên' }).waitFor()
      const required = code === SAMPLE.code ? 2 : 1
      for (let n = 0; n < required; n++) {
        await page.locator('input[type=file][multiple]').nth(n).setInputFiles(PAPER)
        await page.getByText('đã tải lên').nth(n).waitFor()
      }
      await page.getByRole('button', { name: 'Tiếp tục' }).click()
      await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
      await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
      const shown = (await page.getByTestId('dossier-code').textContent())!
      await page.getByRole('link', { name: 'Mở hồ sơ' }).click()
      await page.getByText('chưa tiếp nhận, chưa có ngày hẹn').waitFor()
      filed.set(code, { id: new URL(page.url()).pathname.split('/').at(-1)!, code: shown })
    })

  scene('the officer sees the task of each', async ({ hall, desk }) => {
    const { person } = await (await desk.as(OFFICER)).get('/api/session')
    for (const { id } of filed.values()) await desk.decide(CLERK, id, 'reception', 'received')
    const assigned = filed.get(SAMPLE.code)!
    await desk.decide(HEAD_OF_UNIT, assigned.id, 'assign', 'assigned', { personId: person.id })
    for (const { id } of filed.values()) await desk.task(OFFICER, id, 'appraise')
    const officer = await hall.as(OFFICER)
    const { page } = officer
    await page.goto('/ban-lam-viec')
    await page.locator('[data-row]').filter({ hasText: assigned.code }).waitFor()
    await page.getByRole('link', { name: /^Chưa ai nhận/ }).click()
    await page
      .locator('[data-row]')
      .filter({ hasText: filed.get(SECOND.code)!.code })
      .click()
    await page.getByText('Thẩm định hồ sơ').first().waitFor()
    await hall.look(officer, 'catalogue-officer')
  })
})
