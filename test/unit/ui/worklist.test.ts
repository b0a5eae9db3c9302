import type { TaskSummary } from '../../../ui/src/app/api-types.ts'
import { byClock, countChanges, grouped, groupOf, refreshed } from '../../../ui/src/desk/worklist/grouping.ts'

/** Friday 20/11/2026 09:12 in Vietnam. */
const FRIDAY = Date.parse('2026-11-20T09:12:00+07:00')
const dated = (stepDueAt: string | null, dossierDueAt: string | null = null) => ({
  stepDueAt,
  dossierDueAt,
  stepRemainingMinutes: 0,
})
const work = (id: string, minutes: number | null, due = '2026-11-27T17:00:00+07:00') =>
  ({
    id,
    dossierCode: id,
    stepDueAt: due,
    dossierDueAt: due,
    stepRemainingMinutes: minutes,
    note: '',
  }) as TaskSummary

test.each([
  ['2026-11-20T09:11:59+07:00', 'overdue'],
  ['2026-11-20T17:00:00+07:00', 'today'],
  ['2026-11-20T23:59:00+07:00', 'today'],
  ['2026-11-21T11:30:00+07:00', 'tomorrow'],
  ['2026-11-22T17:00:00+07:00', 'week'],
  ['2026-11-23T17:00:00+07:00', 'later'],
])('on a Friday a step due %s stands under %s', (due, group) => {
  expect(groupOf(dated(due), FRIDAY)).toBe(group)
})

test('on a Sunday the week is over: Tuesday stands under later', () => {
  const sunday = Date.parse('2026-11-22T09:00:00+07:00')
  expect(groupOf(dated('2026-11-24T17:00:00+07:00'), sunday)).toBe('later')
})

test('a step without a limit of its own stands where its dossier is due', () => {
  expect(groupOf(dated(null, '2026-11-20T17:00:00+07:00'), FRIDAY)).toBe('today')
  expect(groupOf(dated(null), FRIDAY)).toBe('later')
})

test('work is ordered by the working time left in its step, and work without a limit comes last', () => {
  const list = [work('c', null), work('a', 300), work('b', -20)]
  expect(list.sort(byClock).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
})

test('groups without work are not shown', () => {
  expect(grouped([work('a', 900)], FRIDAY).map(([group]) => group)).toEqual(['later'])
})

test('news are counted: one row came, one went, one has a new limit', () => {
  const shown = [work('a', 1), work('b', 2), work('c', 3)]
  const latest = [work('b', 2), work('c', 3, '2026-11-30T17:00:00+07:00'), work('d', 4)]
  expect(countChanges(shown, latest)).toBe(3)
  expect(countChanges(shown, shown)).toBe(0)
})

test('until the reader asks, rows keep their places and only their words change', () => {
  const shown = [work('a', 1), work('b', 2)]
  const latest = [
    { ...work('b', 2), note: 'mới' },
    work('z', 0),
    { ...work('a', 90, '2026-12-01T17:00:00+07:00') },
  ]
  const rows = refreshed(shown, latest)
  expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(rows[0]!.stepDueAt).toBe(shown[0]!.stepDueAt)
  expect(rows[1]!.note).toBe('mới')
})
