import { ADMIN, CITIZEN, CLERK, HEAD_OF_UNIT, OFFICER } from './story/cast.ts'
import { checkPapers, fillPermitForm } from './story/permit-form.ts'
import { fileByApi } from './support/file.ts'
import type { Stage } from './support/stage.ts'
import { openTask, panelOf } from './support/work.ts'

const DEPUTY_HEAD = 'photruongphong.x01'
const AWAY = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'https://mot-cua/unavailable',
    title: 'Hệ thống tạm thời chưa trả lời',
    detail: 'Hãy thử lại sau một phút.',
    status: 503,
  }),
}

/** As the server tells it (test/integration/studio/publishing-guards.test.ts). */
const REFUSED = {
  processId: 'p1013225_v3',
  code: '1.013225',
  version: 3,
  name: { vi: 'Cấp giấy phép xây dựng mới (mẫu)' },
  refusal: 'Element: Appraise > FEEL expression: unexpected token (mẫu)',
  waiting: 2,
}

/** What a page says when there is nothing, no answer, no right, or somebody was first; and news while one reads. */
export function states(stage: () => Stage): void {
  it('an empty worklist says where new work will appear', async () => {
    const { hall } = stage()
    const clerk = await hall.as('motcua.x02')
    await clerk.page.goto('/ban-lam-viec')
    await clerk.page.getByText('Bạn không còn việc nào').waitFor()
    await hall.look(clerk, 'empty-worklist')
  })

  it('a server that is away is said, with what to do, and the page recovers', async () => {
    const { hall } = stage()
    const clerk = await hall.as('motcua.x02')
    const { page } = clerk
    await page.route('**/api/tasks?*', (route) => route.fulfill(AWAY))
    await page.goto('/ban-lam-viec')
    await page.getByText('Hãy thử lại sau một phút.').waitFor()
    clerk.complaints.length = 0
    await hall.look(clerk, 'server-away')
    await page.unroute('**/api/tasks?*')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.getByText('Bạn không còn việc nào').waitFor()
  })

  it('the administrator reads which version in force the engine does not take, and why', async () => {
    const { hall } = stage()
    const admin = await hall.as(ADMIN)
    const { page } = admin
    await page.route('**/api/admin/engine', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), refusedInForce: [REFUSED] } })
    })
    await page.goto('/quan-tri')
    const box = page.getByRole('alert').filter({ hasText: REFUSED.refusal })
    await box.getByText(/1\.013225.*phiên bản 3.*2 hồ sơ/).waitFor()
    await hall.look(admin, 'engine-refuses')
    await page.unroute('**/api/admin/engine')
  })

  it('a citizen who opens a page of the desk is told whom to ask', async () => {
    const { hall } = stage()
    const citizen = await hall.as('congdan2', { phone: true })
    await citizen.page.goto('/ban-lam-viec')
    await citizen.page.getByText('Bạn không có quyền xem trang này').waitFor()
    citizen.complaints.length = 0
    await hall.look(citizen, 'no-permission')
  })

  it('new work is announced and comes in when the reader says so: no row moves before', async () => {
    const { hall, desk } = stage()
    const clerk = await hall.as(CLERK)
    const { page } = clerk
    const first = await fileByApi(stage(), 'congdan')
    await desk.task(CLERK, first.id, 'reception')
    await page.goto('/ban-lam-viec?xem=unclaimed')
    await page.getByText(first.code).waitFor()
    const rows = () => page.locator('[data-row]').allTextContents()
    const before = await rows()
    const second = await fileByApi(stage(), 'congdan2')
    const news = page.getByRole('button', { name: '1 thay đổi, cập nhật' })
    await news.waitFor()
    expect(await rows()).toEqual(before)
    await hall.look(clerk, 'news')
    await news.click()
    await page.getByText(second.code).waitFor()
    expect(await rows()).toHaveLength(before.length + 1)
  })

  it('whoever decides second reads who was first, and when', async () => {
    const { hall, desk } = stage()
    const { id } = await fileByApi(stage(), CITIZEN)
    await desk.decide(CLERK, id, 'reception', 'received')
    const head = await hall.as(HEAD_OF_UNIT)
    const panel = await openTask(stage(), head, id, 'assign')
    await panel.getByRole('radio').first().check()
    // The page is kept from hearing of the colleague's decision, as over a slow line.
    const lines = head.page.context()
    await lines.route(/\/api\/(tasks|dossiers)/, (route) => {
      if (route.request().method() !== 'GET') return route.continue()
    })
    const { person } = await (await desk.as(OFFICER)).get('/api/session')
    await desk.decide(DEPUTY_HEAD, id, 'assign', 'assigned', { personId: person.id })
    await panel.getByRole('button', { name: 'Phân công', exact: true }).click()
    const first = await (await desk.as(DEPUTY_HEAD)).get('/api/session')
    const told = panel.getByRole('alert')
    await told.getByText(first.person.name).waitFor()
    expect(await told.textContent()).toMatch(/\d{2}:\d{2}/)
    head.complaints.length = 0
    await hall.look(head, 'conflict')
    await lines.unrouteAll({ behavior: 'ignoreErrors' })
    await told.getByRole('button', { name: 'Xem trạng thái mới' }).click()
    await panel.getByText('Đã quyết định').waitFor()
  })

  it('the head hands work from one specialist to another, with the reason', async () => {
    const { hall, desk } = stage()
    const { id } = await fileByApi(stage(), CITIZEN)
    await desk.decide(CLERK, id, 'reception', 'received')
    const { person } = await (await desk.as(OFFICER)).get('/api/session')
    await desk.decide(HEAD_OF_UNIT, id, 'assign', 'assigned', { personId: person.id })
    const { id: taskId } = await desk.task(OFFICER, id, 'appraise')
    const head = await hall.as(HEAD_OF_UNIT)
    await head.page.goto(`/ban-lam-viec/viec/${taskId}`)
    const panel = panelOf(head)
    await panel.getByRole('button', { name: 'Giao người khác' }).click()
    await panel.getByRole('combobox', { name: 'Giao cho' }).click()
    const colleague = await (await desk.as('chuyenvien2.x01')).get('/api/session')
    await head.page.getByRole('option', { name: new RegExp(colleague.person.name) }).click()
    await panel.getByRole('button', { name: 'Giao', exact: true }).click()
    await panel.getByText('Giao lại việc của người khác cần ghi lý do.').waitFor()
    await panel.getByLabel('Lý do giao lại').fill('Nghỉ ốm')
    await hall.look(head, 'hand-over')
    await panel.getByRole('button', { name: 'Giao', exact: true }).click()
    await panel.getByText(colleague.person.name).first().waitFor()
    await desk.task('chuyenvien2.x01', id, 'appraise')
  })

  it('a dossier on paper is filed at the counter for a named person', async () => {
    const { hall, desk } = stage()
    const clerk = await hall.as(CLERK)
    const { page } = clerk
    await page.goto('/mot-cua')
    await page.getByLabel('Tìm thủ tục, không dấu cũng được').fill('giay phep xay dung')
    await page.getByRole('link', { name: /Cấp giấy phép xây dựng mới/ }).click()
    await page.getByLabel('Số định danh cá nhân hoặc mã số doanh nghiệp').fill('000000000009')
    await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').fill('Phạm Thị Giấy')
    await page.getByText('Số này chưa có trong hệ thống').waitFor()
    await page.getByRole('radio', { name: 'Đồng ý bằng lời' }).check()
    await hall.look(clerk, 'counter-applicant')
    const next = page.getByRole('button', { name: 'Tiếp tục' })
    await next.click()
    await page.getByRole('heading', { name: 'Hồ sơ thuộc xã, phường nào?' }).waitFor()
    await page.getByRole('combobox', { name: 'Xã, phường nơi có công việc của bạn' }).fill('tan mau')
    await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).click()
    await next.click()
    await fillPermitForm(page)
    await next.click()
    await checkPapers(page)
    await next.click()
    await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
    await hall.look(clerk, 'counter-filed')
    const code = (await page.getByTestId('dossier-code').textContent())!
    await page.getByRole('button', { name: 'Mở để tiếp nhận' }).click()
    await page.getByText('Phạm Thị Giấy').first().waitFor()
    const [found] = await (await desk.as(CLERK)).get(`/api/desk/find?code=${code}`)
    const id: string = found.dossierId
    await desk.decide(CLERK, id, 'reception', 'received')
  })

  it('a task is done from the worklist to the decision with the keyboard alone', async () => {
    const { hall, desk } = stage()
    const { id, code } = await fileByApi(stage(), CITIZEN)
    await desk.decide(CLERK, id, 'reception', 'received')
    const { id: taskId } = await desk.task(HEAD_OF_UNIT, id, 'assign')
    const head = await hall.as(HEAD_OF_UNIT)
    const { page } = head
    const press = (key: string) => page.keyboard.press(key)
    const focused = () => page.locator(':focus')

    await page.goto('/ban-lam-viec?xem=unclaimed')
    await page.getByText(code).waitFor()
    await press('Tab')
    expect(await focused().textContent()).toBe('Đến nội dung chính')
    expect(await focused().isVisible()).toBe(true)
    await hall.look(head, 'skip-link')
    await press('Enter')
    for (let n = 0; (await focused().getAttribute('href')) !== `/ban-lam-viec/viec/${taskId}`; n++) {
      expect(n).toBeLessThan(50)
      await press('j')
    }
    expect(await focused().evaluate((row) => row.matches(':focus-visible'))).toBe(true)
    await hall.look(head, 'focused-row')
    await press('Enter')
    const panel = panelOf(head)
    await panel.waitFor()
    const person = panel.getByRole('radio').first()
    await person.waitFor()
    for (let n = 0; !(await person.evaluate((one) => one === one.ownerDocument.activeElement)); n++) {
      expect(n).toBeLessThan(80)
      await press('Tab')
    }
    await press('Space')
    await hall.look(head, 'keyboard-chosen')
    await press('Control+Enter')
    await panel.getByText('Đã quyết định').waitFor()
  })
}
