import type { Person } from './support/hall.ts'
import type { Stage } from './support/stage.ts'

type Visit = [account: string, path: () => string]

const ANALYST = 'phantich'
const REVIEWER = 'kiemsoat'
const CODE = '1.013225'
/** The procedure of the catalogue's sample file. */
const SAMPLE = '9.000101'

const made = { draft: '', inReview: '' }
const draft = (part: string) => () => `/thiet-ke/ban-thao/${made.draft}/${part}`
const inReview = (part: string) => () => `/thiet-ke/ban-thao/${made.inReview}/${part}`

const WRITTEN = ['bieu-mau', 'giay-to', 'dinh-tuyen', 'thoi-han', 'vi-du']
/** Read by somebody who may not change them. */
const READ = ['phi', 'van-ban', 'du-kien']
/** Of the Studio, each kind of page; the lists after the catalogue's sample file was taken over. */
export const STUDIO: Visit[] = [
  [ANALYST, () => '/thiet-ke'],
  [ANALYST, () => '/thiet-ke/danh-muc'],
  [ANALYST, () => `/thiet-ke/danh-muc?ma=${SAMPLE}`],
  [ANALYST, () => '/thiet-ke/danh-muc?xem=ke-hoach'],
  [ANALYST, () => `/thiet-ke/thu-tuc/${CODE}/ban-do-nhiet`],
  [ANALYST, draft('so-do?xem=ca-hai')],
  ...WRITTEN.map((section): Visit => [ANALYST, draft(section)]),
  [ANALYST, draft('so-sanh')],
  [ANALYST, draft('phat-lai')],
  [ANALYST, draft('chay-thu')],
  [REVIEWER, () => '/thiet-ke'],
  [REVIEWER, () => `/thiet-ke/thu-tuc/${CODE}`],
  [REVIEWER, () => `/thiet-ke/thu-tuc/${CODE}/chuyen-phien-ban`],
  ...READ.map((section): Visit => [REVIEWER, inReview(section)]),
  [REVIEWER, inReview('tham-dinh')],
  [REVIEWER, inReview('ban-hanh')],
]
export const STUDIO_ON_A_PHONE: Visit[] = [
  [ANALYST, () => '/thiet-ke'],
  [ANALYST, () => `/thiet-ke/danh-muc?ma=${SAMPLE}`],
  [ANALYST, () => '/thiet-ke/danh-muc?xem=nhap'],
  [ANALYST, () => `/thiet-ke/thu-tuc/${CODE}/ban-do-nhiet`],
  [ANALYST, draft('so-do')],
  [ANALYST, draft('dinh-tuyen')],
  [ANALYST, draft('thoi-han')],
  [ANALYST, draft('so-sanh')],
  [REVIEWER, () => `/thiet-ke/thu-tuc/${CODE}`],
  [REVIEWER, inReview('tham-dinh')],
  [REVIEWER, inReview('ban-hanh')],
]

/** Two redesigns that promise eight days: one is being drawn, the other waits for its review with a comment. */
export async function makeDrafts({ desk }: Stage): Promise<void> {
  const analyst = await desk.as(ANALYST)
  const { versions } = await analyst.get(`/api/studio/procedures/${CODE}`)
  const make = async (title: string) => {
    const { id, revision, source } = await analyst.post('/api/studio/drafts', {
      code: CODE,
      from: { version: versions[0].id },
      title,
    })
    const { definition } = source
    const limit = definition.limits.find((one: { case: string }) => one.case === 'other')
    limit.committed.value = 8
    definition.allotments.other.Appraise.value = 38
    const saved = await analyst.put(`/api/studio/drafts/${id}`, { revision, changes: { definition } })
    return { id, revision: saved.revision }
  }
  made.draft = (await make('Rút còn 8 ngày')).id
  const handedIn = await make('Rút thời hạn cấp giấy phép cho công trình khác còn tám ngày làm việc')
  made.inReview = handedIn.id
  await analyst.post(`/api/studio/drafts/${handedIn.id}/submit`, { revision: handedIn.revision })
  const reviewer = await desk.as(REVIEWER)
  await reviewer.post(`/api/studio/drafts/${handedIn.id}/comments`, {
    elementId: 'Appraise',
    text: 'Ba mươi tám giờ có đủ không?',
  })
}

/** Fills the empty catalogue from its own sample file, as an analyst does it. */
export async function fillCatalogue({ hall, desk }: Stage): Promise<void> {
  const analyst = await hall.as(ANALYST)
  const { page } = analyst
  const sample = await (await desk.as(ANALYST)).bytes('/api/studio/catalogue/import/rows/sample')
  await page.goto('/thiet-ke/danh-muc?xem=nhap')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'danh-muc.csv', mimeType: 'text/csv', buffer: sample })
  const save = page.getByRole('button', { name: /^Ghi \d+ dòng/ })
  await save.waitFor()
  await hall.look(analyst, 'vi-desktop-catalogue-tried')
  await save.click()
  await save.waitFor({ state: 'detached' })
  await hall.look(analyst, 'vi-desktop-catalogue-taken-over')
}

/** Everything that the Studio brings after the page: the diagrams, and what the rules say. */
export async function studioSettled({ page }: Person, path: string, phone: boolean): Promise<void> {
  if (path.includes('/ban-thao/') && [...WRITTEN, ...READ, 'so-do'].some((part) => path.includes(part))) {
    await page.locator('.studio-head').waitFor()
    await page.getByRole('button', { name: /^(Đang kiểm tra|Checking)/ }).waitFor({ state: 'detached' })
  }
  // On a phone the words come first, and most drawings when they are asked for.
  if (path.includes('tham-dinh') || (/ban-do-nhiet|so-sanh|so-do/.test(path) && !phone))
    await page.locator('.djs-shape').first().waitFor()
  if (path.includes('so-sanh')) await page.getByText(/^(Tiết kiệm được gì|What is saved)$/).waitFor()
}
