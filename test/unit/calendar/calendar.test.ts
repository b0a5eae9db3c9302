import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { officeWeek, sampleHours, type WorkingHours } from '../../../src/calendar/hours.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'
import { isoLegal } from '../../../src/clock.ts'

const calendar = buildCalendar(shippedDays, sampleHours)
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const hours = (week: WorkingHours['week'], validFrom: string | null = null): WorkingHours => ({
  validFrom,
  week,
  source: 'test',
  verified: false,
})

test('every shipped day keeps its source, and every English name', () => {
  expect(shippedDays.filter(({ source, name }) => !source || !name.en)).toEqual([])
  // The six years of holidays.json and one announced day.
  expect(shippedDays).toHaveLength(91)
})

test.each([
  ['2026-11-02', true, 'working', 'ngày làm việc'],
  ['2026-11-07', false, 'weekend', 'cuối tuần'],
  ['2026-02-17', false, 'holiday', 'Tết Âm lịch 2026, 9859/VPCP-KGVX'],
  ['2026-04-27', false, 'substitute', 'Nghỉ bù Giỗ Tổ Hùng Vương, 9859/VPCP-KGVX'],
  ['2026-01-02', false, 'swapped-off', 'Nghỉ hoán đổi (làm bù thứ Bảy 10/01/2026), 12729/VPCP-KGVX'],
  ['2026-01-10', true, 'swapped-working-day', 'Làm bù thứ Bảy cho 02/01/2026, 12729/VPCP-KGVX'],
  ['2026-11-24', true, 'undecided', 'Ngày Văn hóa Việt Nam: chưa có quyết định nghỉ'],
])('%s: worked %s, because %s', (day, working, why, vi) => {
  const explanation = calendar.explain(day)
  expect(explanation).toMatchObject({ day, working, why, text: { vi } })
  expect(explanation.source).not.toBe('')
})

test('working days are counted over days off, both ways', () => {
  expect(calendar.nextWorkingDay('2026-02-13')).toBe('2026-02-23')
  expect(calendar.previousWorkingDay('2026-02-23')).toBe('2026-02-13')
  expect(calendar.addWorkingDays('2026-11-02', 7)).toBe('2026-11-11')
  expect(calendar.addWorkingDays('2026-11-11', -7)).toBe('2026-11-02')
  expect(calendar.addWorkingDays('2026-11-07', 0)).toBe('2026-11-07')
})

test('a day opens and closes on the legal clock, a day off does neither', () => {
  expect(isoLegal(calendar.openOfWork('2026-11-02'))).toBe('2026-11-02T07:30+07:00')
  expect(isoLegal(calendar.closeOfWork('2026-11-02'))).toBe('2026-11-02T17:00+07:00')
  expect(() => calendar.closeOfWork('2026-11-07')).toThrow('2026-11-07 is a day off')
  expect(calendar.sessions('2026-11-07')).toEqual([])
})

test('lunch, nights and days off are no working time', () => {
  const minutes = (from: string, to: string) => calendar.workingMinutesBetween(at(from), at(to))
  expect(minutes('2026-11-02 11:00', '2026-11-02 13:30')).toBe(60)
  expect(minutes('2026-11-02 11:30', '2026-11-02 13:00')).toBe(0)
  expect(minutes('2026-11-06 16:00', '2026-11-09 08:30')).toBe(120)
  expect(minutes('2026-02-13 17:00', '2026-02-23 07:30')).toBe(0)
  expect(minutes('2026-11-09 08:30', '2026-11-06 16:00')).toBe(-120)
})

test('going back in working time stops at the latest moment', () => {
  const back = (from: string, count: number) => isoLegal(calendar.addWorkingMinutes(at(from), -count))
  expect(back('2026-11-09 08:30', 120)).toBe('2026-11-06T16:00+07:00')
  expect(back('2026-11-09 13:30', 60)).toBe('2026-11-09T11:00+07:00')
  expect(back('2026-11-09 09:30', 120)).toBe('2026-11-09T07:30+07:00')
})

test('an agency that opens on Saturday morning has a half day then', () => {
  const week = { ...officeWeek([['07:30', '11:30'] as [string, string], ['13:00', '17:00']]) }
  const half = buildCalendar(shippedDays, [hours({ ...week, 6: [['07:30', '11:30']] })])
  expect(isoLegal(half.closeOfWork('2026-11-07'))).toBe('2026-11-07T11:30+07:00')
  expect(half.addWorkingDays('2026-11-06', 1)).toBe('2026-11-07')
  expect(half.fullDayMinutes).toBe(480)
})

test('a Saturday worked for a swapped weekday has the hours of that weekday', () => {
  const half = buildCalendar(shippedDays, [
    hours({
      ...officeWeek([['08:00', '12:00'] as [string, string], ['13:00', '17:00']]),
      1: [['08:00', '12:00']],
    }),
  ])
  expect(isoLegal(half.closeOfWork('2026-08-22'))).toBe('2026-08-22T12:00+07:00')
  expect(isoLegal(half.closeOfWork('2026-01-10'))).toBe('2026-01-10T17:00+07:00')
})

test('new working hours hold from their first day on', () => {
  const summer = buildCalendar(shippedDays, [
    hours(
      officeWeek([
        ['07:30', '11:30'],
        ['13:00', '17:00'],
      ]),
    ),
    hours(
      officeWeek([
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ]),
      '2026-04-15',
    ),
  ])
  expect(isoLegal(summer.openOfWork('2026-04-14'))).toBe('2026-04-14T07:30+07:00')
  expect(isoLegal(summer.openOfWork('2026-04-15'))).toBe('2026-04-15T07:00+07:00')
})

test.each([
  [[['17:00', '07:30']], 'overlap'],
  [
    [
      ['07:30', '11:30'],
      ['11:00', '17:00'],
    ],
    'overlap',
  ],
  [[['7:30', '11:30']], 'HH:mm'],
  [[['07:30', '25:00']], 'HH:mm'],
])('working hours %j are refused', (spans, message) => {
  expect(() => buildCalendar(shippedDays, [hours(officeWeek(spans as [string, string][]))])).toThrow(message)
})

test('a week without any session is refused', () => {
  expect(() => buildCalendar(shippedDays, [hours({})])).toThrow('a week without any session')
})
