import pg from 'pg'
import { personId } from '../../src/agencies/load.ts'
import { received, type Scene } from '../integration/dossiers/scene.ts'

const NAMES = ['Lê Thị Ẩn', 'Trần Văn Được', 'Nguyễn Thị Ngọc Ánh', 'Phùng Quốc Khánh', 'Hồ Thị Ý Nhi']

/**
 * Fills a unit's desks from one dossier that went through the domain code: `open` appraisals (every fifth nobody's, the
 * others the officer's), and `done` tasks with their decisions on dossiers that have ended. Copies are made beneath the
 * triggers, which is what a bench of reading may do.
 */
export async function crowd(scene: Scene, { open, done }: { open: number; done: number }): Promise<void> {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  const { id: task } = await scene.task(id, 'Appraise')
  const client = new pg.Client(scene.test.superUrl)
  await client.connect()
  const columns = async (table: string, changed: Record<string, string>) => {
    const { rows } = await client.query<{ name: string }>(
      'select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position',
      [table],
    )
    return rows.map(({ name }) => changed[name] ?? `x.${name}`).join(', ')
  }
  const copy = async (
    count: number,
    changes: { dossier: Record<string, string>; task: Record<string, string> },
  ) => {
    await client.query(
      'create temp table made as select n, gen_random_uuid() as dossier, gen_random_uuid() as task from generate_series(1, $1::int) n',
      [count],
    )
    await client.query(
      `insert into subject select m.dossier, 'dossier', m.dossier, s.process_id, now() from made m, subject s where s.id = $1`,
      [id],
    )
    const into = async (table: string, from: string, changed: Record<string, string>) =>
      client.query(
        `insert into ${table} select ${await columns(table, changed)} from made m, ${table} x where x.id = $1`,
        [from],
      )
    await into('dossier', id, { id: 'm.dossier', ...changes.dossier })
    await into('task', task, {
      id: 'm.task',
      subject_id: 'm.dossier',
      dossier_id: 'm.dossier',
      engine_key: `m.task::text`,
      ...changes.task,
    })
  }
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into person (id, kind, full_name) select gen_random_uuid(), 'citizen', name from unnest($1::text[]) name`,
    [NAMES],
  )
  const anybody = `(array(select id from person where full_name = any('{${NAMES.join()}}')))[1 + m.n % ${NAMES.length}]`
  await copy(open, {
    dossier: {
      code: `'T00.X01-261102-' || lpad(m.n::text, 6, '0')`,
      applicant_id: anybody,
      due_at: `x.due_at + m.n * interval '7 minutes'`,
      original_due_at: `x.due_at + m.n * interval '7 minutes'`,
    },
    task: {
      assignee_id: 'case when m.n % 5 > 0 then x.assignee_id end',
      due_at: `x.opened_at + (m.n - 200) * interval '3 minutes'`,
    },
  })
  await client.query('drop table made')
  await copy(done, {
    dossier: {
      code: `'T00.X01-251102-' || lpad(m.n::text, 6, '0')`,
      applicant_id: anybody,
      state: `'returned'`,
      finished_at: `x.received_at - m.n * interval '1 minute'`,
    },
    task: {
      state: `'done'`,
      done_at: `x.opened_at - interval '1 day' - m.n * interval '1 minute'`,
      assignee_id: 'x.assignee_id',
    },
  })
  await client.query(
    `insert into decision (id, task_id, dossier_id, actor_id, outcome, data, acted_at, release_at, state)
     select gen_random_uuid(), m.task, m.dossier, $1, 'approved', '{}', t.done_at, t.done_at, 'released'
       from made m join task t on t.id = m.task`,
    [personId('chuyenvien.x01')],
  )
  await client.query('analyze')
  await client.end()
}
