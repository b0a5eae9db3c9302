import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { assignTask } from '../../../src/tasks/assign.ts'
import { interventions } from '../../../src/team/tasks.ts'
import { received, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(120_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

/** On an officer's desk on Monday, 10:00, with the step's own limit. */
async function onDesk() {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  const { id: task } = await scene.task(id, 'Appraise')
  const [row] = await scene.sql<{ due_at: Date }>('select due_at from task where id = $1', [task])
  return { id, task, due: row!.due_at }
}
const shownTo = (login: string) =>
  scene.as(login, async (tx) => (await interventions(tx)).map(({ id }) => id))
const told = async (task: string) =>
  (
    await scene.sql<{ person_id: string }>(
      `select person_id from notification where key like 'escalate/' || $1 || '/%' order by created_at, person_id`,
      [task],
    )
  ).map(({ person_id }) => person_id)
const alarms = (id: string) =>
  scene.sql<{ kind: string; at: Date; open: boolean; outcome: string }>(
    `select kind, at, handled_at is null as open, outcome from alarm where dossier_id = $1 and kind like 'escalate%' order by at, kind`,
    [id],
  )
/** So many working minutes after an instant, by the agency's calendar (8 hours a day). */
const later = async (from: Date, minutes: number): Promise<string> => {
  const { calendarOf } = await import('../../../src/calendar/agency-calendar.ts')
  const { isoLegal } = await import('../../../src/clock.ts')
  const at = await scene.act(async (tx) => {
    const calendar = await calendarOf(tx.sql, await agency())
    return calendar.addWorkingMinutes(from, minutes)
  })
  return isoLegal(at).slice(0, 16).replace('T', ' ')
}
const agency = async () =>
  (await scene.sql<{ agency_id: string }>(`select agency_id from unit where code = 'T00.X01.KT'`))[0]!
    .agency_id
const ring = async (id: string, when: string) => {
  scene.goTo(when)
  await scene.rings(id)
}

describe('a step past its own limit', () => {
  it('is brought before the head of the unit after one working day, and before the leader after two', async () => {
    const { id, task, due } = await onDesk()
    await ring(id, await later(due, 479))
    expect(await shownTo('truongphong.x01')).not.toContain(task)
    await ring(id, await later(due, 480))
    expect(await shownTo('truongphong.x01')).toContain(task)
    expect(await shownTo('chutich.x01')).not.toContain(task)
    expect(await told(task)).toEqual([personId('truongphong.x01'), personId('photruongphong.x01')].sort())
    await ring(id, await later(due, 960))
    expect(await shownTo('chutich.x01')).toContain(task)
    expect(await told(task)).toHaveLength(4)
    expect(await told(task)).toContain(personId('chutich.x01'))
    expect(await shownTo('truongphong.x02')).toEqual([])
  })

  it('is told once, however often the watch comes', async () => {
    const { id, task, due } = await onDesk()
    const late = await later(due, 1000)
    await ring(id, late)
    await ring(id, late)
    expect(await told(task)).toHaveLength(4)
  })

  it('stays before them when another person has it, and goes with the decision', async () => {
    const { id, task, due } = await onDesk()
    await ring(id, await later(due, 500))
    await scene.as('truongphong.x01', (tx) => assignTask(tx, task, personId('chuyenvien2.x01'), 'Chậm'))
    expect(await shownTo('truongphong.x01')).toContain(task)
    await scene.decides('chuyenvien2.x01', task, { outcome: 'approved' })
    expect(await shownTo('truongphong.x01')).not.toContain(task)
    await ring(id, await later(due, 960))
    expect(await shownTo('chutich.x01')).not.toContain(task)
    expect((await alarms(id)).find(({ kind }) => kind === 'escalate-leader')?.outcome).toBe(
      'the step has been decided',
    )
  })

  it('rings no more once the engine says that it has ended', async () => {
    const { id, task, due } = await onDesk()
    await scene.sql('delete from outbox where subject_id = $1', [id])
    const { userTaskEnded } = await import('../../../src/tasks/project.ts')
    const { engine_key } = await scene.task(id, 'Appraise')
    await scene.act((tx) =>
      userTaskEnded(tx.sql, { epoch: 1, key: engine_key, state: 'completed', at: tx.at }),
    )
    await ring(id, await later(due, 480))
    expect(await shownTo('truongphong.x01')).not.toContain(task)
    const [clock] = await scene.sql<{ ended: boolean }>(
      `select ended_at is not null as ended from clock where subject_id = $1 and kind = 'step'`,
      [task],
    )
    expect(clock?.ended).toBe(true)
  })

  it('wakes the dossier’s watch when it would come too late, and never moves the dossier’s date', async () => {
    const id = await received(scene)
    const [before] = await scene.sql<{ due_at: Date; next: Date }>(
      `select d.due_at, w.next_alarm_at as next from dossier d join watch w on w.dossier_id = d.id where d.id = $1`,
      [id],
    )
    await scene.opens(id, 'Appraise')
    const [first] = (await alarms(id)).filter(({ open }) => open)
    const [row] = await scene.sql<{ due_at: Date; next: Date; id: string }>(
      `select d.due_at, w.next_alarm_at as next, w.id from dossier d join watch w on w.dossier_id = d.id where d.id = $1`,
      [id],
    )
    expect(row?.due_at).toEqual(before?.due_at)
    const earliest = new Date(Math.min(before!.next.getTime(), first!.at.getTime()))
    expect(row?.next).toEqual(earliest)
    const woken = (await scene.commands(row!.id)).filter(({ kind }) => kind === 'publish')
    expect(woken.length > 0).toBe(true)
  })
})
