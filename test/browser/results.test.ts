import { jest } from '@jest/globals'
import { personId } from '../../src/agencies/load.ts'
import { notifyApplicant } from '../../src/notifications/notify.ts'
import { received } from '../integration/dossiers/scene.ts'
import { type CounterHall, openCounterHall } from './support/counter-hall.ts'
import { PAPER } from './support/paper.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

let at: CounterHall
beforeAll(async () => {
  at = await openCounterHall()
})
afterAll(() => at?.close())

const OFFICER = 'chuyenvien.x01'

/** A dossier on the officer's desk, opened at a step. */
async function opened(step: string): Promise<{ id: string; path: string }> {
  const id = await received(at.scene)
  if (step === 'DraftSupplement')
    await at.scene.does(OFFICER, id, 'Appraise', 'supplement', { reason: 'Thiếu bản vẽ' })
  await at.scene.opens(id, step)
  return { id, path: `/ban-lam-viec/viec/${(await at.scene.task(id, step)).id}` }
}
const resultOf = async (id: string) =>
  (
    await at.scene.sql<{ template: string; state: string; id: string; data: { title: string } }>(
      `select id, template, state, data from letter where dossier_id = $1 and kind = 'result' and state <> 'void'`,
      [id],
    )
  )[0]
async function issue(id: string): Promise<void> {
  await at.scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  await at.scene.does('chutich.x01', id, 'SignResult', 'signed')
  await at.scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
}

