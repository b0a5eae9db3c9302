import { atLegal, isoLegal, legalDay, legalTime, machineClock, offsetClock } from '../../../src/clock.ts'

test('the legal day begins at midnight in Vietnam', () => {
  expect(legalDay(new Date('2026-11-23T16:59:59Z'))).toBe('2026-11-23')
  expect(legalDay(new Date('2026-11-23T17:00:00Z'))).toBe('2026-11-24')
  expect(legalTime(new Date('2026-11-23T17:00:00Z'))).toBe('00:00')
})

test('a wall-clock time is an instant, whatever summer time the server keeps', () => {
  // America/Los_Angeles sets its clocks on these two days.
  expect(atLegal('2026-03-08', '15:00').toISOString()).toBe('2026-03-08T08:00:00.000Z')
  expect(atLegal('2026-11-01', '15:00').toISOString()).toBe('2026-11-01T08:00:00.000Z')
  expect(isoLegal(atLegal('2026-11-01', '15:00'))).toBe('2026-11-01T15:00+07:00')
})

test('what is not a day, a time or an instant is refused', () => {
  expect(() => atLegal('2026-13-01', '15:00')).toThrow('not a legal day and time')
  expect(() => atLegal('2026-11-01', '25:00')).toThrow('not a legal day and time')
  expect(() => legalDay(new Date('nonsense'))).toThrow('not an instant')
})

test('the clock of the demonstration is ahead of the machine, never behind it', () => {
  const day = 86_400_000
  const ahead =
    offsetClock(() => day)
      .now()
      .getTime() - machineClock.now().getTime()
  expect(Math.round(ahead / 60_000)).toBe(1440)
  const behind =
    offsetClock(() => -day)
      .now()
      .getTime() - machineClock.now().getTime()
  expect(Math.round(behind / 60_000)).toBe(0)
})
