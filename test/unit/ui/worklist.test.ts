import { formatRemaining } from '../../../src/calendar/format.ts'
import type { TaskSummary, WorklistRow } from '../../../ui/src/app/api-types.ts'
import { SHOWN_MS, type Typed, typed } from '../../../ui/src/desk/code-buffer.ts'
import { byClock } from '../../../ui/src/desk/worklist/grouping.ts'
import { countChanges, type Kept, refreshed } from '../../../ui/src/desk/worklist/news.ts'
import { inARow } from '../../../ui/src/desk/worklist/row-words.ts'
import { fromAddress, toAddress, toRequest } from '../../../ui/src/desk/worklist/view-address.ts'

const work = (id: string, minutes: number | null, due = '2026-11-27T17:00:00+07:00') =>
  ({
    id,
    dossierCode: id,
    stepDueAt: due,
    dossierDueAt: due,
    stepRemainingMinutes: minutes,
    note: '',
    group: 'later',
  }) as TaskSummary & WorklistRow
const kept = (rows: WorklistRow[], total = rows.length, next: string | null = null): Kept => ({
  rows,
  next,
  groups: { overdue: 0, today: 0, tomorrow: 0, week: 0, later: total },
})

test('work is ordered by the working time left in its step, and work without a limit comes last', () => {
  const list = [work('c', null), work('a', 300), work('b', -20)]
  expect(list.sort(byClock).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
})

test('the time a step has left is short enough for its column in both languages', () => {
  expect(inARow(formatRemaining(-1535, 'en'))).toBe('3 d 1 h 35 min late')
  expect(inARow(formatRemaining(60, 'en'))).toBe('1 h left')
  expect(inARow(formatRemaining(-1535, 'vi'))).toBe('trễ 3 ngày 1 giờ 35 phút LV')
})

describe('news of a list', () => {
  test('are counted: one row came, one went, one has a new limit', () => {
    const shown = kept([work('a', 1), work('b', 2), work('c', 3)])
    const latest = kept([work('b', 2), work('c', 3, '2026-11-30T17:00:00+07:00'), work('d', 4)])
    expect(countChanges(shown, latest)).toBe(3)
    expect(countChanges(shown, shown)).toBe(0)
  })

  test('what a newcomer pushes onto the next page has not gone', () => {
    const shown = kept([work('a', 1), work('b', 2), work('c', 3), work('d', 4)], 9, 'd')
    expect(countChanges(shown, kept([work('new', 0), work('a', 1)], 10, 'a'))).toBe(1)
  })

  test('what goes beyond the first page shows in the totals', () => {
    const shown = kept([work('a', 1), work('b', 2)], 500, 'b')
    expect(countChanges(shown, kept([work('a', 1), work('b', 2)], 497, 'b'))).toBe(3)
  })

  test('until the reader asks, rows keep their places and only their words change', () => {
    const shown = [work('a', 1), work('b', 2)]
    const latest = [
      { ...work('b', 2), note: 'mới' },
      work('z', 0),
      work('a', 90, '2026-12-01T17:00:00+07:00'),
    ]
    const rows = refreshed(shown, latest)
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(rows[0]!.stepDueAt).toBe(shown[0]!.stepDueAt)
    expect(rows[1]!.note).toBe('mới')
  })
})

describe('the address of a list', () => {
  test('says all of it, so that a copied one shows the same list', () => {
    const view = {
      tab: 'unclaimed',
      procedure: '1.013225',
      group: 'overdue',
      flag: 'late',
      text: 'Nguyễn 0001',
      columns: ['dossier', 'due'],
      density: 'comfortable',
    } as const
    expect(fromAddress(new URLSearchParams(toAddress({ ...view, columns: [...view.columns] })))).toEqual(view)
    expect(toRequest({ ...view, columns: [...view.columns] })).toBe(
      'tab=unclaimed&procedure=1.013225&group=overdue&flag=late&text=Nguy%E1%BB%85n+0001',
    )
  })

  test('that somebody has spoilt shows one’s own work', () => {
    const spoilt = fromAddress(new URLSearchParams('xem=all&nhom=x&dau=y&cot=due,evil&gian=huge'))
    expect(spoilt).toEqual({ tab: 'mine' })
  })
})

describe('a code typed outside any field', () => {
  const NONE: Typed = { text: '', at: 0, quick: false }
  const type = (keys: string[], gap: number, singleKeys = true) =>
    keys.reduce((now, key, n) => typed(now, key, 1000 + n * gap, singleKeys), NONE)

  test('by a hand: four digits and Enter open the dossier', () => {
    expect(type([...'0012', 'Enter'], 400).open).toBe('0012')
  })
  test('by a scanner: the whole code, letters and all', () => {
    expect(type([...'T00.X01-261102-0001', 'Enter'], 8).open).toBe('T00.X01-261102-0001')
  })
  test('three digits, a word or digits long ago open nothing', () => {
    expect(type([...'012', 'Enter'], 400).open).toBeUndefined()
    expect(type([...'jknau', 'Enter'], 200).open).toBeUndefined()
    expect(type([...'0012', 'Enter'], 2_000).open).toBeUndefined()
  })
  test('whoever reads the hint before pressing Enter opens the dossier as long as the hint stands', () => {
    const digits = type([...'0012'], 400)
    expect(typed(digits, 'Enter', digits.at + 5_000, true).open).toBe('0012')
    expect(typed(digits, 'Enter', digits.at + SHOWN_MS + 1, true).open).toBeUndefined()
  })
  test('with single keys off a hand types nothing, and a scanner still does', () => {
    expect(type([...'0012', 'Enter'], 400, false).open).toBeUndefined()
    expect(type([...'T00.X01-261102-0001', 'Enter'], 8, false).open).toBe('T00.X01-261102-0001')
  })
  test('letters typed by hand are shortcuts, not the beginning of a code', () => {
    expect(type([...'jk'], 300)).toMatchObject({ text: '', quick: false })
    expect(type([...'jjjjjj'], 30)).toMatchObject({ text: '', quick: false })
  })
})
