import { jest } from '@jest/globals'
import { v4 as uuid } from 'uuid'
import { personId } from '../../../src/agencies/load.ts'
import { release } from '../../../src/tasks/release.ts'
import { receivedOnPaper } from '../counter/scene.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'
import { appraisal, clearDesks, filed, type Json, type People, peopleOf } from './people.ts'

jest.setTimeout(120_000)

const CLERK = 'motcua.x01'
const OFFICER = 'chuyenvien.x01'
const HEAD = 'truongphong.x01'
const LEADER = 'chutich.x01'
let scene: Scene
let people: People
beforeAll(async () => {
  scene = await setScene()
  people = await peopleOf(scene)
})
afterEach(async () => {
  scene.services.settings.takeBackSeconds = 0
  await clearDesks(scene)
})
afterAll(() => scene.close())

type Made = { task: string; version: number }
const items = (made: Made[]) => made.map(({ task, version }) => ({ taskId: task, version }))
const bulk = (login: string, act: string, made: Made[], more: Json = {}, key?: string) =>
  people.send(login, 'post', '/api/tasks/bulk', { act, items: items(made), ...more }, key)
const outcomes = ({ body }: { body: Json }): [boolean, string | undefined][] =>
  body.results.map((one: Json) => [one.done, one.problem?.type])
const inOrder = (id: string) => scene.sql(`update dossier set findings = '[]' where id = $1`, [id])

/** A permit on the leader's desk, waiting for the signature. */
async function toSign() {
  const made = await appraisal(scene)
  await scene.decides(OFFICER, made.task, { outcome: 'approved' })
  await scene.does(HEAD, made.id, 'ReviewResult', 'approved')
  await scene.opens(made.id, 'SignResult')
  const { id: task, version } = await scene.task(made.id, 'SignResult')
  return { ...made, task, version }
}

