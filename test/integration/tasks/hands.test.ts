import { readFileSync } from 'node:fs'
import { jest } from '@jest/globals'
import { v4 as uuid } from 'uuid'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import { answerHandover } from '../../../src/handover/answer.ts'
import { giveHandover } from '../../../src/handover/give.ts'
import { signingPosts } from '../../../src/letters/signer.ts'
import type { SharedDefinition } from '../../../src/procedures/definition.ts'
import { assignTask, claim, unclaim } from '../../../src/tasks/assign.ts'
import { receiverOf } from '../../../src/tasks/receiver.ts'
import { receivedOnPaper, unitId } from '../counter/scene.ts'
import { received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

type Held = { person: string | null; from: string; to: string | null }

/** Who held the running step, from when to when (legal wall clock). */
const held = async (id: string): Promise<Held[]> =>
  scene.sql<Held>(
    `select p.full_name as person, to_char(h.from_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI') as from,
            to_char(h.to_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI') as to
       from holding h left join person p on p.id = h.person_id
      where h.dossier_id = $1 and h.element_id = 'Appraise' order by h.seq`,
    [id],
  )
const nameOf = async (login: string) =>
  (
    await scene.sql<{ full_name: string }>('select full_name from person where id = $1', [personId(login)])
  )[0]!.full_name
const claims = (login: string, task: string) => scene.as(login, (tx) => claim(tx, task))
const gives = (login: string, task: string, to: string, reason = '') =>
  scene.as(login, (tx) => assignTask(tx, task, personId(to), reason))

/** A dossier that waits for somebody of the unit to take it, at 10:00. */
async function unclaimed() {
  const id = await received(scene)
  await scene.sql('delete from assignment where subject_id = $1', [id])
  await scene.opens(id, 'Appraise')
  return { id, task: (await scene.task(id, 'Appraise')).id }
}

describe('whose hands a dossier is in', () => {
  it('the unit’s until somebody takes it, the person’s from that minute, the unit’s again when given back', async () => {
    const { id, task } = await unclaimed()
    scene.goTo('2026-11-02 10:20')
    await claims('chuyenvien.x01', task)
    scene.goTo('2026-11-02 11:05')
    await scene.as('chuyenvien.x01', (tx) => unclaim(tx, task))
    expect(await held(id)).toEqual([
      { person: null, from: '10:00', to: '10:20' },
      { person: await nameOf('chuyenvien.x01'), from: '10:20', to: '11:05' },
      { person: null, from: '11:05', to: null },
    ])
  })

  it('whoever decides an unclaimed task held it from that minute', async () => {
    const { id, task } = await unclaimed()
    scene.goTo('2026-11-02 14:00')
    await scene.decides('chuyenvien2.x01', task, { outcome: 'approved' })
    expect(await held(id)).toEqual([
      { person: null, from: '10:00', to: '14:00' },
      { person: await nameOf('chuyenvien2.x01'), from: '14:00', to: '14:00' },
    ])
  })

  it('two take it at once: one has it, the other hears who', async () => {
    const { task } = await unclaimed()
    const both = await Promise.allSettled([claims('chuyenvien.x01', task), claims('chuyenvien2.x01', task)])
    const lost = both.filter((one) => one.status === 'rejected')
    expect(lost).toHaveLength(1)
    const { status, type, facts } = await refusal(Promise.reject(lost[0]!.reason))
    const winner = both[0]!.status === 'fulfilled' ? 'chuyenvien.x01' : 'chuyenvien2.x01'
    expect({ status, type, facts }).toEqual({
      status: 409,
      type: 'task-claimed',
      facts: { by: await nameOf(winner) },
    })
  })

  it('taking what one has changes nothing', async () => {
    const { id, task } = await unclaimed()
    await claims('chuyenvien.x01', task)
    const before = await held(id)
    await claims('chuyenvien.x01', task)
    expect(await held(id)).toEqual(before)
  })

  it('giving back what somebody else has is not allowed', async () => {
    const { task } = await unclaimed()
    await claims('chuyenvien.x01', task)
    const other = scene.as('chuyenvien2.x01', (tx) => unclaim(tx, task))
    expect((await refusal(other)).status).toBe(403)
  })

  it('the head of the unit gives it to somebody; taking it from a person needs a reason', async () => {
    const { id, task } = await unclaimed()
    await gives('truongphong.x01', task, 'chuyenvien.x01')
    scene.goTo('2026-11-02 15:00')
    expect(await refusal(gives('truongphong.x01', task, 'chuyenvien2.x01'))).toMatchObject({
      status: 422,
      fields: ['reason'],
    })
    await gives('truongphong.x01', task, 'chuyenvien2.x01', 'Nghỉ ốm')
    expect((await held(id)).map(({ person, from }) => [person, from])).toEqual([
      [null, '10:00'],
      [await nameOf('chuyenvien.x01'), '10:00'],
      [await nameOf('chuyenvien2.x01'), '15:00'],
    ])
  })

  it('an officer does not give work to a colleague', async () => {
    const { task } = await unclaimed()
    expect((await refusal(gives('chuyenvien.x01', task, 'chuyenvien2.x01'))).status).toBe(403)
  })

  it('work goes to somebody who does it: not to another unit, not to another role', async () => {
    const { task } = await unclaimed()
    for (const other of ['motcua.x01', 'chuyenvien.x02', 'truongphong.x01'])
      expect(await refusal(gives('truongphong.x01', task, other))).toMatchObject({
        status: 422,
        fields: ['personId'],
      })
  })

  it('whoever is named to appraise must appraise in the unit', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    await scene.does('motcua.x01', id, 'Receive', 'received')
    const naming = scene.does('truongphong.x01', id, 'Assign', 'assigned', {
      personId: personId('truongphong.x01'),
    })
    expect(await refusal(naming)).toMatchObject({ status: 422, fields: ['data.personId'] })
  })

  it('what was sent back returns to whoever did it, with its reason', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'sent-back', { reason: 'Thiếu căn cứ' })
    await scene.opens(id, 'Appraise')
    const task = await scene.task(id, 'Appraise')
    expect(task.assignee_id).toBe(personId('chuyenvien.x01'))
    const [{ note } = {}] = await scene.sql('select note from task where id = $1', [task.id])
    expect(note).toBe('Thiếu căn cứ')
  })

  it('a task repeated by the record stream stays one task and keeps its claim', async () => {
    const { id, task } = await unclaimed()
    await claims('chuyenvien.x01', task)
    const { userTaskCreated } = await import('../../../src/tasks/project.ts')
    await scene.act((tx) =>
      userTaskCreated(tx.sql, {
        epoch: 2,
        key: `2${task}`,
        subjectId: id,
        dossierId: id,
        elementId: 'Appraise',
        elementKey: 'again',
        visit: 1,
        form: 'appraise',
        at: tx.at,
      }),
    )
    expect(await scene.task(id, 'Appraise')).toMatchObject({
      id: task,
      assignee_id: personId('chuyenvien.x01'),
    })
  })
})

