/** Births at the counter and online, on the scene of the dossiers' tests. Monday, 2 November 2026. */
import { readFileSync } from 'node:fs'
import { asSystem } from '../../../src/access/filter.ts'
import { confirmationRequest } from '../../../src/confirmations/worker.ts'
import { consultationRequest } from '../../../src/consultations/worker.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { keepAnswer } from '../../../src/exchange/answer.ts'
import { exchangeRequest } from '../../../src/exchange/worker.ts'
import type { ExampleCase } from '../../../src/procedures/definition.ts'
import { uploaded } from '../dossiers/filing.ts'
import type { Scene } from '../dossiers/scene.ts'

const CASES = new URL('../../../processes/1.001193-dang-ky-khai-sinh/cases/', import.meta.url)
const read = (name: string): ExampleCase => JSON.parse(readFileSync(new URL(name, CASES), 'utf8'))
export const online = read('02-online-confirmed.json')
export const counter = read('01-counter-straight.json')

/** Filed as the example came: by the citizen, or on paper by the clerk. */
export const filed = (scene: Scene, example: ExampleCase, formData: Record<string, unknown> = {}) =>
  scene.as(example.channel === 'ONLINE' ? 'congdan' : 'motcua.x01', async (tx) => {
    const papers = []
    for (const paperKey of example.papers)
      papers.push({ paperKey, uploadId: await uploaded(tx, scene.services) })
    const { place, channel } = example
    const body = {
      procedureCode: '1.001193',
      place,
      channel,
      papers,
      formData: { ...example.formData, ...formData },
    }
    const applicant = { fullName: 'Phạm Thị Giấy', identityNo: '000000000009' }
    const counter = { consent: { how: 'spoken', by: 'applicant' } }
    return fileDossier(tx, FileDossier.parse(channel === 'ONLINE' ? body : { ...body, applicant, counter }))
  })

const job = (id: string, elementId: string, visit: number) => ({
  key: `${elementId}-${visit}`,
  epoch: 1,
  subjectId: id,
  dossierId: id,
  elementId,
  visit,
  instanceKey: '1',
  variables: { dossierId: id },
  headers: {},
  retries: 3,
})

/** The commune's civil-status unit has it, as dossier.route would say. */
export const routed = (scene: Scene, id: string) =>
  scene.sql(`update dossier set unit_id = (select id from unit where code = 'T00.X01.VP') where id = $1`, [
    id,
  ])

/** Filed at 08:30 and received at the given time of a day: '2026-11-02 14:59'. */
export async function receivedAt(scene: Scene, example: ExampleCase, when: string, data = {}) {
  scene.goTo(`${when.slice(0, 10)} 08:30`)
  const { id } = await filed(scene, example)
  scene.goTo(when)
  await scene.does('motcua.x01', id, 'Receive', 'received', data)
  await routed(scene, id)
  return id
}

/** The machine behind "Gửi biểu mẫu xác nhận"; when it was sent the dossier waits. */
export async function asksConfirmation(scene: Scene, id: string, visit = 1) {
  const { outcome } = await scene.act((tx) => confirmationRequest.run(tx, job(id, 'AskConfirmation', visit)))
  if (outcome === 'sent') await scene.opens(id, 'AwaitConfirmation')
  return outcome
}

export const sendsQuestion = (scene: Scene, id: string) =>
  scene.act((tx) => consultationRequest.run(tx, job(id, 'RequestConsultations', 1)))

/** The population database is asked and gives a number. */
export async function numbered(scene: Scene, id: string, personalNumber: string, visit = 1) {
  await scene.act((tx) => exchangeRequest.run(tx, job(id, 'RequestNumber', visit)))
  await scene.opens(id, 'AwaitNumber')
  const [row] = await scene.sql<{ id: string }>(
    'select id from exchange where dossier_id = $1 and visit = $2',
    [id, visit],
  )
  await scene.act((tx) =>
    keepAnswer({ ...tx, em: asSystem(tx.em, 'test') }, row!.id, {
      outcome: 'answered',
      data: { personalNumber },
    }),
  )
}
