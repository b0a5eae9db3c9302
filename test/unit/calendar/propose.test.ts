import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { sampleHours } from '../../../src/calendar/hours.ts'
import { daysKnownOn } from '../../../src/calendar/known.ts'
import { proposeYear } from '../../../src/calendar/propose.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'

const daysOff = (year: number) =>
  shippedDays
    .filter(({ date, kind, swapWith }) => date.startsWith(String(year)) && kind !== 'undecided' && !swapWith)
    .map(({ date }) => date)

test.each([2021, 2022, 2023, 2024, 2025, 2026])(
  'the proposal for %i is what was decided, swaps left out',
  (year) => {
    const proposed = proposeYear(year).filter(({ kind }) => kind !== 'undecided')
    expect(proposed.map(({ date }) => date)).toEqual(daysOff(year))
  },
)

test.each([2019, 2027, 2028, 2029, 2030, 2031, 2040])(
  'a proposed year %i has eleven holidays, each at a weekend replaced once, and contradicts nothing',
  (year) => {
    const days = proposeYear(year)
    expect(days.filter(({ kind }) => kind === 'holiday')).toHaveLength(11)
    expect(days.every(({ verified }) => !verified)).toBe(true)
    const weekend = days.filter(
      ({ date, kind }) => kind === 'holiday' && [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay()),
    )
    const inLieu = days.flatMap(({ substitutesFor }) => substitutesFor ?? [])
    expect(inLieu.toSorted()).toEqual(weekend.map(({ date }) => date))
    expect(() => buildCalendar(days, sampleHours)).not.toThrow()
  },
)

test('a year without a decision is worked with the proposal and says so', () => {
  const calendar = buildCalendar(shippedDays, sampleHours)
  expect(calendar.explain('2027-02-08')).toMatchObject({
    working: false,
    provisional: true,
    verified: false,
    text: { vi: 'Tết Âm lịch 2027', en: 'Tết 2027' },
  })
  expect(calendar.explain('2027-03-01')).toMatchObject({ working: true, provisional: true })
  expect(calendar.explain('2026-03-02')).toMatchObject({ working: true, provisional: false })
})

test('24 November stays an undecided working day in years to come', () => {
  const calendar = buildCalendar(shippedDays, sampleHours)
  expect(calendar.explain('2026-11-24')).toMatchObject({ working: true, why: 'undecided', verified: false })
  expect(calendar.explain('2027-11-24')).toMatchObject({ working: true, why: 'undecided', provisional: true })
  expect(calendar.explain('2025-11-24').why).toBe('working')
})

test('the calendar as known before a decision is the proposal, without the swap made later', () => {
  const known = (day: string) => buildCalendar(daysKnownOn(shippedDays, day), sampleHours)
  expect(known('2025-06-01').explain('2026-02-16')).toMatchObject({ working: false, provisional: true })
  expect(known('2025-12-10').explain('2026-01-02')).toMatchObject({ working: true, provisional: false })
  expect(known('2025-12-25').explain('2026-01-02')).toMatchObject({ working: false, why: 'swapped-off' })
})
