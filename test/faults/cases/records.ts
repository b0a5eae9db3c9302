import { join } from 'node:path'
import { archivedLines } from '../../../src/engine/archive.ts'
import { bulkOf } from '../../engine/recorded.ts'
import type { Scene } from '../support/scene.ts'
import { until } from '../support/stage.ts'

const TABLES = ['instance', 'element', 'flow', 'job', 'variable', 'user_task', 'incident'].map(
  (name) => `engine_${name}`,
)
/** What follows from the records outside the projection. */
const CONSEQUENCES = [
  'task',
  'holding',
  'visit',
  'wait',
  'subject',
  'decision',
  'dossier',
  'letter',
  'notification',
]

async function dump({ sql }: Scene, tables: string[]) {
  const rows: Record<string, unknown[]> = {}
  for (const table of tables)
    rows[table] = (
      await sql<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`)
    ).map(({ row }) => row)
  return rows
}

/** Nothing is on its way any more: no command waits for its record, no record has come for a while. */
async function quiet({ sql, count }: Scene): Promise<void> {
  const mark = async () => JSON.stringify(await sql('select partition, position from engine_mark order by 1'))
  await until('the engine to be quiet', async () => {
    if ((await count('outbox where settled_at is null and withdrawn_at is null')) > 0) return false
    const before = await mark()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    return before === (await mark())
  })
}

/** Posts bulks to the sink as the exporter would. */
async function replay({ settings }: Scene, bulks: string[][]): Promise<void> {
  const { MOTCUA_SINK_PORT, MOTCUA_SINK_SECRET } = settings as Record<string, string>
  for (const lines of bulks) {
    const response = await fetch(`http://127.0.0.1:${MOTCUA_SINK_PORT}/_bulk`, {
      method: 'POST',
      body: bulkOf(lines, 1),
      headers: { authorization: `Basic ${btoa(`zeebe:${MOTCUA_SINK_SECRET}`)}` },
    })
    expect(response.status).toBe(200)
  }
}

const cut = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size))

const shuffled = <T>(list: T[]): T[] =>
  list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

export function recordsRepeated(scene: () => Scene): void {
  const captured = async () => {
    const lines: string[] = []
    for await (const line of archivedLines(join(scene().settings.MOTCUA_DATA!, 'records'), 1))
      lines.push(line)
    expect(lines.length).toBeGreaterThan(1_000)
    return lines
  }

  it('records that come again, in any order, change nothing: no token, no task, no holder, no command', async () => {
    await quiet(scene())
    const before = await dump(scene(), [...TABLES, ...CONSEQUENCES, 'outbox', 'engine_mark'])
    const lines = await captured()
    await replay(scene(), cut(lines, 500))
    await replay(scene(), shuffled(cut(lines, 20)))
    await replay(scene(), [shuffled(lines)])
    expect(await dump(scene(), [...TABLES, ...CONSEQUENCES, 'outbox', 'engine_mark'])).toEqual(before)
  })

  it('a projection that was lost with its mark comes back from the records; tasks and holders stay as they are', async () => {
    await quiet(scene())
    const before = await dump(scene(), [...TABLES, ...CONSEQUENCES])
    for (const table of TABLES) await scene().sql(`delete from ${table}`)
    await scene().sql('update engine_mark set position = -1, greatest_timestamp = 0')
    await replay(scene(), cut(await captured(), 37))
    expect(await dump(scene(), [...TABLES, ...CONSEQUENCES])).toEqual(before)
  })
}
