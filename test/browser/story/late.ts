import type { Stage } from '../support/stage.ts'
import { decide, openTask, panelOf } from '../support/work.ts'
import { CITIZEN, CLERICAL, CLERK, DEPUTY, HEAD_OF_UNIT, OFFICER, told } from './cast.ts'

type Scene = (name: string, play: (stage: Stage) => Promise<void>) => void

const written = (day: string) => day.split('-').reverse().join('/')

/** The consultation whose silence comes too late, the apology for it, and the result. */
export function late(scene: Scene): void {
  scene('the specialist consults two bodies and is told that the two limits do not fit', async (stage) => {
    const officer = await stage.hall.as(OFFICER)
    await stage.desk.task(OFFICER, told.id, 'appraise')
    await stage.goTo(9, '09:00')
    const panel = await openTask(stage, officer, told.id, 'appraise')
    await decide(panel, 'Lấy ý kiến cơ quan', async () => {
      const bodies = panel.getByRole('checkbox')
      for (let n = 0; n < (await bodies.count()); n++) await bodies.nth(n).check()
      await panel.getByText('Hai thời hạn không khớp').first().waitFor()
      await stage.hall.look(officer, 'consult')
    })
  })

  scene('the apology is drafted with its one new date and initialled by the head', async (stage) => {
    const officer = await stage.hall.as(OFFICER)
    await stage.desk.task(OFFICER, told.id, 'apology-draft')
    await stage.goTo(18, '14:00')
    const draft = await openTask(stage, officer, told.id, 'apology-draft')
    await decide(draft, 'Trình ký nháy', async () => {
      await draft
        .getByRole('radio', { name: 'Thời hạn lấy ý kiến dài hơn thời hạn giải quyết còn lại' })
        .check()
      await draft.getByLabel('Ngày hẹn lại').fill(written(stage.day(25)))
      await draft.getByLabel('Lý do, viết cho người nộp đọc').fill('Chờ ý kiến của hai cơ quan.')
      await stage.hall.look(officer, 'apology-draft')
    })
    const head = await stage.hall.as(HEAD_OF_UNIT)
    const initials = await openTask(stage, head, told.id, 'apology-initial')
    await stage.hall.look(head, 'apology-initial')
    await decide(initials, 'Ký nháy, trình ký')
  })

  scene('the deputy signs KT., the clerical officer numbers it, the clerk sends it', async (stage) => {
    const deputy = await stage.hall.as(DEPUTY)
    await stage.desk.task(DEPUTY, told.id, 'apology-sign')
    await stage.goTo(21, '09:15')
    const signing = await openTask(stage, deputy, told.id, 'apology-sign')
    await decide(signing, 'Ký', async () => {
      await signing.getByText(/^KT\./).first().waitFor()
      await stage.hall.look(deputy, 'apology-sign')
    })
    const clerical = await stage.hall.as(CLERICAL)
    const numbering = await openTask(stage, clerical, told.id, 'apology-number')
    await stage.hall.look(clerical, 'apology-number')
    await decide(numbering, 'Cấp số, chuyển một cửa')
    const clerk = await stage.hall.as(CLERK)
    const sending = await openTask(stage, clerk, told.id, 'apology-send')
    await stage.hall.look(clerk, 'apology-send')
    await decide(sending, 'Gửi người nộp')
  })

  scene('the citizen reads the apology with the new date on the phone', async (stage) => {
    const { page, ...citizen } = await stage.hall.as(CITIZEN, { phone: true })
    await page.goto(`/ho-so-cua-toi/${told.id}`)
    await page
      .getByText(`T6 ${written(stage.day(25))} 17:00`)
      .first()
      .waitFor()
    await stage.hall.look({ page, ...citizen }, 'phone-apology')
  })

  scene('silence is confirmed by the specialist, body by body', async (stage) => {
    const officer = await stage.hall.as(OFFICER)
    await stage.goTo(22, '08:00')
    const panel = await openTask(stage, officer, told.id, 'consultation-summary')
    await panel.getByRole('radio', { name: 'Đạt, trình giấy phép' }).check()
    await panel.getByRole('button', { name: 'Đạt, trình giấy phép' }).click()
    await panel.getByText('Cần xác nhận sự im lặng này.').first().waitFor()
    await stage.hall.look(officer, 'consultation-summary')
    const silences = panel.getByRole('checkbox', { name: /không có ý kiến/ })
    expect(await silences.count()).toBe(2)
    for (let n = 0; n < 2; n++) await silences.nth(n).check()
    await decide(panel, 'Đạt, trình giấy phép')
  })

  scene('the result is reviewed, signed, numbered and returned at the counter', async (stage) => {
    const head = await stage.hall.as(HEAD_OF_UNIT)
    await stage.desk.task(HEAD_OF_UNIT, told.id, 'result-review')
    await stage.goTo(23, '09:00')
    const review = await openTask(stage, head, told.id, 'result-review')
    await stage.hall.look(head, 'result-review')
    await decide(review, 'Ký nháy, trình ký')
    const deputy = await stage.hall.as(DEPUTY)
    await stage.desk.task(DEPUTY, told.id, 'result-sign')
    await stage.goTo(24, '08:30')
    const signing = await openTask(stage, deputy, told.id, 'result-sign')
    await decide(signing, 'Ký', () => stage.hall.look(deputy, 'result-sign'))
    const clerical = await stage.hall.as(CLERICAL)
    const numbering = await openTask(stage, clerical, told.id, 'result-number')
    await stage.hall.look(clerical, 'result-number')
    await decide(numbering, 'Cấp số, chuyển một cửa')
    const clerk = await stage.hall.as(CLERK)
    await stage.desk.task(CLERK, told.id, 'result-return')
    await stage.goTo(24, '10:00')
    const counter = await openTask(stage, clerk, told.id, 'result-return')
    await counter.getByRole('button', { name: 'Đã trả', exact: true }).click()
    await counter.getByText('Hãy kiểm tra giấy tờ tùy thân trước khi trả.').waitFor()
    await stage.hall.look(clerk, 'result-return')
    await decide(counter, 'Đã trả', () => counter.getByRole('checkbox').check())
    await panelOf(clerk).getByText('Đã chuyển sang bước sau.').waitFor()
  })

  scene('the citizen has the result and every letter on the phone', async (stage) => {
    const citizen = await stage.hall.as(CITIZEN, { phone: true })
    const { page } = citizen
    await page.goto(`/ho-so-cua-toi/${told.id}`)
    await page.getByText('Bạn đã nhận kết quả.').waitFor()
    await stage.hall.look(citizen, 'phone-returned')
    const letters = page.getByRole('link', { name: 'Tải về', exact: true })
    expect(await letters.count()).toBe(5)
    for (const link of await letters.all()) {
      const pdf = await page.request.get((await link.getAttribute('href'))!)
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    }
  })
}
