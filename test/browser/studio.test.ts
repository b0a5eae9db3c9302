import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { CLERK, HEAD_OF_UNIT, OFFICER } from './story/cast.ts'
import { fileByApi } from './support/file.ts'
import { scenes } from './support/scenes.ts'
import { PAPER, type Stage, setStage } from './support/stage.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

const ANALYST = 'phantich'
const REVIEWER = 'kiemsoat'
const CODE = '1.013225'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.strike())
const scene = scenes(() => stage)

const told = { late: '', running: '', draft: '', newOne: '' }
const draftPath = (part = '') => `/thiet-ke/ban-thao/${told.draft}${part && `/${part}`}`
const written = (day: string) => day.split('-').reverse().join('/')
const saved = (page: Page) => page.getByText(/^Đã lưu \(bản \d+\)/).waitFor()

/** Received and assigned: it lies on the specialist's desk. */
async function atAppraisal(): Promise<{ id: string; code: string }> {
  const { desk } = stage
  const filed = await fileByApi(stage, 'congdan')
  await desk.decide(CLERK, filed.id, 'reception', 'received')
  const { person } = await (await desk.as(OFFICER)).get('/api/session')
  await desk.decide(HEAD_OF_UNIT, filed.id, 'assign', 'assigned', { personId: person.id })
  await desk.task(OFFICER, filed.id, 'appraise')
  return filed
}

