import { jest } from '@jest/globals'
import type { Locator } from 'playwright-core'
import { personId } from '../../src/agencies/load.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { release } from '../../src/tasks/release.ts'
import { at } from '../integration/dossiers/scene.ts'
import { appraisal, filed } from '../integration/worklist/people.ts'
import { crowd } from '../load/crowd.ts'
import { type Desks, setDesks } from './support/desk-scene.ts'
import type { Person } from './support/hall.ts'
import { panelOf } from './support/work.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(5 * 60_000)

const CLERK = 'motcua.x01'
const COLLEAGUE = 'truongmotcua.x01'
const OFFICER = 'chuyenvien.x01'
const HEAD_OF_UNIT = 'truongphong.x01'

let desks: Desks
beforeAll(async () => {
  desks = await setDesks()
})
afterAll(() => desks?.strike())

/** A dossier at the counter in which the automatic check found nothing. */
async function atCounter() {
  const made = await filed(desks.scene)
  await desks.scene.sql(`update dossier set findings = '[]' where id = $1`, [made.id])
  return made
}
const rowOf = ({ page }: Person, task: string) => page.locator(`[data-row="${task}"]`)
const open = async (person: Person, address: string) => {
  await person.page.goto(`/ban-lam-viec?${address}`)
  await person.page.locator('[data-row]').first().waitFor()
}
const press = async ({ page }: Person, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const isFocused = (one: Locator): Promise<boolean> =>
  one.evaluate((element) => element === element.ownerDocument.activeElement)
/** Goes on with a key until a thing has the focus: whoever has no mouse must come there. */
async function reach(person: Person, key: 'Tab' | 'Shift+Tab' | 'j', wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let n = 0; !(await isFocused(wanted)); n++) {
    expect(n).toBeLessThan(80)
    await press(person, key)
  }
}
const decision = async (task: string) =>
  (
    await desks.scene.sql<{ state: string; outcome: string }>(
      'select state, outcome from decision where task_id = $1 order by acted_at',
      [task],
    )
  ).map(({ outcome, state }) => `${outcome} ${state}`)

