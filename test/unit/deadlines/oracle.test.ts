import { execFileSync } from 'node:child_process'
import { buildCalendar, type Calendar } from '../../../src/calendar/calendar.ts'
import type { CalendarDay } from '../../../src/calendar/day.ts'
import type { Span, WorkingHours } from '../../../src/calendar/hours.ts'
import { fromLegalMinute, toLegalMinute } from '../../../src/clock.ts'
import {
  decidedDays,
  type OracleDays,
  type OracleWeek,
  officeWeekOf,
  oracleBetween,
  oracleCalendar,
  oracleOf,
  oracleWalk,
} from './oracle.ts'
import { BEGIN, disagreements, END, type Numbers, some } from './oracle-cases.ts'
import { numbersFrom } from './random.ts'
import { at, calendar } from './world.ts'

/** Cases in all; the stage that only asks for another zone of the machine takes fewer. */
const RUNS = Number(process.env.ORACLE_RUNS ?? 100_000)
/** Another run of the same seed plays the same cases: `ORACLE_SEED=… npm test -- unit`. */
const SEED = Number(process.env.ORACLE_SEED ?? Math.floor(performance.timeOrigin) % 2 ** 31)

test(`the naive oracle agrees on ${RUNS} random dossiers of 2021–2027 (seed ${SEED})`, () => {
  const program = new URL('./oracle-cases.ts', import.meta.url).pathname
  const output = execFileSync(process.execPath, [program, String(RUNS), String(SEED)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  expect(JSON.parse(output)).toEqual({ count: RUNS, wrong: [] })
})

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Days off, worked Saturdays and hours nobody ever had: half days, a late lunch, an agency open on Saturday morning. */
function invented({ upTo, oneOf }: Numbers): { days: OracleDays; week: OracleWeek } {
  const edges = () => {
    const cuts = [0, 0, 0, 0].map(() => 300 + 2 * upTo(500)).sort((a, b) => a - b)
    return new Set(cuts).size === 4 ? cuts : [450, 690, 780, 1020]
  }
  const [a, b, c, d] = edges() as [number, number, number, number]
  const week = officeWeekOf([
    [a, b],
    [c, d],
  ])
  if (upTo(1)) week[6] = [[a, b]]
  if (upTo(1)) week[oneOf([1, 3, 5])] = [[a, b]]
  const iso = (index: number) =>
    new Date(Date.parse('2025-01-01T00:00:00Z') + index * 86_400_000).toISOString().slice(0, 10)
  const off = new Set<string>()
  const like = new Map<string, string>()
  for (let left = upTo(20); left > 0; left--) off.add(iso(upTo(300)))
  for (let left = upTo(4); left > 0; left--) {
    // 4 January 2025 is a Saturday.
    const saturday = 3 + 7 * upTo(38)
    const away = iso(saturday + oneOf([-3, -2, 2, 3, 4]))
    if (like.has(iso(saturday)) || [...like.values()].includes(away)) continue
    off.delete(iso(saturday))
    off.add(away)
    like.set(iso(saturday), away)
  }
  return { days: { off, like }, week }
}

function asProduct({ days: { off, like }, week }: ReturnType<typeof invented>): Calendar {
  const swapped = new Map([...like].map(([worked, away]) => [away, worked]))
  const about = { name: { vi: 'thử' }, source: 'test', verified: false }
  const rows: CalendarDay[] = [
    ...[...off].map((date): CalendarDay => {
      const swapWith = swapped.get(date)
      return swapWith ? { ...about, date, kind: 'substitute', swapWith } : { ...about, date, kind: 'holiday' }
    }),
    ...[...like].map(
      ([date, swapWith]): CalendarDay => ({ ...about, date, kind: 'swapped-working-day', swapWith }),
    ),
  ]
  const spans = (sessions: [number, number][] = []) =>
    sessions.map(([from, to]): Span => [clock(from), clock(to)])
  const hours: WorkingHours = {
    validFrom: null,
    week: Object.fromEntries(
      Object.entries(week).map(([day, sessions]) => [day === '0' ? 7 : day, spans(sessions)]),
    ),
    source: 'test',
    verified: false,
  }
  return buildCalendar(rows, [hours], { decidedYears: [2024, 2025, 2026] })
}

test(`it agrees on invented calendars with swaps, half days and Saturday mornings (seed ${SEED})`, () => {
  const numbers = numbersFrom(SEED + 1)
  const [from, to] = [toLegalMinute(at('2025-01-01 00:00')), toLegalMinute(at('2025-06-30 23:59'))]
  for (let left = 60; left > 0; left--) {
    const world = invented(numbers)
    const wrong = disagreements(
      some(40, numbers, from, to),
      asProduct(world),
      oracleOf(world.days, world.week),
    )
    expect(wrong).toEqual([])
  }
})

test('it agrees on working minutes, forwards and between', () => {
  const { upTo } = numbersFrom(SEED + 2)
  for (let left = 5000; left > 0; left--) {
    const from = BEGIN + upTo(END - BEGIN)
    const to = from + upTo(20_000)
    const count = 1 + upTo(2400)
    const between = calendar.workingMinutesBetween(fromLegalMinute(from), fromLegalMinute(to))
    const walked = toLegalMinute(calendar.addWorkingMinutes(fromLegalMinute(from), count))
    if (
      between !== oracleBetween(oracleCalendar, from, to) ||
      walked !== oracleWalk(oracleCalendar, from, count)
    )
      throw new Error(`seed ${SEED}: from ${from}, to ${to}, ${count} minutes: ${between}, ${walked}`)
  }
})

test('a day off forgotten is found out', () => {
  const days = { ...decidedDays, off: new Set([...decidedDays.off].filter((day) => day !== '2026-02-18')) }
  const wrong = disagreements(
    some(3000, numbersFrom(1), toLegalMinute(at('2026-01-01 00:00')), toLegalMinute(at('2026-02-17 00:00'))),
    calendar,
    oracleOf(
      days,
      officeWeekOf([
        [450, 690],
        [780, 1020],
      ]),
    ),
  )
  expect(wrong.length).toBe(5)
})
