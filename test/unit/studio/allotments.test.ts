import {
  allottable,
  setAllotment,
  sumOf,
  withoutTime,
  workingHours,
} from '../../../ui/src/studio/panels/model/allotments.ts'
import { getIn, setIn } from '../../../ui/src/studio/panels/model/loose.ts'
import {
  caseReferences,
  paperReferences,
  removeCase,
  removePaper,
  renameCase,
  renamePaper,
} from '../../../ui/src/studio/panels/model/references.ts'
import { sourceOf, sources } from './sources.ts'

const text = (value: unknown) => JSON.stringify(value, null, 2)

test('a working day is eight hours, a day of the calendar none that can be summed', () => {
  expect(workingHours({ value: 2, unit: 'working-day' })).toBe(16)
  expect(workingHours({ value: 0.5, unit: 'working-day' })).toBe(4)
  expect(workingHours({ value: 3, unit: 'same-day' })).toBe(8)
  expect(workingHours({ value: 3, unit: 'calendar-day' })).toBeNull()
  expect(workingHours({ value: 'ba', unit: 'working-hour' })).toBeNull()
})

describe.each(sources)('the time allotted in %s', (_name, { definition }) => {
  test('fits into the limit of every case, and what is left is the reserve', () => {
    for (const { key } of definition.cases as { key: string }[]) {
      const { used, limit, reserve, over, unknown } = sumOf(definition, key)
      expect(over).toBe(false)
      expect(unknown).toEqual([])
      if (limit !== null) expect(used + reserve!).toBe(limit)
    }
  })

  test('is the same text again after a step lost its time and got it back', () => {
    for (const [key, steps] of Object.entries(
      definition.allotments as Record<string, Record<string, object>>,
    ))
      for (const [id, limit] of Object.entries(steps)) {
        const less = setAllotment(definition, key, id, undefined)
        expect(getIn(less, ['allotments', key, id])).toBeUndefined()
        expect(getIn(setAllotment(less, key, id, { ...limit }), ['allotments', key])).toEqual(steps)
      }
  })
})

test('an hour too many is seen', () => {
  const { definition } = sourceOf('1.013225')
  const late = setIn(definition, ['allotments', 'house', 'Appraise', 'value'], 35)
  expect(sumOf(late, 'house')).toMatchObject({ used: 57, limit: 56, reserve: -1, over: true })
})

test('nothing is allotted to the time of the applicant', () => {
  expect(allottable(sourceOf('1.013225').definition)).not.toContain('AwaitSupplement')
})

test('half-made data sum up to nothing instead of failing', () => {
  expect(sumOf({}, 'house')).toEqual({ used: 0, limit: null, reserve: null, over: false, unknown: [] })
  expect(sumOf({ allotments: { house: { Receive: null } }, limits: 'no' }, 'house').unknown).toEqual([
    'Receive',
  ])
  expect(allottable({ steps: null, phases: [{}] })).toEqual([])
})

describe.each(sources)('the cases and papers of %s', (_name, source) => {
  test('can be renamed everywhere and back', () => {
    for (const { key } of source.definition.cases as { key: string }[]) {
      expect(caseReferences(source, key).map(({ place }) => place)).toEqual(
        expect.arrayContaining(['limit', 'example', 'routing']),
      )
      const there = { ...source, ...renameCase(source, key, 'zzOther') }
      expect(caseReferences(there, key)).toEqual([])
      expect(text({ ...there, ...renameCase(there, 'zzOther', key) })).toBe(text(source))
    }
    for (const { key } of source.definition.papers as { key: string }[]) {
      const there = { ...source, ...renamePaper(source, key, 'zzOther') }
      expect(paperReferences(there, key)).toEqual([])
      expect(text({ ...there, ...renamePaper(there, 'zzOther', key) })).toBe(text(source))
    }
  })

  test('are named nowhere once they are gone, but in what a person has to decide', () => {
    for (const { key } of source.definition.papers as { key: string }[])
      expect(paperReferences({ ...source, ...removePaper(source, key) }, key)).toEqual([])
    for (const { key } of source.definition.cases as { key: string }[]) {
      const left = caseReferences({ ...source, ...removeCase(source, key) }, key).map(({ place }) => place)
      expect(left.filter((place) => place !== 'example' && place !== 'routing')).toEqual([])
    }
  })
})

it('steps that no case gives any time to are folded; one that a single case times is not', () => {
  const definition = {
    allotments: { house: { Receive: { value: 4, unit: 'working-hour' } }, other: { Sign: {} } },
  }
  expect(withoutTime(definition, ['Receive', 'Return', 'Sign', 'Await'])).toEqual(['Return', 'Await'])
  expect(withoutTime({}, ['Receive'])).toEqual(['Receive'])
})
