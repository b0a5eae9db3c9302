import { addDays } from '../../../src/calendar/day.ts'
import { type RuleId, type RuleRow, rulesOn, shippedRules } from '../../../src/deadlines/rules.ts'

const IDS = [...new Set(shippedRules.map(({ id }) => id))]

test.each(IDS)('the rows of %s follow each other without gap or overlap, each with its source', (id) => {
  const rows = shippedRules
    .filter((row) => row.id === id)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  expect(rows[0]!.validFrom <= '2018-06-21').toBe(true)
  expect(rows.at(-1)!.validTo).toBeNull()
  const starts = rows.slice(1).map(({ validFrom }) => validFrom)
  expect(starts).toEqual(rows.slice(0, -1).map(({ validTo }) => addDays(validTo!, 1)))
  expect(rows.every(({ source }) => source.length > 10)).toBe(true)
})

test('what rests on NĐ 118/2025, which nobody read at source, is not called verified', () => {
  const rows = shippedRules.filter(({ source }) => source.includes('NĐ 118/2025'))
  expect(rows.length).toBeGreaterThanOrEqual(5)
  expect(rows.every(({ verified }) => !verified)).toBe(true)
})

test('a dossier of 2024 is computed by the rules of 2024', () => {
  expect(rulesOn('2024-05-06').restart.source).toContain('NĐ 61/2018')
  expect(rulesOn('2025-06-30').restart.source).toContain('NĐ 61/2018')
  expect(rulesOn('2025-07-01').restart.source).toContain('NĐ 118/2025')
})

test('a province may have its own row', () => {
  const own: RuleRow<'apologyBy'> = {
    id: 'apologyBy',
    value: { workingDaysBefore: 2 },
    source: 'quy chế của tỉnh mẫu',
    validFrom: '2026-01-01',
    validTo: null,
    verified: false,
    province: 'sample',
  }
  const rows: RuleRow<RuleId>[] = [...shippedRules, own]
  expect(rulesOn('2026-11-02', rows, 'sample').apologyBy.value.workingDaysBefore).toBe(2)
  expect(rulesOn('2025-11-02', rows, 'sample').apologyBy.value.workingDaysBefore).toBe(1)
  expect(rulesOn('2026-11-02', rows).apologyBy.value.workingDaysBefore).toBe(1)
})

test('before the first decree there is no rule, and the error says for which day', () => {
  expect(() => rulesOn('2018-06-20')).toThrow('2018-06-20')
})
