import fc from 'fast-check'
import {
  conditionOf,
  withCondition,
  withoutCondition,
} from '../../../ui/src/studio/panels/model/conditions.ts'
import {
  addField,
  fieldKeys,
  fieldOf,
  listOf,
  moveField,
  moveGroup,
  orderOf,
  removeGroup,
  removeInForm,
  renameInForm,
  setKind,
  setRequired,
  stepField,
} from '../../../ui/src/studio/panels/model/form-list.ts'
import { KINDS, kindOf, withKind } from '../../../ui/src/studio/panels/model/kinds.ts'
import { getIn, keyFrom, setIn, textsAt } from '../../../ui/src/studio/panels/model/loose.ts'
import { fieldReferences, removeField, renameField } from '../../../ui/src/studio/panels/model/references.ts'
import { sourceOf, sources } from './sources.ts'

const text = (value: unknown) => JSON.stringify(value, null, 2)

describe.each(sources)('the form of %s', (_name, source) => {
  const { eform } = source
  const keys = fieldKeys(eform)

  test('has all its questions in the list, in reading order, and none of a kind unknown to the editor', () => {
    expect(orderOf(eform).sort()).toEqual([...keys].sort())
    const unknown = keys.map((key) => fieldOf(eform, key)).filter(({ kind }) => kind === 'other')
    expect(unknown.map(({ key }) => key)).toEqual([])
  })

  test('is the same text again after a question was moved anywhere and back', () => {
    for (const key of keys) {
      const { groups } = listOf(eform)
      const group = groups.findIndex(({ fields }) => fields.some((field) => field.key === key))
      const index = groups[group]!.fields.findIndex((field) => field.key === key)
      const away = moveField(eform, key, groups.length - 1 - group, 0)
      expect(text(moveField(away, key, group, index))).toBe(text(eform))
    }
  })

  test('is the same text again after a question was renamed everywhere and back', () => {
    for (const key of keys) {
      const there = { ...source, ...renameField(source, key, 'zzOther') }
      expect(fieldKeys(there.eform)).toContain('zzOther')
      expect(fieldReferences(there, key)).toEqual([])
      expect(fieldReferences(there, 'zzOther')).toEqual(fieldReferences(source, key))
      expect(text({ ...there, ...renameField(there, 'zzOther', key) })).toBe(text(source))
    }
  })

  test('demands the same answers after a question was made optional and required', () => {
    const demanded = (form: unknown) => [...textsAt(form, ['schema', 'required'])].sort()
    for (const key of keys) {
      const { required } = fieldOf(eform, key)
      const there = setRequired(eform, key, !required)
      expect(fieldOf(there, key).required).toBe(!required)
      expect(demanded(setRequired(there, key, required))).toEqual(demanded(eform))
    }
  })

  test('is the same text again after a question was added and taken away', () => {
    for (const kind of KINDS) {
      const more = addField(eform, { key: 'zzNew', title: 'Câu hỏi', shape: kind }, 0, 1)
      expect(fieldOf(more, 'zzNew').kind).toBe(kind)
      expect(orderOf(more)[1]).toBe('zzNew')
      expect(text(removeInForm(more, 'zzNew'))).toBe(text(eform))
    }
  })

  test('is the same text again after a group was moved away and back', () => {
    const last = listOf(eform).groups.length - 1
    expect(text(moveGroup(moveGroup(eform, 0, last), last, 0))).toBe(text(eform))
  })

  test('keeps its questions when a group is taken away', () => {
    const less = removeGroup(eform, 0)
    expect(listOf(less).loose).toEqual([])
    expect(orderOf(less)).toEqual(orderOf(eform))
  })
})

test('words that the editor does not know stay whatever is done to the form', () => {
  const strange = fc.dictionary(
    fc.stringMatching(/^x-[a-z]{1,8}$/).filter((key) => !['x-en', 'x-personal'].includes(key)),
    fc.jsonValue(),
    { minKeys: 1, maxKeys: 4 },
  )
  const { eform: original } = sourceOf('1.013225')
  fc.assert(
    fc.property(strange, strange, strange, fc.constantFrom(...KINDS), (onField, onSchema, onGroup, kind) => {
      let eform = setIn(original, ['schema'], { ...(original.schema as object), ...onSchema })
      eform = setIn(eform, ['schema', 'properties', 'phone'], {
        ...(getIn(eform, ['schema', 'properties', 'phone']) as object),
        ...onField,
      })
      eform = setIn(eform, ['groups', 1], { ...(getIn(eform, ['groups', 1]) as object), ...onGroup })
      const done = [
        (now: unknown) => moveField(now, 'phone', 1, 0),
        (now: unknown) => setKind(now, 'phone', kind),
        (now: unknown) => setRequired(now, 'phone', false),
        (now: unknown) => renameInForm(now, 'phone', 'telephone'),
        (now: unknown) => moveGroup(now, 1, 0),
      ].reduce((now, act) => act(now), eform)
      expect(getIn(done, ['schema'])).toMatchObject(onSchema)
      expect(getIn(done, ['schema', 'properties', 'telephone'])).toMatchObject(onField)
      expect(getIn(done, ['groups', 0])).toMatchObject(onGroup)
    }),
    { numRuns: 200 },
  )
})

