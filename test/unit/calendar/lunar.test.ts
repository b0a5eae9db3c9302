import { lunarToSolar, newYearDay } from '../../../src/calendar/lunar.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'

// Days as kept in Vietnam (UTC+7). 1968, 1985, 2007, 2030 and 2053 differ from the Chinese New Year.
test.each([
  ['1968-01-29'],
  ['1975-02-11'],
  ['1985-01-21'],
  ['1986-02-09'],
  ['1995-01-31'],
  ['2000-02-05'],
  ['2004-01-22'],
  ['2007-02-17'],
  ['2008-02-07'],
  ['2012-01-23'],
  ['2015-02-19'],
  ['2018-02-16'],
  ['2020-01-25'],
  ['2027-02-06'],
  ['2028-01-26'],
  ['2030-02-02'],
  ['2033-01-31'],
  ['2053-02-18'],
])('the lunar year of %s begins on that day', (day) => {
  expect(newYearDay(Number(day.slice(0, 4)))).toBe(day)
})

test.each([2021, 2022, 2023, 2024, 2025, 2026])(
  'new year’s day of %i lies in the published Tết block',
  (year) => {
    const block = shippedDays
      .filter(({ date, name }) => name.vi === `Tết Âm lịch ${year}` && date.startsWith(String(year)))
      .map(({ date }) => date)
    expect(block).toHaveLength(5)
    expect(block.slice(1, 3)).toContain(newYearDay(year))
  },
)

test.each([2021, 2022, 2023, 2024, 2025, 2026])('Giỗ Tổ of %i is the published 10/3', (year) => {
  const published = shippedDays.find(
    ({ date, name, kind }) =>
      kind === 'holiday' && name.vi.startsWith('Giỗ Tổ') && date.startsWith(String(year)),
  )
  expect(lunarToSolar(year, 3, 10)).toBe(published?.date)
})

test('the mid-autumn festival of a year with a leap sixth month comes after it', () => {
  expect(lunarToSolar(2025, 8, 15)).toBe('2025-10-06')
  expect(lunarToSolar(2024, 8, 15)).toBe('2024-09-17')
})
