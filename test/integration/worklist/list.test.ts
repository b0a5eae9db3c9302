import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { crowd } from '../../load/crowd.ts'
import { at, type Scene, setScene } from '../dossiers/scene.ts'
import { appraisal, clearDesks, filed, type Json, type People, peopleOf } from './people.ts'

jest.setTimeout(60_000)

const OFFICER = 'chuyenvien.x01'
let scene: Scene
let people: People
beforeAll(async () => {
  scene = await setScene()
  people = await peopleOf(scene)
})
afterEach(() => clearDesks(scene))
afterAll(() => scene.close())

const codes = (list: Json): string[] => list.tasks.map((task: Json) => task.dossierCode)
const due = (task: string, when: string | null) =>
  scene.sql('update task set due_at = $2 where id = $1', [task, when && at(when)])

describe('the tabs of a worklist', () => {
  it('what is mine, what nobody has taken, and what I finished today are told apart and counted', async () => {
    const mine = await appraisal(scene)
    const open = await appraisal(scene, null)
    const done = await appraisal(scene)
    await scene.decides(OFFICER, done.task, { outcome: 'approved' })
    const list = await people.get(OFFICER, '/api/tasks')
    expect(codes(list)).toEqual([mine.code])
    expect(list.counts).toMatchObject({ mine: 1, unclaimed: 1, done: 1 })
    expect(codes(await people.get(OFFICER, '/api/tasks?tab=unclaimed'))).toEqual([open.code])
    expect(codes(await people.get(OFFICER, '/api/tasks?tab=done'))).toEqual([done.code])
    scene.goTo('2026-11-03 09:00')
    expect((await people.get(OFFICER, '/api/tasks')).counts.done).toBe(0)
  })

  it('the head sees what nobody of the unit has taken, and another unit sees none of it', async () => {
    const open = await appraisal(scene, null)
    expect(codes(await people.get('truongphong.x01', '/api/tasks?tab=unclaimed'))).toEqual([open.code])
    for (const other of ['motcua.x01', 'chuyenvien.x02', 'chutich.x01'])
      expect((await people.get(other, '/api/tasks?tab=unclaimed')).tasks).toEqual([])
  })

  it('a draft sent up waits for a signature, with the signer’s unit; the counter does not wait with it', async () => {
    const { id, code, task } = await appraisal(scene)
    await scene.decides(OFFICER, task, { outcome: 'approved' })
    await scene.opens(id, 'ReviewResult')
    const list = await people.get(OFFICER, '/api/tasks?tab=waiting')
    expect(codes(list)).toEqual([code])
    expect(list.tasks[0].waits).toMatchObject({ for: 'signature', whom: { vi: expect.any(String) } })
    expect(list.counts.waiting).toBe(1)
    expect((await people.get('motcua.x01', '/api/tasks')).counts.waiting).toBe(0)
  })

  it('whoever asked for papers waits for the applicant, the counter too, in the order of the ends of the waits', async () => {
    const made: string[] = []
    for (const until of ['2026-11-12 17:00', '2026-11-10 17:00', '2026-11-11 17:00']) {
      const { id, code, task } = await appraisal(scene)
      await scene.decides(OFFICER, task, { outcome: 'supplement' })
      await scene.opens(id, 'AwaitSupplement')
      await scene.sql(
        `insert into supplement_request (id, dossier_id, round, stage, items, drafted_by, drafted_at, sent_at, wait_until)
         values (gen_random_uuid(), $1, 1, 'notice', '[]', $2, $3, $3, $4)`,
        [id, personId(OFFICER), scene.clock.now(), at(until)],
      )
      made.push(code)
    }
    const list = await people.get(OFFICER, '/api/tasks?tab=waiting')
    expect(codes(list)).toEqual([made[1], made[2], made[0]])
    expect(list.tasks[0].waits).toMatchObject({
      for: 'applicant',
      until: at('2026-11-10 17:00').toISOString(),
    })
    expect(list.counts.waiting).toBe(3)
    expect((await people.get('motcua.x01', '/api/tasks')).counts.waiting).toBe(3)
  })

  it('nobody waits for a dossier that has ended', async () => {
    const { id, task } = await appraisal(scene)
    await scene.decides(OFFICER, task, { outcome: 'approved' })
    await scene.opens(id, 'ReviewResult')
    await scene.sql(`update dossier set state = 'withdrawn', finished_at = now() where id = $1`, [id])
    expect((await people.get(OFFICER, '/api/tasks')).counts.waiting).toBe(0)
  })
})