describe('a result at the officer’s desk', () => {
  it('is written by template, seen beside the panel while it changes, and leaves as it was seen', async () => {
    const officer = await at.hall.as(OFFICER)
    const { page } = officer
    const { id, path } = await opened('Appraise')
    await page.goto(path)
    await page.getByRole('radio', { name: 'Đạt, trình giấy phép' }).check()
    await page.getByRole('button', { name: 'Xem trước bên cạnh' }).click()
    const preview = page.locator('.letter-preview iframe')
    const first = await preview.getAttribute('src')
    await page.getByLabel('Điều kiện chủ đầu tư phải thực hiện').fill('Chỉ xây sau khi tháo dỡ nhà cũ.')
    await page.locator(`.letter-preview iframe:not([src="${first}"])`).waitFor()
    const drawn = await page.request.get(`${at.url}${await preview.getAttribute('src')}`)
    expect([drawn.status(), drawn.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await at.hall.look(officer, 'result-preview')

    await page.getByLabel('Điều kiện chủ đầu tư phải thực hiện').fill('')
    await page.getByText('Cần viết phần “Điều kiện chủ đầu tư phải thực hiện”.').waitFor()
    await page.getByRole('button', { name: 'Đạt, trình giấy phép' }).click()
    await page.getByText('Hãy viết phần này.').waitFor()
    expect(await resultOf(id)).toBeUndefined()
    officer.complaints.length = 0
    await page.getByLabel('Điều kiện chủ đầu tư phải thực hiện').fill('Chỉ xây sau khi tháo dỡ nhà cũ.')
    await page.getByRole('button', { name: 'Đạt, trình giấy phép' }).click()
    await page.getByText('Đã chuyển').first().waitFor()
    expect(JSON.stringify(await resultOf(id))).toContain('Chỉ xây sau khi tháo dỡ nhà cũ.')
  })

  it('made elsewhere is uploaded, previewed behind its page of issue, and sent', async () => {
    const officer = await at.hall.as(OFFICER)
    const { page } = officer
    const { id, path } = await opened('Appraise')
    await page.goto(path)
    await page.getByRole('radio', { name: 'Đạt, trình giấy phép' }).check()
    await page.getByRole('radio', { name: 'Tải lên PDF làm ở nơi khác' }).check()
    await page.getByLabel('Tên văn bản').fill('Giấy phép xây dựng số hóa')
    await page.getByRole('button', { name: 'Đạt, trình giấy phép' }).click()
    await page.getByText('Hãy tải lên văn bản kết quả.').first().waitFor()
    await page.locator('.result-words input[type=file]').setInputFiles(PAPER)
    await page.getByText('đã tải lên').first().waitFor()
    await page.getByRole('button', { name: 'Xem trước bên cạnh' }).click()
    await page.locator('.letter-preview iframe').waitFor()
    await at.hall.look(officer, 'result-upload')
    await page.getByRole('button', { name: 'Đạt, trình giấy phép' }).click()
    await page.getByText('Đã chuyển').first().waitFor()
    expect(await resultOf(id)).toMatchObject({
      template: 'uploaded',
      data: { title: 'Giấy phép xây dựng số hóa' },
    })
  })

  it('form 02 says its round and its limits, takes kept words, and is read before it is sent', async () => {
    const officer = await at.hall.as(OFFICER)
    const { page } = officer
    const { path } = await opened('DraftSupplement')
    await page.goto(path)
    await page.getByText('Lần 1/2, thông báo').waitFor()
    await page.getByText('Phải gửi phiếu trước').waitFor()
    await page.getByRole('checkbox', { name: 'Hồ sơ bản vẽ thiết kế xây dựng' }).check()
    await page.getByRole('button', { name: 'Câu có sẵn (2)' }).click()
    await page.getByRole('menuitem').first().click()
    expect(await page.getByLabel('Lý do').inputValue()).toContain('khoảng lùi')
    await page.getByLabel('Lý do').fill('Thiếu khoảng lùi phía tây')
    await page.getByRole('button', { name: 'Giữ câu này để dùng lại' }).click()
    await page.getByRole('button', { name: 'Bỏ khỏi câu có sẵn' }).waitFor()
    await page.getByRole('button', { name: 'Xem trước bên cạnh' }).click()
    await page.locator('.letter-preview iframe').waitFor()
    await at.hall.look(officer, 'form-02')
    await page.getByRole('button', { name: 'Bỏ khỏi câu có sẵn' }).click()
    await page.getByRole('button', { name: 'Giữ câu này để dùng lại' }).waitFor()
  })
})

describe('beyond the rounds of the rule', () => {
  it('the head of unit is asked for a written reason and can give it', async () => {
    const { id } = await opened('DraftSupplement')
    await at.scene.sql(
      `insert into supplement_request (id, dossier_id, round, stage, items, drafted_by, drafted_at, sent_at, outcome)
       select gen_random_uuid(), id, n, 'notice', '[]', applicant_id, now(), now(), 'submitted'
         from dossier, generate_series(1, 2) n where id = $1`,
      [id],
    )
    const items = [{ paperKey: 'drawings', text: 'Bản vẽ', reason: 'Lại thiếu khoảng lùi' }]
    await at.scene.decides(OFFICER, (await at.scene.task(id, 'DraftSupplement')).id, {
      outcome: 'drafted',
      data: { items },
    })
    await at.scene.opens(id, 'ApproveSupplement')
    const head = await at.hall.as('truongphong.x01')
    const { page } = head
    await page.goto(`/ban-lam-viec/viec/${(await at.scene.task(id, 'ApproveSupplement')).id}`)
    await page.getByText('Lần 3, ngoài 2 lần theo quy định').waitFor()
    await page.getByRole('radio', { name: 'Duyệt', exact: true }).check()
    await page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await page.getByText('Vượt số lần quy định: cần ghi lý do mới được gửi.').waitFor()
    await at.hall.look(head, 'supplement-beyond')
    await page.getByLabel('Lý do yêu cầu thêm lần nữa').fill('Bản vẽ mới lại sai ở chỗ khác')
    await page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await page.getByText('Đã chuyển').first().waitFor()
    expect(await at.scene.findings(id)).toEqual(['supplement-beyond-max'])
  })
})

describe('the applicant', () => {
  it('sees the bell, reads what the one-stop wrote, and downloads the result', async () => {
    const { id } = await opened('Appraise')
    await at.scene.decides(OFFICER, (await at.scene.task(id, 'Appraise')).id, { outcome: 'approved' })
    await issue(id)
    await at.scene.act((tx) =>
      notifyApplicant(tx, { key: `r/${id}`, dossierId: id, template: 'result-ready' }),
    )
    const citizen = await at.hall.as('congdan', { phone: true })
    const { page } = citizen
    await page.goto('/ho-so-cua-toi')
    await page.getByRole('link', { name: /^Thông báo, [1-9]\d* chưa đọc$/ }).click()
    await page.getByRole('heading', { name: 'Thông báo của bộ phận một cửa' }).waitFor()
    const notice = page.locator('.notice').first()
    await notice.locator('summary').click()
    await notice.getByText('đã có kết quả.').waitFor()
    await notice.getByText('chưa đọc').waitFor({ state: 'detached' })
    await at.hall.look(citizen, 'notices')
    await notice.getByRole('link', { name: /^Mở hồ sơ/ }).click()
    const download = page.getByRole('link', { name: 'Tải kết quả (PDF)' })
    const file = await page.request.get(`${at.url}${await download.getAttribute('href')}`)
    expect([file.status(), (await file.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    await at.hall.look(citizen, 'result-ready')
    const [read] = await at.scene.sql(
      `select count(*)::int as n from audit_entry where act = 'letter.read' and dossier_id = $1 and actor_id = $2`,
      [id, personId('congdan')],
    )
    expect(read).toEqual({ n: 1 })
  })
})

describe('the registers', () => {
  it.each([{}, { phone: true }, { language: 'en' as const }])('are read and narrowed on %j', async (look) => {
    const clerical = await at.hall.as('vanthu.x01', look)
    const { page } = clerical
    await page.goto('/so/van-ban')
    await page.locator('.register-table').waitFor()
    const rows = page.locator('.register-table tbody tr')
    const all = await rows.count()
    await at.hall.look(clerical, 'register-letters')
    await page.locator('.register-series button').first().click()
    await page.waitForURL(/series=/)
    await rows.nth(all - 1).waitFor({ state: 'detached' })
    await page.goto('/so/ho-so?from=2026-11-01&to=2026-11-30')
    await rows.first().waitFor()
    await at.hall.look(clerical, 'register-dossiers')
    await page.goto('/so/ho-so?from=2026-10-01&to=2026-10-02')
    await page.locator('.empty').waitFor()
    await at.hall.look(clerical, 'register-empty')
  })
})
