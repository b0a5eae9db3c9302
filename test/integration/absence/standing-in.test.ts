import { jest } from '@jest/globals'
import { enterAbsence, type NewAbsence } from '../../../src/absence/enter.ts'
import { tellWorkInPlace } from '../../../src/absence/tell.ts'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { guideApplicant } from '../../../src/counter/guidance.ts'
import { holdingRows } from '../../../src/deadlines/read-model.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { historyOf } from '../../../src/dossiers/history.ts'
import { assignTask, claim, unclaim } from '../../../src/tasks/assign.ts'
import { controlSheet } from '../../../src/tasks/bulk-paper.ts'
import { takeBack } from '../../../src/tasks/decide.ts'
import { taskRow } from '../../../src/tasks/read-model.ts'
import { worklistPage } from '../../../src/tasks/worklist.ts'
import { checks, consent, fileOnPaper } from '../counter/scene.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'
import { appraisal } from '../worklist/people.ts'
import { refusal } from './refusal.ts'

jest.setTimeout(120_000)

const AN = 'chuyenvien.x01'
const BINH = 'chuyenvien2.x01'
const HEAD = 'truongphong.x01'
const DEPUTY = 'photruongphong.x01'
let scene: Scene
const names = new Map<string, string>()
beforeAll(async () => {
  scene = await setScene()
  for (const login of [
    AN,
    BINH,
    HEAD,
    DEPUTY,
    'chutich.x01',
    'phochutich.x01',
    'motcua.x01',
    'truongmotcua.x01',
  ]) {
    const [row] = await scene.sql<{ name: string }>('select full_name as name from person where id = $1', [
      personId(login),
    ])
    names.set(login, row?.name ?? '')
  }
})
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from absence'))

/** Away from Tuesday 3 to Friday 6 November, entered on Monday. */
async function away(person: string, substitute: string | null, change: Partial<NewAbsence> = {}) {
  scene.goTo('2026-11-02 09:00')
  await scene.as(person, (tx) =>
    enterAbsence(tx, {
      personId: personId(person),
      substituteId: substitute && personId(substitute),
      fromDay: '2026-11-03',
      toDay: '2026-11-06',
      procedures: [],
      forms: [],
      reason: 'Nghỉ phép',
      ...change,
    }),
  )
}
const mine = (login: string) =>
  scene.as(login, async (tx) => (await worklistPage(tx, 'mine', {}, { limit: 50 })).tasks)
const hasTask = async (login: string, task: string) => (await mine(login)).find(({ id }) => id === task)
const onDesk = async (officer: string | null = AN) => {
  scene.goTo('2026-11-02 09:00')
  return appraisal(scene, officer)
}

