/**
 * What a page and a count of a worklist cost when a unit has 5,000 open tasks and 200,000 done ones behind it:
 * npm run bench:worklist [-- open done rounds]. In a database of its own. Prints times, which it does not judge, and from
 * PostgreSQL's plans the rows and blocks that each statement reads; a statement that reads all tasks ends it with 1.
 */
import { readFileSync } from 'node:fs'
import { personId } from '../../src/agencies/load.ts'
import type { Tx } from '../../src/database/transaction.ts'
import { loadActor } from '../../src/people/actor.ts'
import { countsSql, groupCounts, worklistCounts, worklistPage } from '../../src/tasks/worklist.ts'
import { setScene } from '../integration/dossiers/scene.ts'
import { crowd } from './crowd.ts'
import { readBy } from './read-by.ts'

const [open = 5_000, done = 200_000, rounds = 100] = process.argv.slice(2).map(Number)
const PAGE = 100

const scene = await setScene()
console.log(`making ${open} open and ${done} done tasks …`)
await crowd(scene, { open, done })
scene.goTo('2026-11-02 15:00')
const actor = await loadActor(scene.db, personId('chuyenvien.x01'), 'vi')
if (!actor) throw new Error('there is no officer')
const as = <T>(work: (tx: Tx) => Promise<T>) => scene.db.transact(actor, work)

/** CPU of the connection's own backend so far, in ms; Linux counts it in hundredths of a second. */
function backendMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
const ms = (value: number) => value.toFixed(1).padStart(8)

async function measure(name: string, work: (tx: Tx, round: number) => Promise<unknown>): Promise<void> {
  await as(async (tx) => {
    const [{ pid } = { pid: 0 }] = await tx.sql<{ pid: number }>('select pg_backend_pid() as pid')
    for (let warm = 0; warm < 5; warm++) await work(tx, warm)
    const cpu: number[] = []
    const wall: number[] = []
    const before = backendMs(pid)
    for (let round = 0; round < rounds; round++) {
      const start = process.cpuUsage()
      const from = performance.now()
      await work(tx, round)
      const { user, system } = process.cpuUsage(start)
      cpu.push((user + system) / 1000)
      wall.push(performance.now() - from)
    }
    const database = (backendMs(pid) - before) / rounds
    cpu.sort((a, b) => a - b)
    wall.sort((a, b) => a - b)
    console.log(
      `${name.padEnd(34)}${ms(at(cpu, 0.5))}${ms(at(cpu, 0.99))}${ms(database)}${ms(at(wall, 0.5))}${ms(at(wall, 0.99))}`,
    )
  })
}

console.log(`\n${'ms'.padEnd(34)}  p50 CPU p99 CPU  PG CPU p50 wall p99 wall`)
await measure('counts of four tabs', worklistCounts)
await measure('groups of my tab', (tx) => groupCounts(tx, 'mine', {}))
await measure('groups of the unit’s tab', (tx) => groupCounts(tx, 'unclaimed', {}))
await measure('first page of my tab', (tx) => worklistPage(tx, 'mine', {}, { limit: PAGE }))
await measure('first page of the unit’s tab', (tx) => worklistPage(tx, 'unclaimed', {}, { limit: PAGE }))
const deep: string[] = ['']
await as(async (tx) => {
  for (let n = 0; n < 30; n++) {
    const { next } = await worklistPage(tx, 'mine', {}, { limit: PAGE, after: deep.at(-1) || undefined })
    if (next) deep.push(next)
  }
})
await measure('a deep page of my tab', (tx, n) =>
  worklistPage(tx, 'mine', {}, { limit: PAGE, after: deep[n % deep.length] || undefined }),
)
await measure('a name without marks', (tx) => worklistPage(tx, 'mine', { text: 'ngoc anh' }, { limit: PAGE }))
await measure('what is late', (tx) => worklistPage(tx, 'mine', { flag: 'late' }, { limit: PAGE }))

const last = await as(async (tx) => {
  let [cursor, page] = ['', 1]
  for (;;) {
    const { next } = await worklistPage(tx, 'mine', {}, { limit: PAGE, after: cursor || undefined })
    if (!next) return { cursor, page }
    cursor = next
    page++
  }
})
const of = (tab: 'mine' | 'unclaimed', cursor?: string) => (tx: Tx) =>
  worklistPage(tx, tab, {}, { limit: PAGE, after: cursor })
let readsAll = false
console.log(`\n${'read by one statement'.padEnd(34)}   tasks dossiers   blocks`)
for (const [name, work] of [
  ['page 1 of my tab', of('mine')],
  [`page ${last.page} of my tab`, of('mine', last.cursor)],
  ['page 1 of the unit’s tab', of('unclaimed')],
  ['counts of four tabs', worklistCounts],
  ['groups of my tab', (tx: Tx) => groupCounts(tx, 'mine', {})],
] as const) {
  const read = await as((tx) => readBy(tx, work))
  readsAll ||= read.whole
  const columns = [read.rows('task'), read.rows('dossier'), read.blocks].map((n) => String(n).padStart(9))
  console.log(`${name.padEnd(34)}${columns.join('')}${read.whole ? '  reads every task there is' : ''}`)
}
if (readsAll) process.exitCode = 1

const plan = await as(async (tx) => {
  const { text, params } = countsSql(tx)
  return tx.sql<{ 'QUERY PLAN': string }>(`explain (analyze, buffers, costs off) ${text}`, params)
})
console.log(`\nthe plan of the counts\n${plan.map((row) => row['QUERY PLAN']).join('\n')}`)
await scene.close()
process.exit()