describe('one act on many tasks', () => {
  it('receives several: each has its own result, and one that fails leaves the others done', async () => {
    const made = [await filed(scene), await filed(scene), await filed(scene)]
    for (const { id } of made) await inOrder(id)
    await scene.decides(CLERK, made[1]!.task, { outcome: 'received' })
    const answer = await bulk(CLERK, 'receive', made)
    expect(answer.status).toBe(200)
    expect(outcomes(answer)).toEqual([
      [true, undefined],
      [false, 'urn:mot-cua:task-decided'],
      [true, undefined],
    ])
    const letters = await scene.sql(`select dossier_id from letter where kind = 'receipt'`)
    expect(letters).toHaveLength(3)
  })

  it('repeated with its key, what is done stays done once and the rest is tried again', async () => {
    const made = [await filed(scene), await filed(scene)]
    for (const { id } of made) await inOrder(id)
    await scene.sql(`update dossier set findings = '[{"vi":"Thiếu bản vẽ"}]' where id = $1`, [made[1]!.id])
    const key = uuid()
    const first = await bulk(CLERK, 'receive', made, {}, key)
    expect(outcomes(first)).toEqual([
      [true, undefined],
      [false, 'urn:mot-cua:look-first'],
    ])
    await inOrder(made[1]!.id)
    expect(outcomes(await bulk(CLERK, 'receive', made, {}, key))).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    expect(await scene.sql(`select from decision where state = 'released'`)).toHaveLength(2)
    expect(await scene.sql(`select from letter where kind = 'receipt'`)).toHaveLength(2)
  })

  it('claims and assigns, by the rules of each', async () => {
    const made = [await appraisal(scene, null), await appraisal(scene, null)]
    expect(outcomes(await bulk(OFFICER, 'claim', made))).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    const now = await Promise.all(
      made.map(async ({ id }) => {
        const { id: task, version } = await scene.task(id, 'Appraise')
        return { task, version }
      }),
    )
    const to = { personId: personId('chuyenvien2.x01') }
    expect(outcomes(await bulk(HEAD, 'assign', made, to))).toEqual([
      [false, 'urn:mot-cua:task-moved'],
      [false, 'urn:mot-cua:task-moved'],
    ])
    expect(outcomes(await bulk(HEAD, 'assign', now, to))[0]).toEqual([false, 'urn:mot-cua:invalid'])
    expect(outcomes(await bulk(OFFICER, 'assign', now, { ...to, reason: 'x' }))[0]![0]).toBe(false)
    expect(outcomes(await bulk(HEAD, 'assign', now, { ...to, reason: 'Nghỉ ốm' }))).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    expect((await bulk(HEAD, 'assign', now)).status).toBe(422)
  })

  it('tasks of another unit are told to be none, and nothing has changed', async () => {
    const made = [await filed(scene)]
    const answer = await bulk(OFFICER, 'receive', made)
    expect(outcomes(answer)).toEqual([[false, 'urn:mot-cua:not-found']])
    expect(answer.body.results[0].problem.detail).toContain('đơn vị khác')
    expect((await scene.task(made[0]!.id, 'Receive')).state).toBe('open')
  })

  it('nobody supplements, refuses, gives a new date or takes silence for consent in bulk: the reason is told', async () => {
    const made = [await appraisal(scene)]
    for (const act of ['supplement', 'refuse', 'reappoint', 'silence']) {
      const { status, body } = await bulk(OFFICER, act, made)
      expect([status, body.type, body.detail]).toEqual([
        422,
        'urn:mot-cua:never-in-bulk',
        expect.stringContaining('Hãy mở từng hồ sơ'),
      ])
    }
    expect((await bulk(OFFICER, 'anything', made)).status).toBe(400)
    expect(await scene.sql(`select from decision where task_id = $1`, [made[0]!.task])).toEqual([])
  })

  it('fifty at most, each once', async () => {
    const many = Array.from({ length: 51 }, () => ({ task: uuid(), version: 1 }))
    expect((await bulk(OFFICER, 'claim', many)).status).toBe(400)
    expect((await bulk(OFFICER, 'claim', [many[0]!, many[0]!])).status).toBe(400)
    expect((await bulk(OFFICER, 'claim', [])).status).toBe(400)
  })
})

describe('signing many', () => {
  const previews = (made: Made[]) =>
    people.get(LEADER, `/api/desk/sign-previews?tasks=${made.map(({ task }) => task).join(',')}`)
  const sign = (made: Made[], seen: string[]) =>
    people.send(LEADER, 'post', '/api/tasks/bulk', {
      act: 'sign',
      items: items(made).map((item, n) => ({ ...item, seen: seen[n] ?? '' })),
    })

  it('signs what was previewed, and only the very text that was', async () => {
    const made = [await toSign(), await toSign(), await toSign()]
    const seen = (await previews(made)).map((one: Json) => one.fingerprint)
    await scene.sql(`update letter set reason = 'khác' where dossier_id = $1`, [made[1]!.id])
    expect(outcomes(await sign(made, [seen[0], seen[1], '']))).toEqual([
      [true, undefined],
      [false, 'urn:mot-cua:changed-since-preview'],
      [false, 'urn:mot-cua:not-previewed'],
    ])
    const signed = await scene.sql<{ dossier_id: string }>(
      `select dossier_id from letter where state = 'signed'`,
    )
    expect(signed).toEqual([{ dossier_id: made[0]!.id }])
  })

  it('a refusal is never signed in bulk', async () => {
    const made = [await toSign()]
    const seen = (await previews(made)).map((one: Json) => one.fingerprint)
    await scene.sql(`update dossier set result = 'denied' where id = $1`, [made[0]!.id])
    expect(outcomes(await sign(made, seen))).toEqual([[false, 'urn:mot-cua:never-in-bulk']])
  })

  it('whoever may not sign is refused, each with the reason', async () => {
    const made = [await toSign()]
    const answer = await people.send(OFFICER, 'post', '/api/tasks/bulk', { act: 'sign', items: items(made) })
    expect(outcomes(answer)[0]![0]).toBe(false)
    expect((await people.get(OFFICER, `/api/desk/sign-previews?tasks=${made[0]!.task}`)).length).toBe(0)
  })
})