describe('while somebody is away', () => {
  it('the substitute has their work on the list and decides it, and nobody else does', async () => {
    const { id, task } = await onDesk()
    await away(AN, BINH)
    scene.goTo('2026-11-02 17:00')
    expect(await hasTask(BINH, task)).toBeUndefined()
    const early = await refusal(scene.decides(BINH, task, { outcome: 'approved' }))
    expect(early).toMatchObject({ status: 403, words: { vi: expect.stringContaining(names.get(AN)!) } })
    expect(await scene.sql('select from decision where task_id = $1', [task])).toEqual([])
    scene.goTo('2026-11-03 08:30')
    expect(await hasTask(BINH, task)).toMatchObject({
      assignee: { name: names.get(AN) },
      inPlaceOf: { name: names.get(AN) },
    })
    expect((await refusal(scene.decides('vanthu.x01', task, { outcome: 'approved' }))).status).toBe(404)
    await scene.decides(BINH, task, { outcome: 'approved' })
    const lines = await scene.act((tx) => holdingRows(tx, id))
    expect(
      lines
        .filter(({ element_id }) => element_id === 'Appraise')
        .map((one) => [one.person_name, one.absent_name]),
    ).toEqual([
      [names.get(AN), null],
      [names.get(BINH), names.get(AN)],
    ])
    const [last] = lines.filter(({ absent_id }) => absent_id)
    expect(last?.opened_by.text.vi).toBe(`Làm thay ${names.get(AN)}`)
  })

  it('“X thay Y” stands in the history, on the control sheet and in the trail', async () => {
    const { id, task } = await onDesk()
    await away(AN, BINH)
    scene.goTo('2026-11-03 08:30')
    await scene.decides(BINH, task, { outcome: 'approved' })
    const history = await scene.act((tx) => historyOf(tx, id, true))
    expect(history.at(-1)).toMatchObject({ by: names.get(BINH), inPlaceOf: names.get(AN) })
    expect((await scene.act((tx) => historyOf(tx, id, false))).at(-1)).toMatchObject({
      by: null,
      inPlaceOf: null,
    })
    const sheet = await scene.as(BINH, async (tx) => controlSheet(tx, (await taskRow(tx, task))!))
    expect(sheet.steps.map(({ person }) => person)).toContain(`${names.get(BINH)} (thay ${names.get(AN)})`)
    const [{ line } = { line: '' }] = await scene.sql<{ line: string }>(
      `select line from audit_entry where act = 'task.decided' order by index desc limit 1`,
    )
    expect(line).toContain(`"inPlaceOf": "${personId(AN)}"`)
  })

  it('a form of the counter names both hands', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    await scene.opens(id, 'Receive')
    const { id: task } = await scene.task(id, 'Receive')
    await scene.as('motcua.x01', (tx) => claim(tx, task))
    await away('motcua.x01', 'truongmotcua.x01')
    scene.goTo('2026-11-03 08:00')
    await scene.decides('truongmotcua.x01', task, { outcome: 'received' })
    const [letter] = await scene.sql<{ receiver: object }>(
      `select data->'receiver' as receiver from letter where dossier_id = $1 and kind = 'receipt'`,
      [id],
    )
    expect(letter?.receiver).toEqual({
      name: names.get('truongmotcua.x01'),
      substituteFor: names.get('motcua.x01'),
    })
  })

  it('initials carry both names on the signed letter, and only then', async () => {
    const { id, task } = await onDesk()
    await scene.decides(AN, task, { outcome: 'approved' })
    await scene.opens(id, 'ReviewResult')
    const { id: review } = await scene.task(id, 'ReviewResult')
    await scene.as(HEAD, (tx) => claim(tx, review))
    await away(HEAD, DEPUTY)
    scene.goTo('2026-11-03 08:30')
    await scene.decides(DEPUTY, review, { outcome: 'approved' })
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    const [letter] = await scene.sql<{ signature: object }>(
      `select data->'signer'->'signature' as signature from letter where dossier_id = $1 and kind = 'result'`,
      [id],
    )
    expect(letter?.signature).toMatchObject({
      initialledBy: names.get(DEPUTY),
      initialledFor: names.get(HEAD),
    })
  })

  it('form 02 at the counter names both hands', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await fileOnPaper(scene, {
      papers: [],
      counter: {
        consent,
        checks: checks({
          application: { state: 'original' },
          land: { state: 'missing', pages: 0 },
          drawings: { state: 'original' },
        }),
      },
    })
    await scene.opens(id, 'Receive')
    const { id: task } = await scene.task(id, 'Receive')
    await scene.as('motcua.x01', (tx) => claim(tx, task))
    await away('motcua.x01', 'truongmotcua.x01')
    scene.goTo('2026-11-03 08:00')
    const guide = await scene.as('truongmotcua.x01', async (tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      const dossier = await system.em.findOneOrFail(Dossier, { id })
      const by = personId('truongmotcua.x01')
      return (await guideApplicant(system, scene.services, dossier, by, '')).data.guide
    })
    expect(guide).toEqual({
      name: names.get('truongmotcua.x01'),
      substituteFor: names.get('motcua.x01'),
    })
  })

  it('the substitute neither gives the work back to the unit nor takes it without deciding it', async () => {
    const { task } = await onDesk()
    await away(AN, BINH)
    scene.goTo('2026-11-03 08:30')
    expect((await refusal(scene.as(BINH, (tx) => unclaim(tx, task)))).status).toBe(403)
    expect((await refusal(scene.as(BINH, (tx) => claim(tx, task)))).type).toBe('task-claimed')
  })

  it('only the kinds of work left to them are the substitute’s', async () => {
    const { task } = await onDesk()
    await away(AN, BINH, { procedures: ['1.009645'] })
    scene.goTo('2026-11-03 08:30')
    expect(await hasTask(BINH, task)).toBeUndefined()
    await scene.sql('delete from absence')
    await away(AN, BINH, { procedures: ['1.013225'], forms: ['consultation-summary'] })
    scene.goTo('2026-11-03 08:30')
    const other = await refusal(scene.decides(BINH, task, { outcome: 'approved' }))
    expect(other).toMatchObject({
      status: 403,
      words: { vi: expect.stringContaining('không gồm loại việc này') },
    })
    expect(await scene.sql('select from decision where task_id = $1', [task])).toEqual([])
    await scene.sql('delete from absence')
    await away(AN, BINH, { procedures: ['1.013225'], forms: ['appraise'] })
    scene.goTo('2026-11-03 08:30')
    expect(await hasTask(BINH, task)).toBeDefined()
  })

  it('it ends by itself: on the next day the work is out of the substitute’s reach', async () => {
    const { task } = await onDesk()
    await away(AN, BINH)
    scene.goTo('2026-11-06 23:59')
    expect(await hasTask(BINH, task)).toBeDefined()
    scene.goTo('2026-11-07 00:01')
    expect(await hasTask(BINH, task)).toBeUndefined()
    expect((await refusal(scene.decides(BINH, task, { outcome: 'approved' }))).status).toBe(403)
  })
})

