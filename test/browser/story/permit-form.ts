import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { PAPER } from '../support/paper.ts'

type Question = { title: string; type: string; oneOf?: { const: string; title: string }[] }
const folder = new URL('../../../processes/1.013225-cap-giay-phep-xay-dung-moi/', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
const questions: Record<string, Question> = read('eform.json').schema.properties
const example: { formData: Record<string, string | number | boolean>; papers: string[] } = read(
  'cases/03-other-consulted-silence.json',
)

/** Answers the permit's electronic form by its labels, with an example that the procedure is shipped with. */
export async function fillPermitForm(page: Page): Promise<void> {
  for (const [key, answer] of Object.entries(example.formData)) {
    const { title, oneOf } = questions[key]!
    const chosen = oneOf?.find((one) => one.const === answer)
    if (chosen) await page.getByRole('radio', { name: chosen.title, exact: true }).check()
    else if (answer === true) await page.getByRole('checkbox', { name: title }).check()
    else await page.getByLabel(title).fill(String(answer).replace('.', ','))
  }
}

/** Sends a file for each paper that the example has; they stand first in the procedure's list. */
export async function addPapers(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Tải giấy tờ lên' }).waitFor()
  for (let n = 0; n < example.papers.length; n++) {
    await page.locator('input[type=file][multiple]').nth(n).setInputFiles(PAPER)
    await page.getByText('đã tải lên').nth(n).waitFor()
  }
}

/** A citizen's way from the first page of the filing to the last one before it is sent. */
export async function fillToReview(page: Page): Promise<void> {
  const next = () => page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByRole('combobox', { name: 'Xã, phường nơi có công việc của bạn' }).fill('tan mau')
  await page.getByRole('option', { name: 'Phường Tân Mẫu', exact: true }).click()
  await next()
  await page.getByRole('heading', { name: 'Điền tờ khai' }).waitFor()
  await fillPermitForm(page)
  await next()
  await addPapers(page)
  await next()
  await page.getByRole('heading', { name: 'Xem lại trước khi nộp' }).waitFor()
}

/** At the counter: every required paper is taken as the original. */
export async function checkPapers(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Kiểm và quét giấy tờ' }).waitFor()
  for (const line of await page.locator('.check-line').all())
    if (/bắt buộc/i.test((await line.textContent()) ?? ''))
      await line.getByRole('radio', { name: 'Nhận bản chính' }).check()
}
