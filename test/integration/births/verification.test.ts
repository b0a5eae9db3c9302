import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId } from '../../../src/agencies/load.ts'
import { taskRow } from '../../../src/tasks/read-model.ts'
import { taskPage } from '../../../src/tasks/task-page.ts'
import { at, refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { counter, receivedAt, sendsQuestion } from './births.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

const asks = (...codes: string[]) => ({
  consult: codes.map((agencyCode) => ({ agencyCode, question: 'Đề nghị xác minh.' })),
})
const examined = async () => {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00')
  scene.goTo('2026-11-02 10:00')
  return id
}

it('the officer names the commune: every other one of the province is offered, with what the form says of it', async () => {
  const id = await examined()
  await scene.opens(id, 'Appraise')
  const task = await scene.task(id, 'Appraise')
  const shown = await scene.as('hotich.x01', async (tx) =>
    taskPage({ ...tx, em: asSystem(tx.em, 'test') }, (await taskRow(tx, task.id))!),
  )
  const codes = shown.consultBodies.map((body) => body.agency.code)
  expect(codes).toHaveLength(35)
  expect(codes).not.toContain('T00.X01')
  expect(shown.consultBodies.every(({ named, unit }) => named && unit.code.endsWith('.VP'))).toBe(true)
  expect(shown.consultHints).toContainEqual({
    label: { vi: 'Nơi đăng ký kết hôn (xã, phường)', en: 'Where the marriage was registered (commune)' },
    value: 'Phường Tân Mẫu',
  })
})

it.each([
  ['its own commune', 'T00.X01'],
  ['a department, which is no commune', 'T00.S02'],
  ['a commune that is no more', 'T00.H01'],
  ['nobody at all', undefined],
])('it cannot be %s', async (_name, code) => {
  const id = await examined()
  const asking = scene.does('hotich.x01', id, 'Appraise', 'consult', asks(...(code ? [code] : [])))
  expect((await refusal(asking)).status).toBe(422)
})

it('the named commune has three working days, sees the dossier and answers; the officer goes on', async () => {
  const id = await examined()
  await scene.does('hotich.x01', id, 'Appraise', 'consult', asks('T00.X07'))
  await sendsQuestion(scene, id)
  await scene.opens(id, 'AwaitConsultations')
  const [asked] = await scene.sql<{
    id: string
    agency_id: string
    due_at: Date
    conflicts_with_due: boolean
  }>('select id, agency_id, due_at, conflicts_with_due from consultation where dossier_id = $1', [id])
  expect(asked).toMatchObject({
    agency_id: agencyId('T00.X07'),
    due_at: at('2026-11-05 17:00'),
    conflicts_with_due: true,
  })
  // Three days do not fit into one: the apology with its new date has begun.
  expect(
    await scene.sql(`select state from letter where dossier_id = $1 and kind = 'apology'`, [id]),
  ).toEqual([{ state: 'draft' }])
  await scene.opens(asked!.id, 'Answer')
  scene.goTo('2026-11-02 11:00')
  await scene.decides('hotich.x07', (await scene.task(asked!.id, 'Answer')).id, {
    outcome: 'agreed',
    data: { answer: 'Đã đăng ký kết hôn năm 2020.' },
  })
  expect((await scene.commands(id)).at(-1)).toMatchObject({
    kind: 'complete-job',
    payload: { variables: { outcome: 'complete' } },
  })
})

it('silent after three working days: reported to the head of the one-stop, and a finding of that commune', async () => {
  const id = await examined()
  await scene.does('hotich.x01', id, 'Appraise', 'consult', asks('T00.X07'))
  await sendsQuestion(scene, id)
  await scene.opens(id, 'AwaitConsultations')
  scene.goTo('2026-11-06 00:00')
  await scene.rings(id)
  const [asked] = await scene.sql('select outcome, on_silence from consultation where dossier_id = $1', [id])
  expect(asked).toEqual({ outcome: 'silent', on_silence: 'REPORT' })
  expect(await scene.findings(id)).toContain('consultation-silent')
  expect(
    await scene.sql(`select from notification where dossier_id = $1 and key like 'silent/%'`, [id]),
  ).not.toHaveLength(0)
})