describe('new work of somebody away', () => {
  /** Assigned on Monday; the engine opens the appraisal on Tuesday. */
  async function opensOnTuesday() {
    const id = await received(scene)
    scene.goTo('2026-11-03 08:10')
    await scene.opens(id, 'Appraise')
    const task = await scene.task(id, 'Appraise')
    const [row] = await scene.sql<{ in_place_of: string | null }>(
      'select in_place_of from task where id = $1',
      [task.id],
    )
    const held = (await scene.act((tx) => holdingRows(tx, id))).at(-1)
    return { id, task, inPlaceOf: row?.in_place_of, held }
  }

  it('goes to the substitute, in their place', async () => {
    await away(AN, BINH)
    const { task, inPlaceOf, held } = await opensOnTuesday()
    expect([task.assignee_id, inPlaceOf]).toEqual([personId(BINH), personId(AN)])
    expect([held?.person_name, held?.absent_name]).toEqual([names.get(BINH), names.get(AN)])
    const told = () => scene.act(tellWorkInPlace)
    expect([await told(), await told()]).toEqual([1, 0])
    const [message] = await scene.sql<{ person_id: string; subject: string }>(
      'select person_id, subject from notification where key = $1',
      [`in-place/${task.id}/${personId(BINH)}`],
    )
    expect(message?.person_id).toBe(personId(BINH))
    expect(message?.subject).toContain(`làm thay ${names.get(AN)}`)
    await scene.decides(BINH, task.id, { outcome: 'approved' })
    const [decision] = await scene.sql<{ in_place_of: string }>(
      'select in_place_of from decision where task_id = $1',
      [task.id],
    )
    expect(decision?.in_place_of).toBe(personId(AN))
  })

  it('goes to the unit when nobody stands in, or who does has left', async () => {
    await away(AN, null)
    expect((await opensOnTuesday()).task.assignee_id).toBeNull()
    await scene.sql('delete from absence')
    await away(AN, BINH)
    await scene.sql('update person set active = false where id = $1', [personId(BINH)])
    expect((await opensOnTuesday()).task.assignee_id).toBeNull()
    await scene.sql('update person set active = true where id = $1', [personId(BINH)])
  })

  it('goes on to the substitute’s own when they fall ill too', async () => {
    await away(AN, BINH)
    await away(BINH, HEAD)
    const { task, inPlaceOf } = await opensOnTuesday()
    expect([task.assignee_id, inPlaceOf]).toEqual([personId(HEAD), personId(AN)])
  })

  it('of another kind than they are away from stays theirs', async () => {
    await away(AN, BINH, { forms: ['assign'] })
    expect((await opensOnTuesday()).task.assignee_id).toBe(personId(AN))
  })

  it('is not given to them by the head, who hears who stands in', async () => {
    const { task } = await onDesk(null)
    await away(AN, BINH)
    scene.goTo('2026-11-03 08:30')
    const said = await refusal(scene.as(HEAD, (tx) => assignTask(tx, task, personId(AN), '')))
    expect(said).toMatchObject({ status: 422, fields: ['personId'] })
    expect(said.messages[0]?.vi).toContain(names.get(BINH))
    await scene.as(HEAD, (tx) => assignTask(tx, task, personId(BINH), ''))
    const { id } = await onDesk(null)
    await scene.does('chuyenvien2.x01', id, 'Appraise', 'approved')
    scene.goTo('2026-11-02 09:00')
    const again = await scene.file()
    await scene.does('motcua.x01', again.id, 'Receive', 'received')
    scene.goTo('2026-11-03 08:30')
    const naming = scene.does(HEAD, again.id, 'Assign', 'assigned', { personId: personId(AN) })
    expect(await refusal(naming)).toMatchObject({ status: 422, fields: ['data.personId'] })
  })
})