describe('handing over and printing', () => {
  it('one control list of what has left the unit; what can still be taken back stays off it', async () => {
    const gone = await filed(scene)
    const here = await filed(scene)
    const open = await filed(scene)
    await scene.decides(CLERK, gone.task, { outcome: 'received' })
    await scene.opens(gone.id, 'Assign')
    scene.services.settings.takeBackSeconds = 30
    await scene.decides(CLERK, here.task, { outcome: 'received' })
    const answer = await bulk(CLERK, 'hand-over', [gone, here, open])
    expect(outcomes(answer)).toEqual([
      [true, undefined],
      [false, 'urn:mot-cua:still-here'],
      [false, 'urn:mot-cua:not-decided'],
    ])
    expect(answer.body.results[0].handedOver).toMatchObject({
      code: gone.code,
      unit: { vi: expect.any(String) },
      papers: expect.any(Number),
      dueAt: expect.any(String),
    })
    const [decision] = await scene.sql<{ id: string }>('select id from decision where task_id = $1', [
      here.task,
    ])
    await scene.act((tx) => release(tx, scene.services, decision!.id))
    const moving = await bulk(CLERK, 'hand-over', [here])
    expect(outcomes(moving)).toEqual([[false, 'urn:mot-cua:nobody-takes-it']])
  })

  it('what the counter hands over stands on minutes that the unit signs: one for each unit, written once', async () => {
    const online = await filed(scene)
    await scene.decides(CLERK, online.task, { outcome: 'received' })
    await scene.opens(online.id, 'Assign')
    const { id } = await receivedOnPaper(scene)
    const { id: task, version } = await scene.task(id, 'Receive')
    const paper = { task, version }
    const answer = await bulk(CLERK, 'hand-over', [online, paper])
    const [first, second] = answer.body.results.map((one: Json) => one.handedOver)
    expect(first.minutes).toEqual({ id: expect.any(String), number: expect.stringMatching(/BBBG/) })
    // Papers are the counter's until the unit signs: the list says where they go all the same.
    expect(second).toMatchObject({ minutes: first.minutes, unit: first.unit })
    const again = await bulk(CLERK, 'hand-over', [paper, online])
    expect(again.body.results.map((one: Json) => one.handedOver.minutes)).toEqual([
      first.minutes,
      first.minutes,
    ])
    const written = await scene.sql(
      `select h.number_text, i.dossier_id, i.medium from handover h join handover_item i on i.handover_id = h.id order by position`,
    )
    expect(written).toEqual([
      { number_text: first.minutes.number, dossier_id: online.id, medium: 'electronic' },
      { number_text: first.minutes.number, dossier_id: id, medium: 'paper' },
    ])
  })

  it('the control sheet tells who had the dossier from when to when', async () => {
    const made = await appraisal(scene)
    const answer = await bulk(OFFICER, 'print', [made])
    const { sheet } = answer.body.results[0]
    expect(sheet.code).toBe(made.code)
    expect(sheet.steps.length).toBeGreaterThanOrEqual(3)
    expect(sheet.steps.at(-1)).toMatchObject({ toAt: null })
    expect((await bulk('chuyenvien.x02', 'print', [made])).body.results[0].done).toBe(false)
  })

  it('a decision of the list can be taken back for its 30 seconds', async () => {
    scene.services.settings.takeBackSeconds = 30
    const made = await filed(scene)
    await inOrder(made.id)
    const answer = await bulk(CLERK, 'receive', [made])
    expect(Date.parse(answer.body.results[0].takeBackUntil)).toBeGreaterThan(Date.now())
    expect((await people.send(CLERK, 'post', `/api/tasks/${made.task}/take-back`)).status).toBe(204)
    expect((await scene.task(made.id, 'Receive')).state).toBe('open')
  })
})
