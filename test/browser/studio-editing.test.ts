import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Desks, setDesks } from './support/desk-scene.ts'
import type { Person } from './support/hall.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(3 * 60_000)

const CODE = '1.013225'
let desks: Desks
let analyst: Person
let page: Page
let draft = ''

type Source = {
  bpmn: string
  definition: { steps: Record<string, { mergedFrom?: string[]; name: { vi: string } }> }
  examples: { content: { walk: { element: string; outcome: string }[] } }[]
}
type Read = { title: string; revision: number; source: Source }

const saved = () => page.getByText(/^Đã lưu \(bản \d+\)/).waitFor()
/** The draft as the server has it, after everything typed is saved. */
const read = async (): Promise<Read> => {
  await saved()
  return (await page.request.get(`/api/studio/drafts/${draft}`)).json() as Promise<Read>
}
const step = (id: string) => page.locator(`[data-element-id="${id}"]`).first()
const drawnWay = (bpmn: string, id: string) =>
  /targetRef="(\w+)"/.exec(new RegExp(`<bpmn:sequenceFlow id="${id}"[^>]*>`).exec(bpmn)?.[0] ?? '')?.[1]
const undo = () => page.getByRole('button', { name: 'Hoàn tác' }).click()

beforeAll(async () => {
  desks = await setDesks()
  analyst = await desks.hall.as('phantich')
  page = analyst.page
  await page.goto(`/thiet-ke/thu-tuc/${CODE}/ban-do-nhiet`)
  await page.getByRole('button', { name: `Thiết kế lại ${CODE}` }).click()
  await page.waitForURL('**/thiet-ke/ban-thao/*')
  draft = new URL(page.url()).pathname.split('/')[3]!
  await page.goto(`/thiet-ke/ban-thao/${draft}?xem=ca-hai`)
  await step('Assign').waitFor()
})
afterAll(() => desks?.strike())
afterEach(async () => {
  if (page) await desks.hall.photograph()
})

