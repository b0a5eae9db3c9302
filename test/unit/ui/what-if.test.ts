import { explain } from '../../../src/deadlines/explain.ts'
import { Question } from '../../../src/deadlines/explain-schema.ts'
import { shippedCalendars } from '../../../src/deadlines/shipped-calendars.ts'
import { daysOf, monthsOf } from '../../../ui/src/citizen/what-if/days.ts'
import { addressOf, nextKinds, questionOf, triedIn } from '../../../ui/src/citizen/what-if/question.ts'

const NOW = Date.parse('2026-11-02T09:00:00+07:00')
const tried = (address: string) => triedIn(new URLSearchParams(address), NOW)
const drawn = (address: string) =>
  daysOf(explain(Question.parse(questionOf(tried(address))), shippedCalendars()).proof)
const look = (days: ReturnType<typeof drawn>, day: string) => [days.get(day)?.look, days.get(day)?.number]

describe('the small calendar of a tried due date', () => {
  test('numbers the days that count, up to the due date', () => {
    const days = drawn('nhan=2026-11-02T09:10&han=7&dv=working-day')
    expect(look(days, '2026-11-02')).toEqual(['received', null])
    expect(look(days, '2026-11-03')).toEqual(['counted', 1])
    expect(look(days, '2026-11-07')).toEqual(['skipped', null])
    expect(look(days, '2026-11-11')).toEqual(['due', 7])
    expect(days.has('2026-11-12')).toBe(false)
  })

  test('shows what was counted before papers were asked for as earlier, and numbers anew', () => {
    const days = drawn(
      'nhan=2026-11-02T09:10&han=10&dv=working-day&sk=asked@2026-11-05T10:00&sk=complete@2026-11-10T09:00',
    )
    expect(look(days, '2026-11-04')).toEqual(['earlier', null])
    expect(look(days, '2026-11-08')).toEqual(['stopped', null])
    expect(look(days, '2026-11-11')).toEqual(['counted', 1])
    expect(look(days, '2026-11-24')).toEqual(['due', 10])
  })

  test('marks an undecided day on which the date depends', () => {
    const days = drawn('nhan=2026-11-12T09:00&han=10&dv=working-day')
    expect(look(days, '2026-11-24')).toEqual(['undecided', 8])
  })

  test('numbers nothing where a wait has cut days in two', () => {
    const days = drawn(
      'nhan=2026-11-02T09:10&han=5&dv=working-day&cach=PAUSE&sk=asked@2026-11-04T10:00&sk=complete@2026-11-05T14:00',
    )
    expect([...days.values()].every(({ number }) => number === null)).toBe(true)
  })

  test('reaches over the turn of a year, month by month', () => {
    expect(monthsOf(drawn('nhan=2026-11-30T09:10&han=45&dv=working-day'))).toEqual([
      [2026, 11],
      [2026, 12],
      [2027, 1],
      [2027, 2],
    ])
  })
})

describe('the address of a tried due date', () => {
  test('keeps everything that was asked', () => {
    const asked =
      'nhan=2026-11-02T09%3A10&han=10&dv=month&cach=PAUSE&sk=asked%402026-11-05T10%3A00&cq=T00.X01&biet=2026-01-01'
    expect(addressOf(tried(asked)).toString()).toBe(asked)
    expect(questionOf(tried(asked))).toEqual({
      received: '2026-11-02T09:10:00+07:00',
      limit: { value: 10, unit: 'month' },
      mode: 'PAUSE',
      events: [{ kind: 'asked', at: '2026-11-05T10:00:00+07:00' }],
      agency: 'T00.X01',
      asOf: '2026-01-01',
    })
  })

  test('with nonsense in it asks nothing impossible', () => {
    expect(tried('han=x&dv=week&cach=STOP&sk=what@ever')).toMatchObject({
      value: 1,
      unit: 'working-day',
      mode: 'RESTART',
      events: [],
    })
    expect(questionOf(tried('nhan=2026-11-02T25:00'))).toBeUndefined()
  })

  test('offers only events that can follow', () => {
    const next = (kind: string) => nextKinds(tried(`sk=${kind}@2026-11-05T10:00`).events)
    expect(next('asked')).toEqual(['complete', 'finished'])
    expect(next('excluded')).toEqual(['resumed', 'finished'])
    expect(next('finished')).toEqual([])
  })
})