describe('a clerk’s morning, with the keyboard alone', () => {
  it('logs in, receives a dossier, sends it at once, goes on to the next, decides it and takes that back', async () => {
    const [first, second] = [await atCounter(), await atCounter()]
    const clerk = await desks.hall.as('')
    await clerk.page.goto('/dang-nhap')
    await reach(clerk, 'Tab', clerk.page.getByLabel('Tên đăng nhập'))
    await clerk.page.keyboard.type(CLERK)
    await press(clerk, 'Tab')
    await clerk.page.keyboard.type(DEMO_PASSWORD)
    await press(clerk, 'Enter')
    await clerk.page.waitForURL('**/ban-lam-viec*')
    await reach(clerk, 'Tab', clerk.page.getByRole('link', { name: /^Chưa ai nhận/ }))
    await press(clerk, 'Enter')
    await rowOf(clerk, first.task).waitFor()
    await press(clerk, 'j', 'Enter')
    const panel = panelOf(clerk)
    await panel.getByLabel('Ghi chú cho bước sau').waitFor()
    expect(clerk.page.url()).toContain(first.task)
    await press(clerk, '1')
    await panel.getByRole('radio', { name: 'Tiếp nhận' }).and(panel.locator(':checked')).waitFor()
    await press(clerk, 'Control+Enter')
    await panel.getByText('Đã quyết định: Tiếp nhận').waitFor()
    await panel.getByText('Đã chuyển bước sau lúc').waitFor()
    await panel.getByRole('button', { name: /^Rút lại/ }).waitFor()
    const next = panel.getByRole('link', { name: /^Tiếp theo:/ })
    await next.and(clerk.page.locator(':focus')).waitFor()
    await desks.hall.look(clerk, 'decided')
    await reach(clerk, 'Shift+Tab', panel.getByRole('button', { name: 'Gửi ngay' }))
    await press(clerk, 'Enter')
    await panel.getByRole('button', { name: 'Gửi ngay' }).waitFor({ state: 'detached' })
    expect(await decision(first.task)).toEqual(['received released'])
    await next.and(clerk.page.locator(':focus')).waitFor()
    await press(clerk, 'Enter')
    await clerk.page.waitForURL(`**/${second.task}`)
    await panel.getByLabel('Ghi chú cho bước sau').waitFor()
    await press(clerk, '1', 'Control+Enter')
    await panel.getByText('Đã quyết định: Tiếp nhận').waitFor()
    expect(await decision(second.task)).toEqual(['received pending'])
    await panel.getByRole('button', { name: /^Rút lại/ }).waitFor()
    await press(clerk, 'z')
    await panel.getByLabel('Ghi chú cho bước sau').waitFor()
    expect(await decision(second.task)).toEqual(['received withdrawn'])
    expect(await decision(first.task)).toEqual(['received released'])
    expect((await desks.scene.task(second.id, 'Receive')).state).toBe('open')
  })

  it('the last four digits of a code typed anywhere open the dossier, a strange barcode says what it is', async () => {
    const made = await atCounter()
    const clerk = await desks.hall.as(CLERK)
    await open(clerk, 'xem=unclaimed')
    await clerk.page.keyboard.type(made.code.slice(-4), { delay: 90 })
    await clerk.page.getByText('Enter để mở hồ sơ').waitFor()
    await press(clerk, 'Enter')
    await clerk.page.waitForURL(`**/${made.task}`)
    await panelOf(clerk).getByLabel('Ghi chú cho bước sau').waitFor()
    // As a scanner sends them: faster than any hand, whatever the machine of the test has to do.
    await clerk.page.evaluate(
      `for (const key of [...'H29.12-261102-0001', 'Enter'])
         document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`,
    )
    await clerk.page.getByRole('alert').getByText('H29.12').waitFor()
    expect(clerk.page.url()).toContain(made.task)
    clerk.complaints.length = 0
    await desks.hall.look(clerk, 'strange-barcode')
  })

  it('chooses rows with Space, notes one, receives all, and reads what became of each', async () => {
    const made = [await atCounter(), await atCounter()]
    const spoilt = await filed(desks.scene)
    await desks.scene.sql(`update dossier set findings = '[{"vi":"Thiếu bản vẽ"}]' where id = $1`, [
      spoilt.id,
    ])
    const clerk = await desks.hall.as(CLERK)
    await open(clerk, 'xem=unclaimed')
    for (const { task } of [...made, spoilt]) {
      await reach(clerk, 'j', rowOf(clerk, task))
      await press(clerk, 'Space')
    }
    await clerk.page.getByText('3 việc đã chọn').waitFor()
    await press(clerk, 'n')
    const note = clerk.page.getByRole('textbox', { name: 'Ghi chú nội bộ' })
    await note.and(clerk.page.locator(':focus')).waitFor()
    await clerk.page.keyboard.type('Người nộp hẹn mang bản vẽ chiều nay')
    await desks.hall.look(clerk, 'note')
    await press(clerk, 'Control+Enter')
    await note.waitFor({ state: 'detached' })
    expect(await desks.scene.sql('select text from dossier_note where dossier_id = $1', [spoilt.id])).toEqual(
      [{ text: 'Người nộp hẹn mang bản vẽ chiều nay' }],
    )
    const receive = clerk.page.getByRole('button', { name: 'Tiếp nhận', exact: true })
    await reach(clerk, 'Tab', receive)
    await press(clerk, 'Enter')
    const results = clerk.page.getByRole('complementary', { name: 'Tiếp nhận' })
    await results.getByText('Xong 2 trên 3 việc').waitFor()
    await results.getByText('Hãy mở hồ sơ rồi quyết định').waitFor()
    await desks.hall.look(clerk, 'results')
    for (const { task } of made) expect(await decision(task)).toEqual(['received pending'])
    expect(await decision(spoilt.task)).toEqual([])
    await press(clerk, 'Escape')
    await results.waitFor({ state: 'detached' })
  })

  it('no row moves when new work comes; u brings it in', async () => {
    const clerk = await desks.hall.as(CLERK)
    await open(clerk, 'xem=unclaimed')
    const rows = () => clerk.page.locator('[data-row]').allTextContents()
    const before = await rows()
    const made = await atCounter()
    await clerk.page.getByRole('button', { name: '1 thay đổi, cập nhật' }).waitFor()
    expect(await rows()).toEqual(before)
    await press(clerk, 'u')
    await rowOf(clerk, made.task).waitFor()
    expect(await rows()).toHaveLength(before.length + 1)
  })

  it('/ finds a row, a gives it to whoever has least, who prints it among what is due today', async () => {
    const { scene, hall } = desks
    scene.services.settings.takeBackSeconds = 0
    const made = await appraisal(scene, null)
    scene.services.settings.takeBackSeconds = 30
    await scene.sql('update task set due_at = $2 where id = $1', [made.task, at('2026-11-02 16:00')])
    const head = await hall.as(HEAD_OF_UNIT)
    await open(head, 'xem=unclaimed')
    await press(head, '/')
    await head.page.getByLabel('Tìm trong danh sách').and(head.page.locator(':focus')).waitFor()
    await head.page.keyboard.type(made.code.slice(-4))
    await head.page.waitForFunction(`document.querySelectorAll('[data-row]').length === 1`)
    await reach(head, 'Tab', rowOf(head, made.task))
    await press(head, 'a')
    const side = head.page.getByRole('complementary')
    await reach(head, 'Tab', side.getByRole('radio', { name: /ít việc nhất/ }))
    await press(head, 'Space', 'Control+Enter')
    await side.getByText('Xong 1 trên 1 việc').waitFor()

    const [given] = await scene.sql<{ login: string }>(
      'select a.login from task t join account a on a.person_id = t.assignee_id where t.id = $1',
      [made.task],
    )
    const officer = await hall.as(given!.login)
    await officer.page.addInitScript('window.print = () => undefined')
    await open(officer, 'xem=mine')
    await officer.page.getByRole('button', { name: 'In danh sách hôm nay' }).click()
    const paper = officer.page.locator('.print-room')
    await paper.getByText(made.code).waitFor({ state: 'attached' })
    const words = await paper.textContent()
    expect(words).toContain('Danh sách việc hôm nay')
    expect(words).toContain('Phòng Kinh tế, Hạ tầng và Đô thị')
    await officer.page.evaluate(`window.dispatchEvent(new Event('afterprint'))`)
    await paper.waitFor({ state: 'detached' })
  })

  it('a list saved and shared by its address shows a colleague the same rows and columns', async () => {
    const made = await atCounter()
    await desks.scene.sql('update dossier set original_due_at = $2, due_at = $3 where id = $1', [
      made.id,
      at('2026-11-16 17:00'),
      at('2026-11-20 17:00'),
    ])
    const clerk = await desks.hall.as(CLERK)
    await open(clerk, `xem=unclaimed&tim=${made.code.slice(-4)}&cot=dossier,due,note&gian=comfortable`)
    const shown = async ({ page }: Person) => [
      await page.locator('[data-row]').allTextContents(),
      await page.locator('thead th').allTextContents(),
    ]
    const mine = await shown(clerk)
    expect(mine).toEqual([[expect.stringContaining(made.code)], ['Hồ sơ', 'Hẹn trả', 'Ghi chú']])
    // The new date, and the first one on its second line.
    const due = clerk.page.locator('tr').filter({ has: rowOf(clerk, made.task) })
    expect(await due.textContent()).toMatch(/T6 20\/11(\/2026)? 17:00.*T2 16\/11(\/2026)? 17:00/)
    const colleague = await desks.hall.as(COLLEAGUE)
    await colleague.page.goto(clerk.page.url())
    await rowOf(colleague, made.task).waitFor()
    expect(await shown(colleague)).toEqual(mine)
  })

  it('single keys can be switched off, and stay off for the person on another machine', async () => {
    const clerk = await desks.hall.as(CLERK)
    await open(clerk, 'xem=unclaimed')
    await press(clerk, '?')
    const help = clerk.page.getByRole('dialog', { name: 'Phím tắt' })
    const single = help.getByRole('switch', { name: 'Bật phím tắt một chữ' })
    await single.waitFor()
    await desks.hall.look(clerk, 'keys')
    await reach(clerk, 'Tab', single)
    await press(clerk, 'Space', 'Escape')
    await help.waitFor({ state: 'detached' })
    const elsewhere = await desks.hall.as(CLERK, { language: 'en' })
    await open(elsewhere, 'xem=unclaimed')
    await press(elsewhere, 'j')
    await elsewhere.page.waitForTimeout(300)
    expect(await elsewhere.page.locator('[data-row]:focus').count()).toBe(0)
    await desks.hall.look(elsewhere, 'list-english')
  })
})

