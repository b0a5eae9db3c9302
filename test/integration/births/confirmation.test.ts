import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { answerConfirmation } from '../../../src/confirmations/answer.ts'
import { ringBefore } from '../../../src/deadlines/worker.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierPage } from '../../../src/dossiers/page.ts'
import { dossierRow } from '../../../src/dossiers/read-model.ts'
import { withPrefills } from '../dossiers/prefills.ts'
import { at, refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { asksConfirmation, counter, online, receivedAt } from './births.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

/** Received on Monday 2 November at 09:00, the form sent at 10:00: to be confirmed by Tuesday the 3rd 17:00. */
async function asked() {
  const id = await receivedAt(scene, online, '2026-11-02 09:00')
  scene.goTo('2026-11-02 09:30')
  await scene.does('hotich.x01', id, 'Appraise', 'approved')
  scene.goTo('2026-11-02 10:00')
  expect(await asksConfirmation(scene, id)).toBe('sent')
  return id
}
const page = (id: string) => scene.as('congdan', async (tx) => dossierPage(tx, (await dossierRow(tx, id))!))
type Given = Parameters<typeof answerConfirmation>[3]
/** As the route does it: what was due before rings first. */
const answers = (id: string, given: Omit<Given, 'version'> & { version?: number }) =>
  scene.as('congdan', async (transaction) => {
    const tx = { ...transaction, em: asSystem(transaction.em, 'test') }
    const dossier = await tx.em.findOneOrFail(Dossier, { id })
    await ringBefore(tx, scene.services, id)
    await answerConfirmation(tx, dossier, personId('congdan'), { version: dossier.version, ...given })
  })
const outcomeOf = async (id: string) =>
  (await scene.commands(id)).findLast(({ kind }) => kind === 'complete-job')?.payload.variables?.outcome
const line = (id: string) =>
  scene.sql<{ element_id: string; on_behalf: string; from_at: Date; to_at: Date | null }>(
    `select element_id, on_behalf, from_at, to_at from holding
      where dossier_id = $1 and track = 'accountable' and element_id = 'AwaitConfirmation'`,
    [id],
  )
const told = async (id: string) =>
  (
    await scene.sql<{ subject: string }>(
      `select subject from notification where dossier_id = $1 and key like 'confirmation%' order by created_at`,
      [id],
    )
  ).map((row) => row.subject)

it('the form goes to the applicant, who holds the dossier, with a deadline of its own and the message', async () => {
  const id = await asked()
  const seen = await page(id)
  expect(seen.can.confirm).toBe(true)
  expect(seen.confirmations).toMatchObject([
    {
      askedAt: at('2026-11-02 10:00').toISOString(),
      answerBy: at('2026-11-03 17:00').toISOString(),
      silentAt: at('2026-11-04 00:00').toISOString(),
      outcome: null,
      basis: { verified: true },
    },
  ])
  expect(await line(id)).toEqual([
    { element_id: 'AwaitConfirmation', on_behalf: 'applicant', from_at: at('2026-11-02 09:30'), to_at: null },
  ])
  expect(await told(id)).toEqual([
    expect.stringMatching(/đề nghị xác nhận biểu mẫu trước T3 03\/11\/2026 17:00/),
  ])
  // The procedure's data: its own time runs on.
  expect(seen.clock).toMatchObject({ stoppedAt: null, dueAt: at('2026-11-02 17:00').toISOString() })
})

it('nobody is asked who came to the counter', async () => {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00')
  expect(await asksConfirmation(scene, id)).toBe('not-needed')
})

it('confirmed: the wait ends at that instant, the history says so, and the same form is not asked about again', async () => {
  const id = await asked()
  scene.goTo('2026-11-02 11:00')
  await answers(id, { outcome: 'confirmed' })
  expect(await outcomeOf(id)).toBe('confirmed')
  expect((await line(id))[0]!.to_at).toEqual(at('2026-11-02 11:00'))
  const seen = await page(id)
  expect(seen.can.confirm).toBe(false)
  expect(seen.history.map(({ act }) => act)).toEqual(
    expect.arrayContaining(['confirmation.sent', 'confirmation.confirmed']),
  )
  expect(await asksConfirmation(scene, id, 2)).toBe('not-needed')
})

it('nobody else answers for the applicant', async () => {
  const id = await asked()
  for (const login of ['congdan2', 'motcua.x01', 'hotich.x01', 'thanhtra'])
    expect(await scene.as(login, (tx) => dossierRow(tx, id, 'confirm'))).toBeUndefined()
  expect(await scene.as('congdan', (tx) => dossierRow(tx, id, 'confirm'))).toBeDefined()
})

it('a second answer is refused with what there is and since when', async () => {
  const id = await asked()
  scene.goTo('2026-11-02 11:00')
  await answers(id, { outcome: 'confirmed' })
  const second = await refusal(answers(id, { outcome: 'confirmed' }))
  expect(second).toMatchObject({
    status: 409,
    facts: { outcome: 'confirmed', at: at('2026-11-02 11:00').toISOString() },
  })
  expect(second.words.vi).toContain('T2 02/11/2026 11:00')
})

describe('a correction', () => {
  it('becomes the form, and the officer sees what was changed', async () => {
    const id = await asked()
    await answers(id, {
      outcome: 'amended',
      formData: { ...online.formData, childName: 'Nguyễn Mẫu Minh Ánh', childSex: 'male' },
    })
    expect(await outcomeOf(id)).toBe('amended')
    const seen = await page(id)
    expect(seen.form.data.childName).toBe('Nguyễn Mẫu Minh Ánh')
    expect(seen.confirmations[0]!.changes).toEqual([
      {
        label: { vi: 'Họ, chữ đệm, tên của trẻ', en: "Child's full name" },
        before: 'Nguyễn Mẫu Minh Anh',
        after: 'Nguyễn Mẫu Minh Ánh',
      },
      { label: { vi: 'Giới tính', en: 'Sex' }, before: 'Nữ', after: 'Nam' },
    ])
    // Their own words need no second confirmation; a form changed by anybody after that does.
    expect(await asksConfirmation(scene, id, 2)).toBe('not-needed')
    await scene.sql(
      `update dossier set form_data = jsonb_set(form_data, '{childName}', '"Nguyễn Khác"') where id = $1`,
      [id],
    )
    expect(await asksConfirmation(scene, id, 2)).toBe('sent')
    expect((await page(id)).confirmations).toHaveLength(2)
  })

  it.each([
    ['without the form', undefined, ['formData']],
    ['that changes nothing', online.formData, ['formData']],
    ['that leaves out what the form asks', { ...online.formData, childName: '' }, ['formData.childName']],
    [
      'that makes it another case, with other papers',
      { ...online.formData, birthKind: 'surrogacy' },
      ['formData.birthKind'],
    ],
  ])('%s is refused, and nothing has changed', async (_name, formData, fields) => {
    const id = await asked()
    expect(await refusal(answers(id, { outcome: 'amended', formData }))).toMatchObject({
      status: 422,
      fields,
    })
    const seen = await page(id)
    expect(seen.can.confirm).toBe(true)
    expect(seen.form.data).toEqual(online.formData)
  })
})

it('an answer from a page that is out of date is refused', async () => {
  const id = await asked()
  const { version } = await page(id)
  const stale = await refusal(answers(id, { outcome: 'confirmed', version: version - 1 }))
  expect(stale).toMatchObject({ status: 409, type: expect.stringContaining('dossier-changed') })
  expect((await page(id)).can.confirm).toBe(true)
})

describe('silence', () => {
  it('until the end of the last day an answer counts', async () => {
    const id = await asked()
    scene.goTo('2026-11-03 23:59')
    await answers(id, { outcome: 'confirmed' })
    expect(await outcomeOf(id)).toBe('confirmed')
  })

  it('then it is agreement: the wait ends, the applicant is told, an answer comes too late', async () => {
    const id = await asked()
    scene.goTo('2026-11-03 23:59')
    await scene.rings(id)
    expect((await page(id)).can.confirm).toBe(true)
    scene.goTo('2026-11-04 00:00')
    await scene.rings(id)
    expect(await outcomeOf(id)).toBe('silent')
    const seen = await page(id)
    expect(seen.confirmations[0]).toMatchObject({
      outcome: 'silent',
      answeredAt: at('2026-11-04 00:00').toISOString(),
    })
    expect(seen.history.map(({ act }) => act)).toContain('confirmation.silent')
    expect(await told(id)).toHaveLength(2)
    const late = await refusal(answers(id, { outcome: 'confirmed' }))
    expect(late).toMatchObject({ status: 409, facts: { outcome: 'silent' } })
  })

  it('holds even if the watch has not come round: an answer after it is late', async () => {
    const id = await asked()
    scene.goTo('2026-11-04 08:00')
    expect(await refusal(answers(id, { outcome: 'confirmed' }))).toMatchObject({
      status: 409,
      facts: { outcome: 'silent' },
    })
  })
})

describe('where the data say that the clock stops meanwhile', () => {
  let other: Scene
  beforeAll(async () => {
    other = await setScene({ ownVersions: true })
    await other.test.force(
      `update procedure_version set definition = jsonb_set(definition::jsonb, '{confirmation,clock}', '"STOPS"')::json
        where code = '1.001193'`,
    )
  })
  afterAll(() => other.close())

  it('the due date moves by the working time that the applicant took', async () => {
    const id = await receivedAt(other, online, '2026-11-02 09:00')
    other.goTo('2026-11-02 10:00')
    await asksConfirmation(other, id)
    const clock = () =>
      other.sql<{ due_at: Date; stopped_at: Date | null; proof: { sentence: { vi: string } } }>(
        `select due_at, stopped_at, proof from clock where dossier_id = $1 and kind = 'dossier'`,
        [id],
      )
    expect((await clock())[0]!.stopped_at).toEqual(at('2026-11-02 10:00'))
    other.goTo('2026-11-02 14:00')
    await other.as('congdan', async (transaction) => {
      const tx = { ...transaction, em: asSystem(transaction.em, 'test') }
      const dossier = await tx.em.findOneOrFail(Dossier, { id })
      await answerConfirmation(tx, dossier, personId('congdan'), {
        outcome: 'confirmed',
        version: dossier.version,
      })
    })
    // 10:00 to 14:00 without the lunch break: two and a half working hours, into the next morning.
    const [after] = await clock()
    expect(after).toMatchObject({ due_at: at('2026-11-03 10:00'), stopped_at: null })
    expect(after!.proof.sentence.vi).toContain('2 giờ 30 phút')
    const alarms = await other.sql(
      `select from alarm where dossier_id = $1 and kind = 'breach' and at = $2 and handled_at is null`,
      [id, at('2026-11-03 10:00')],
    )
    expect(alarms).toHaveLength(1)
  })
})

it('a correction leaves what the applicant’s record answers', async () => {
  const named = (name: unknown) =>
    scene.sql('update person set full_name = $2 where id = $1', [personId('congdan'), name])
  await withPrefills(scene, '1.001193', { declarantName: 'fullName' })
  await named(online.formData.declarantName)
  const id = await asked()
  const formData = { ...online.formData, declarantName: 'Người khác' }
  expect(await refusal(answers(id, { outcome: 'amended', formData }))).toMatchObject({
    status: 422,
    fields: ['formData.declarantName'],
  })
})
