import type { ProofLine } from '../../../ui/src/app/api-types.ts'
import { daysOf } from '../../../ui/src/shared/proof-days.ts'

const line = (kind: ProofLine['kind'], day: string, counted = kind === 'counted'): ProofLine => ({
  kind,
  day,
  counted,
  reason: { vi: kind },
  source: '',
})

test('counted days are numbered in order, skipped ones are not, and the due day is marked', () => {
  const days = daysOf([
    line('received', '2026-11-20'),
    line('skipped', '2026-11-21'),
    line('skipped', '2026-11-22'),
    line('counted', '2026-11-23'),
    line('counted', '2026-11-24'),
    {
      kind: 'due',
      day: '2026-11-24',
      to: '2026-11-24T17:00:00+07:00',
      counted: false,
      reason: { vi: 'hạn' },
      source: '',
    },
  ])
  expect(days.map(({ number }) => number)).toEqual([null, null, null, 1, 2])
  expect(days.filter(({ due }) => due).map(({ day }) => day)).toEqual(['2026-11-24'])
})

test('a stretch given by two instants covers every legal day between them', () => {
  const stopped: ProofLine = {
    kind: 'stopped',
    from: '2026-11-05T23:30:00Z',
    to: '2026-11-08T01:00:00Z',
    counted: false,
    reason: { vi: 'chờ bổ sung' },
    source: '',
  }
  expect(daysOf([stopped]).map(({ day }) => day)).toEqual(['2026-11-06', '2026-11-07', '2026-11-08'])
})

test('of a count that was begun anew only the new one is numbered, up to the limit', () => {
  const days = daysOf([
    line('received', '2026-12-11'),
    line('counted', '2026-12-14'),
    line('counted', '2026-12-15'),
    line('counted', '2026-12-18'),
    line('stopped', '2026-12-16', false),
    { ...line('restarted', '2026-12-17', false), day: undefined, from: '2026-12-17T13:13:00+07:00' },
    line('first-day', '2026-12-17', false),
    line('counted', '2026-12-18'),
    line('skipped', '2026-12-19'),
    line('counted', '2026-12-21'),
    line('due', '2026-12-21', false),
  ])
  expect(days.map(({ day, number }) => [day.slice(8), number])).toEqual([
    ['11', null],
    ['14', null],
    ['15', null],
    ['16', null],
    ['17', null],
    ['18', 1],
    ['19', null],
    ['21', 2],
  ])
})