describe('an analyst redesigns the works permit', () => {
  scene('pain: a dossier is late, and the first page of the Studio says where', async ({ hall, goTo }) => {
    await goTo(0, '08:30')
    told.late = (await atAppraisal()).code
    await goTo(21, '09:00')
    told.running = (await atAppraisal()).id
    const analyst = await hall.as(ANALYST)
    await analyst.page.goto('/thiet-ke')
    await analyst.page
      .getByText(/1\.013225: .*% /)
      .first()
      .waitFor()
    await hall.look(analyst, 'studio-home')
  })

  scene('heat map: the step that overran is coloured, and leads to the dossier', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page
      .getByRole('link', { name: /^1\.013225: / })
      .first()
      .click()
    await page.getByRole('heading', { name: /Bản đồ nhiệt 1\.013225/ }).waitFor()
    await page.locator('.djs-shape').first().waitFor()
    await page.getByText(told.late).first().waitFor()
    await hall.look(analyst, 'studio-heatmap')
    await page.getByRole('button', { name: `Thiết kế lại ${CODE}` }).click()
    await page.waitForURL('**/thiet-ke/ban-thao/*')
    told.draft = new URL(page.url()).pathname.split('/')[3]!
    await page.locator('.djs-shape').first().waitFor()
    await saved(page)
    await hall.look(analyst, 'studio-diagram')
  })

  scene('the head’s assigning is left out in the table, and the drawing follows', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(`${draftPath()}?xem=ca-hai`)
    const assign = page.locator('[data-element-id="Assign"]')
    await assign.waitFor()
    await page.getByRole('button', { name: 'Bỏ bước “Phân công thụ lý”' }).click()
    await assign.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await assign.waitFor()
    await page.getByRole('button', { name: 'Bỏ bước “Phân công thụ lý”' }).click()
    await assign.waitFor({ state: 'detached' })
    await saved(page)
    await hall.look(analyst, 'studio-merged')
  })

  scene('a paper is taken from the land database', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.getByRole('link', { name: /^Giấy tờ/ }).click()
    await page.locator('summary').filter({ hasText: 'Giấy tờ hợp pháp về đất đai' }).click()
    await page.getByRole('checkbox', { name: 'Bắt buộc' }).first().uncheck()
    await saved(page)
    await hall.look(analyst, 'studio-papers')
  })

  scene(
    'eight days are promised instead of ten, and the rules name the twelve days of silence',
    async ({ hall }) => {
      const analyst = await hall.as(ANALYST)
      const { page } = analyst
      await page.getByRole('link', { name: /^Thời hạn/ }).click()
      await page.getByRole('heading', { name: 'Trường hợp và thời hạn' }).waitFor()
      const other = page.locator('details.panel-opens').filter({ hasText: 'Công trình khác' }).first()
      await other.locator('summary').click()
      await other.getByLabel('Cam kết: số').fill('8')
      await page.getByText(/trên 8 ngày: quá/).waitFor()
      await hall.look(analyst, 'studio-limits')
      // An hour's work less: what the steps take fits into eight days again.
      await page.getByLabel(/^Thẩm định hồ sơ, Công trình khác.*số$/).fill('40')
      await page.getByText(/trên 8 ngày, dự phòng/).waitFor()
      await saved(page)
      await page
        .getByRole('button', { name: /lỗi|cảnh báo/ })
        .first()
        .click()
      await page
        .getByRole('dialog')
        .getByText(/Im lặng chỉ có hiệu lực sau 12 ngày/)
        .first()
        .waitFor()
      await hall.look(analyst, 'studio-faults')
      await page.keyboard.press('Escape')
    },
  )

  scene('what changes: two diagrams, words, savings, and one A3 page', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath('so-sanh'))
    await page
      .getByText(/10 → 8 ngày/)
      .first()
      .waitFor()
    await page.getByText('Tiết kiệm được gì').waitFor()
    await hall.look(analyst, 'studio-compare')
    const href = await page.getByRole('link', { name: 'Trang A3 trước và sau (PDF)' }).getAttribute('href')
    const pdf = await page.request.get(href!)
    expect(pdf.headers()['content-type']).toContain('application/pdf')
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  })

  scene('last year’s dossiers run through the draft beside what really happened', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath('phat-lai'))
    await page.getByRole('button', { name: 'Chạy phát lại' }).click()
    await page.getByText('Ba cột kết quả').or(page.getByText('Không phát lại được')).first().waitFor()
    await hall.look(analyst, 'studio-replay')
  })

  scene('a second account reviews it by its elements and approves', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    await analyst.page.goto(draftPath('tham-dinh'))
    await analyst.page
      .getByRole('textbox', { name: 'Lý do chấp nhận' })
      .fill('Báo trước; thư xin lỗi khi cần')
    await analyst.page.getByRole('button', { name: 'Chấp nhận với lý do này' }).click()
    await analyst.page.getByText('Đã ghi lý do.').first().waitFor()
    await analyst.page.getByRole('button', { name: /^Gửi thẩm định bản lưu/ }).click()
    await analyst.page.getByText('Đã gửi thẩm định.').waitFor()
    await hall.look(analyst, 'studio-submitted')

    const reviewer = await hall.as(REVIEWER)
    const { page } = reviewer
    await page.goto(draftPath('tham-dinh'))
    await page.getByLabel('Góp ý về').selectOption({ label: 'Thẩm định hồ sơ' })
    await page.getByLabel('Nội dung').fill('Bốn mươi giờ có đủ không?')
    await page.getByRole('button', { name: 'Gửi góp ý' }).click()
    await page.getByText('Bốn mươi giờ có đủ không?').waitFor()
    await hall.look(reviewer, 'studio-review')
    // What was asked is answered first.
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click()
    await page.getByRole('alert').first().waitFor()
    await analyst.page.reload()
    await analyst.page.getByRole('button', { name: /^Đánh dấu đã giải quyết/ }).click()
    await analyst.page.getByText(/đánh dấu đã giải quyết/).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click()
    await page.getByText('Đã đồng ý bản thảo.').waitFor()
    // The refusal before it, which browsers write down as an error.
    reviewer.complaints.length = 0
  })

  scene('the decision is entered and the version is in force', async ({ hall, desk }) => {
    const reviewer = await hall.as(REVIEWER)
    const { page } = reviewer
    await page.goto(draftPath('ban-hanh'))
    await page.getByLabel('Số quyết định').fill('45/QĐ-UBND (mẫu)')
    await page.getByLabel('Ngày ký').fill(written(stage.day(18)))
    await page.getByLabel('Người ký').fill('Chủ tịch UBND Tỉnh mẫu (minh họa)')
    await page.locator('input[type=file]').setInputFiles(PAPER)
    await hall.look(reviewer, 'studio-publishing')
    await page.getByRole('button', { name: /^Ban hành phiên bản 2/ }).click()
    await page.getByText('Phiên bản 2 đã có hiệu lực').waitFor()
    await hall.look(reviewer, 'studio-published')

    // Filed on the new version: received, it goes straight to the specialists.
    const filed = await fileByApi(stage, 'congdan')
    await desk.decide(CLERK, filed.id, 'reception', 'received')
    await desk.task(OFFICER, filed.id, 'appraise')
    told.newOne = filed.id
  })

  scene('a running dossier is moved to it by a named act', async ({ hall }) => {
    const reviewer = await hall.as(REVIEWER)
    const { page } = reviewer
    await page.goto(`/thiet-ke/thu-tuc/${CODE}/chuyen-phien-ban`)
    const choose = async (label: string, version: RegExp) => {
      const list = page.getByLabel(label)
      const value = await list.locator('option').filter({ hasText: version }).first().getAttribute('value')
      await list.selectOption(value)
    }
    await choose('Từ phiên bản', /^Phiên bản 1/)
    await choose('Sang phiên bản', /^Phiên bản 2/)
    await page.getByRole('checkbox', { name: 'Chọn tất cả hồ sơ chuyển được' }).check()
    await page
      .getByRole('textbox', { name: 'Lý do' })
      .fill('Áp dụng quy trình rút gọn cho hồ sơ đang thẩm định')
    await hall.look(reviewer, 'studio-migration')
    await page.getByRole('button', { name: 'Chuyển hồ sơ' }).click()
    await page.getByText('Đã xong', { exact: true }).first().waitFor()
    await hall.look(reviewer, 'studio-moved')
    const { desk } = stage
    const { versions } = await (await desk.as(REVIEWER)).get(`/api/studio/migration-versions?code=${CODE}`)
    const open = (version: number) =>
      versions.find((one: { version: number }) => one.version === version).open
    expect([open(1), open(2)]).toEqual([0, 3])
    expect(told.newOne).not.toBe('')
    await desk.task(OFFICER, told.running, 'appraise')
  })
})
