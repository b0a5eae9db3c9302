import { setTimeout as sleep } from 'node:timers/promises'
import { jest } from '@jest/globals'
import { sendNow, takeBack } from '../../../src/tasks/decide.ts'
import { heldUp, tryNow } from '../../../src/tasks/held-up.ts'
import { release } from '../../../src/tasks/release.ts'
import { startReleaser } from '../../../src/tasks/releaser.ts'
import { asksToStop, at, received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene({ takeBackSeconds: 30 })
})
/** A releaser that a failed test left behind would run for ever. */
const stops: { stop(): Promise<void> }[] = []
afterAll(async () => {
  for (const each of stops) await each.stop()
  await scene.close()
})

/** A filed dossier whose reception a clerk has just decided, at 09:10. */
async function justReceived() {
  scene.goTo('2026-11-02 09:00')
  const { id } = await scene.file()
  await scene.opens(id, 'Receive')
  const { id: task } = await scene.task(id, 'Receive')
  scene.goTo('2026-11-02 09:10')
  const decided = await scene.decides('motcua.x01', task, { outcome: 'received' })
  const [decision] = await scene.sql<{ id: string }>('select id from decision where task_id = $1', [task])
  return { id, task, decision: decision!.id, decided }
}

const state = async (id: string) => {
  const [row] = await scene.sql<{ state: string; received_at: Date | null; due_at: Date | null }>(
    'select state, received_at, due_at from dossier where id = $1',
    [id],
  )
  return row!
}
const letGo = (decision: string) => scene.act((tx) => release(tx, scene.services, decision))
const completions = async (id: string) =>
  (await scene.commands(id)).filter(({ kind }) => kind === 'complete-task').length