describe('the order and the pages of a worklist', () => {
  it('the step’s own time comes first, then the dossier’s, and each row stands in its group', async () => {
    const days = [
      '2026-11-09 17:00',
      '2026-11-02 09:00',
      '2026-11-03 11:00',
      '2026-11-02 17:00',
      '2026-11-06 17:00',
    ]
    const by = new Map<string, string>()
    for (const when of days) {
      const { code, task } = await appraisal(scene)
      await due(task, when)
      by.set(when, code)
    }
    scene.goTo('2026-11-02 10:00')
    const list = await people.get(OFFICER, '/api/tasks')
    expect(codes(list)).toEqual([...days].sort().map((when) => by.get(when)))
    expect(list.tasks.map((task: Json) => task.group)).toEqual([
      'overdue',
      'today',
      'tomorrow',
      'week',
      'later',
    ])
    expect(list.groups).toEqual({ overdue: 1, today: 1, tomorrow: 1, week: 1, later: 1 })
  })

  it('of steps with one limit the dossier that is due first comes first', async () => {
    const one = await appraisal(scene)
    const two = await appraisal(scene)
    await scene.sql('update task set due_at = $2 where id = any($1)', [
      [one.task, two.task],
      at('2026-11-05 17:00'),
    ])
    await scene.sql('update dossier set due_at = $2 where id = $1', [one.id, at('2026-11-13 17:00')])
    await scene.sql('update dossier set due_at = $2 where id = $1', [two.id, at('2026-11-12 17:00')])
    expect(codes(await people.get(OFFICER, '/api/tasks'))).toEqual([two.code, one.code])
  })

  it('pages join without a gap or a repeat, also where many are due at one instant', async () => {
    for (let n = 0; n < 7; n++) {
      const { task } = await appraisal(scene)
      await due(task, n < 4 ? '2026-11-05 17:00' : null)
    }
    const whole = codes(await people.get(OFFICER, '/api/tasks'))
    const read: string[] = []
    let after = ''
    for (let pages = 0; pages < 5; pages++) {
      const page = await people.get(OFFICER, `/api/tasks?limit=2${after && `&after=${after}`}`)
      read.push(...codes(page))
      expect(page.groups === null).toBe(after !== '')
      if (!page.next) break
      after = page.next
    }
    expect(read).toEqual(whole)
    expect(whole).toHaveLength(7)
  })

  it('a place in the list that is none of ours is refused with a clear sentence', async () => {
    const agent = await people.as(OFFICER)
    for (const after of ['x', Buffer.from('["a","b","c"]').toString('base64url'), '%00']) {
      const { status, body } = await agent.get(`/api/tasks?after=${after}`)
      expect([400, 422]).toContain(status)
      expect(body.detail).toBeTruthy()
    }
  })
})

