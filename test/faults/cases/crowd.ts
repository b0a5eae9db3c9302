import { prepared } from '../support/play.ts'
import type { Scene } from '../support/scene.ts'
import { until } from '../support/stage.ts'

const CROWD = process.env.MOTCUA_LONG_FAULTS ? 60 : 20

export function brokerKilledUnderWork(scene: () => Scene): void {
  it(`${CROWD} dossiers on their way when the broker is killed all come where they should, each with one task`, async () => {
    const { login, machine, standsOnce, count, sql } = scene()
    const citizen = await login('congdan')
    const clerk = await login('motcua.x01')
    const dossiers = []
    for (let n = 0; n < CROWD; n++) dossiers.push(await prepared(citizen))
    const filed: string[] = await Promise.all(
      dossiers.map(async (dossier) => (await citizen.post('/api/dossiers', dossier)).id),
    )
    // Half of them are received while the others are still on their way to the counter.
    const receive = async (id: string) => {
      const task = await until('the task at the counter', async () => {
        const [row] = await sql<{ id: string }>(
          `select id from task where dossier_id = $1 and state = 'open'`,
          [id],
        )
        return row
      })
      const { version } = await clerk.get(`/api/tasks/${task.id}`)
      await clerk.post(`/api/tasks/${task.id}/decide`, { outcome: 'received', version, data: {} })
    }
    const received = filed.slice(0, CROWD / 2)
    await receive(received[0]!)
    await Promise.all([machine.crashBroker(), ...received.slice(1).map(receive)])

    for (const id of filed) await standsOnce(id, received.includes(id) ? 'assign' : 'reception')
    for (const id of received) {
      expect(await count(`letter where kind = 'receipt' and dossier_id = $1`, id)).toBe(1)
      expect(await count(`clock where kind = 'dossier' and dossier_id = $1`, id)).toBe(1)
    }
    expect(await count(`engine_incident where state = 'open'`)).toBe(0)
  })
}
