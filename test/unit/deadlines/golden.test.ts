import { execFileSync } from 'node:child_process'
import { type Computed, computeGolden, computeGoldenModes } from './compute-golden.ts'

const rows = computeGolden()
const modes = computeGoldenModes()

test('the golden tables hold at least 140 rows', () => {
  expect(rows.length).toBeGreaterThanOrEqual(110)
  expect(modes.length).toBeGreaterThanOrEqual(30)
})

test.each(rows)('$title', ({ expected, found }) => expect(found).toBe(expected))

test.each(modes)('$title', ({ expected, found }) => expect(found).toBe(expected))

test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
  'a server in %s computes the same dates',
  (zone) => {
    const script = new URL('./compute-golden.ts', import.meta.url)
    const output = execFileSync(process.execPath, [script.pathname], {
      env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      encoding: 'utf8',
    })
    const computed = JSON.parse(output) as Computed[]
    expect(computed).toHaveLength(rows.length + modes.length)
    expect(computed.filter(({ expected, found }) => expected !== found)).toEqual([])
  },
)