describe('what narrows a list', () => {
  it('a group, a procedure, a flag, and words without marks', async () => {
    const late = await appraisal(scene)
    const other = await appraisal(scene)
    await due(late.task, '2026-11-02 09:00')
    await due(other.task, '2026-11-09 17:00')
    await scene.sql('update dossier set reappointed_due_at = $2 where id = $1', [
      other.id,
      at('2026-11-20 17:00'),
    ])
    scene.goTo('2026-11-02 10:00')
    const of = async (query: string) => codes(await people.get(OFFICER, `/api/tasks?${query}`)).sort()
    const both = [late.code, other.code].sort()
    expect(await of('group=overdue')).toEqual([late.code])
    expect(await of('flag=reappointed')).toEqual([other.code])
    expect(await of('flag=late')).toEqual([])
    expect(await of('flag=objection')).toEqual([])
    expect(await of('flag=sent-back')).toEqual([])
    expect(await of('flag=provisional')).toEqual([])
    expect(await of('flag=supplemented')).toEqual([])
    expect(await of('procedure=1.013225')).toEqual(both)
    expect(await of('procedure=2.000986')).toEqual([])
    expect(await of(`text=${late.code.slice(-4)}`)).toEqual([late.code])
    expect(await of(`text=${encodeURIComponent('THAM DINH')}`)).toEqual(both)
    expect(await of(`text=${encodeURIComponent('cap giay phep xay dung')}`)).toEqual(both)
    expect(await of('text=%25')).toEqual([])
    const { groups, counts } = await people.get(OFFICER, '/api/tasks?group=overdue')
    expect(groups).toMatchObject({ overdue: 1, later: 0 })
    expect(counts.mine).toBe(2)
    expect(await people.get(OFFICER, '/api/desk/procedures?tab=mine')).toMatchObject([
      { code: '1.013225', count: 2 },
    ])
  })

  it('each flag stands on the row that has it, and narrows the list to it', async () => {
    const made = {
      plain: await appraisal(scene),
      supplemented: await appraisal(scene),
      reappointed: await appraisal(scene),
      objection: await appraisal(scene),
      'sent-back': await appraisal(scene),
      provisional: await appraisal(scene),
      late: await appraisal(scene),
    }
    const flagged = (flag: keyof typeof made) => made[flag].id
    await scene.sql('update dossier set round = 2 where id = $1', [flagged('supplemented')])
    await scene.sql('update dossier set reappointed_due_at = due_at where id = $1', [flagged('reappointed')])
    await scene.sql(
      `insert into consultation (id, dossier_id, batch, agency_id, unit_id, question, asked_by, drafted_at, on_silence, silence_basis, outcome)
       select gen_random_uuid(), id, 1, agency_id, unit_id, '?', filed_by, now(), 'REPORT', '{}', 'objected' from dossier where id = $1`,
      [flagged('objection')],
    )
    const again = flagged('sent-back')
    await scene.decides(OFFICER, made['sent-back'].task, { outcome: 'approved' })
    scene.goTo('2026-11-02 09:30')
    await scene.does('truongphong.x01', again, 'ReviewResult', 'sent-back', { reason: 'Sai diện tích' })
    await scene.opens(again, 'Appraise')
    await scene.sql(`update clock set provisional = true where dossier_id = $1 and kind = 'dossier'`, [
      flagged('provisional'),
    ])
    await scene.sql('update dossier set due_at = $2 where id = $1', [flagged('late'), at('2026-11-02 08:59')])
    const { tasks } = await people.get(OFFICER, '/api/tasks')
    const flags = Object.fromEntries(tasks.map((row: Json) => [row.dossierCode, row.flags]))
    expect(flags[made.plain.code]).toEqual([])
    for (const [flag, { code }] of Object.entries(made)) {
      if (flag === 'plain') continue
      expect(flags[code]).toEqual([flag])
      expect(codes(await people.get(OFFICER, `/api/tasks?flag=${flag}`))).toEqual([code])
    }
  })

  it('the note of a row is the latest word: what came with the task, or what was noted since', async () => {
    const { id, task } = await appraisal(scene)
    await scene.sql(`update task set note = 'Thiếu căn cứ' where id = $1`, [task])
    const note = async () => (await people.get(OFFICER, '/api/tasks')).tasks[0].note
    expect(await note()).toBe('Thiếu căn cứ')
    await scene.sql(
      `insert into dossier_note (id, dossier_id, author_id, text, at) values (gen_random_uuid(), $1, $2, 'Đã gọi một cửa', $3)`,
      [id, personId(OFFICER), at('2026-11-02 15:00')],
    )
    expect(await note()).toBe('Đã gọi một cửa')
  })
})

describe('the counts beside the tabs', () => {
  it('read what is open and today’s decisions, whatever was done before', async () => {
    await crowd(scene, { open: 30, done: 3_000 })
    const { countsSql } = await import('../../../src/tasks/worklist.ts')
    const plan = await scene.as(OFFICER, async (tx) => {
      const { text, params } = countsSql(tx)
      const [row] = await tx.sql<{ 'QUERY PLAN': Json[] }>(`explain (analyze, format json) ${text}`, params)
      return row!['QUERY PLAN'][0].Plan
    })
    const read = (node: Json): number =>
      (node['Relation Name']
        ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
        : 0) + (node.Plans ?? []).reduce((sum: number, one: Json) => sum + read(one), 0)
    // Thirty that are open, and what stands beside them; never the three thousand.
    expect(read(plan)).toBeLessThan(300)
    expect((await people.get(OFFICER, '/api/tasks')).counts).toMatchObject({ mine: 25, unclaimed: 6 })
  })
})

it('a task at the counter is unclaimed work of every clerk, and of the one who heads them', async () => {
  const { code } = await filed(scene)
  for (const login of ['motcua.x01', 'truongmotcua.x01'])
    expect(codes(await people.get(login, '/api/tasks?tab=unclaimed'))).toEqual([code])
})
