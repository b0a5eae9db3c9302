import { type ApologyFacts, type Fault, faultsOf, outcomeOf } from '../../../src/verify/apology-rules.ts'
import { at } from './world.ts'

const letter = (delivered: string, more: Partial<ApologyFacts['letters'][number]> = {}) => ({
  id: delivered,
  deliveredAt: at(delivered),
  isOfRound: true,
  isWhole: true,
  newDueAt: at('2026-11-16 17:00'),
  isProved: true,
  ...more,
})
const finding = {
  id: 'f',
  at: at('2026-11-10 17:00'),
  reason: 'in-signature',
  isChanged: false,
  owner: { unit: { vi: 'Lãnh đạo' }, person: 'Bà A' },
}
/** Due Wednesday 11/11, so the apology by Tuesday 10/11 17:00; it left an hour before. */
const told: ApologyFacts = {
  id: 'd',
  code: 'HS-1',
  isLate: true,
  isOpen: false,
  isLateAgain: false,
  isGivenBefore: false,
  apologyBy: at('2026-11-10 17:00'),
  reappointedDueAt: at('2026-11-16 17:00'),
  letters: [letter('2026-11-10 16:00')],
  gone: [],
  timesReappointed: 1,
  finding: null,
  hasFindingAgain: false,
}
const late = { ...told, letters: [letter('2026-11-11 09:00')], finding }
const none = { ...told, letters: [], reappointedDueAt: null, timesReappointed: 0, finding }

test('a letter is in time until the minute of its limit', () => {
  expect(outcomeOf(told)).toBe('in-time')
  expect(outcomeOf({ ...told, letters: [letter('2026-11-10 17:00')] })).toBe('in-time')
  expect(outcomeOf({ ...told, letters: [letter('2026-11-10 17:01')] })).toBe('late')
  expect(outcomeOf(none)).toBe('none')
})

test('a letter of an earlier round apologises for nothing in this one', () =>
  expect(outcomeOf({ ...told, letters: [letter('2026-11-10 16:00', { isOfRound: false })] })).toBe('none'))

test('in time, late with its finding, and none with its finding are whole', () =>
  expect([told, late, none].flatMap(faultsOf)).toEqual([]))

test.each<[string, Partial<ApologyFacts>, Fault]>([
  ['late without a finding', { ...late, finding: null }, 'no-finding'],
  ['no letter and no finding', { ...none, finding: null }, 'no-finding'],
  ['a finding without a reason', { ...late, finding: { ...finding, reason: null } }, 'no-reason'],
  [
    'a finding of which the trail says otherwise',
    { ...late, finding: { ...finding, isChanged: true } },
    'finding-changed',
  ],
  ['a finding without an owner', { ...late, finding: { ...finding, owner: null } }, 'no-owner'],
  ['a letter of which only the trail knows', { ...none, gone: ['l'] }, 'letter-gone'],
  [
    'a delivery at an instant of which the trail knows nothing',
    { letters: [letter('2026-11-10 16:00', { isProved: false })] },
    'delivery-changed',
  ],
  ['a letter without signature', { letters: [letter('2026-11-10 16:00', { isWhole: false })] }, 'not-whole'],
  [
    'two letters with a new date each',
    {
      letters: [letter('2026-11-10 15:00'), letter('2026-11-10 16:00', { newDueAt: at('2026-11-20 17:00') })],
    },
    'two-dates',
  ],
  ['a dossier that was given two new dates', { timesReappointed: 2 }, 'two-dates'],
  ['a new date that no letter gave', { reappointedDueAt: at('2026-11-20 17:00') }, 'two-dates'],
  ['the new date missed without its finding', { isLateAgain: true }, 'no-finding-again'],
])('%s is a fault', (_, more, fault) => expect(faultsOf({ ...told, ...more })).toContain(fault))

test('late after papers that came once the new date was given, it owes no second apology but that finding', () => {
  const again = { ...none, timesReappointed: 1, finding: null, isLateAgain: true, isGivenBefore: true }
  expect(faultsOf(again)).toEqual(['no-finding-again'])
  expect(faultsOf({ ...again, hasFindingAgain: true })).toEqual([])
})

test('a dossier in time owes nothing', () =>
  expect(faultsOf({ ...none, isLate: false, finding: null })).toEqual([]))