describe('an analyst at the diagram', () => {
  it('merges two steps at the table; drawing, data and examples follow, and all of it is taken back', async () => {
    const before = await read()
    await page.getByRole('button', { name: 'Gộp bước “Thẩm định hồ sơ” với bước trước / sau' }).click()
    await page.getByRole('menuitem', { name: 'Gộp với bước trước: Phân công thụ lý' }).click()
    await page
      .getByRole('dialog')
      .getByText(/Công trình khác.*: 52 giờ LV/)
      .waitFor()
    await desks.hall.look(analyst, 'editing-merge')
    await page.getByRole('button', { name: 'Gộp hai bước' }).click()
    await step('Assign').waitFor({ state: 'detached' })
    const merged = await read()
    expect(merged.source.definition.steps.Appraise?.mergedFrom).toEqual(['Assign'])
    const visits = merged.source.examples.flatMap(({ content }) => content.walk.map(({ element }) => element))
    expect(visits).not.toContain('Assign')
    expect(merged.source.bpmn).not.toContain('"Assign"')
    await undo()
    await step('Assign').waitFor()
    const { source } = await read()
    expect(source.examples).toEqual(before.source.examples)
    expect(source.definition.steps).toEqual(before.source.definition.steps)
  })

  it('merges two questions into one at the drawing: nobody sends back to himself', async () => {
    await page.getByRole('button', { name: 'Xem “Ký kết quả” trên sơ đồ' }).click()
    await page.getByRole('button', { name: 'Gộp với bước trước: Duyệt, ký nháy kết quả' }).waitFor()
    await page.locator('.djs-context-pad.open [data-action="merge.before"]').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/“Duyệt, ký nháy kết quả” gộp vào bước “Ký kết quả”/).waitFor()
    await dialog.getByRole('button', { name: 'Gộp hai bước' }).click()
    await step('ReviewResult').waitFor({ state: 'detached' })
    const { source } = await read()
    expect(drawnWay(source.bpmn, 'WhatResult_to_ReviewResult')).toBe('SignResult')
    expect(drawnWay(source.bpmn, 'DraftRefusal_to_ReviewResult')).toBe('SignResult')
    expect(drawnWay(source.bpmn, 'IsSigned_to_ReviewResult')).toBe('Appraise')
    expect(source.bpmn).not.toContain('IsReviewed')
    await page
      .getByRole('button', { name: /^\d+ lỗi|cảnh báo|Không có lỗi/ })
      .first()
      .waitFor()
    await desks.hall.look(analyst, 'editing-merged')
    await undo()
    await step('ReviewResult').waitFor()
    await saved()
  })

  it('sees a change of the drawing in the table', async () => {
    await page.getByRole('button', { name: 'Xem “Tiếp nhận hồ sơ” trên sơ đồ' }).click()
    await step('Receive').dblclick()
    const label = page.locator('.djs-direct-editing-content')
    await label.waitFor()
    await label.fill('Nhận hồ sơ')
    await page.locator('.djs-container > svg').click({ position: { x: 5, y: 5 } })
    await page.locator('#buoc-Receive input').first().waitFor()
    await expect(page.locator('#buoc-Receive input').first().inputValue()).resolves.toBe('Nhận hồ sơ')
    expect((await read()).source.definition.steps.Receive?.name.vi).toBe('Nhận hồ sơ')
  })

  it('leaves a step out and leads every example along what is drawn now', async () => {
    await page.getByRole('button', { name: 'Bỏ bước “Phân công thụ lý”' }).click()
    await step('Assign').waitFor({ state: 'detached' })
    await saved()
    await page.getByRole('link', { name: /^Hồ sơ ví dụ/ }).click()
    await page.getByText('9 ví dụ cần sửa đường đi.').waitFor()
    await page.getByText('Bước không còn trong sơ đồ: Assign (9 ví dụ).').waitFor()
    await desks.hall.look(analyst, 'editing-examples')
    await page.getByRole('button', { name: 'Sửa ví dụ theo sơ đồ' }).click()
    await page.getByText('Đã sửa 9 ví dụ theo sơ đồ.').waitFor()
    const { source } = await read()
    const visits = source.examples.flatMap(({ content }) => content.walk.map(({ element }) => element))
    expect(visits).not.toContain('Assign')
    expect(visits).toContain('Appraise')
    await undo()
    await page.getByText('9 ví dụ cần sửa đường đi.').waitFor()
    await page.getByRole('link', { name: /^Sơ đồ/ }).click()
    await undo()
    await step('Assign').waitFor()
    await saved()
  })

  it('calls the draft otherwise', async () => {
    await page.getByRole('button', { name: 'Đổi tên bản thảo' }).click()
    await page.getByRole('textbox', { name: 'Tên bản thảo' }).fill('Cấp phép nhà ở rút gọn')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Đổi tên bản thảo' }).waitFor()
    expect(await read()).toMatchObject({ title: 'Cấp phép nhà ở rút gọn' })
  })

  it('opens what the rules say, and every save, beside the work', async () => {
    await page
      .getByRole('button', { name: /cảnh báo|Không có lỗi/ })
      .first()
      .click()
    await page.getByRole('dialog', { name: 'Kiểm tra bản thảo' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Lịch sử' }).click()
    const history = page.getByRole('dialog', { name: 'Lịch sử bản thảo' })
    await history.getByText(/^ · đang mở$/).waitFor()
    await desks.hall.look(analyst, 'editing-history')
    await page.keyboard.press('Escape')
    await history.waitFor({ state: 'detached' })
  })

  it('changes a step by the keyboard alone', async () => {
    await page.goto(`/thiet-ke/ban-thao/${draft}?xem=bang`)
    await page.locator('#buoc-SignResult input').first().waitFor()
    const focused = () =>
      page.evaluate('document.activeElement?.getAttribute("aria-label") ?? ""') as Promise<string>
    const tabTo = async (label: RegExp) => {
      for (let n = 0; n < 400; n++) {
        if (label.test(await focused())) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`no Tab leads to ${label}`)
    }
    await page.locator('#buoc-SignResult input').first().focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Ký giấy phép')
    await page.keyboard.press('Enter')
    await tabTo(/^Thời gian của “Ký giấy phép”, Công trình khác/)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('6')
    await page.keyboard.press('Enter')
    await tabTo(/^Thêm bước sau “Ký giấy phép”$/)
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Cấp số tờ trình' }).waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Escape')
    await desks.hall.look(analyst, 'editing-keyboard')
    const { source } = await read()
    expect(source.definition.steps.SignResult?.name.vi).toBe('Ký giấy phép')
    expect(source.definition).toMatchObject({
      allotments: { other: { SignResult: { value: 6, unit: 'working-hour' } } },
    })
  })

  it('sees both versions when somebody else has saved first, and keeps what is chosen of each', async () => {
    const { revision, source } = await read()
    const theirs = structuredClone(source) as Source & { definition: { result: { validity: string } } }
    theirs.definition.result.validity = 'Có hiệu lực 24 tháng (mẫu).'
    theirs.definition.steps.Appraise!.name.vi = 'Thẩm định'
    const put = await page.request.put(`/api/studio/drafts/${draft}`, {
      headers: { 'X-Requested-With': 'mot-cua' },
      data: { revision, changes: { definition: theirs.definition } },
    })
    expect(put.status()).toBe(200)
    const name = page.locator('#buoc-Appraise input').first()
    await name.fill('Thẩm tra hồ sơ')
    await name.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Hai người cùng sửa bản thảo này' })
    await dialog.waitFor()
    // The refusal, which browsers write down as an error.
    analyst.complaints.length = 0
    await desks.hall.look(analyst, 'editing-conflict')
    await dialog.getByText('Thẩm tra hồ sơ').first().waitFor()
    await dialog.getByText('Thẩm định', { exact: false }).first().waitFor()
    await dialog.getByRole('button', { name: 'Giữ tất cả của tôi' }).click()
    await dialog.getByRole('button', { name: 'Lưu lựa chọn' }).click()
    await dialog.waitFor({ state: 'detached' })
    const chosen = await read()
    expect(chosen.revision).toBeGreaterThan(revision + 1)
    expect(chosen.source.definition.steps.Appraise?.name.vi).toBe('Thẩm tra hồ sơ')
  })

  it('shows the reviewer what has changed, by names and in sentences', async () => {
    await saved()
    await page.goto(`/thiet-ke/ban-thao/${draft}/tham-dinh`)
    await page.locator('.djs-shape').first().waitFor()
    await page.getByRole('heading', { name: 'Thay đổi so với phiên bản 1' }).waitFor()
    await page.getByRole('heading', { name: 'Cảnh báo cần lý do' }).waitFor()
    const warning = page.getByRole('listitem').filter({ hasText: 'Im lặng chỉ có hiệu lực' })
    await warning.getByText('Chờ ý kiến', { exact: true }).waitFor()
    await warning.getByRole('textbox', { name: 'Lý do chấp nhận' }).fill('Báo trước cho người nộp')
    await warning.getByRole('button', { name: 'Chấp nhận với lý do này' }).click()
    await warning.getByText('Lý do: Báo trước cho người nộp').waitFor()
    await page.locator('.cmp-sign').first().waitFor()
    await desks.hall.look(analyst, 'editing-review')
  })
})
