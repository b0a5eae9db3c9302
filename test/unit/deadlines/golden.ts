import { readFileSync } from 'node:fs'
import type { OracleCase } from './oracle.ts'

/** One row of golden.md. Times are wall-clock minutes of Asia/Ho_Chi_Minh; `due` is null while the clock stands still. */
export type GoldenRow = OracleCase & { section: string; due: number | null; why: string; title: string }

const WEEKDAYS = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']
const MODES = ['RESTART', 'PAUSE', 'EXCLUDED-STAGE']

/** 'T2 2026-11-02 09:10' as a wall-clock minute; throws when the weekday is not that of the date. */
function minuteOf(cell: string): number {
  const [weekday, day, time] = cell.split(' ') as [string, string, string]
  const instant = new Date(`${day}T${time}:00Z`)
  const name = WEEKDAYS[instant.getUTCDay()]
  if (name !== weekday) throw new Error(`${cell}: ${day} is ${name}`)
  return instant.getTime() / 60_000
}

function limitOf(cell: string): Pick<OracleCase, 'value' | 'unit' | 'split'> {
  const [number, unit] = cell.split(' ') as [string, string]
  const [total, parts] = number.split('=') as [string, string | undefined]
  if (!parts) return { value: Number(total), unit }
  return { value: Number(total), unit, split: parts.split('+').map(Number) as [number, number] }
}

const eventsOf = (cell: string): OracleCase['events'] =>
  cell === '—'
    ? []
    : cell.split('; ').map((event) => {
        const [kind, ...moment] = event.split(' ') as [string, ...string[]]
        return { kind, at: minuteOf(moment.join(' ')) }
      })

/** Every row of the golden table. */
export function goldenRows(): GoldenRow[] {
  const lines = readFileSync(new URL('./golden.md', import.meta.url), 'utf8').split('\n')
  let section = ''
  const rows: GoldenRow[] = []
  for (const line of lines) {
    if (line.startsWith('## ')) section = line.slice(3)
    if (!/^\| (T[2-7]|CN) /.test(line)) continue
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (cells.length !== 6) throw new Error(`six columns are wanted: ${line}`)
    const [received, limit, rule, events, due, why] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    rows.push({
      section,
      why,
      title: `${received}, ${limit}${events === '—' ? '' : `, ${events}`}: ${why}`,
      mode: MODES.find((mode) => rule.startsWith(mode)) ?? 'RESTART',
      received: minuteOf(received),
      ...limitOf(limit),
      events: eventsOf(events),
      due: due === 'stands still' ? null : minuteOf(due),
    })
  }
  return rows
}