describe('a desk with a thousand tasks', () => {
  it('shows 25 rows at 1080p, draws few more, and the keys reach those below', async () => {
    const { settings } = desks.scene.services
    settings.takeBackSeconds = 0
    await crowd(desks.scene, { open: 1_000, done: 10 })
    settings.takeBackSeconds = 30
    const officer = await desks.hall.as(OFFICER)
    await open(officer, 'xem=mine')
    const { page } = officer
    const drawn = () => page.locator('[data-row]').count()
    const whole = () =>
      page.evaluate(
        `[...document.querySelectorAll('tbody tr')].filter((row) => {
          const { top, bottom } = row.getBoundingClientRect()
          return row.querySelector('[data-row]') && top >= 0 && bottom <= innerHeight }).length`,
      )
    expect(await whole()).toBeGreaterThanOrEqual(25)
    expect(await drawn()).toBeLessThan(110)
    await desks.hall.look(officer, 'thousand')
    for (let n = 0; n < 150; n++) await press(officer, 'j')
    await page.locator('[data-row]:focus').waitFor()
    const place = await page.locator('tr:has([data-row]:focus)').getAttribute('aria-rowindex')
    expect(Number(place)).toBeGreaterThan(140)
    expect(await drawn()).toBeLessThan(110)
    // On a laptop two columns give way, and no limit and no date ends in dots.
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('columnheader', { name: 'Thủ tục' }).waitFor({ state: 'detached' })
    const cut = `[...document.querySelectorAll('tbody td:nth-child(4), tbody td:nth-child(5)')]
      .filter((cell) => cell.scrollWidth > cell.clientWidth).length`
    expect(await page.evaluate(cut)).toBe(0)
    await page.setViewportSize({ width: 1920, height: 1080 })
    const phone = await desks.hall.as(OFFICER, { phone: true })
    await open(phone, 'xem=mine')
    await desks.hall.look(phone, 'thousand-phone')
  })

  it('what has left the desk says where it went', async () => {
    const officer = await desks.hall.as(OFFICER)
    const [work] = await desks.scene.sql<{ id: string; dossier_id: string }>(
      `select t.id, t.dossier_id from task t join visit v on v.subject_id = t.subject_id and v.element_id = t.element_id
        where t.form = 'appraise' and t.state = 'open' and t.assignee_id = $1`,
      [personId(OFFICER)],
    )
    await officer.page.goto(`/ban-lam-viec/viec/${work!.id}`)
    const panel = panelOf(officer)
    await panel.getByLabel('Ghi chú cho bước sau').waitFor()
    await press(officer, '1', 'Control+Enter')
    await panel.getByText('Đã quyết định').waitFor()
    const { scene } = desks
    const [made] = await scene.sql<{ id: string; engine_key: string }>(
      'select d.id, t.engine_key from decision d join task t on t.id = d.task_id where t.id = $1',
      [work!.id],
    )
    await scene.act((tx) => release(tx, scene.services, made!.id))
    const { userTaskEnded } = await import('../../src/tasks/project.ts')
    await scene.act((tx) =>
      userTaskEnded(tx.sql, { epoch: 1, key: made!.engine_key, state: 'completed', at: tx.at }),
    )
    await scene.opens(work!.dossier_id, 'ReviewResult')
    await panel.getByText(/^Đã chuyển Phòng .* lúc/).waitFor()
    await desks.hall.look(officer, 'moved')
  })
})
