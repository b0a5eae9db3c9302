import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { personId, unitId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { loads } from '../../../src/team/read-model.ts'
import { teamRoutes } from '../../../src/team/routes.ts'
import type { Team, TeamTasks } from '../../../src/team/schemas.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

const OFFICE = 'T00.X01.KT'
const NOW = '2026-11-10 09:00'
const STAFF = 30
const TASKS = 5000

let scene: Scene
let staff: string[]
let app: ReturnType<typeof testApp>
let head: Awaited<ReturnType<typeof loggedIn>>

/** A unit of 30 people with 5,000 open tasks: every tenth unclaimed, every seventh late, every eleventh due today. */
beforeAll(async () => {
  scene = await setScene()
  const dossier = await scene.file('H09.1', '2026-11-02 08:00')
  staff = Array.from({ length: STAFF }, () => uuid())
  const unit = unitId(OFFICE)
  for (const [n, id] of staff.entries()) {
    await scene.sql(`insert into person (id, kind, full_name) values ($1, 'staff', $2)`, [
      id,
      `Nguyễn Thị Mẫu ${String(n + 1).padStart(2, '0')}`,
    ])
    await scene.sql(
      `insert into post (id, person_id, agency_id, unit_id, role, title, valid_from)
       select $1, $2, u.agency_id, u.id, 'officer', '{"vi": "Chuyên viên"}', '2026-01-01' from unit u where u.id = $3`,
      [uuid(), id, unit],
    )
  }
  await scene.sql(
    `insert into subject (id, kind, dossier_id, process_id, created_at)
     select gen_random_uuid(), 'dossier', $1, 'p', now() from generate_series(1, $2)`,
    [dossier.id, TASKS],
  )
  await scene.sql(
    `insert into task (id, subject_id, subject_kind, dossier_id, applicant_id, element_id, visit, epoch, engine_key, form, name, role,
                       agency_id, unit_id, assignee_id, state, opened_at, due_at)
     select gen_random_uuid(), s.id, 'dossier', s.dossier_id, (select applicant_id from dossier where id = $4), 'Appraise', 1, 1, 'k' || n, 'appraise', '{"vi": "Thẩm định"}',
            'officer', u.agency_id, u.id, case when n % 10 = 0 then null else $1::uuid[][1 + n % $2::int] end, 'open', now(),
            case when n % 7 = 0 then timestamptz '2026-11-09 17:00+07' when n % 11 = 0 then '2026-11-10 16:00+07'
                 else '2026-11-20 17:00+07' end
       from (select id, dossier_id, row_number() over () as n from subject where dossier_id = $4) s, unit u where u.id = $3`.replace(
      '$1::uuid[][1 + n % $2::int]',
      '($1::uuid[])[1 + n % $2::int]',
    ),
    [staff, STAFF, unit, dossier.id],
  )
  await scene.sql('analyze')
  scene.clock.set(at(NOW))
  app = testApp(scene.db, teamRoutes())
  head = await loggedIn(app, 'truongphong.x01')
}, 60_000)
afterAll(() => scene.close())

const board = async (query = '', agent = head) =>
  (await agent.get(`/api/team${query}`).expect(200)).body as z.infer<typeof Team>
const tasksOf = async (query: string, agent = head) =>
  (await agent.get(`/api/team/tasks?unitId=${unitId(OFFICE)}${query}`).expect(200)).body as z.infer<
    typeof TeamTasks
  >
const as = async <T>(login: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const actor = await loadActor(scene.db, personId(login), 'vi')
  if (!actor) throw new Error(login)
  return scene.db.transact(actor, work)
}
const awayNow = (person: string, change = '') =>
  scene.sql(
    `insert into absence (id, agency_id, unit_ids, person_id, from_day, to_day, reason, entered_by, entered_at${change && ', procedures'})
     select gen_random_uuid(), u.agency_id, array[u.id], $1, '2026-11-09', '2026-11-12', 'Nghỉ phép', $1, now()${change} from unit u where u.id = $2`,
    [person, unitId(OFFICE)],
  )

describe('the team board', () => {
  it('counts 5,000 open tasks by person and kind, exactly', async () => {
    const { people, unassigned, unit } = await board()
    expect(unit.code).toBe(OFFICE)
    const kind = (n: number) => (n % 7 === 0 ? 'late' : n % 11 === 0 ? 'today' : 'open')
    const all = Array.from({ length: TASKS }, (_, i) => i + 1)
    const of = (ns: number[]) => ({
      open: ns.length,
      dueToday: ns.filter((n) => kind(n) === 'today').length,
      late: ns.filter((n) => kind(n) === 'late').length,
    })
    expect(unassigned).toEqual(of(all.filter((n) => n % 10 === 0)))
    for (const [i, id] of staff.entries())
      expect(people.find((one) => one.id === id)).toMatchObject(
        of(all.filter((n) => n % 10 !== 0 && n % STAFF === i)),
      )
    const total = people.reduce((sum, { open }) => sum + open, unassigned.open)
    expect(total).toBe(TASKS)
  })

  it('asks the database once for the load, whatever the number of people and tasks', async () => {
    const asked = await as('truongphong.x01', async (tx) => {
      let n = 0
      const counted: Tx = {
        ...tx,
        sql: (text, params) => {
          n += 1
          return tx.sql(text, params)
        },
      }
      await loads(counted, unitId(OFFICE))
      return n
    })
    expect(asked).toBe(1)
  })

  it('shows who is away, from when to when', async () => {
    await awayNow(staff[0]!)
    const { people } = await board()
    expect(people.find(({ id }) => id === staff[0])?.absences).toEqual([
      { fromDay: '2026-11-09', toDay: '2026-11-12', substitute: null, partly: false, running: true },
    ])
    expect(people.filter(({ absences }) => absences.length > 0)).toHaveLength(1)
  })

  it('is the head’s for their own unit, the leader’s for every unit of the agency, nobody else’s', async () => {
    const leader = await loggedIn(app, 'chutich.x01')
    expect((await board('', leader)).units.map(({ code }) => code)).toContain('T00.X01.MC')
    await board(`?unitId=${unitId('T00.X01.MC')}`, leader)
    await head.get(`/api/team?unitId=${unitId('T00.X01.MC')}`).expect(404)
    await head.get(`/api/team/tasks?unitId=${unitId('T00.X02.KT')}`).expect(404)
    const officer = await loggedIn(app, 'chuyenvien.x01')
    await officer.get('/api/team').expect(403)
  })
})

describe('the tasks behind a number', () => {
  it('come page by page without a gap or a repeat, latest due first', async () => {
    const seen: string[] = []
    const due: (string | null)[] = []
    let after = ''
    do {
      const page = await tasksOf(`&personId=${staff[3]}${after && `&after=${after}`}`)
      seen.push(...page.tasks.map(({ id }) => id))
      due.push(...page.tasks.map(({ stepDueAt }) => stepDueAt))
      after = page.next ?? ''
      expect(page.total).toBe((await board()).people.find(({ id }) => id === staff[3])?.open)
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength((await tasksOf(`&personId=${staff[3]}`)).total)
    expect([...due].sort()).toEqual(due)
  })

  it('suggest who has least for what nobody has, and never somebody absent', async () => {
    const free = personId('chuyenvien2.x01')
    await scene.sql('delete from absence')
    await awayNow(staff[0]!)
    const names = async () => (await tasksOf('')).tasks.map(({ suggested }) => suggested?.id)
    // Nobody's number ends in 0 but these: staff[0] has nothing either, and is away.
    const idle = [personId('chuyenvien.x01'), staff[10], staff[20]]
    expect(new Set(await names())).toEqual(new Set([...idle, free]))
    await awayNow(free)
    expect(new Set(await names())).toEqual(new Set(idle))
    await scene.sql('delete from absence where person_id = $1', [free])
  })
})
