/** A child's birth, residence and insurance in one filing, on the scene of the dossiers' tests. Monday, 2 November 2026. */
import { readFileSync } from 'node:fs'
import { asSystem } from '../../../src/access/filter.ts'
import { answerConfirmation } from '../../../src/confirmations/answer.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { handleOnce } from '../../../src/engine/job.ts'
import { childrenOpen } from '../../../src/groups/open.ts'
import type { ExampleCase } from '../../../src/procedures/definition.ts'
import { dossierRoute } from '../../../src/routing/worker.ts'
import { asksConfirmation, numbered } from '../births/births.ts'
import { uploaded } from '../dossiers/filing.ts'
import type { Scene } from '../dossiers/scene.ts'

const CASES = new URL(
  '../../../processes/2.000986-lien-thong-khai-sinh-thuong-tru-bhyt/cases/',
  import.meta.url,
)
export const example: ExampleCase = JSON.parse(
  readFileSync(new URL('01-online-all-granted.json', CASES), 'utf8'),
)

const job = (id: string, elementId: string) => ({
  key: elementId,
  epoch: 1,
  subjectId: id,
  dossierId: id,
  elementId,
  visit: 1,
  instanceKey: '1',
  variables: { dossierId: id },
  headers: {},
  retries: 3,
})

const AGENCIES = { birth: 'T00.X01.VP', residence: 'T00.A01.CM', insurance: 'T00.B01.CM' }
export type PartKey = keyof typeof AGENCIES

/** What dossier.route does with the answer of the routing table. */
export const routes = (scene: Scene, id: string, unit: string) =>
  scene.act((tx) =>
    dossierRoute(async () => ({ agency: unit.slice(0, unit.lastIndexOf('.')), unit })).run(
      tx,
      job(id, 'Route'),
    ),
  )

/** The citizen files for all three, and the clerk receives it at the given time: '2026-11-02 09:00'. */
export async function received(scene: Scene, when = '2026-11-02 09:00'): Promise<string> {
  scene.goTo(`${when.slice(0, 10)} 08:30`)
  const { id } = await scene.as('congdan', async (tx) => {
    const papers = []
    for (const paperKey of example.papers)
      papers.push({ paperKey, uploadId: await uploaded(tx, scene.services) })
    const { place, formData } = example
    return fileDossier(tx, FileDossier.parse({ procedureCode: '2.000986', place, formData, papers }))
  })
  scene.goTo(when)
  await scene.does('motcua.x01', id, 'Receive', 'received')
  await routes(scene, id, 'T00.X01.VP')
  return id
}

/** The machine behind the box opens its parts; the group waits behind it. */
export async function openParts(scene: Scene, groupId: string, box: 'OpenBirth' | 'OpenOthers') {
  await scene.act((tx) => childrenOpen.run(tx, job(groupId, box)))
  await scene.opens(groupId, box === 'OpenBirth' ? 'AwaitBirth' : 'AwaitOthers')
}

export const runOpen = (groupId: string, box: string) => (tx: Parameters<typeof childrenOpen.run>[0]) =>
  childrenOpen.run(tx, job(groupId, box))

/** The same as the frame of all workers runs it: what it keeps of a job that fails stays. */
export async function worksOn(scene: Scene, groupId: string, box: string): Promise<unknown> {
  const [start] = await scene.sql<{ id: string }>(
    `select id from outbox where subject_id = $1 and kind = 'start'`,
    [groupId],
  )
  const { key, elementId, variables } = job(groupId, box)
  return handleOnce(
    scene.db,
    1,
    childrenOpen,
    {
      key,
      elementId,
      type: childrenOpen.type,
      processInstanceKey: groupId,
      elementInstanceKey: `${box} of ${groupId}`,
      customHeaders: '{}',
      retries: 3,
      variables: JSON.stringify({ ...variables, startId: start?.id }),
    },
    5_000,
  )
}

export type PartRow = {
  id: string
  code: string
  state: string
  result: string | null
  received_at: Date
  due_at: Date
  finished_at: Date | null
  form_data: Record<string, unknown>
}

export async function part(scene: Scene, groupId: string, key: PartKey): Promise<PartRow> {
  const [row] = await scene.sql<PartRow>(
    `select id, code, state, result, received_at, due_at, finished_at, form_data from dossier
      where parent_id = $1 and child_key = $2`,
    [groupId, key],
  )
  if (!row) throw new Error(`no part ${key}`)
  return row
}

/** The engine reaches the part's agency. */
export async function reaches(scene: Scene, groupId: string, key: PartKey): Promise<string> {
  const { id } = await part(scene, groupId, key)
  await routes(scene, id, AGENCIES[key])
  return id
}

const handOver = { identityChecked: true, receivedBy: 'Người nộp' }

/** The birth is registered and its certificate numbered at the given time; the applicant may correct its form before. */
export async function registersBirth(
  scene: Scene,
  groupId: string,
  when: string,
  corrected?: Record<string, unknown>,
): Promise<string> {
  const id = await reaches(scene, groupId, 'birth')
  await scene.does('hotich.x01', id, 'Appraise', 'approved')
  if (corrected) {
    await asksConfirmation(scene, id)
    await scene.as('congdan', async (tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      const dossier = await system.em.findOneOrFail(Dossier, { id })
      const formData = { ...dossier.formData, ...corrected }
      const { version } = dossier
      await answerConfirmation(system, dossier, dossier.applicantId, {
        outcome: 'amended',
        formData,
        version,
      })
    })
  }
  await numbered(scene, id, '000326000009')
  await scene.does('hotich.x01', id, 'Register', 'registered')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  scene.goTo(when)
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
  return id
}

const PEOPLE = { residence: 'a01', insurance: 'b01' }

/** Police or insurance decide their part at the given time; signing gives it its number and ends its clock. */
export async function decidesPart(
  scene: Scene,
  groupId: string,
  key: 'residence' | 'insurance',
  when: string,
  outcome: 'approved' | 'denied' = 'approved',
): Promise<string> {
  const id = await reaches(scene, groupId, key)
  scene.goTo(when)
  const data = outcome === 'denied' ? { reason: 'Chủ hộ không đồng ý' } : {}
  await scene.does(`chuyenvien.${PEOPLE[key]}`, id, 'Check', outcome, data)
  await scene.does(`thutruong.${PEOPLE[key]}`, id, 'SignResult', 'signed')
  return id
}

export const returns = (scene: Scene, id: string) =>
  scene.does('motcua.x01', id, 'ReturnResult', 'returned', handOver)

/** Received on Monday at 09:00, the birth registered at 14:00, the two others opened. */
export async function withOthers(scene: Scene): Promise<string> {
  const group = await received(scene)
  await openParts(scene, group, 'OpenBirth')
  await registersBirth(scene, group, '2026-11-02 14:00')
  await openParts(scene, group, 'OpenOthers')
  return group
}
