import { readFileSync } from 'node:fs'
import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { keepAnswer } from '../../../src/exchange/answer.ts'
import { exchangeRequest } from '../../../src/exchange/worker.ts'
import { loadActor } from '../../../src/people/actor.ts'
import type { ExampleCase } from '../../../src/procedures/definition.ts'
import { publishedVersion } from '../../../src/procedures/version.ts'
import { readDiagram } from '../../../src/studio/flow/diagram.ts'
import type { Design } from '../../../src/studio/replay/plan.ts'
import { replay } from '../../../src/studio/replay/play.ts'
import { readHistory } from '../../../src/studio/replay/read-model.ts'
import { decide } from '../../../src/tasks/decide.ts'
import { userTaskEnded } from '../../../src/tasks/project.ts'
import { uploaded } from '../dossiers/filing.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(90_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

/** When each act is done: step or wait → instant. */
type Days = Record<string, string>

/** Files the first example of a procedure and takes it to its end, each act by somebody of the unit that has it. */
async function lives(folder: string, filedAt: string, days: Days): Promise<string> {
  const example = JSON.parse(
    readFileSync(`processes/${folder}/cases/01-straight.json`, 'utf8'),
  ) as ExampleCase
  const code = folder.slice(0, 8)
  scene.goTo(filedAt)
  const { id } = await scene.as('congdan', async (tx) => {
    const papers = []
    for (const paperKey of example.papers)
      papers.push({ paperKey, uploadId: await uploaded(tx, scene.services) })
    const { formData, place } = example
    return fileDossier(tx, FileDossier.parse({ procedureCode: code, place, formData, papers }))
  })
  let before = filedAt
  for (const { element, outcome } of example.walk) {
    scene.goTo(before)
    const isWait = element === 'AwaitTax'
    if (isWait) await asks(id)
    await scene.opens(id, element)
    before = days[element] ?? before
    scene.goTo(before)
    if (isWait) await answers(id)
    else await decides(id, element, outcome)
  }
  return id
}

/** Whoever has the task decides it, or somebody of the unit and role that it lies with. */
async function decides(id: string, element: string, outcome: string) {
  const [doer] = await scene.sql<{
    task: string
    key: string
    version: number
    id: string
    colleague: string
  }>(
    `select t.id as task, t.engine_key as key, t.version, p.person_id as id,
            (select o.person_id from post o where o.unit_id = t.unit_id and o.role = 'officer' order by 1 limit 1) as colleague
       from task t join post p on p.unit_id = t.unit_id and p.role = t.role
      where t.subject_id = $1 and t.element_id = $2 and p.person_id = coalesce(t.assignee_id, p.person_id)
      order by t.visit desc, p.person_id limit 1`,
    [id, element],
  )
  const { task, key, version, colleague } = doer!
  const given: Record<string, Record<string, unknown>> = {
    assigned: { personId: colleague },
    returned: { identityChecked: true, receivedBy: 'Hoàng Văn Mẫu' },
  }
  const data = given[outcome] ?? {}
  const actor = await loadActor(scene.db, doer!.id, 'vi')
  await scene.db.transact(actor!, (tx) => decide(tx, scene.services, task, { outcome, data, version }))
  await scene.act((tx) => userTaskEnded(tx.sql, { epoch: 1, key, state: 'completed', at: tx.at }))
}

const asks = (dossierId: string) =>
  scene.act((tx) =>
    exchangeRequest.run(tx, {
      key: `job-${dossierId}`,
      epoch: 1,
      subjectId: dossierId,
      dossierId,
      elementId: 'RequestTax',
      visit: 1,
      instanceKey: '1',
      variables: { dossierId },
      headers: {},
      retries: 3,
    }),
  )
