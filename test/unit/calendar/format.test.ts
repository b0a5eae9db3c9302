import { formatDay, formatLegal, formatRemaining, formatWorkingTime } from '../../../src/calendar/format.ts'

test('an instant is written with its weekday on the legal clock', () => {
  const instant = new Date('2026-11-24T10:00:00Z')
  expect(formatLegal(instant, 'vi')).toBe('T3 24/11/2026 17:00')
  expect(formatLegal(instant, 'en')).toBe('Tue 24/11/2026 17:00')
  expect(formatLegal(new Date('2026-11-28T17:30:00Z'), 'vi')).toBe('CN 29/11/2026 00:30')
  expect(formatDay('2026-11-28', 'vi')).toBe('T7 28/11/2026')
})

test.each([
  [180, '3 giờ LV', '3 hours (working time)'],
  [1020, '2 ngày 1 giờ LV', '2 days 1 hour (working time)'],
  [480, '1 ngày LV', '1 day (working time)'],
  [45, '45 phút LV', '45 minutes (working time)'],
  [0, '0 phút LV', '0 minutes (working time)'],
  [541, '1 ngày 1 giờ 1 phút LV', '1 day 1 hour 1 minute (working time)'],
])('%i working minutes are %s', (minutes, vi, en) => {
  expect(formatWorkingTime(minutes, 'vi')).toBe(vi)
  expect(formatWorkingTime(minutes, 'en')).toBe(en)
})

test('a working day in words is as long as the agency’s day', () => {
  expect(formatWorkingTime(900, 'vi', 450)).toBe('2 ngày LV')
})

test('time left and time overdue are told apart by words', () => {
  expect(formatRemaining(180, 'vi')).toBe('còn 3 giờ LV')
  expect(formatRemaining(-1020, 'vi')).toBe('trễ 2 ngày 1 giờ LV')
  expect(formatRemaining(-60, 'en')).toBe('1 hour late (working time)')
})