test('every kind of question is known again by what it was written as', () => {
  for (const kind of KINDS) {
    const { schema, ui } = withKind({ title: 'X' }, { 'ui:help': { vi: 'Y' } }, kind)
    expect(kindOf(schema, ui)).toBe(kind)
    expect(schema.title).toBe('X')
    expect(ui?.['ui:help']).toEqual({ vi: 'Y' })
  }
})

test('the order in which the form is drawn follows the groups', () => {
  const { eform } = sourceOf('1.013225')
  expect(getIn(eform, ['ui', 'ui:order'])).toEqual(orderOf(eform))
  for (const changed of [
    moveField(eform, 'phone', 3, 1),
    moveGroup(eform, 0, 2),
    addField(eform, { key: 'zzNew', title: 'Câu hỏi', shape: 'date' }, 2, 0),
  ])
    expect(getIn(changed, ['ui', 'ui:order'])).toEqual(orderOf(changed))
})

test('one step down at the end of a group is the beginning of the next', () => {
  const { eform } = sourceOf('1.013225')
  expect(stepField(eform, 'phone', 1)).toEqual({ group: 1, index: 0 })
  expect(stepField(eform, 'phone', -1)).toEqual({ group: 0, index: 4 })
  expect(stepField(eform, 'buildingKind', -1)).toBeUndefined()
})

describe('questions asked only in some cases', () => {
  const { eform } = sourceOf('1.013225')
  const { schema } = eform

  test('are read with the answer they depend on', () => {
    expect(conditionOf(schema, 'designer')).toMatchObject({
      field: 'buildingKind',
      equals: 'other',
      is: true,
    })
    expect(conditionOf(schema, 'ownerName')).toBeUndefined()
  })

  test('are found behind "otherwise" too', () => {
    const { schema: birth } = sourceOf('1.001193').eform
    expect(conditionOf(birth, 'motherName')).toMatchObject({
      field: 'birthKind',
      equals: 'abandoned',
      is: false,
    })
  })

  test.each([
    ['the same question', { field: 'buildingKind', equals: 'other', is: true }],
    ['its opposite', { field: 'buildingKind', equals: 'other', is: false }],
    ['another question', { field: 'grade', equals: 'III', is: true }],
  ])('leave the form as it was when %s was asked and is not any more', (_case, condition) => {
    const asked = withCondition(schema, 'landSheet', condition)
    expect(conditionOf(asked, 'landSheet')).toMatchObject(condition)
    expect(text(withoutCondition(asked, 'landSheet'))).toBe(text(schema))
  })
})

describe('a question that goes', () => {
  test('goes from the result, its templates, the conditions and the examples', () => {
    const source = sourceOf('1.013225')
    const { definition, eform, results, examples } = { ...source, ...removeField(source, 'designer') }
    for (const part of [definition, eform, results, examples]) expect(text(part)).not.toMatch(/\bdesigner"/)
    expect(text(results)).not.toContain('form.designer}')
    expect(getIn(definition, ['result', 'work', 'design'])).toEqual(['designerCertificate'])
  })

  test('leaves a case that asks for it to a person, and is named there', () => {
    const source = sourceOf('1.013225')
    expect(fieldReferences(source, 'buildingKind')).toContainEqual({
      place: 'case',
      name: 'Nhà ở riêng lẻ',
      blocks: true,
    })
    const after = { ...source, ...removeField(source, 'buildingKind') }
    expect(getIn(after.definition, ['cases', 0, 'when', 'field'])).toBe('buildingKind')
    expect(getIn(after.eform, ['schema', 'if'])).toBeUndefined()
  })
})

test('a key is made of words without accents, and of no key that is taken', () => {
  expect(keyFrom('Số điện thoại', [], 'field')).toBe('soDienThoai')
  expect(keyFrom('Phone', ['phone'], 'field')).toBe('phone2')
  expect(keyFrom('3 năm', [], 'field')).toBe('field')
})
