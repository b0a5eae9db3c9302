import { extractText, getDocumentProxy } from 'unpdf'
import { asSystem } from '../../../src/access/filter.ts'
import { type Proof, proofText } from '../../../src/deadlines/proof.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { beginApology } from '../../../src/letters/apology.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import { worklistRoutes } from '../../../src/tasks/worklist-routes.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
let id: string
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  const { services } = scene
  app = testApp(scene.db, [
    ...dossierRoutes(services),
    ...letterRoutes(services),
    ...worklistRoutes(services),
    ...reportRoutes(),
  ])
  id = await received(scene)
  await scene.opens(id, 'Appraise')
  await scene.act(async (tx) => {
    const system = { ...tx, em: asSystem(tx.em, 'test') }
    await beginApology(system, await system.em.findOneOrFail(Dossier, { id }), 'by-hand')
  })
}, 60_000)
afterAll(() => scene.close())

/** Letters alone: lines are broken where the paper ends. */
const bare = (text: string) => text.replace(/\s+/g, '')
const letterOf = async (kind: string) => {
  const [row] = await scene.sql<{ id: string }>('select id from letter where dossier_id = $1 and kind = $2', [
    id,
    kind,
  ])
  return row!.id
}
async function paper(login: string, letter: string): Promise<string> {
  const agent = await loggedIn(app, login)
  const { body } = await whole(agent.get(`/api/letters/${letter}/pdf`)).expect(200)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(body)), { mergePages: true })
  return bare(text)
}
const runningProof = (clocks: { kind: string; endedAt: string | null; proof: Proof }[]): Proof =>
  clocks.find(({ kind, endedAt }) => kind === 'dossier' && endedAt === null)!.proof

it('receipt, desk, report and letter give one and the same proof of the date, word by word', async () => {
  const officer = await loggedIn(app, 'chuyenvien.x01')
  const tabs = await Promise.all(
    ['mine', 'unclaimed'].map((tab) => officer.get(`/api/tasks?tab=${tab}`).expect(200)),
  )
  const row = tabs
    .flatMap(({ body }) => body.tasks)
    .find(({ dossierId }: { dossierId: string }) => dossierId === id)
  const { body: page } = await officer.get(`/api/dossiers/${row.dossierId}`).expect(200)
  const words = proofText(runningProof(page.clocks), 'vi')
  expect(words).toMatch(/^Nhận .*; \d+ ngày làm việc; không tính ngày nhận; bỏ .*; hạn /)

  const auditor = await loggedIn(app, 'thanhtra')
  const { body: audit } = await auditor.get(`/api/audit/dossiers/${id}`).expect(200)
  expect(proofText(runningProof(audit.clocks), 'vi')).toBe(words)

  expect(await paper('congdan', await letterOf('receipt'))).toContain(bare(words))

  const apology = await letterOf('apology')
  await scene.does('chuyenvien.x01', apology, 'Draft', 'drafted')
  expect(await paper('truongphong.x01', apology)).toContain(bare(words))
})

it('an apology drafted anew says how its dates came about once', async () => {
  const apology = await letterOf('apology')
  await scene.does('truongphong.x01', apology, 'Initial', 'sent-back', { reason: 'viết lại' })
  await scene.does('chuyenvien.x01', apology, 'Draft', 'drafted')
  const text = await paper('truongphong.x01', apology)
  expect(text.split('khôngtínhngàynhận')).toHaveLength(2)
  expect(text.split('Hẹnlạitừ')).toHaveLength(2)
})