describe('the time to take a decision back', () => {
  it('is over at once for whoever is sure, and for nobody else', async () => {
    const { id, task } = await justReceived()
    const others = scene.as('truongmotcua.x01', (tx) => sendNow(tx, scene.services, task))
    expect((await refusal(others)).status).toBe(403)
    await scene.as('motcua.x01', (tx) => sendNow(tx, scene.services, task))
    expect(await state(id)).toMatchObject({ received_at: at('2026-11-02 09:10') })
    expect(await completions(id)).toBe(1)
    const again = scene.as('motcua.x01', (tx) => sendNow(tx, scene.services, task))
    expect((await refusal(again)).status).toBe(409)
  })

  it('nothing has happened in law until it is over', async () => {
    const { id, task, decided } = await justReceived()
    expect(decided.takeBackUntil!.getTime()).toBeGreaterThan(Date.now())
    expect(await state(id)).toMatchObject({ state: 'filed', received_at: null, due_at: null })
    expect((await scene.task(id, 'Receive')).state).toBe('deciding')
    expect(await completions(id)).toBe(0)
    expect((await refusal(scene.decides('motcua.x01', task, { outcome: 'received' }))).status).toBe(409)
  })

  it('taken back, the task is open again and the decision never leaves', async () => {
    const { id, task, decision } = await justReceived()
    await scene.as('motcua.x01', (tx) => takeBack(tx, task))
    expect((await scene.task(id, 'Receive')).state).toBe('open')
    await letGo(decision)
    expect(await state(id)).toMatchObject({ state: 'filed', received_at: null })
    expect(await completions(id)).toBe(0)
    await scene.decides('motcua.x01', task, { outcome: 'refused', data: { reason: 'Sai nơi nộp' } })
  })

  it('only whoever decided may take it back', async () => {
    const { task } = await justReceived()
    const other = scene.as('truongmotcua.x01', (tx) => takeBack(tx, task))
    expect((await refusal(other)).status).toBe(403)
  })

  it('let go, it takes effect with the instant of the act, not of the release', async () => {
    const { id, decision } = await justReceived()
    scene.goTo('2026-11-03 00:01')
    await letGo(decision)
    expect(await state(id)).toMatchObject({
      state: 'processing',
      received_at: new Date('2026-11-02T02:10:00Z'),
      due_at: new Date('2026-11-11T10:00:00Z'),
    })
    const [receipt] = await scene.sql<{ issued_at: Date; data: { head: { issuedOn: string } } }>(
      'select issued_at, data from letter where dossier_id = $1',
      [id],
    )
    expect(receipt!.issued_at).toEqual(new Date('2026-11-02T02:10:00Z'))
    expect(receipt!.data.head.issuedOn).toBe('2026-11-02')
  })

  it('let go twice, it happens once', async () => {
    const { id, decision } = await justReceived()
    await Promise.all([letGo(decision), letGo(decision)])
    await letGo(decision)
    expect(await completions(id)).toBe(1)
    expect(await scene.sql('select from letter where dossier_id = $1', [id])).toHaveLength(1)
  })

  it('a promise that cannot be kept leaves the decision pending, and it is kept later', async () => {
    const { id, decision } = await justReceived()
    await scene.sql(`update dossier set case_key = 'boat' where id = $1`, [id])
    await expect(letGo(decision)).rejects.toThrow('no limit for case boat')
    expect(await scene.sql('select state from decision where id = $1', [decision])).toEqual([
      { state: 'pending' },
    ])
    expect(await state(id)).toMatchObject({ state: 'filed', received_at: null })
    await scene.sql(`update dossier set case_key = 'house' where id = $1`, [id])
    await letGo(decision)
    expect(await state(id)).toMatchObject({ state: 'processing' })
  })

  it('the releaser lets go what is due, and stops when asked', async () => {
    const { id, decision } = await justReceived()
    const late = await justReceived()
    await scene.sql(`update decision set release_at = now() where id = $1`, [decision])
    const releaser = startReleaser(scene.services)
    while ((await state(id)).state === 'filed') await sleep(50)
    await releaser.stop()
    expect((await state(late.id)).state).toBe('filed')
  })

  it('one that cannot be let go is tried again later and later, seen by administrators, and holds up no other', async () => {
    const stuck = await justReceived()
    const next = await justReceived()
    await scene.sql(`update dossier set case_key = 'boat' where id = $1`, [stuck.id])
    await scene.sql(`update decision set release_at = now() - interval '1 hour' where id = $1`, [
      stuck.decision,
    ])
    await scene.sql(`update decision set release_at = now() where id = $1`, [next.decision])
    const releaser = startReleaser(scene.services)
    stops.push(releaser)
    const seen = async () => (await scene.act((tx) => heldUp(tx.sql))).find(({ id }) => id === stuck.decision)
    while ((await state(next.id)).state === 'filed' || !(await seen())) await sleep(50)
    expect(await seen()).toMatchObject({
      kind: 'release',
      dossierId: stuck.id,
      lastError: expect.stringContaining('no limit for case boat'),
    })
    const [later] = await scene.sql(
      'select retry_at > release_at as waits from decision where id = $1 and attempts > 0',
      [stuck.decision],
    )
    expect(later).toEqual({ waits: true })
    await scene.sql(`update dossier set case_key = 'house' where id = $1`, [stuck.id])
    await scene.sql(`update decision set retry_at = now() + interval '1 hour' where id = $1`, [
      stuck.decision,
    ])
    expect(await scene.act((tx) => tryNow(tx, stuck.decision))).toBe(true)
    while ((await state(stuck.id)).state === 'filed') await sleep(50)
    expect(await seen()).toBeUndefined()
  })

  it('a decision that is still pending when its dossier ends is withdrawn, not kept', async () => {
    const { id, decision } = await justReceived()
    await scene.sql(`update dossier set state = 'withdrawn', finished_at = now() where id = $1`, [id])
    await letGo(decision)
    expect(await scene.sql('select state from decision where id = $1', [decision])).toEqual([
      { state: 'withdrawn' },
    ])
    expect(await state(id)).toMatchObject({ state: 'withdrawn', received_at: null })
    expect(await completions(id)).toBe(0)
  })

  it('decided before a limit and let go after it, it was in time', async () => {
    const { id, decision } = await justReceived()
    scene.goTo('2026-11-03 09:00')
    expect(await scene.rings(id)).toEqual(at('2026-11-03 09:01'))
    await letGo(decision)
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
  })

  it('taken back after the limit, it was not', async () => {
    const { id, task } = await justReceived()
    scene.goTo('2026-11-03 09:00')
    await scene.rings(id)
    await scene.as('motcua.x01', (tx) => takeBack(tx, task))
    scene.goTo('2026-11-03 09:01')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['reception-late'])
  })

  it('a decision that cannot be let go does not silence the alarms', async () => {
    const { id, decision } = await justReceived()
    await scene.sql(`update decision set release_at = now() - interval '5 minutes' where id = $1`, [decision])
    scene.goTo('2026-11-03 09:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['reception-late'])
  })

  it('a stop that was confirmed and then overtaken by the result is not kept; the request stands open', async () => {
    scene.services.settings.takeBackSeconds = 0
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    const request = await asksToStop(scene, id)
    await scene.opens(request, 'Check')
    const { id: check } = await scene.task(request, 'Check')
    scene.services.settings.takeBackSeconds = 30
    await scene.decides('motcua.x01', check, { outcome: 'stopped' })
    scene.services.settings.takeBackSeconds = 0
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
    scene.services.settings.takeBackSeconds = 30
    scene.goTo('2026-11-02 10:01')
    const [decision] = await scene.sql<{ id: string }>('select id from decision where task_id = $1', [check])
    await letGo(decision!.id)
    expect((await state(id)).state).toBe('done')
    expect((await scene.task(request, 'Check')).state).toBe('open')
  })
})
