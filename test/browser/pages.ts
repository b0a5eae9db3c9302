import {
  ADMIN,
  AUDITOR,
  CITIZEN,
  CLERK,
  HEAD_OF_ONE_STOP,
  HEAD_OF_UNIT,
  OFFICER,
  told,
} from './story/cast.ts'
import { fillCatalogue, STUDIO, STUDIO_ON_A_PHONE, studioSettled } from './studio-pages.ts'
import type { Person } from './support/hall.ts'
import type { Stage } from './support/stage.ts'

type Visit = [account: string, path: () => string]

const CITIZENS: Visit[] = [
  ['', () => '/'],
  ['', () => '/thu-tuc/1.013225'],
  ['', () => `/tra-cuu/${told.code}`],
  ['', () => '/dang-nhap'],
  ['', () => '/khong-co-trang-nay'],
  [CITIZEN, () => '/ho-so-cua-toi'],
  [CITIZEN, () => `/ho-so-cua-toi/${told.id}`],
  [CITIZEN, () => '/nop-ho-so/1.013225'],
  [CITIZEN, () => '/thong-bao'],
]
const SECTIONS = ['papers', 'form', 'clock', 'letters', 'consultations', 'diagram', 'holders', 'history']
const DESKS: Visit[] = [
  [OFFICER, () => '/ban-lam-viec'],
  [OFFICER, () => '/ho-so'],
  [OFFICER, () => '/so/van-ban'],
  [CLERK, () => '/so/ho-so'],
  ...SECTIONS.map((section): Visit => [OFFICER, () => `/ban-lam-viec/ho-so/${told.id}?xem=${section}`]),
  [CLERK, () => '/mot-cua'],
  [CLERK, () => '/mot-cua/nop-ho-so/1.013225'],
  [HEAD_OF_UNIT, () => '/nhom'],
  [HEAD_OF_UNIT, () => '/vang-mat'],
  [HEAD_OF_ONE_STOP, () => '/dieu-hanh'],
  [HEAD_OF_ONE_STOP, () => '/dieu-hanh?xem=uncollected'],
]
const OVERSIGHT: Visit[] = [
  [AUDITOR, () => '/kiem-tra'],
  [AUDITOR, () => `/kiem-tra/ho-so/${told.id}`],
  [AUDITOR, () => '/kiem-tra/vi-pham'],
  [AUDITOR, () => '/kiem-tra/dau-hieu?dau-hieu=supplement-at-the-end&hat-giong=a1'],
  [AUDITOR, () => '/kiem-tra/phat-hien'],
  [AUDITOR, () => '/kiem-tra/bao-cao'],
  [AUDITOR, () => '/kiem-tra/chi-so-766'],
  [OFFICER, () => '/giai-trinh'],
  [AUDITOR, () => '/bao-mat'],
  [ADMIN, () => '/thanh-tra'],
  [AUDITOR, () => '/nhat-ky'],
  [AUDITOR, () => '/du-lieu-ca-nhan'],
  [ADMIN, () => '/quan-tri'],
  [ADMIN, () => '/quan-tri/su-co'],
  [ADMIN, () => '/quan-tri/co-quan?tim=tan+mau'],
  [ADMIN, () => '/quan-tri/nhap'],
  [ADMIN, () => '/quan-tri/mau-van-ban'],
  [ADMIN, () => '/quan-tri/chu-ky-so'],
  [ADMIN, () => '/quan-tri/thu'],
  [ADMIN, () => '/quan-tri/dong-ho'],
]
/** The longest pages: axe takes seconds for each, so they are read once more only. */
const LONG: Visit[] = [
  [ADMIN, () => '/quan-tri/lich'],
  [ADMIN, () => '/quan-tri/nguoi-dung?tim=x01'],
]
const IN_ENGLISH: Visit[] = [
  ...CITIZENS.filter(([account]) => account === ''),
  [CITIZEN, () => `/ho-so-cua-toi/${told.id}`],
  [OFFICER, () => '/ban-lam-viec'],
  [OFFICER, () => `/ban-lam-viec/ho-so/${told.id}?xem=clock`],
  [OFFICER, () => `/ban-lam-viec/ho-so/${told.id}?xem=diagram`],
  [CLERK, () => '/mot-cua'],
  [HEAD_OF_UNIT, () => '/nhom'],
  ...OVERSIGHT,
]

const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/

/** Whether each table is no wider than what it lies in; run in the page. */
const TABLES_FIT = `[...document.querySelectorAll('.scroll-x > .stacked')]
  .every((table) => table.scrollWidth <= table.parentElement.clientWidth)`

/** Pages that the story shows in Vietnamese on one screen, on the other screen and in English. */
export function pages(stage: () => Stage): void {
  const visitAll = async (visits: Visit[], look: { phone?: boolean; language?: 'en' }) => {
    const { hall } = stage()
    const byPerson = Map.groupBy(visits, ([account]) => account)
    const visit = async (person: Person, path: string) => {
      const { page } = person
      await page.goto(path)
      await page.locator('h1').waitFor({ state: 'attached' })
      const loading = page.getByRole('status', { name: /^(Đang tải|Loading)$/ })
      await loading.first().waitFor({ state: 'detached' })
      // A drawing comes after the page.
      if (path.endsWith('xem=diagram')) await page.locator('.diagram svg .djs-group').first().waitFor()
      if (path.startsWith('/thiet-ke')) await studioSettled(person, path, look.phone ?? false)
      const screen = `${look.language ?? 'vi'}-${look.phone ? 'phone' : 'desktop'}`
      // On a phone a row is a card: nothing of it lies beyond the edge.
      if (look.phone) expect({ path, fits: await page.evaluate(TABLES_FIT) }).toEqual({ path, fits: true })
      await hall.look(
        person,
        screen + path.replace(told.id, 'dossier').replace(UUID, 'draft').replaceAll(/\W+/g, '-'),
      )
    }
    await Promise.all(
      [...byPerson].map(async ([account, own]) => {
        const person = await hall.as(account, look)
        for (const [, path] of own) await visit(person, path())
      }),
    )
  }
  it('a desktop shows the citizen’s pages', () => visitAll(CITIZENS, {}))
  it('a desktop shows the desk’s pages', () => visitAll(DESKS, {}))
  it('a phone shows the desk’s pages', () => visitAll(DESKS, { phone: true }))
  it('a phone shows the pages of auditor and administrator', () =>
    visitAll([...OVERSIGHT, ...LONG], { phone: true }))
  it('English: a page of every area', () => visitAll(IN_ENGLISH, { language: 'en' }))
  let filling: Promise<void> | undefined
  const filled = () => {
    filling ??= fillCatalogue(stage())
    return filling
  }
  it('a desktop shows the Studio', async () => {
    await filled()
    await visitAll(STUDIO, {})
  })
  it('a phone shows the Studio in English', async () => {
    await filled()
    await visitAll(STUDIO_ON_A_PHONE, { phone: true, language: 'en' })
  })
}
