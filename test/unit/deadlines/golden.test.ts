import { execFileSync } from 'node:child_process'
import { type Computed, computeGolden } from './compute-golden.ts'
import { goldenRows } from './golden.ts'
import { oracleCalendar, oracleClock } from './oracle.ts'

const rows = goldenRows()
const computed = computeGolden()
const words = (minute: number | null) => minute && new Date(minute * 60_000).toISOString().slice(0, 16)

test('the golden table holds at least 350 rows, each with its reason and none twice', () => {
  expect(rows.length).toBeGreaterThanOrEqual(350)
  expect(rows.filter(({ why }) => why === '')).toEqual([])
  const asked = rows.map(({ received, value, unit, split, mode, events }) =>
    JSON.stringify([received, value, unit, split, events.length > 0 || split ? mode : '', events]),
  )
  expect(asked.filter((row, index) => asked.indexOf(row) !== index)).toEqual([])
})

test('it has the published bugs of others, and what they stumbled over', () => {
  const sections = rows.map(({ section }) => section).join('\n')
  for (const subject of [
    'P1D read as 24 business hours',
    'before opening or after closing',
    'Fixed holidays',
    'Tết',
    'Swap',
    '31 December',
    'Leap years',
    '14:59, 15:00 and 15:01',
  ])
    expect(sections).toContain(subject)
})

test.each(computed)('$title', ({ expected, found }) => expect(words(found)).toBe(words(expected)))

test('the naive oracle gives the same dates', () => {
  const differing = rows
    .map((row) => ({
      title: row.title,
      due: words(row.due),
      oracle: words(oracleClock(oracleCalendar, row)),
    }))
    .filter(({ due, oracle }) => due !== oracle)
  expect(differing).toEqual([])
})

test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
  'a server in %s computes the same dates',
  (zone) => {
    const script = new URL('./compute-golden.ts', import.meta.url)
    const output = execFileSync(process.execPath, [script.pathname], {
      env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      encoding: 'utf8',
    })
    const there = JSON.parse(output) as Computed[]
    expect(there).toHaveLength(rows.length)
    expect(there.filter(({ expected, found }) => expected !== found)).toEqual([])
  },
)