describe('signing', () => {
  /** Ready to be signed on Tuesday, in the hands of the chairman. */
  async function toSign() {
    const { id, task } = await onDesk()
    await scene.decides(AN, task, { outcome: 'approved' })
    await scene.does(HEAD, id, 'ReviewResult', 'approved')
    await scene.opens(id, 'SignResult')
    const { id: sign } = await scene.task(id, 'SignResult')
    await scene.as('chutich.x01', (tx) => claim(tx, sign))
    return { id, sign }
  }

  it('never passes to a substitute: they see it and hear who may', async () => {
    const { id, sign } = await toSign()
    await away('chutich.x01', 'phochutich.x01')
    scene.goTo('2026-11-03 08:30')
    expect(await hasTask('phochutich.x01', sign)).toBeUndefined()
    expect(await scene.as('phochutich.x01', (tx) => taskRow(tx, sign))).toBeDefined()
    const said = await refusal(scene.decides('phochutich.x01', sign, { outcome: 'signed' }))
    expect(said.status).toBe(403)
    expect(said.words.vi).toMatch(/không kèm quyền ký.+KT\., TL\., TUQ\./)
    expect(said.words.vi).toContain(names.get('chutich.x01'))
    expect(said.words.en).toMatch(/does not carry the power to sign/)
    // Nothing has changed.
    expect(await scene.task(id, 'SignResult')).toMatchObject({
      state: 'open',
      assignee_id: personId('chutich.x01'),
    })
    expect(await scene.sql('select from decision where task_id = $1', [sign])).toEqual([])
  })

  it('goes to the unit while the signer is away, where a deputy signs KT. by their own post', async () => {
    await away('chutich.x01', 'phochutich.x01')
    const { id } = await received(scene).then((dossier) => ({ id: dossier }))
    await scene.does(AN, id, 'Appraise', 'approved')
    await scene.does(HEAD, id, 'ReviewResult', 'approved')
    scene.goTo('2026-11-03 09:00')
    await scene.sql(
      `insert into assignment (subject_id, element_id, person_id, assigned_at) values ($1, 'SignResult', $2, $3)`,
      [id, personId('chutich.x01'), new Date('2026-11-02T03:00:00Z')],
    )
    await scene.opens(id, 'SignResult')
    const sign = await scene.task(id, 'SignResult')
    expect(sign.assignee_id).toBeNull()
    await scene.decides('phochutich.x01', sign.id, { outcome: 'signed' })
    const [letter] = await scene.sql<{ signed_as: { capacity: string } }>(
      `select signed_as from letter where dossier_id = $1 and kind = 'result' and signed_by = $2`,
      [id, personId('phochutich.x01')],
    )
    expect(letter?.signed_as.capacity).toBe('KT')
  })
})

describe('a decision in somebody’s place', () => {
  it('can be taken back by whoever made it', async () => {
    const slow = await setScene({ takeBackSeconds: 30 })
    const before = scene
    scene = slow
    try {
      slow.goTo('2026-11-02 09:00')
      const { id } = await slow.file()
      await slow.opens(id, 'Receive')
      const { id: task } = await slow.task(id, 'Receive')
      await slow.as('motcua.x01', (tx) => claim(tx, task))
      await away('motcua.x01', 'truongmotcua.x01')
      slow.goTo('2026-11-03 08:00')
      await slow.decides('truongmotcua.x01', task, { outcome: 'received' })
      await slow.as('truongmotcua.x01', (tx) => takeBack(tx, task))
      expect(await slow.task(id, 'Receive')).toMatchObject({
        state: 'open',
        assignee_id: personId('truongmotcua.x01'),
      })
    } finally {
      scene = before
      await slow.close()
    }
  })
})

it('reassigning is noted on the record with its reason, and ends standing in', async () => {
  const { id, task } = await onDesk()
  await scene.as(HEAD, (tx) => assignTask(tx, task, personId(BINH), 'Nghỉ ốm dài ngày'))
  const notes = await scene.sql<{ text: string; author_id: string }>(
    'select text, author_id from dossier_note where dossier_id = $1',
    [id],
  )
  expect(notes).toEqual([
    {
      text: `Thẩm định hồ sơ: giao lại từ ${names.get(AN)} cho ${names.get(BINH)}. Lý do: Nghỉ ốm dài ngày`,
      author_id: personId(HEAD),
    },
  ])
})

it('sending back without a word is refused; with it the next person reads why', async () => {
  const { id, task } = await onDesk()
  await scene.decides(AN, task, { outcome: 'approved' })
  await scene.opens(id, 'ReviewResult')
  const review = await scene.task(id, 'ReviewResult')
  for (const data of [{}, { reason: '  ' }])
    expect(await refusal(scene.decides(HEAD, review.id, { outcome: 'sent-back', data }))).toMatchObject({
      status: 422,
      fields: ['data.reason'],
    })
})
