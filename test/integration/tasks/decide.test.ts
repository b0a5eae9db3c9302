import { jest } from '@jest/globals'
import { takeBack } from '../../../src/tasks/decide.ts'
import { received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

/** A dossier whose appraisal is open, unclaimed unless it was assigned. */
async function appraisal() {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  return { id, task: (await scene.task(id, 'Appraise')).id }
}

describe('deciding a task', () => {
  it('two clerks at once: one wins, the other hears who decided and when', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    await scene.opens(id, 'Receive')
    const { id: task } = await scene.task(id, 'Receive')
    scene.goTo('2026-11-02 09:10')
    const both = await Promise.allSettled(
      ['motcua.x01', 'truongmotcua.x01'].map((login) =>
        scene.decides(login, task, { outcome: 'received', version: 1 }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((one) => one.status === 'rejected')!
    const { status, type, facts } = await refusal(Promise.reject(lost.reason))
    expect({ status, type, facts }).toEqual({
      status: 409,
      type: 'task-decided',
      facts: { by: expect.any(String), at: '2026-11-02T02:10:00.000Z', outcome: 'received' },
    })
    expect(await scene.sql('select from letter where dossier_id = $1', [id])).toHaveLength(1)
  })

  it('an outcome that the step does not have is refused with those it has', async () => {
    const { task } = await appraisal()
    const no = await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'returned' }))
    expect(no).toMatchObject({ status: 422, fields: ['outcome'] })
    expect(no.words.vi).toBeTruthy()
  })

  it('refusing reception needs a reason', async () => {
    const { id } = await scene.file()
    await scene.opens(id, 'Receive')
    const { id: task } = await scene.task(id, 'Receive')
    expect(await refusal(scene.decides('motcua.x01', task, { outcome: 'refused' }))).toMatchObject({
      status: 422,
      fields: ['data.reason'],
    })
    const blank = scene.decides('motcua.x01', task, { outcome: 'refused', data: { reason: '  ' } })
    expect((await refusal(blank)).fields).toEqual(['data.reason'])
  })

  it('fields that the panel does not have are refused', async () => {
    const { task } = await appraisal()
    const no = await refusal(
      scene.decides('chuyenvien.x01', task, { outcome: 'approved', data: { signature: 'x' } }),
    )
    expect(no).toMatchObject({ status: 422, fields: ['data.signature'] })
  })

  it('a decision on a task that has moved is refused with a sentence, and nothing has changed', async () => {
    const { id, task } = await appraisal()
    const stands = async () => [
      await scene.sql('select id, state, version, assignee_id from task where dossier_id = $1 order by id', [
        id,
      ]),
      await scene.sql('select * from holding where dossier_id = $1 order by seq', [id]),
      await scene.sql('select from decision where dossier_id = $1', [id]),
      await scene.commands(id),
    ]
    const before = await stands()
    const stale = await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'approved', version: 7 }))
    expect(stale).toMatchObject({
      status: 409,
      type: 'task-moved',
      words: { vi: expect.stringContaining('vừa thay đổi'), en: expect.stringContaining('Reload the page') },
    })
    expect(await stands()).toEqual(before)
    await scene.decides('chuyenvien.x01', task, { outcome: 'approved' })
    const after = await stands()
    const second = await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'denied' }))
    expect(second).toMatchObject({
      status: 409,
      type: 'task-decided',
      words: {
        vi: expect.stringMatching(/đã quyết định việc này lúc .+\. Hãy tải lại trang/),
        en: expect.stringMatching(/decided this task on .+\. Reload the page/),
      },
    })
    expect(await stands()).toEqual(after)
  })

  it('people of another agency are told that there is no such task', async () => {
    const { task } = await appraisal()
    for (const login of ['chuyenvien.x02', 'motcua.x01', 'congdan', 'quantri'])
      expect((await refusal(scene.decides(login, task, { outcome: 'approved' }))).status).toBe(404)
  })

  it('a colleague may see an assigned task and not decide it', async () => {
    const { task } = await appraisal()
    const no = await refusal(scene.decides('chuyenvien2.x01', task, { outcome: 'approved' }))
    expect(no.status).toBe(403)
  })

  it('what a letter cannot print is refused when it is drafted, and nothing has changed', async () => {
    const { id, task } = await appraisal()
    await scene.sql(`update dossier set form_data = form_data - 'siteAddress' where id = $1`, [id])
    const no = await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'approved' }))
    expect(no).toMatchObject({ status: 422, fields: ['data.work.location'] })
    expect(await scene.sql('select from decision where task_id = $1', [task])).toEqual([])
    expect((await scene.task(id, 'Appraise')).state).toBe('open')
  })

  it('the engine hears the outcome once, and no personal data', async () => {
    const { id, task } = await appraisal()
    await scene.decides('chuyenvien.x01', task, { outcome: 'approved', data: { note: 'Đủ điều kiện' } })
    const sent = (await scene.commands(id)).filter(({ kind }) => kind === 'complete-task')
    expect(sent.at(-1)!.payload.variables).toEqual({ outcome: 'approved' })
    expect(sent).toHaveLength(3)
  })

  it('a detached house without a name of its own gets its permit', async () => {
    const { id, task } = await appraisal()
    await scene.decides('chuyenvien.x01', task, { outcome: 'approved' })
    const [letter] = await scene.sql<{ data: { work: { name: string } } }>(
      `select data from letter where dossier_id = $1 and kind = 'result'`,
      [id],
    )
    expect(letter!.data.work.name).toBe('Nhà ở riêng lẻ')
  })

  it('a decision on a dossier that has been stopped counts no more', async () => {
    const { id, task } = await appraisal()
    await scene.sql(`update dossier set state = 'withdrawn', finished_at = now() where id = $1`, [id])
    const no = await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'approved' }))
    expect(no.status).toBe(409)
  })

  it('taking back what has left is refused with who and when', async () => {
    const { task } = await appraisal()
    await scene.decides('chuyenvien.x01', task, { outcome: 'approved' })
    const no = await refusal(scene.as('chuyenvien.x01', (tx) => takeBack(tx, task)))
    expect(no).toMatchObject({ status: 409, type: 'task-decided', facts: { outcome: 'approved' } })
  })
})
