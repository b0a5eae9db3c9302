import type { Stage } from '../support/stage.ts'
import { PAPER } from '../support/stage.ts'
import { decide, openTask } from '../support/work.ts'
import { CITIZEN, CLERK, HEAD_OF_UNIT, OFFICER, told } from './cast.ts'

type Scene = (name: string, play: (stage: Stage) => Promise<void>) => void

/** From the receipt on Monday to the complete dossier on Tuesday of the week after. */
export function desk(scene: Scene): void {
  scene('the clerk receives the dossier and opens the receipt to print it', async (stage) => {
    const clerk = await stage.hall.as(CLERK)
    const { page } = clerk
    await stage.desk.task(CLERK, told.id, 'reception')
    await stage.goTo(0, '09:10')
    await page.goto('/mot-cua')
    await page.getByText(told.code).waitFor()
    await stage.hall.look(clerk, 'counter')
    const panel = await openTask(stage, clerk, told.id, 'reception')
    await panel.getByRole('button', { name: 'Nhận việc' }).click()
    await panel.getByRole('button', { name: 'Trả về đơn vị' }).waitFor()
    await stage.hall.look(clerk, 'reception')
    await decide(panel, 'Tiếp nhận, cấp giấy hẹn')
    const form01 = panel.getByRole('link', { name: 'In giấy tiếp nhận (mẫu 01)' })
    await form01.waitFor()
    await stage.hall.look(clerk, 'reception-done')
    const receipt = await page.request.get((await form01.getAttribute('href'))!)
    expect((await receipt.body()).subarray(0, 5).toString()).toBe('%PDF-')
  })

  scene('the citizen reads on the phone when the result is due, and how it was counted', async (stage) => {
    const citizen = await stage.hall.as(CITIZEN, { phone: true })
    await citizen.page.goto(`/ho-so-cua-toi/${told.id}`)
    await citizen.page
      .getByText(`T2 ${written(stage.day(14))} 17:00`)
      .first()
      .waitFor()
    await citizen.page.getByText('Ngày này được tính như thế nào?').click()
    await stage.hall.look(citizen, 'phone-dossier-received')
  })

  scene('the head of the unit assigns it', async (stage) => {
    const head = await stage.hall.as(HEAD_OF_UNIT)
    await stage.desk.task(HEAD_OF_UNIT, told.id, 'assign')
    await stage.goTo(0, '10:00')
    await head.page.goto('/nhom')
    await head.page.getByText(told.code).waitFor()
    await stage.hall.look(head, 'team')
    const panel = await openTask(stage, head, told.id, 'assign')
    await stage.hall.look(head, 'assign')
    const { person } = await (await stage.desk.as(OFFICER)).get('/api/session')
    await decide(panel, 'Phân công', async () => panel.getByRole('radio', { name: person.name }).check())
  })

  scene('the specialist asks for a supplement, with its reason', async (stage) => {
    const officer = await stage.hall.as(OFFICER)
    await stage.desk.task(OFFICER, told.id, 'appraise')
    await stage.goTo(2, '15:00')
    const appraisal = await openTask(stage, officer, told.id, 'appraise')
    await stage.hall.look(officer, 'appraise')
    await decide(appraisal, 'Yêu cầu bổ sung')
    const composer = await openTask(stage, officer, told.id, 'supplement-draft')
    await composer.getByRole('checkbox', { name: 'Hồ sơ bản vẽ thiết kế xây dựng' }).check()
    await composer.getByRole('button', { name: 'Trình duyệt phiếu' }).click()
    await composer.getByText('Hãy ghi lý do.').waitFor()
    await composer.getByLabel('Lý do').fill('Bản vẽ đã nộp thiếu khoảng lùi')
    await composer.getByRole('button', { name: 'Xem trước bên cạnh' }).click()
    await officer.page.locator('.letter-preview iframe').waitFor()
    await stage.hall.look(officer, 'supplement-draft')
    await decide(composer, 'Trình duyệt phiếu')
  })

  scene('the head sends the request back with a reason, and gets it again', async (stage) => {
    const head = await stage.hall.as(HEAD_OF_UNIT)
    const approval = await openTask(stage, head, told.id, 'supplement-approve')
    await approval.getByRole('radio', { name: 'Trả lại thẩm định' }).check()
    await approval.getByRole('button', { name: 'Trả lại thẩm định', exact: true }).click()
    await approval.getByText('Hãy ghi lý do.').waitFor()
    await decide(approval, 'Trả lại thẩm định', async () => {
      await approval.getByLabel('Lý do').fill('Chưa rõ thiếu gì')
      await approval.getByLabel('Ghi chú cho bước sau').fill('Nêu rõ khoảng lùi phía nào')
    })
    const officer = await stage.hall.as(OFFICER)
    const again = await openTask(stage, officer, told.id, 'appraise')
    await again.getByText('Nêu rõ khoảng lùi phía nào').waitFor()
    await officer.page.goto('/ban-lam-viec')
    await officer.page.locator('.tag', { hasText: 'trả lại' }).first().waitFor()
    await stage.hall.look(officer, 'sent-back')
    await stage.desk.decide(OFFICER, told.id, 'appraise', 'supplement')
    const items = [{ paperKey: 'drawings', text: 'Bản vẽ mặt bằng', reason: 'Thiếu khoảng lùi phía đông' }]
    await stage.desk.decide(OFFICER, told.id, 'supplement-draft', 'drafted', { items })
  })

  scene('the head approves the request and the clerk sends it: the clock stops', async (stage) => {
    const head = await stage.hall.as(HEAD_OF_UNIT)
    const approval = await openTask(stage, head, told.id, 'supplement-approve')
    await stage.hall.look(head, 'supplement-approve')
    await decide(approval, 'Duyệt')
    const clerk = await stage.hall.as(CLERK)
    await stage.desk.task(CLERK, told.id, 'supplement-send')
    await stage.goTo(3, '09:00')
    const sending = await openTask(stage, clerk, told.id, 'supplement-send')
    await stage.hall.look(clerk, 'supplement-send')
    await decide(sending, 'Gửi người nộp')
    await clerk.page.goto(`/ban-lam-viec/ho-so/${told.id}?xem=clock`)
    await clerk.page.getByText('Đồng hồ tạm dừng, chờ bổ sung').waitFor()
    await stage.hall.look(clerk, 'clock-stopped')
  })

  scene('the citizen answers with a file on the phone in the evening', async (stage) => {
    const citizen = await stage.hall.as(CITIZEN, { phone: true })
    const { page } = citizen
    await stage.goTo(7, '20:00')
    await page.goto('/ho-so-cua-toi')
    await page.getByRole('link', { name: new RegExp(told.code) }).click()
    await page.getByRole('heading', { name: 'Cần bạn bổ sung' }).waitFor()
    await page.getByRole('button', { name: 'Gửi bổ sung' }).click()
    await page.getByText('Mục này chưa có tệp.').waitFor()
    await stage.hall.look(citizen, 'phone-supplement')
    await page.locator('.supplement input[type=file][multiple]').setInputFiles(PAPER)
    await page.getByText('đã tải lên').waitFor()
    await page.getByRole('button', { name: 'Gửi bổ sung' }).click()
    await page.getByRole('heading', { name: 'Cần bạn bổ sung' }).waitFor({ state: 'detached' })
    await stage.hall.look(citizen, 'phone-supplemented')
  })

  scene(
    'the clerk receives the supplement: a new date, with the undecided day as a warning',
    async (stage) => {
      const clerk = await stage.hall.as(CLERK)
      await stage.desk.task(CLERK, told.id, 'supplement-receive')
      await stage.goTo(8, '08:30')
      const panel = await openTask(stage, clerk, told.id, 'supplement-receive')
      await stage.hall.look(clerk, 'supplement-receive')
      await decide(panel, 'Nhận, cấp giấy hẹn mới')
      await clerk.page.goto(`/ban-lam-viec/ho-so/${told.id}?xem=clock`)
      await clerk.page
        .getByText(`T3 ${written(stage.day(22))} 17:00`)
        .first()
        .waitFor()
      await clerk.page.getByText('Ngày nghỉ chưa quyết định (minh họa)').first().waitFor()
      await stage.hall.look(clerk, 'clock-warning-undecided')
    },
  )
}

const written = (day: string) => day.split('-').reverse().join('/')
