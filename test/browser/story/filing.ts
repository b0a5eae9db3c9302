import type { Stage } from '../support/stage.ts'
import { ADMIN, CITIZEN, told } from './cast.ts'
import { addPapers, fillPermitForm } from './permit-form.ts'

type Scene = (name: string, play: (stage: Stage) => Promise<void>) => void

const written = (day: string) => day.split('-').reverse().join('/')

/** Monday morning: the day off is not decided, the clock is set, and a dossier is filed from a phone. */
export function filing(scene: Scene): void {
  scene('the administrator marks a day whose holiday is not decided', async ({ hall, day }) => {
    const admin = await hall.as(ADMIN)
    const { page } = admin
    await page.goto(`/quan-tri/lich?nam=${day(22).slice(0, 4)}&ngay=${day(22)}`)
    await page.getByRole('button', { name: 'Ghi ngày này vào lịch' }).click()
    await page.getByLabel('Là ngày gì').selectOption('undecided')
    await page.getByLabel('Tên ngày').fill('Ngày nghỉ chưa quyết định (minh họa)')
    await page.getByLabel('Nguồn (địa chỉ hoặc văn bản)').fill('Kịch bản trình diễn')
    await page.getByLabel('Lý do sửa').fill('Kịch bản trình diễn')
    await hall.look(admin, 'calendar-change')
    await page.getByRole('button', { name: 'Ghi vào lịch' }).click()
    await page.locator('.day-kind').getByText('Chưa có quyết định nghỉ').waitFor()
  })

  scene('the clock page moves everybody to Monday morning', async ({ hall, day, desk }) => {
    const admin = await hall.as(ADMIN)
    const { page } = admin
    await page.getByRole('link', { name: 'Đồng hồ' }).click()
    await page.getByLabel('Đến ngày khác').fill(written(day(0)))
    await page.getByLabel('Lúc (giờ:phút)').fill('08:05')
    await page.getByRole('button', { name: 'Chọn', exact: true }).click()
    await page.getByText('Không quay lại được').waitFor()
    await hall.look(admin, 'clock-warning')
    await page.getByRole('button', { name: 'Chuyển đồng hồ' }).click()
    await page.getByText('Đồng hồ đã chuyển đến').waitFor()
    const { now } = await (await desk.as(ADMIN)).get('/api/admin/clock')
    expect(new Date(now).toISOString().slice(0, 16)).toBe(`${day(0)}T01:05`)
  })

  scene('a procedure is found without accents on a phone, with its facts and papers', async ({ hall }) => {
    const visitor = await hall.as('', { phone: true })
    const { page } = visitor
    await page.goto('/')
    await page.getByLabel('Tìm thủ tục').fill('giay phep xay dung')
    await page.getByText('1 thủ tục', { exact: true }).waitFor()
    await hall.look(visitor, 'phone-search')
    await page.getByRole('link', { name: /Cấp giấy phép xây dựng mới/ }).click()
    await page.getByRole('heading', { name: 'Cần những giấy tờ gì?' }).waitFor()
    await page.getByText('10 ngày làm việc', { exact: true }).first().waitFor()
    await hall.look(visitor, 'phone-procedure')
  })

  scene('the citizen fills the form in, adds the papers and files', async ({ hall }) => {
    const citizen = await hall.as(CITIZEN, { phone: true })
    const { page } = citizen
    await page.goto('/thu-tuc/1.013225')
    await page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }).click()
    const place = page.getByRole('combobox', { name: 'Xã, phường nơi có công việc của bạn' })
    await place.fill('tan mau')
    await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).waitFor()
    await hall.look(citizen, 'phone-place')
    await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).click()
    await page.getByRole('button', { name: 'Tiếp tục' }).click()

    await page.getByRole('heading', { name: 'Điền tờ khai' }).waitFor()
    await page.getByRole('button', { name: 'Tiếp tục' }).click()
    await page.getByText('Hãy điền mục này.').first().waitFor()
    await hall.look(citizen, 'phone-form-incomplete')
    await fillPermitForm(page)
    await hall.look(citizen, 'phone-form')
    await page.getByRole('button', { name: 'Tiếp tục' }).click()

    await addPapers(page)
    await hall.look(citizen, 'phone-papers')
    await page.getByRole('button', { name: 'Tiếp tục' }).click()
    await page.getByRole('heading', { name: 'Xem lại trước khi nộp' }).waitFor()
    await hall.look(citizen, 'phone-review')
    await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()

    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
    told.code = (await page.getByTestId('dossier-code').textContent())!
    await hall.look(citizen, 'phone-acknowledgement')
    await page.getByRole('link', { name: 'Mở hồ sơ' }).click()
    await page.getByText('chưa tiếp nhận, chưa có ngày hẹn').waitFor()
    told.id = new URL(page.url()).pathname.split('/').at(-1)!
    await hall.look(citizen, 'phone-dossier-filed')
  })

  scene('whoever has the code sees how far the dossier is, and nothing more', async ({ hall }) => {
    const visitor = await hall.as('', { phone: true })
    const { page } = visitor
    await page.goto('/tra-cuu')
    await page.getByLabel('Mã hồ sơ').fill(told.code.toLowerCase())
    await page.getByRole('button', { name: 'Tra cứu' }).click()
    await page.getByRole('progressbar').waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/Công ty TNHH Mẫu|Nhà kho/)
    await hall.look(visitor, 'phone-track')
  })
}
