import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { unzip } from '../support/unzip.ts'
import { squeeze, textOf } from '../unit/letters/read-pdf.ts'
import { until } from '../walk/client.ts'
import { CLERK, OFFICER } from './story/cast.ts'
import { fillToReview } from './story/permit-form.ts'
import { fileByApi } from './support/file.ts'
import { scenes } from './support/scenes.ts'
import { PAPER, type Stage, setStage } from './support/stage.ts'
import { atAppraisal, finish } from './support/works.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

const ANALYST = 'phantich'
const REVIEWER = 'kiemsoat'
const CODE = '1.013225'
/** An example, with two examples of the repository for each way that matters; all of them run on a broker of their own. */
const EXAMPLES = 10

type Told = { id: string; code: string }
let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.strike())
const scene = scenes(() => stage)

const told = { late: '', finished: [] as Told[], running: [] as Told[], draft: '', newOne: '' }
const draftPath = (part = '') => `/thiet-ke/ban-thao/${told.draft}${part && `/${part}`}`
const written = (day: string) => day.split('-').reverse().join('/')
const saved = (page: Page) => page.getByText(/^Đã lưu \(bản \d+\)/).waitFor()
/** The modeller itself, not the frame it is loaded into. */
const drawn = (page: Page) => page.locator('.studio-canvas [data-element-id="Appraise"]').first().waitFor()