it('while papers wait at the counter, the letter of apology is drafted by the clerk who holds them', async () => {
  const { id } = await receivedOnPaper(scene)
  const apology: SharedDefinition = JSON.parse(readFileSync('processes/shared/apology.json', 'utf8'))
  const drafts = () =>
    scene.act((tx) =>
      receiverOf(
        tx.sql,
        { id, kind: 'dossier', dossierId: id, processId: 'apology' },
        'Draft',
        apology.steps.Draft!,
        tx.at,
      ),
    )
  const counter = await unitId(scene, 'T00.X01.MC')
  const office = await unitId(scene, 'T00.X01.KT')
  expect(await drafts()).toMatchObject({ unitId: counter, role: 'clerk', personId: personId('motcua.x01') })
  const { id: minutes } = await scene.as('motcua.x01', (tx) =>
    giveHandover(tx, { giverUnitId: counter, receiverUnitId: office, dossierIds: [id], note: '' }),
  )
  await scene.as('truongphong.x01', (tx) =>
    answerHandover(tx, scene.services, minutes, { received: [id], refused: [] }),
  )
  expect(await drafts()).toMatchObject({ unitId: office, role: 'unit-head', personId: null })
})

it('who signs a letter is the procedure’s rule: the leadership, or the head of the unit in charge', async () => {
  const id = await received(scene)
  const apology: SharedDefinition = JSON.parse(readFileSync('processes/shared/apology.json', 'utf8'))
  const signs = () =>
    scene.act((tx) =>
      receiverOf(
        tx.sql,
        { id, kind: 'letter', dossierId: id, processId: 'apology' },
        'Sign',
        apology.steps.Sign!,
        tx.at,
      ),
    )
  expect(await signs()).toMatchObject({ role: 'leader', unitId: await unitId(scene, 'T00.X01.LD') })
  const version = uuid()
  await scene.sql(
    `insert into procedure_version select (jsonb_populate_record(v, jsonb_build_object('id', $2::text, 'version', 99, 'current', false,
              'process_id', $2::text, 'decision_id', $2::text, 'sha256', $2::text,
              'definition', jsonb_set(v.definition::jsonb, '{apology,signer}', '"unit-head"')))).*
       from procedure_version v join dossier d on d.procedure_version_id = v.id where d.id = $1`,
    [id, version],
  )
  await scene.sql('update dossier set procedure_version_id = $2 where id = $1', [id, version])
  expect(await signs()).toMatchObject({ role: 'unit-head', unitId: await unitId(scene, 'T00.X01.KT') })
  // The head of a unit signs by order (TL.) while a decision is in force, and never without one.
  const head = personId('truongphong.x01')
  const signsAs = () => scene.act((tx) => signingPosts(tx, head, agencyId('T00.X01')))
  expect(await signsAs()).toEqual([])
  const decision = { number: '1/QĐ-UBND', issuedOn: '2026-01-05', validFrom: '2026-01-05', validTo: null }
  await scene.sql('update post set capacity = $2 where person_id = $1', [
    head,
    JSON.stringify({ capacity: 'TL', onBehalfOf: 'Chủ tịch', title: 'Trưởng phòng', decision }),
  ])
  expect(await signsAs()).toMatchObject([{ signer: { capacity: 'TL', title: 'Trưởng phòng' } }])
})
