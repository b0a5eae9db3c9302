import type { Limit } from '../../../src/deadlines/limit.ts'
import { applyEvents, type ClockMode, type LegalEvent } from '../../../src/deadlines/modes.ts'
import { proofText } from '../../../src/deadlines/proof.ts'
import { at, calendar, due, rulesAt } from './world.ts'

const clock = (
  received: string,
  limit: Limit,
  mode: ClockMode,
  events: [LegalEvent['kind'], string, string?][],
) =>
  applyEvents({
    calendar,
    rules: rulesAt(at(received)),
    mode,
    receivedAt: at(received),
    limit,
    events: events.map(([kind, when, document]) => ({
      kind,
      at: at(when),
      ...(document ? { document } : {}),
    })),
  })

test('a due date is told with what was counted and skipped', () => {
  const { proof } = due('2026-11-02 09:10', 7, 'working-day')
  expect(proofText(proof, 'vi')).toBe(
    'Nhận T2 02/11/2026 09:10; 7 ngày làm việc; không tính ngày nhận; bỏ T7 07/11, CN 08/11 (cuối tuần); hạn T4 11/11/2026 17:00',
  )
  expect(proofText(proof, 'en')).toBe(
    'Received Mon 02/11/2026 09:10; 7 working days; day of receipt not counted; skipping Sat 07/11, Sun 08/11 (weekend); due Wed 11/11/2026 17:00',
  )
  expect(proof).toMatchObject({ provisional: false, warnings: [] })
})

test('holidays are named with their decision, swapped days by their pair', () => {
  const { proof } = due('2026-02-13 09:00', 1, 'working-day')
  expect(proofText(proof, 'vi')).toContain('T6 20/02 (Tết Âm lịch 2026, 9859/VPCP-KGVX)')
  expect(proof.lines.find(({ day }) => day === '2026-02-17')).toMatchObject({
    kind: 'skipped',
    counted: false,
    reason: { vi: 'Tết Âm lịch 2026, 9859/VPCP-KGVX' },
    source: expect.stringContaining('thuvienphapluat.vn'),
  })
  const swapped = proofText(due('2026-08-20 09:00', 8, 'working-day').proof, 'vi')
  expect(swapped).toContain('T2 31/08 (Nghỉ hoán đổi (làm bù thứ Bảy 22/8/2026))')
  expect(swapped).toContain('tính cả T7 22/08 (Làm bù thứ Bảy cho 31/8/2026)')
})

test('a date on the undecided 24 November warns, and tells the date if the day is off', () => {
  const { proof } = due('2026-11-10 09:00', 10, 'working-day')
  expect(proof.warnings).toHaveLength(1)
  expect(proof.warnings[0]).toMatchObject({ day: '2026-11-24', dueAtIfOff: '2026-11-25T17:00+07:00' })
  expect(proofText(proof, 'vi')).toMatch(
    /hạn T3 24\/11\/2026 17:00\. T3 24\/11\/2026 chưa quyết định .*nếu nghỉ, hạn là T4 25\/11\/2026 17:00$/,
  )
})

test('calendar days that pass over an undecided day do not depend on it', () => {
  expect(due('2026-11-20 09:00', 6, 'calendar-day').proof.warnings).toEqual([])
  expect(due('2026-11-20 09:00', 4, 'calendar-day').proof.warnings).toHaveLength(1)
})

test('a date in a year without a decision is marked provisional', () => {
  const { proof } = due('2026-12-28 09:00', 5, 'working-day')
  expect(proof.provisional).toBe(true)
  expect(proofText(proof, 'vi')).toMatch(/tạm tính: chưa có quyết định ngày nghỉ năm 2027$/)
  expect(due('2026-12-24 09:00', 5, 'working-day').proof.provisional).toBe(false)
})

test('days of another year carry it, and many days of one kind are summed up', () => {
  const text = proofText(due('2025-12-30 09:00', 30, 'working-day').proof, 'vi')
  expect(text).toContain('T5 01/01/2026 (Tết Dương lịch')
  expect(text).toMatch(/\d+ ngày từ T7 03\/01\/2026 đến CN \d\d\/02\/2026 \(cuối tuần\)/)
})

test('hours name each stretch that was counted', () => {
  const { proof } = due('2026-11-06 16:00', 2, 'working-hour')
  const counted = proof.lines.filter((line) => line.counted)
  expect(counted.map(({ from, to, minutes }) => [from, to, minutes])).toEqual([
    ['2026-11-06T16:00+07:00', '2026-11-06T17:00+07:00', 60],
    ['2026-11-09T07:30+07:00', '2026-11-09T08:30+07:00', 60],
  ])
  expect(proofText(proof, 'vi')).toBe(
    'Nhận T6 06/11/2026 16:00; 2 giờ làm việc; tính ngay; bỏ T7 07/11, CN 08/11 (cuối tuần); hạn T2 09/11/2026 08:30',
  )
})

test('a restart cites its law and its document and keeps the old date', () => {
  const { proof, rounds } = clock('2026-11-02 09:10', { value: 10, unit: 'working-day' }, 'RESTART', [
    ['asked', '2026-11-05 10:00', 'phiếu 12/PBS'],
    ['complete', '2026-11-10 09:00'],
  ])
  const text = proofText(proof, 'vi')
  expect(text).toContain('yêu cầu bổ sung (phiếu 12/PBS) T5 05/11/2026 10:00')
  expect(text).toContain('đủ hồ sơ T3 10/11/2026 09:00, tính lại từ đầu (hạn cũ T2 16/11/2026 17:00)')
  expect(text).toContain('hạn T3 24/11/2026 17:00')
  expect(proof.warnings).toHaveLength(1)
  expect(proof.lines.find(({ kind }) => kind === 'restarted')?.source).toMatch(/NĐ (61|118)/)
  expect(rounds.map(({ number, cause }) => [number, cause])).toEqual([
    [1, 'received'],
    [2, 'restarted'],
  ])
})

test('a pause is told with its document, its working time and its text of law', () => {
  const state = applyEvents({
    calendar,
    rules: rulesAt(at('2026-11-02 09:10')),
    mode: 'PAUSE',
    receivedAt: at('2026-11-02 09:10'),
    limit: { value: 5, unit: 'working-day' },
    basis: 'TTHC 1.010727',
    events: [
      { kind: 'asked', at: at('2026-11-04 10:00'), document: 'phiếu 7/PBS' },
      { kind: 'complete', at: at('2026-11-05 10:00') },
    ],
  })
  expect(state.proof.lines.find(({ kind }) => kind === 'stopped')).toEqual({
    kind: 'stopped',
    from: '2026-11-04T10:00+07:00',
    to: '2026-11-05T10:00+07:00',
    counted: false,
    minutes: 480,
    reason: { vi: 'yêu cầu bổ sung (phiếu 7/PBS)', en: 'supplement requested (phiếu 7/PBS)' },
    source: 'TTHC 1.010727',
  })
  expect(proofText(state.proof, 'vi')).toContain('tính tiếp từ T5 05/11/2026 10:00, 1 ngày LV không tính')
})

test('a pause across the undecided day warns although no counted day is undecided', () => {
  const { proof } = clock('2026-11-02 09:10', { value: 5, unit: 'working-day' }, 'PAUSE', [
    ['asked', '2026-11-23 07:30'],
    ['complete', '2026-11-25 07:30'],
  ])
  expect(proof.warnings[0]).toMatchObject({ day: '2026-11-24', dueAtIfOff: '2026-11-10T17:00+07:00' })
})