const answers = (dossierId: string) =>
  scene.act(async (tx) => {
    const [question] = await tx.sql<{ id: string }>('select id from exchange where dossier_id = $1', [
      dossierId,
    ])
    await keepAnswer({ ...tx, em: asSystem(tx.em, 'test') }, question!.id, {
      outcome: 'answered',
      data: { taxOffice: 'Thuế cơ sở mẫu' },
    })
  })

const designOf = (code: string) =>
  scene.act(async (tx): Promise<Design> => {
    const [row] = await tx.sql<{ id: string; bpmn: string }>(
      'select id, bpmn from procedure_version where code = $1 and current',
      [code],
    )
    const { definition } = await publishedVersion(tx.sql, row!.id)
    return { flow: await readDiagram(row!.bpmn), definition }
  })

/** What happened and what the replay says, by dossier. */
async function lateness(code: string) {
  const design = await designOf(code)
  const history = await scene.as('phantich', (tx) =>
    readHistory(tx, code, { from: '2026-11-01', to: '2026-12-31' }),
  )
  return history.past.map((past) => {
    const { current, replayed } = replay({ ...history, past: [past] }, design, design, {
      seed: 1,
      steps: {},
      gateways: {},
      takesOver: {},
    })
    return { id: past.id, replayed, actual: past.late, said: current.judged > 0 ? current.late === 1 : null }
  })
}

it('a registration of land is late in the replay where it was late in life: the tax office’s weeks are not counted', async () => {
  const FOLDER = '1.013831-dang-ky-bien-dong-dat-dai'
  const usual: Days = {
    Receive: '2026-11-02 09:30',
    Assign: '2026-11-02 15:00',
    Appraise: '2026-11-05 10:00',
    AwaitTax: '2026-11-25 15:00',
    ReviewResult: '2026-11-26 10:00',
    SignResult: '2026-11-26 15:00',
    NumberResult: '2026-11-27 10:00',
    ReturnResult: '2026-11-27 15:00',
  }
  const inTime = await lives(FOLDER, '2026-11-02 09:00', usual)
  const secondMissed = await lives(FOLDER, '2026-11-02 09:00', {
    ...usual,
    SignResult: '2026-12-04 10:00',
    NumberResult: '2026-12-04 15:00',
    ReturnResult: '2026-12-07 10:00',
  })
  const firstMissed = await lives(FOLDER, '2026-11-02 09:00', { ...usual, Appraise: '2026-11-11 10:00' })
  scene.goTo('2026-12-31 09:00')
  const found = await lateness('1.013831')
  expect(Object.fromEntries(found.map(({ id, actual }) => [id, actual]))).toEqual({
    [inTime]: false,
    [secondMissed]: true,
    [firstMissed]: true,
  })
  for (const { replayed, said, actual } of found) expect([replayed, said]).toEqual([1, actual])
})

it('so is land given or leased: its fifteen days stand still while the tax is settled', async () => {
  const FOLDER = '1.013949-giao-dat-cho-thue-dat'
  const usual: Days = {
    Receive: '2026-11-02 09:30',
    Assign: '2026-11-02 15:00',
    Appraise: '2026-11-05 10:00',
    ReviewResult: '2026-11-06 10:00',
    SignResult: '2026-11-09 10:00',
    NumberResult: '2026-11-10 10:00',
    AwaitTax: '2026-12-10 10:00',
    IssueCertificate: '2026-12-11 10:00',
    ReturnResult: '2026-12-11 15:00',
  }
  const inTime = await lives(FOLDER, '2026-11-02 09:00', usual)
  const late = await lives(FOLDER, '2026-11-02 09:00', {
    ...usual,
    IssueCertificate: '2026-12-30 10:00',
    ReturnResult: '2026-12-30 15:00',
  })
  scene.goTo('2026-12-31 09:00')
  const found = await lateness('1.013949')
  expect(Object.fromEntries(found.map(({ id, actual }) => [id, actual]))).toEqual({
    [inTime]: false,
    [late]: true,
  })
  for (const { replayed, said, actual } of found) expect([replayed, said]).toEqual([1, actual])
})
