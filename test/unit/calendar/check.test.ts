import type { CalendarProblem } from '../../../src/calendar/check.ts'
import { CalendarError, readCalendarImport } from '../../../src/calendar/check.ts'

const day = (date: string, more: Record<string, unknown> = {}) => ({
  date,
  name: { vi: 'Nghỉ lễ' },
  kind: 'holiday',
  source: 'quyết định mẫu',
  verified: false,
  ...more,
})
const read = (days: unknown[], timeZone = 'Asia/Ho_Chi_Minh') => readCalendarImport({ timeZone, days })

function problemsOf(days: unknown[], timeZone?: string): CalendarProblem[] {
  try {
    read(days, timeZone)
  } catch (error) {
    if (error instanceof CalendarError) return error.problems
    throw error
  }
  return []
}

const swap = [
  day('2027-02-11', { kind: 'substitute', swapWith: '2027-02-20' }),
  day('2027-02-20', { kind: 'swapped-working-day', swapWith: '2027-02-11' }),
]

test('a sound import is read as it is', () => {
  expect(read([day('2027-01-01'), ...swap])).toHaveLength(3)
})

test.each<[string, unknown[], string | undefined, string]>([
  ['a day given twice', [day('2027-01-01'), day('2027-01-01')], undefined, 'days[1].date'],
  ['a swap whose working day is missing', [swap[0]], undefined, 'days[0].swapWith'],
  ['a swap whose day off is missing', [swap[1]], undefined, 'days[0].swapWith'],
  [
    'a swap that names another day',
    [swap[0], { ...swap[1], swapWith: '2027-02-12' }],
    undefined,
    'days[0].swapWith',
  ],
  [
    'a worked day without its pair named',
    [day('2027-02-20', { kind: 'swapped-working-day' })],
    undefined,
    'days[0].swapWith',
  ],
  [
    'a made-up day in the week',
    [
      day('2027-02-11', { kind: 'substitute', swapWith: '2027-02-12' }),
      day('2027-02-12', { kind: 'swapped-working-day', swapWith: '2027-02-11' }),
    ],
    undefined,
    'days[1].date',
  ],
  ['another time zone', [day('2027-01-01')], 'UTC', 'timeZone'],
  ['an instant instead of a day', [day('2027-01-01T00:00:00Z')], undefined, 'days[0].date'],
  ['the order of another country', [day('01/02/2027')], undefined, 'days[0].date'],
  ['a day that does not exist', [day('2027-02-29')], undefined, 'days[0].date'],
  [
    'a day in lieu of no holiday',
    [day('2027-01-04', { kind: 'substitute', substitutesFor: '2027-01-02' })],
    undefined,
    'days[0].substitutesFor',
  ],
  ['an unknown kind', [day('2027-01-01', { kind: 'off' })], undefined, 'days[0].kind'],
  ['a day without a source', [day('2027-01-01', { source: '' })], undefined, 'days[0].source'],
  ['no days at all', [], undefined, 'days'],
])('%s is refused with the field and the mend', (_, days, timeZone, field) => {
  const problems = problemsOf(days, timeZone)
  expect(problems.map((problem) => problem.field)).toContain(field)
  for (const { problem, mend } of problems)
    for (const text of [problem.vi, problem.en, mend.vi, mend.en]) expect(text.length).toBeGreaterThan(10)
})