describe('an analyst redesigns the works permit', () => {
  scene('dossiers are granted, one lies late, three are under way', async ({ goTo }) => {
    await goTo(0, '08:30')
    told.late = (await atAppraisal(stage)).code
    told.finished = await Promise.all([atAppraisal(stage), atAppraisal(stage), atAppraisal(stage)])
    await goTo(3, '14:00')
    await Promise.all(told.finished.map(({ id }) => finish(stage, id)))
    await goTo(21, '09:00')
    told.running = await Promise.all(Array.from({ length: 3 }, () => atAppraisal(stage)))
  })

  scene('pain: a dossier is late, and the first page of the Studio says where', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    await analyst.page.goto('/thiet-ke')
    await analyst.page
      .getByText(/1\.013225: .*% /)
      .first()
      .waitFor()
    await hall.look(analyst, 'studio-home')
  })

  scene('heat map: the step that overran is coloured, and leads to its dossiers', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page
      .getByRole('link', { name: /^1\.013225: / })
      .first()
      .click()
    await page.getByRole('heading', { name: /Bản đồ nhiệt 1\.013225/ }).waitFor()
    await page.locator('.djs-shape').first().waitFor()
    // The signing was passed by those that were granted, and by the late one never.
    await page.locator('[data-element-id="SignResult"].djs-shape').click()
    const signed = page.getByRole('region', { name: /^Hồ sơ ở bước Ký kết quả/ })
    await signed.getByText(told.finished[0]!.code).waitFor()
    expect(await signed.getByText(told.late).count()).toBe(0)
    await page.locator('[data-element-id="Appraise"].djs-shape').click()
    const appraised = page.getByRole('region', { name: /^Hồ sơ ở bước Thẩm định hồ sơ/ })
    await appraised.getByText(told.late).waitFor()
    await hall.look(analyst, 'studio-heatmap')
    await page.getByRole('button', { name: `Thiết kế lại ${CODE}` }).click()
    await page.waitForURL('**/thiet-ke/ban-thao/*')
    told.draft = new URL(page.url()).pathname.split('/')[3]!
    await drawn(page)
    await saved(page)
    await page
      .getByText(/ giờ LV/)
      .first()
      .waitFor()
    await hall.look(analyst, 'studio-diagram')
  })

  scene('the head’s assigning goes into the appraisal: two steps become one', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(`${draftPath()}?xem=ca-hai`)
    const assign = page.locator('.studio-canvas [data-element-id="Assign"]').first()
    await assign.waitFor()
    const merge = async () => {
      await page.getByRole('button', { name: 'Gộp bước “Thẩm định hồ sơ” với bước trước / sau' }).click()
      await page.getByRole('menuitem', { name: 'Gộp với bước trước: Phân công thụ lý' }).click()
      await page
        .getByRole('dialog')
        .getByText(/: 52 giờ LV\. Các bước cộng lại 74 trên 80 giờ LV\./)
        .waitFor()
      await page.getByRole('button', { name: 'Gộp hai bước' }).click()
      await assign.waitFor({ state: 'detached' })
    }
    await merge()
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await assign.waitFor()
    await merge()
    await saved(page)
    await hall.look(analyst, 'studio-merged')
  })

  scene('the land paper is no longer asked for: the agency looks it up', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.getByRole('link', { name: /^Giấy tờ/ }).click()
    const land = page
      .locator('details.panel-opens')
      .filter({ hasText: 'Giấy tờ hợp pháp về đất đai' })
      .first()
    await land.locator('summary').first().click()
    await land.getByRole('radio', { name: 'không nộp, cơ quan tra cứu' }).check()
    await land.getByRole('button', { name: 'Cơ sở dữ liệu đất đai' }).click()
    const basis = land.getByRole('group', { name: 'Văn bản cho phép tra cứu thay giấy tờ' })
    await basis.getByLabel('Nội dung').fill('Không phải nộp khi khai thác được từ cơ sở dữ liệu (mẫu)')
    await basis.getByLabel('Nguồn (văn bản, điều, khoản)').fill('Văn bản mẫu, điều 1')
    await basis.getByRole('checkbox', { name: 'Đã đối chiếu với văn bản gốc' }).check()
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
      // Steps without a time, and what few redesigns change, are there when they are asked for.
      const idle = page.getByRole('rowheader', { name: 'Trả kết quả', exact: true })
      expect(await idle.count()).toBe(0)
      await page.getByRole('button', { name: /^Hiện cả \d+ bước chưa giao thời gian$/ }).click()
      await idle.waitFor()
      await page.getByRole('button', { name: 'Chỉ hiện các bước có thời gian' }).click()
      await page.locator('summary').filter({ hasText: 'Cách tính thời gian' }).click()
      await page.getByLabel('Khi hồ sơ được bổ sung').waitFor()
      await page.locator('summary').filter({ hasText: 'Cách tính thời gian' }).click()
      await hall.look(analyst, 'studio-limits')
      // Twelve hours' work less: what the steps take fits into eight days again.
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

  scene(
    'the examples are led through what is drawn now, and none of the rules finds a fault',
    async ({ hall }) => {
      const analyst = await hall.as(ANALYST)
      const { page } = analyst
      await page.getByRole('link', { name: /^Hồ sơ ví dụ/ }).click()
      // They pass the merged step and the look-up already: both were drawn on their way.
      await page.getByRole('combobox').filter({ hasText: 'Chờ dữ liệu đất đai' }).first().waitFor()
      expect(await page.getByRole('button', { name: 'Sửa ví dụ theo sơ đồ' }).count()).toBe(0)
      const counted = page.getByRole('button', { name: /lỗi|cảnh báo/ }).first()
      await counted.waitFor()
      expect(await counted.textContent()).not.toMatch(/\d+ lỗi/)
      await hall.look(analyst, 'studio-examples')
    },
  )

  scene('every example runs on an engine of its own and arrives', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath('chay-thu'))
    await page.getByRole('button', { name: `Chạy ${EXAMPLES} ví dụ` }).click()
    await page
      .getByText(`${EXAMPLES} trong ${EXAMPLES} ví dụ đi đúng như đã ghi.`)
      .or(page.getByText(/^\d+ trong \d+ ví dụ/))
      .waitFor({ timeout: 150_000 })
    expect(await page.getByText(/ trong \d+ ví dụ đi đúng/).textContent()).toBe(
      `${EXAMPLES} trong ${EXAMPLES} ví dụ đi đúng như đã ghi.`,
    )
    await hall.look(analyst, 'studio-trial')
  })

  scene('what changes: two diagrams, words, savings, one A3 page and its annex', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath('so-sanh'))
    await page
      .getByText(/10 → 8 ngày/)
      .first()
      .waitFor()
    await page
      .getByText(/Gộp .*“Phân công thụ lý”.* vào .*“Thẩm định hồ sơ”/)
      .first()
      .waitFor()
    await page.getByText('Tiết kiệm được gì').waitFor()
    await hall.look(analyst, 'studio-compare')
    const fileOf = async (name: RegExp) => {
      const href = await page.getByRole('link', { name }).getAttribute('href')
      return page.request.get(href!)
    }
    const pdf = await fileOf(/^Trang A3 trước và sau/)
    expect(pdf.headers()['content-type']).toContain('application/pdf')
    const words = squeeze(await textOf(await pdf.body()))
    for (const said of [CODE, '10 → 8 ngày', 'Phân công thụ lý', 'Thẩm định hồ sơ'])
      expect(words).toContain(squeeze(said))
    const answer = await page.request.get(`/api/studio/drafts/${told.draft}/savings`)
    const { headline } = (await answer.json()) as { headline: { vi: string } }
    expect(headline.vi).toMatch(/^10 → 8 ngày làm việc, bớt .*1 giấy tờ/)
    expect(words).toContain(squeeze(headline.vi))
    const annex = await fileOf(/^Phụ lục quy trình nội bộ/)
    expect(annex.headers()['content-type']).toContain('wordprocessingml')
    const text = unzip(await annex.body()).get('word/document.xml') ?? ''
    expect(text).toContain('Thẩm định hồ sơ')
  })

  scene('last year’s dossiers run through the draft beside what really happened', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    const { page } = analyst
    await page.goto(draftPath('phat-lai'))
    await page.getByRole('button', { name: 'Chạy phát lại' }).click()
    // What the replay of the version in force comes to, beside what the dossiers really took.
    const calibration = page.getByText(/^Hiệu chỉnh: phát lại bản hiện hành ra trung bình/)
    await calibration.waitFor({ timeout: 60_000 })
    expect(await calibration.textContent()).toMatch(
      /trung bình (\d+ ngày|\d+ giờ).*, thực tế (\d+ ngày|\d+ giờ).* \(lệch [+−][\d,]+ ?%\); trễ [\d,]+ ?%/,
    )
    const figures = page.getByRole('table', { name: 'Ba cột kết quả' })
    expect(await figures.getByRole('row').nth(1).textContent()).not.toMatch(/ 0 phút/)
    // Those granted are replayed; the late one and those under way are not over.
    await page.getByText(/^4 trên 7 hồ sơ/).waitFor()
    await hall.look(analyst, 'studio-replay')
  })

  scene('a second account reviews it by its elements and approves', async ({ hall }) => {
    const analyst = await hall.as(ANALYST)
    await analyst.page.goto(draftPath('tham-dinh'))
    const warning = analyst.page.getByRole('listitem').filter({ hasText: 'Im lặng chỉ có hiệu lực' })
    await warning.getByText('Chờ ý kiến', { exact: true }).waitFor()
    const reasons = analyst.page.getByRole('textbox', { name: 'Lý do chấp nhận' })
    for (let left = await reasons.count(); left > 0; left--) {
      await reasons.first().fill('Báo trước; thư xin lỗi khi cần')
      await analyst.page.getByRole('button', { name: 'Chấp nhận với lý do này' }).first().click()
      await analyst.page.getByText('Lý do: Báo trước; thư xin lỗi khi cần').first().waitFor()
      while ((await reasons.count()) === left) await analyst.page.waitForTimeout(100)
    }
    await warning.getByText('Lý do: Báo trước; thư xin lỗi khi cần').waitFor()
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

  scene(
    'the decision is entered, and on Monday the version is in force',
    async ({ hall, desk, day, goTo }) => {
      const reviewer = await hall.as(REVIEWER)
      const { page } = reviewer
      await page.goto(draftPath('ban-hanh'))
      await page.getByLabel('Số quyết định').fill('45/QĐ-UBND (mẫu)')
      await page.getByLabel('Ngày ký').fill(written(day(18)))
      await page.getByLabel('Người ký').fill('Chủ tịch UBND Tỉnh mẫu (minh họa)')
      await page.getByLabel('Có hiệu lực từ ngày').fill(written(day(28)))
      await page.locator('.mantine-DateInput-calendarHeader').first().waitFor()
      await hall.look(reviewer, 'studio-calendar')
      // Leaving the field closes its calendar.
      await page.getByLabel('Có hiệu lực từ ngày').press('Tab')
      await page.locator('.mantine-DateInput-calendarHeader').first().waitFor({ state: 'detached' })
      await page.locator('input[type=file]').setInputFiles(PAPER)
      await page.getByText('Có thể rút lại trước ngày đó.').waitFor()
      await hall.look(reviewer, 'studio-publishing')
      await page.getByRole('button', { name: /^Ban hành phiên bản 2/ }).click()
      await page.getByText(/^Phiên bản 2 sẽ có hiệu lực từ/).waitFor()
      await hall.look(reviewer, 'studio-planned')

      // Somebody fills in the form of the version in force, and sends it when there is another.
      const late = await hall.as('congdan2')
      await late.page.goto(`/nop-ho-so/${CODE}`)
      await fillToReview(late.page)
      await goTo(28, '08:00')
      // Those under way stay where they were.
      type Version = { version: number; current: boolean; open: number }
      const versions = await until('version 2 in force', async () => {
        const answer = await (await desk.as(REVIEWER)).get(`/api/studio/migration-versions?code=${CODE}`)
        const found = answer.versions as Version[]
        return found.some(({ version, current }) => version === 2 && current) && found
      })
      expect(versions.find(({ version }) => version === 1)).toMatchObject({ current: false, open: 4 })
      await page.goto(`/thiet-ke/thu-tuc/${CODE}`)
      await page.getByText('Đang có hiệu lực').first().waitFor()
      await hall.look(reviewer, 'studio-published')

      await late.page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
      const renewed = late.page.getByRole('alert').filter({ hasText: 'phiên bản 2' })
      await renewed.waitFor()
      await late.page.getByRole('heading', { name: 'Điền tờ khai' }).waitFor()
      // The refusal, which browsers write down as an error.
      late.complaints.length = 0
      await hall.look(late, 'studio-form-renewed')

      // Filed on the new version without the land paper: received, it goes straight to the specialists.
      const filed = await fileByApi(stage, 'congdan', { without: ['land'] })
      await desk.decide(CLERK, filed.id, 'reception', 'received')
      await desk.task(OFFICER, filed.id, 'appraise')
      told.newOne = filed.id
    },
  )

  scene('three running dossiers are moved to it by a named act', async ({ hall }) => {
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
    for (const { code } of told.running)
      await page.getByRole('checkbox', { name: `Chọn hồ sơ ${code}` }).check()
    await page
      .getByRole('textbox', { name: 'Lý do' })
      .fill('Áp dụng quy trình rút gọn cho hồ sơ đang thẩm định')
    await hall.look(reviewer, 'studio-migration')
    await page.getByRole('button', { name: 'Chuyển hồ sơ' }).click()
    await page.getByText('Đã xong', { exact: true }).first().waitFor()
    await hall.look(reviewer, 'studio-moved')
    const { desk } = stage
    const open = async () => {
      const { versions } = await (await desk.as(REVIEWER)).get(`/api/studio/migration-versions?code=${CODE}`)
      const of = (version: number) =>
        versions.find((one: { version: number }) => one.version === version).open as number
      return [of(1), of(2)]
    }
    // The late one stays.
    expect(await open()).toEqual([1, 4])
    expect(told.newOne).not.toBe('')
    for (const { id } of told.running) await desk.task(OFFICER, id, 'appraise')
  })
})
