import { browserAt as roughBrowser } from '../../support/rough-browser.ts'
import { Refused } from '../../walk/client.ts'
import type { Scene } from '../support/scene.ts'

export function twoPeopleAtOnce(scene: () => Scene): void {
  it('of those who decide one task at once one decides; the others are told who did and when, and leave nothing', async () => {
    const { file, desk, login, sql, count, standsOnce } = scene()
    const { id } = await file()
    const task = await desk().task('motcua.x01', id, 'reception')
    const clerks = await Promise.all(['motcua.x01', 'truongmotcua.x01', 'motcua.x01'].map(login))
    const results = await Promise.allSettled(
      clerks.map((clerk) =>
        clerk.post(`/api/tasks/${task.id}/decide`, { outcome: 'received', version: task.version, data: {} }),
      ),
    )
    const refusals = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refused] : []))
    expect(refusals.map((error) => [error instanceof Refused, error.status])).toEqual([
      [true, 409],
      [true, 409],
    ])
    const [decided] = await sql<{ name: string; acted_at: Date }>(
      `select p.full_name as name, d.acted_at from decision d join person p on p.id = d.actor_id where d.task_id = $1`,
      [task.id],
    )
    for (const { problem } of refusals) {
      const at = decided!.acted_at.toISOString()
      expect(problem).toMatchObject({
        type: 'urn:mot-cua:task-decided',
        by: decided!.name,
        at,
        outcome: 'received',
      })
      expect(problem.detail).toContain(`${decided!.name} đã quyết định việc này lúc `)
      expect(problem.detail).toContain('tải lại trang')
    }
    await standsOnce(id, 'assign')
    expect(await count('decision where dossier_id = $1', id)).toBe(1)
    expect(await count(`letter where kind = 'receipt' and dossier_id = $1`, id)).toBe(1)
    expect(await count(`clock where kind = 'dossier' and dossier_id = $1`, id)).toBe(1)
  })

  it('the same decision sent twice under one key is one decision with one answer', async () => {
    const { file, desk, count, standsOnce, url } = scene()
    const { id } = await file()
    const task = await desk().task('motcua.x01', id, 'reception')
    const clerk = await roughBrowser(url(), 'motcua.x01')
    const sent = { outcome: 'received', version: task.version, data: {} }
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const answers = await Promise.all([1, 2].map(() => clerk.post(`/api/tasks/${task.id}/decide`, sent, key)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[1]!.body).toEqual(answers[0]!.body)
    await standsOnce(id, 'assign')
    expect(await count('decision where dossier_id = $1', id)).toBe(1)
  })
}
