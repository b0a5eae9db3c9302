import { type Candidate, suggest, type Unclaimed } from '../../../src/team/suggest.ts'

const person = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  roles: ['officer'],
  open: 0,
  late: 0,
  away: [],
  ...change,
})
const task = (id: string, change: Partial<Unclaimed> = {}): Unclaimed => ({
  id,
  role: 'officer',
  procedureCode: '1.013225',
  form: 'appraise',
  ...change,
})
const ids = (tasks: Unclaimed[], people: Candidate[]) =>
  [...suggest(tasks, people)].map(([id, { name }]) => `${id}→${name}`)
const away = (procedures: string[] = [], forms: string[] = []) => ({
  away: [{ procedures, forms, toDay: '2026-11-06' }],
})

describe('whom work could go to', () => {
  it('is who has least, and what is suggested counts at once', () => {
    const people = [person('An', { open: 4 }), person('Bình', { open: 2 })]
    expect(ids([task('1'), task('2'), task('3'), task('4')], people)).toEqual([
      '1→Bình',
      '2→Bình',
      '3→An',
      '4→Bình',
    ])
  })

  it('late work weighs double', () => {
    expect(ids([task('1')], [person('An', { open: 3, late: 3 }), person('Bình', { open: 5 })])).toEqual([
      '1→Bình',
    ])
  })

  it('is never somebody absent, nor of another role', () => {
    const people = [
      person('An', away()),
      person('Bình', { roles: ['unit-head'] }),
      person('Châu', { open: 90 }),
    ]
    expect(ids([task('1')], people)).toEqual(['1→Châu'])
    expect(ids([task('1')], people.slice(0, 2))).toEqual([])
  })

  it('may be somebody who is away from other kinds of work only', () => {
    const people = [person('An', away(['1.001193'])), person('Bình', { open: 1, ...away([], ['assign']) })]
    expect(ids([task('1')], people)).toEqual(['1→An'])
    expect(ids([task('1', { procedureCode: '1.001193' })], people)).toEqual(['1→Bình'])
  })
})
