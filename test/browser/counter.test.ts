import { jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { personId } from '../../src/agencies/load.ts'
import { checks, consent, fileOnPaper, receivedOnPaper } from '../integration/counter/scene.ts'
import { received } from '../integration/dossiers/scene.ts'
import { received as groupReceived, openParts, part } from '../integration/groups/groups.ts'
import { addPapers, checkPapers, fillPermitForm } from './story/permit-form.ts'
import { login } from './support/browser.ts'
import { type CounterHall, openCounterHall } from './support/counter-hall.ts'
import { PAPER } from './support/paper.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

let at: CounterHall
beforeAll(async () => {
  at = await openCounterHall()
})
afterAll(() => at?.close())

const filedBy = async (fullName: string) =>
  at.scene.sql('select d.id from dossier d join person p on p.id = d.applicant_id where p.full_name = $1', [
    fullName,
  ])
const next = (page: Page) => page.getByRole('button', { name: 'Tiếp tục', exact: true }).click()
const stored = (page: Page): Promise<string> => page.evaluate('JSON.stringify({ ...localStorage })')

/** The applicant's step of a filing at the counter. */
async function fillApplicant(page: Page, fullName: string, identityNo: string): Promise<void> {
  await page.getByLabel('Số định danh cá nhân hoặc mã số doanh nghiệp').fill(identityNo)
  await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').fill(fullName)
  await page.getByText('Số này chưa có trong hệ thống').waitFor()
  await page.getByRole('radio', { name: 'Đồng ý bằng lời' }).check()
}

describe('a paper dossier at the counter', () => {
  it('keeps every word when the network drops and the page is loaded again, and is filed once', async () => {
    const clerk = await at.hall.as('motcua.x01')
    const { page } = clerk
    const context = page.context()
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await fillApplicant(page, 'Đỗ Thị Mất Mạng', '000000000321')
    await at.hall.look(clerk, 'filing-applicant')

    await context.setOffline(true)
    await page.getByLabel('Điện thoại').fill('0900 000 321')
    await page.getByLabel('Địa chỉ').fill('12 đường Không Sóng')
    await page.getByText('Mất mạng: đã giữ trên máy này').waitFor()
    await page.screenshot({ path: 'test/output/counter/offline.png', fullPage: true })
    // What lies on the disk is not to be read there.
    expect(await stored(page)).not.toContain('Không Sóng')
    await page.reload({ waitUntil: 'commit' }).catch(() => undefined)
    await context.setOffline(false)
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await page.getByLabel('Điện thoại').waitFor()
    expect(await page.getByLabel('Điện thoại').inputValue()).toBe('0900 000 321')
    expect(await page.getByLabel('Địa chỉ').inputValue()).toBe('12 đường Không Sóng')
    clerk.complaints.length = 0

    await next(page)
    await page.getByRole('heading', { name: 'Hồ sơ thuộc xã, phường nào?' }).waitFor()
    await next(page)
    await fillPermitForm(page)
    await next(page)
    await page.getByRole('heading', { name: 'Kiểm và quét giấy tờ' }).waitFor()
    await next(page)
    await page.getByText('Chọn cách nhận giấy tờ này, hoặc ghi là thiếu.').first().waitFor()
    await at.hall.look(clerk, 'checklist-incomplete')
    await checkPapers(page)
    const first = page.locator('.check-line').first()
    await first.getByRole('radio', { name: 'Quét' }).check()
    await first.locator('input[type=file][multiple]').setInputFiles([PAPER, PAPER])
    await first.getByText('đã tải lên').nth(1).waitFor()
    await at.hall.look(clerk, 'checklist')
    await next(page)

    await page.getByRole('heading', { name: 'Xem lại trước khi nộp' }).waitFor()
    await at.hall.look(clerk, 'review')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
    await page.getByText('Mất mạng: hồ sơ đã giữ trên máy này, chưa nộp').waitFor()
    expect(await filedBy('Đỗ Thị Mất Mạng')).toEqual([])
    await page.screenshot({ path: 'test/output/counter/waiting-to-send.png', fullPage: true })
    // Closed while it waits, and opened again: what was sent goes on by itself.
    await page.reload({ waitUntil: 'commit' }).catch(() => undefined)
    await context.setOffline(false)
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
    expect(await filedBy('Đỗ Thị Mất Mạng')).toHaveLength(1)
    clerk.complaints.length = 0
    await at.hall.look(clerk, 'filed')
    expect(await stored(page)).not.toMatch(/\.counter\./)
  })

  it('sent to a server that answers nothing is sent again under the same key: one dossier', async () => {
    const clerk = await at.hall.as('congdan')
    const { page } = clerk
    await page.goto('/thu-tuc/1.013225')
    await page.getByRole('link', { name: 'Nộp hồ sơ trực tuyến' }).click()
    const place = page.getByRole('combobox', { name: 'Xã, phường nơi có công việc của bạn' })
    await place.fill('tan mau')
    await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).click()
    await next(page)
    await fillPermitForm(page)
    await next(page)
    await addPapers(page)
    await next(page)
    const before = (await at.scene.sql('select from dossier')).length
    let lost = 0
    await page.route('**/api/dossiers', async (route) => {
      // The dossier is filed, and the answer is lost on its way.
      if (lost++ === 0) {
        await route.fetch()
        return route.abort('connectionreset')
      }
      return route.continue()
    })
    await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
    await page.getByRole('heading', { name: 'Đã nộp hồ sơ' }).waitFor()
    expect(lost).toBeGreaterThan(1)
    expect((await at.scene.sql('select from dossier')).length).toBe(before + 1)
    await page.unroute('**/api/dossiers')
    clerk.complaints.length = 0
  })

  it('a draft is nobody’s but its person’s, and goes with the log-out', async () => {
    const one = await at.hall.as('motcua.x02')
    const { page } = one
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').fill('Bí Mật Của Tôi')
    await page.waitForTimeout(200)
    await page.context().clearCookies()
    await login(page, 'motcua.x01')
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').waitFor()
    expect(await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').inputValue()).toBe('')
    expect(await stored(page)).not.toContain('Bí Mật')
    await page.context().clearCookies()
    await login(page, 'motcua.x02')
    await page.goto('/mot-cua/nop-ho-so/1.013225')
    await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').waitFor()
    expect(await page.getByLabel('Họ tên người nộp hoặc tên tổ chức').inputValue()).toBe('Bí Mật Của Tôi')
    await page.locator('.account').click()
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    await page.waitForURL('**/dang-nhap')
    const owner = (
      await at.scene.sql<{ id: string }>(`select person_id as id from account where login = 'motcua.x02'`)
    )[0]!.id
    expect(await stored(page)).not.toContain(owner)
  })
})

describe('the counter’s day', () => {
  it('begins with the scanner; a code of another province says so and changes nothing', async () => {
    const filed = await fileOnPaper(at.scene, {
      applicant: { fullName: 'Trần Thị Quét Mã', identityNo: '000000000654' },
    })
    await at.scene.opens(filed.id, 'Receive')
    await at.scene.file()
    const clerk = await at.hall.as('motcua.x01')
    const { page } = clerk
    await page.goto('/mot-cua')
    await page.getByText('Trần Thị Quét Mã').waitFor()
    const field = page.getByLabel('Quét mã vạch, mã QR, hoặc gõ bốn số cuối của mã hồ sơ')
    await field.fill('H49.X01-261102-0001')
    await page.keyboard.press('Enter')
    await page.getByText('không thuộc tỉnh này').waitFor()
    clerk.complaints.length = 0
    await at.hall.look(clerk, 'counter')
    await field.fill(filed.code)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/ban-lam-viec/ho-so/${filed.id}**`)
    await page.getByText('Danh mục quét').or(page.getByText('Cán bộ nhập thay')).first().waitFor()
    await at.hall.look(clerk, 'dossier-from-counter')
  })

  it('gives form 02 at once for what is missing, and takes the paper when it is brought', async () => {
    const filed = await fileOnPaper(at.scene, {
      applicant: { fullName: 'Hồ Thị Còn Thiếu', identityNo: '000000000655' },
      papers: [],
      counter: {
        consent,
        checks: checks({
          application: { state: 'original' },
          drawings: { state: 'original' },
          land: { state: 'missing', pages: 0 },
        }),
      },
    })
    await at.scene.opens(filed.id, 'Receive')
    const clerk = await at.hall.as('motcua.x01')
    const { page } = clerk
    await page.goto(`/ban-lam-viec/viec/${(await at.scene.task(filed.id, 'Receive')).id}`)
    await page.getByText('Thiếu giấy tờ bắt buộc: chưa cấp giấy hẹn').waitFor()
    await at.hall.look(clerk, 'guidance')
    await page.getByRole('radio', { name: 'Từ chối tiếp nhận' }).check()
    expect(await page.getByLabel('Lý do').inputValue()).toContain('Giấy tờ hợp pháp về đất đai')
    await page.getByRole('button', { name: 'Đưa phiếu 02' }).click()
    await page.getByRole('link', { name: 'In phiếu 02' }).waitFor()
    await page.getByRole('radio', { name: 'Nhận bản chính' }).check()
    await at.hall.look(clerk, 'guidance-given')
    await page.getByRole('button', { name: 'Ghi giấy tờ đã nhận' }).click()
    await page.getByText('Thiếu giấy tờ bắt buộc: chưa cấp giấy hẹn').waitFor({ state: 'detached' })
    const [line] = await at.scene.sql(
      `select state, kept from paper_check where dossier_id = $1 and paper_key = 'land'`,
      [filed.id],
    )
    expect(line).toEqual({ state: 'original', kept: true })
  })

  it('hands papers over: the clerk signs, the unit’s head receives one and refuses one', async () => {
    const one = await receivedOnPaper(at.scene, {
      applicant: { fullName: 'Lý Thị Giao Một', identityNo: '000000000701' },
    })
    const two = await receivedOnPaper(at.scene, {
      applicant: { fullName: 'Lý Thị Giao Hai', identityNo: '000000000702' },
    })
    const clerk = await at.hall.as('motcua.x01')
    await clerk.page.goto('/ban-giao')
    await clerk.page.getByText('Lý Thị Giao Hai').waitFor()
    await at.hall.look(clerk, 'handover-ready')
    await clerk.page.getByRole('button', { name: /^Ký giao \d+ hồ sơ/ }).click()
    await clerk.page.waitForURL('**/ban-giao/*')
    await clerk.page.getByText('Chờ ký nhận').first().waitFor()

    const head = await at.hall.as('truongphong.x01')
    await head.page.goto(clerk.page.url())
    const row = head.page.getByRole('row', { name: new RegExp(two.code) })
    await row.getByRole('radio', { name: 'Không nhận' }).check()
    await head.page.getByRole('button', { name: /^Ký: nhận/ }).click()
    await head.page.getByText('Ghi lý do; chỉ được từ chối một lần.').waitFor()
    await row.getByLabel('Lý do không nhận').fill('Thiếu bản vẽ mặt đứng')
    await at.hall.look(head, 'handover-answer')
    await head.page.getByRole('button', { name: /^Ký: nhận/ }).click()
    await head.page.getByText('Thiếu bản vẽ mặt đứng').waitFor()
    await at.hall.look(head, 'handover-signed')
    const items = await at.scene.sql(
      'select state from handover_item where dossier_id = any($1) order by state',
      [[one.id, two.id]],
    )
    expect(items).toEqual([{ state: 'received' }, { state: 'refused' }])
  })

  it('returns a result to somebody authorised, who signs on the screen', async () => {
    const { id, code } = await receivedOnPaper(at.scene, {
      applicant: { fullName: 'Võ Thị Kết Quả', identityNo: '000000000801' },
    })
    const { scene } = at
    await scene.decides('truongphong.x01', (await scene.task(id, 'Assign')).id, {
      outcome: 'assigned',
      data: { personId: personId('chuyenvien.x01') },
    })
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
    await scene.opens(id, 'ReturnResult')
    const clerk = await at.hall.as('motcua.x01')
    const { page } = clerk
    await page.goto(`/ban-lam-viec/viec/${(await scene.task(id, 'ReturnResult')).id}`)
    await page.getByLabel('Quét mã trên kết quả hoặc bìa hồ sơ').fill('T00.X01-261102-9998')
    const card = page.getByLabel('Số định danh trên giấy tờ')
    await card.fill('000000000999')
    await card.press('Enter')
    await page.getByText('Không trùng số của người nộp.').waitFor()
    await at.hall.look(clerk, 'return-another-card')
    await card.fill('0000 0000 0801')
    await page.getByRole('button', { name: 'Đối chiếu' }).click()
    await page.getByText('Trùng số của người nộp.', { exact: true }).waitFor()
    await page.getByRole('radio', { name: 'Người được ủy quyền' }).check()
    await page.getByLabel('Họ tên người nhận thay').fill('Võ Văn Nhận Thay')
    await page.getByRole('textbox', { name: 'Giấy ủy quyền' }).fill('số 15 ngày 01/11/2026')
    await page.getByLabel('Số giấy tờ của người nhận thay').fill('000000000802')
    await page.getByRole('checkbox', { name: /Đã đối chiếu/ }).check()
    await page.getByRole('radio', { name: 'Trên màn hình' }).check()
    const pad = await page.locator('canvas.signature-pad').boundingBox()
    await page.locator('canvas.signature-pad').scrollIntoViewIfNeeded()
    const box = (await page.locator('canvas.signature-pad').boundingBox()) ?? pad!
    await page.mouse.move(box.x + 40, box.y + 90)
    await page.mouse.down()
    await page.mouse.move(box.x + 120, box.y + 40, { steps: 6 })
    await page.mouse.move(box.x + 240, box.y + 110, { steps: 6 })
    const sent = page.waitForResponse('**/api/uploads')
    await page.mouse.up()
    await sent
    await page.getByRole('img', { name: 'Khung ký, đã có chữ ký' }).waitFor()
    const give = page.getByRole('button', { name: 'Đã trả', exact: true })
    await give.click()
    await page.getByText(`đang trả hồ sơ ${code}`).first().waitFor()
    clerk.complaints.length = 0
    await at.hall.look(clerk, 'return-wrong-dossier')
    await page.getByLabel('Quét mã trên kết quả hoặc bìa hồ sơ').fill(code)
    await give.click()
    await page.getByText('Đã quyết định').waitFor()
    const [row] = await scene.sql(
      'select collector, full_name, authorisation, signed from collection where dossier_id = $1',
      [id],
    )
    expect(row).toEqual({
      collector: 'authorised',
      full_name: 'Võ Văn Nhận Thay',
      authorisation: 'số 15 ngày 01/11/2026',
      signed: 'screen',
    })
  })
})

describe('personal data', () => {
  it('are opened by a key and Enter, masked again, and the applicant and the inspector read by whom', async () => {
    const id = await received(at.scene)
    await at.scene.opens(id, 'Appraise')
    const officer = await at.hall.as('chuyenvien.x01')
    const { page } = officer
    await page.goto(`/ban-lam-viec/ho-so/${id}?xem=form`)
    await page.getByText('•••••••••001').first().waitFor()
    expect(await page.content()).not.toContain('000000000001')
    await page.keyboard.press('o')
    // The reason that fits the step in hand stands chosen.
    await page.getByRole('radio', { name: 'Thẩm định nội dung hồ sơ', checked: true }).waitFor()
    await at.hall.look(officer, 'personal-asking')
    await page.keyboard.press('Enter')
    await page.getByText('Đang xem dữ liệu cá nhân đến').waitFor()
    await page.getByText('000000000001').first().waitFor()
    await at.hall.look(officer, 'personal-open')
    await page.getByRole('button', { name: 'Che lại' }).click()
    await page.getByText('•••••••••001').first().waitFor()
    expect(await page.content()).not.toContain('000000000001')

    const citizen = await at.hall.as('congdan', { phone: true })
    await citizen.page.goto(`/ho-so-cua-toi/${id}`)
    await citizen.page.getByRole('heading', { name: 'Ai đã xem dữ liệu cá nhân của bạn' }).waitFor()
    await citizen.page.getByText('Thẩm định nội dung hồ sơ').waitFor()
    await at.hall.look(citizen, 'personal-citizen')

    for (const [look, name] of [
      [{}, 'desktop'],
      [{ phone: true, language: 'en' as const }, 'phone-en'],
    ] as const) {
      const auditor = await at.hall.as('thanhtra', look)
      await auditor.page.goto('/du-lieu-ca-nhan')
      await auditor.page
        .getByText(/Thẩm định nội dung hồ sơ|Appraising the dossier/)
        .first()
        .waitFor()
      await at.hall.look(auditor, `personal-audit-${name}`)
    }
  })

  it('a note is corrected under the eyes of whoever reads it: the earlier wording struck through', async () => {
    const id = await received(at.scene)
    const officer = await at.hall.as('chuyenvien.x01')
    const { page } = officer
    await page.goto(`/ban-lam-viec/ho-so/${id}?xem=history`)
    await page.getByLabel('Thêm ghi chú').fill('Thiếu bản vẽ móng')
    await page.getByRole('button', { name: 'Lưu ghi chú' }).click()
    await page.getByRole('button', { name: 'Sửa', exact: true }).click()
    await page.getByRole('textbox', { name: 'Sửa' }).fill('Thiếu bản vẽ móng và mái')
    await page.keyboard.press('Control+Enter')
    await page.locator('del', { hasText: 'Thiếu bản vẽ móng' }).waitFor()
    await page.getByText('Thiếu bản vẽ móng và mái').waitFor()
    await at.hall.look(officer, 'note-corrected')
    const head = await at.hall.as('truongphong.x01')
    await head.page.goto(`/ban-lam-viec/ho-so/${id}?xem=history`)
    await head.page.locator('del', { hasText: 'Thiếu bản vẽ móng' }).waitFor()
    expect(await head.page.getByRole('button', { name: 'Sửa', exact: true }).count()).toBe(0)
  })
})

describe('a person who still holds work', () => {
  it.each([
    [{}, 'desktop'],
    [{ phone: true, language: 'en' as const }, 'phone-en'],
  ] as const)(
    'is not locked: the administrator reads what they hold, who reassigns it, and what to send them (%j)',
    async (look, name) => {
      const id = await received(at.scene)
      await at.scene.opens(id, 'Appraise')
      const admin = await at.hall.as('quantri', look)
      const { page } = admin
      await page.goto('/quan-tri/nguoi-dung?tim=chuyenvien.x01')
      await page.getByRole('button', { name: /^(Sửa|Edit): / }).click()
      await page.getByRole('button', { name: /^(Khóa tài khoản|Lock the account)$/ }).click()
      await page.getByRole('button', { name: /^(Khóa|Lock)$/ }).click()
      await page.getByRole('button', { name: /^(Sao chép lời nhờ|Copy the request)/ }).waitFor()
      // The refusal itself stands in the console of every browser.
      admin.complaints.length = 0
      await at.hall.look(admin, `locked-with-work-${name}`)
      expect(
        await at.scene.sql('select from person where id = $1 and not active', [personId('chuyenvien.x01')]),
      ).toEqual([])
    },
  )
})

it('a group shows its parts, each with a code and a date of its own, and a part the way back', async () => {
  const group = await groupReceived(at.scene, '2026-11-02 09:10')
  at.scene.goTo('2026-11-02 09:30')
  await openParts(at.scene, group, 'OpenBirth')
  const birth = await part(at.scene, group, 'birth')
  const clerk = await at.hall.as('motcua.x01')
  const { page } = clerk
  await page.goto(`/ban-lam-viec/ho-so/${group}`)
  const parts = page.getByRole('region', { name: 'Các thủ tục trong nhóm' })
  await parts.getByRole('listitem').first().waitFor()
  const [opened, ...others] = await parts.getByRole('listitem').allInnerTexts()
  expect(opened).toContain(birth.code)
  expect(opened).toContain('T2 02/11/2026 17:00')
  expect(others).toEqual([expect.stringContaining('Chưa mở'), expect.stringContaining('Chưa mở')])
  await at.hall.look(clerk, 'group')
  await parts.getByRole('link', { name: birth.code }).click()
  await page.waitForURL(`**/ban-lam-viec/ho-so/${birth.id}`)
  await page.getByText('Thuộc hồ sơ liên thông').waitFor()
  await at.hall.look(clerk, 'group-part')
})

describe('on a phone and in English', () => {
  it('the counter’s pages hold together', async () => {
    for (const [look, name] of [
      [{ phone: true }, 'phone'],
      [{ language: 'en' as const }, 'en'],
    ] as const) {
      const clerk = await at.hall.as('motcua.x01', look)
      for (const path of ['/mot-cua', '/ban-giao', '/mot-cua/nop-ho-so/1.013225']) {
        await clerk.page.goto(path)
        await clerk.page.getByRole('heading', { level: 1 }).waitFor()
        await clerk.page.waitForLoadState('networkidle').catch(() => undefined)
        await at.hall.look(clerk, `${name}${path.replaceAll('/', '-')}`)
      }
    }
  })
})
