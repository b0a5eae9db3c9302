import type { Stage } from '../support/stage.ts'
import { ADMIN, AUDITOR, told } from './cast.ts'

type Scene = (name: string, play: (stage: Stage) => Promise<void>) => void

/** The auditor's three clicks on the dossier of the story, and what the administrator sees of it. */
export function oversight(scene: Scene): void {
  scene(
    'the auditor finds it late with its apology in time, and reads an interval: three clicks',
    async (stage) => {
      const auditor = await stage.hall.as(AUDITOR)
      const { page } = auditor
      await page.goto('/kiem-tra')
      const row = page.getByRole('row').filter({ hasText: told.code })
      await row.getByText('Kịp hạn').waitFor()
      await stage.hall.look(auditor, 'audit-list')
      await row.getByRole('link', { name: told.code }).click()
      await page.getByRole('heading', { name: `Hồ sơ ${told.code}` }).waitFor()
      await page.getByRole('heading', { name: 'Sổ cân đối' }).waitFor()
      await stage.hall.look(auditor, 'audit-dossier')
      await page.getByRole('rowheader').getByRole('link', { name: 'Tổng hợp ý kiến', exact: true }).click()
      await page.getByRole('heading', { name: `Tổng hợp ý kiến: hồ sơ ${told.code}` }).waitFor()
      await page.getByText('nguyên vẹn').first().waitFor()
      await stage.hall.look(auditor, 'audit-interval')
      await page.getByRole('link', { name: `Hồ sơ ${told.code}` }).click()
      await page.getByRole('link', { name: 'Danh sách hồ sơ trễ' }).click()
      await page.getByRole('heading', { name: 'Hồ sơ quá hạn' }).waitFor()
      await page.getByRole('row').filter({ hasText: told.code }).waitFor()
    },
  )

  scene(
    'a breach is followed to its interval in three steps by keyboard alone, and back to the same row',
    async (stage) => {
      const auditor = await stage.hall.as(AUDITOR)
      const { page } = auditor
      const focused = page.locator(':focus')
      /** Steps on with Tab until the focus stands where it should: no pointer takes it there. */
      const tabTo = async (name: RegExp) => {
        for (let presses = 0; presses < 60; presses++) {
          await page.keyboard.press('Tab')
          if (name.test((await focused.textContent()) ?? '')) return
        }
        throw new Error(`Tab never came to ${name}`)
      }
      await page.goto('/kiem-tra')
      await page.getByRole('row').filter({ hasText: told.code }).waitFor()
      await tabTo(/^Quá hạn \d+$/)
      await page.keyboard.press('Enter')
      await focused.and(page.getByRole('link', { name: told.code })).waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Sổ cân đối' }).waitFor()
      await tabTo(/^Xem khoảng vượt nhiều nhất/)
      await page.keyboard.press('Enter')
      await page.getByText('nguyên vẹn').first().waitFor()
      await page.getByRole('heading', { name: 'Ghi chú' }).waitFor()
      await page.keyboard.press('Shift+Tab')
      await focused.and(page.getByRole('link', { name: `Hồ sơ ${told.code}` })).waitFor()
      await page.keyboard.press('Enter')
      await focused.and(page.getByRole('link', { name: /^Xem khoảng vượt nhiều nhất/ })).waitFor()
      await page.goBack()
      await page.goBack()
      await page.goBack()
      await focused.and(page.getByRole('link', { name: told.code })).waitFor()
    },
  )

  scene('the auditor checks the whole chain', async (stage) => {
    const auditor = await stage.hall.as(AUDITOR)
    const { page } = auditor
    await page.getByRole('link', { name: 'Nhật ký', exact: true }).click()
    await page.getByRole('button', { name: 'Kiểm tra toàn bộ chuỗi' }).click()
    await page.getByText('Chuỗi nguyên vẹn').waitFor()
    await stage.hall.look(auditor, 'audit-trail')
  })

  scene(
    'the administrator sees every letter that was written, nothing stuck, and who works where',
    async (stage) => {
      const admin = await stage.hall.as(ADMIN)
      const { page } = admin
      await page.goto('/quan-tri')
      await page.getByText('Mọi thứ đang chạy').waitFor()
      await stage.hall.look(admin, 'status')
      await page.getByRole('link', { name: 'Sự cố' }).click()
      await page.getByText('Không có sự cố nào').waitFor()
      await stage.hall.look(admin, 'incidents')
      await page.getByRole('link', { name: 'Thư', exact: true }).click()
      const message = page.locator('.message').first()
      await message.locator('summary').click()
      await message.locator('.message-text').getByText(told.code).waitFor()
      await stage.hall.look(admin, 'mail')
      await page.getByRole('link', { name: 'Người dùng' }).click()
      await page.getByPlaceholder('Tìm tên, tài khoản').fill('chuyenvien.x01')
      await page.getByText(/^1 trong \d+ người\.$/).waitFor()
      await page.getByRole('button', { name: /^Sửa/ }).click()
      await stage.hall.look(admin, 'people')
      await page.getByRole('link', { name: 'Cơ quan' }).click()
      await page.getByPlaceholder('Tìm tên, mã').fill('tan mau')
      await page.getByText('Phường Tân Mẫu').first().waitFor()
      await stage.hall.look(admin, 'agencies')
    },
  )
}
