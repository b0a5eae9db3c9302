import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { acknowledgementOf } from '../../../src/dossiers/acknowledgement.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierPage } from '../../../src/dossiers/page.ts'
import { dossierRow } from '../../../src/dossiers/read-model.ts'
import { taskRow } from '../../../src/tasks/read-model.ts'
import { taskPage } from '../../../src/tasks/task-page.ts'
import { at, type Scene, setScene } from '../dossiers/scene.ts'
import { counter, filed, online, receivedAt } from './births.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

const page = (id: string) => scene.as('thanhtra', async (tx) => dossierPage(tx, (await dossierRow(tx, id))!))
const receipts = async (id: string) =>
  (await page(id)).letters.filter(({ kind }) => kind === 'receipt').length
const alarms = async (id: string) =>
  Object.fromEntries(
    (
      await scene.sql<{ kind: string; at: Date }>(
        `select a.kind, a.at from alarm a join clock c on c.id = a.clock_id
          where a.dossier_id = $1 and c.kind = 'dossier' and a.handled_at is null`,
        [id],
      )
    ).map((row) => [row.kind, row.at]),
  )

// Received | due | form 01
it.each([
  ['2026-11-02 14:59', '2026-11-02 17:00', 0],
  ['2026-11-02 15:00', '2026-11-02 17:00', 0],
  ['2026-11-02 15:01', '2026-11-03 17:00', 1],
  ['2026-11-06 15:00', '2026-11-06 17:00', 0],
  ['2026-11-06 15:01', '2026-11-09 17:00', 1],
  ['2027-02-03 15:00', '2027-02-03 17:00', 0],
  ['2027-02-03 15:01', '2027-02-11 17:00', 1],
])('a birth received on %s is due on %s; receipts: %d', async (when, due, forms) => {
  const id = await receivedAt(scene, counter, when)
  const { clock } = await page(id)
  expect(clock).toMatchObject({ dueAt: at(due).toISOString(), apologyBy: at(due).toISOString() })
  expect(await receipts(id)).toBe(forms)
})

it('the alarms of a same-day limit: two working hours before, a quarter left, and the due date itself', async () => {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00')
  // From 09:00 to 17:00 without lunch: 390 minutes, of which the last quarter are 98.
  expect(await alarms(id)).toEqual({
    warn: at('2026-11-02 15:00'),
    'apology-start': at('2026-11-02 15:22'),
    'apology-missed': at('2026-11-02 17:00'),
    breach: at('2026-11-02 17:00'),
  })
  scene.goTo('2026-11-02 15:22')
  await scene.rings(id)
  expect(
    await scene.sql(`select state from letter where dossier_id = $1 and kind = 'apology'`, [id]),
  ).toEqual([{ state: 'draft' }])
})

it('without form 01 the applicant is told all the same, and the history says why there is none', async () => {
  const id = await receivedAt(scene, online, '2026-11-02 09:00')
  const seen = await page(id)
  expect(seen.history.map(({ act }) => act)).toContain('receipt.not-issued')
  const told = await scene.sql(
    `select subject, attachments from notification where dossier_id = $1 and key like 'received/%'`,
    [id],
  )
  expect(told).toEqual([
    { subject: expect.stringMatching(/đã được tiếp nhận, hẹn trả T2 02\/11\/2026 17:00/), attachments: [] },
  ])
})

it('an applicant who asks for it gets form 01 on the same day too', async () => {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00', { receipt: true })
  expect(await receipts(id)).toBe(1)
  expect((await page(id)).history.map(({ act }) => act)).not.toContain('receipt.not-issued')
})

it.each([
  ['2026-11-02 15:00', { form01: 'on-request', due: '2026-11-02 17:00', handOver: '2026-11-02 17:00' }],
  ['2026-11-02 15:01', { form01: 'required', due: '2026-11-03 17:00', handOver: '2026-11-03 07:30' }],
])('the clerk is told before receiving at %s what it would promise', async (when, promised) => {
  scene.goTo('2026-11-02 08:30')
  const { id } = await filed(scene, counter)
  await scene.opens(id, 'Receive')
  scene.goTo(when)
  const task = await scene.task(id, 'Receive')
  const shown = await scene.as('motcua.x01', async (tx) => {
    const row = await taskRow(tx, task.id)
    return taskPage({ ...tx, em: asSystem(tx.em, 'test') }, row!)
  })
  expect(shown.reception).toMatchObject({
    form01: promised.form01,
    dueAt: at(promised.due).toISOString(),
    handOverBy: at(promised.handOver).toISOString(),
  })
})

// 45 minutes are allotted to the examination.
it.each([
  ['2026-11-02 15:00', '2026-11-02 15:45'],
  ['2026-11-02 15:01', '2026-11-03 08:15'],
  ['2026-11-06 16:30', '2026-11-09 08:15'],
])(
  'received at %s, the officer has until %s: after 15:00 the time begins next morning',
  async (when, until) => {
    const id = await receivedAt(scene, online, when)
    await scene.opens(id, 'Appraise')
    const [task] = await scene.sql<{ due_at: Date }>(
      `select due_at from task where dossier_id = $1 and element_id = 'Appraise'`,
      [id],
    )
    expect(task!.due_at).toEqual(at(until))
  },
)

describe('an online filing where a decree says that it counts from the next opening', () => {
  let decreed: Scene
  beforeAll(async () => {
    decreed = await setScene({ ownVersions: true })
    await decreed.test.force(
      `update procedure_version set definition = jsonb_set(definition::jsonb, '{reception,rules}',
              '["handOver", "sameDayResult", "onlineFiled"]')::json where code = '1.001193'`,
    )
  })
  afterAll(() => decreed.close())

  const reception = async (world: Scene, when: string, example = online) => {
    world.goTo(when)
    const { id } = await filed(world, example)
    const [clock] = await world.sql<{ started_at: Date; due_at: Date }>(
      `select started_at, due_at from clock where dossier_id = $1 and kind = 'reception'`,
      [id],
    )
    return [clock!.started_at, clock!.due_at]
  }

  it.each([
    ['2026-11-02 17:00', '2026-11-02 17:00', '2026-11-03 17:00'],
    ['2026-11-02 17:01', '2026-11-03 08:00', '2026-11-04 08:00'],
    ['2026-11-06 20:00', '2026-11-09 08:00', '2026-11-10 08:00'],
    ['2026-11-08 10:00', '2026-11-09 08:00', '2026-11-10 08:00'],
  ])('filed on %s it counts from %s: to be received by %s', async (when, from, until) => {
    expect(await reception(decreed, when)).toEqual([at(from), at(until)])
  })

  it('whoever files is told from when it counts', async () => {
    decreed.goTo('2026-11-06 20:00')
    const { id } = await filed(decreed, online)
    const words = await decreed.act(async (tx) => {
      const dossier = await asSystem(tx.em, 'test').findOneOrFail(Dossier, { id })
      return acknowledgementOf(tx, dossier)
    })
    expect(words.vi).toContain('được tính là nộp lúc T2 09/11/2026 08:00')
  })

  it('elsewhere, and on paper, it counts from the filing itself', async () => {
    expect(await reception(scene, '2026-11-02 17:01')).toEqual([
      at('2026-11-02 17:01'),
      at('2026-11-03 17:00'),
    ])
    expect((await reception(decreed, '2026-11-02 17:01', counter))[0]).toEqual(at('2026-11-02 17:01'))
  })
})
