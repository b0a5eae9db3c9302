import { buildCalendar } from '../../../src/calendar/calendar.ts'
import type { CalendarDay } from '../../../src/calendar/day.ts'
import { planChange, planYears } from '../../../src/calendar/decide.ts'
import { planHours } from '../../../src/calendar/decide-hours.ts'
import { officeWeek, sampleHours } from '../../../src/calendar/hours.ts'
import { proposeYear } from '../../../src/calendar/propose.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'

const day = (date: string, change: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  name: { vi: 'nghỉ' },
  kind: 'holiday',
  source: 'thử',
  verified: true,
  ...change,
})

describe('the decided years of a file', () => {
  test('replace what the years had; days that say the same, other years and undecided days stay', () => {
    const of2026 = shippedDays.filter(({ date, kind }) => date.startsWith('2026') && kind !== 'undecided')
    const file = [
      ...of2026.filter(({ date }) => date !== '2026-05-01').map((row) => ({ ...row })),
      day('2026-05-04'),
    ]
    const { begin, end, changed, days } = planYears(shippedDays, file)
    expect(begin.map(({ date }) => date)).toEqual(['2026-05-04'])
    expect(end).toEqual(['2026-05-01'])
    expect(changed.sort()).toEqual(['2026-05-01', '2026-05-04'])
    expect(days).toHaveLength(shippedDays.length)
    expect(days.find(({ date }) => date === '2026-11-24')?.kind).toBe('undecided')
  })

  test('of a year that was only proposed count anew all that was counted by the proposal', () => {
    const { changed } = planYears(shippedDays, [day('2027-01-01')])
    expect(changed).toEqual(expect.arrayContaining(proposeYear(2027).map(({ date }) => date)))
  })
})

describe('a swap across New Year', () => {
  const tet = ['2027-01-01', '2027-02-05', '2027-02-08', '2027-04-30', '2027-09-02']
  const halves = [
    day('2026-12-31', { kind: 'substitute', swapWith: '2027-01-09' }),
    day('2027-01-09', { kind: 'swapped-working-day', swapWith: '2026-12-31' }),
  ]
  const holds = (days: CalendarDay[]) => {
    const calendar = buildCalendar(days, sampleHours)
    expect(tet.filter((date) => calendar.isWorkingDay(date))).toEqual([])
    expect(calendar.isWorkingDay('2026-12-31')).toBe(false)
    expect(calendar.isWorkingDay('2027-01-09')).toBe(true)
  }

  test('takes the proposal of the next year along, and counts again what was counted by it', () => {
    const { days, changed } = planChange(shippedDays, {
      date: '2026-12-31',
      kind: 'substitute',
      name: { vi: 'hoán đổi' },
      source: 'thử',
      decision: 'QĐ 1',
      swapWith: '2027-01-09',
    })
    holds(days)
    expect(changed).toEqual(expect.arrayContaining(proposeYear(2027).map(({ date }) => date)))
  })

  test('in the file of the old year leaves the new one its holidays', () => {
    const of2026 = shippedDays.filter(({ date, kind }) => date.startsWith('2026') && kind !== 'undecided')
    holds(planYears(shippedDays, [...of2026, ...halves]).days)
  })
})

describe('the hours of an agency', () => {
  const morning = {
    ...officeWeek([
      ['07:30', '11:30'],
      ['13:30', '17:30'],
    ]),
    6: [['07:30', '11:30']] as [string, string][],
  }

  test('begin on a day and hold until the next row begins', () => {
    const first = planHours(sampleHours, { validFrom: '2027-01-04', week: morning, source: 'QĐ 1' })
    expect(first.rows.map(({ validFrom }) => validFrom)).toEqual([null, '2027-01-04'])
    expect(first.changed).toEqual(['2027-01-04', '2199-12-31'])
    const between = planHours(first.rows, { validFrom: '2026-12-01', week: morning, source: 'QĐ 2' })
    expect(between.rows.map(({ validFrom }) => validFrom)).toEqual([null, '2026-12-01', '2027-01-04'])
    expect(between.changed).toEqual(['2026-12-01', '2027-01-03'])
    const gone = planHours(between.rows, { validFrom: '2026-12-01', week: null, source: '' })
    expect(gone.rows).toEqual(first.rows)
  })

  test.each([
    [
      'a lunch that begins before the morning ends',
      {
        1: [
          ['07:30', '12:00'],
          ['11:30', '17:00'],
        ],
      },
      'week.1',
    ],
    ['closing before opening', { 2: [['17:00', '07:30']] }, 'week.2'],
    ['a time nobody reads', { 3: [['7h30', '11:30']] }, 'week.3'],
    ['a week without work', { 1: [] }, 'week'],
  ])('%s is refused at its field', (_, week, field) => {
    const change = {
      validFrom: '2027-01-04',
      week: week as unknown as Record<number, [string, string][]>,
      source: 'x',
    }
    expect(() => planHours(sampleHours, change)).toThrow(
      expect.objectContaining({
        extra: expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
      }),
    )
  })

  test('the row that goes back to the beginning cannot be taken away', () => {
    expect(() => planHours(sampleHours, { validFrom: '2020-01-01', week: null, source: '' })).toThrow()
  })
})
