import { isEmptyHere, mergeLate, mergeNow, strayFields } from '../../../src/letters/merge.ts'
import { wordedKinds, wordingFaults, wordings, wordsOf } from '../../../src/letters/wordings.ts'
import { resultTemplate, templateFaults } from '../../../src/procedures/result-template.ts'

const words: Record<string, string> = { 'form.area': '120,5', 'applicant.name': 'Nguyễn Văn A' }
const merge = (field: string) => words[field] ?? ''
const known = {
  personal: ['ownerIdentityNo'],
  formFields: ['ownerIdentityNo', 'area', 'floors'],
  cases: ['house'],
}
const template = (blocks: object[], more: object = {}) =>
  resultTemplate.parse({
    key: 'permit',
    name: { vi: 'Giấy phép' },
    outcome: 'granted',
    book: 'permit',
    title: 'Giấy phép',
    basis: { text: 'x', source: 'x', verified: false },
    blocks,
    ...more,
  })

describe('merge fields', () => {
  it('are filled in with what the record says, and dotted where it says nothing', () => {
    expect(mergeNow('Cấp cho {{applicant.name}}, {{ form.area }} m², {{form.floors}} tầng', merge)).toBe(
      'Cấp cho Nguyễn Văn A, 120,5 m², …………… tầng',
    )
  })

  it('number, date and signer wait for the signature', () => {
    const drafted = mergeNow('Số {{decision.number}} của {{applicant.name}}', merge)
    expect(drafted).toBe('Số {{decision.number}} của Nguyễn Văn A')
    expect(mergeLate(drafted, () => '05/GPXD-UBND')).toBe('Số 05/GPXD-UBND của Nguyễn Văn A')
  })

  it('what a person filed is never read as a field', () => {
    const sly = (field: string) => (field === 'applicant.name' ? '{{form.area}}' : merge(field))
    expect(mergeNow('{{applicant.name}}', sly)).toBe('{{form.area}}')
  })

  it('a row without any word is left out, one with some stays', () => {
    expect(isEmptyHere('{{form.floors}}', merge)).toBe(true)
    expect(isEmptyHere('{{form.floors}} {{form.area}}', merge)).toBe(false)
    expect(isEmptyHere('Không có', merge)).toBe(false)
    expect(isEmptyHere('{{decision.number}}', merge)).toBe(false)
  })

  it('typed by a person only those of the signing may stand', () => {
    expect(strayFields('Số {{decision.number}}, {{form.area}}, {{x}}')).toEqual(['form.area', 'x'])
  })
})

describe('a template at publishing', () => {
  it('with known fields has no fault', () => {
    expect(
      templateFaults(template([{ type: 'prose', text: '{{form.area}} {{decision.number}}' }]), known),
    ).toEqual([])
  })

  it.each([
    [
      'an unknown field of the form',
      [{ type: 'prose', text: '{{form.aera}}' }],
      'blocks.0.text: unknown field "form.aera"',
    ],
    [
      'an unknown field in a row',
      [
        { type: 'heading', text: 'A' },
        { type: 'rows', rows: [{ label: 'L', value: '{{person.name}}' }] },
      ],
      'blocks.1.rows.0.value: unknown field "person.name"',
    ],
    [
      'a brace left open',
      [{ type: 'prose', text: 'Cấp cho {{form.area' }],
      'blocks.0.text: a brace is left open',
    ],
    [
      'personal data in a free part',
      [{ type: 'free', key: 'words', label: { vi: 'x' }, text: 'Cấp cho {{form.ownerIdentityNo}}' }],
      'blocks.0.text: "form.ownerIdentityNo" is personal data',
    ],
    [
      'the applicant’s address in a free part',
      [{ type: 'free', key: 'words', label: { vi: 'x' }, text: 'Gửi {{applicant.address}}' }],
      'blocks.0.text: "applicant.address" is personal data',
    ],
    [
      'two free parts of one key',
      ['a', 'b'].map(() => ({ type: 'free', key: 'same', label: { vi: 'x' } })),
      'blocks: two free parts have the same key',
    ],
  ])('with %s is refused and the field named', (_, blocks, fault) => {
    expect(templateFaults(template(blocks), known).join('\n')).toContain(fault)
  })

  it('for a case that the procedure does not have is refused', () => {
    const faults = templateFaults(template([{ type: 'prose', text: 'x' }], { cases: ['boat'] }), known)
    expect(faults).toEqual(['cases: "boat" is none of: house'])
  })
})

describe('the words of a letter', () => {
  const values = { agency: 'Ủy ban nhân dân xã Mẫu' }
  const sorry = 'Ủy ban nhân dân xã Mẫu xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ vào thời gian sau:'

  it.each([
    ['the apology', 'apology', 'sorry', '{{agency}} không có lỗi và không xin lỗi Ông/Bà.'],
    ['the right to complain', 'refusalToGrant', 'rights', 'Ông/Bà không có quyền khiếu nại, khởi kiện.'],
    ['the refusal', 'refusal', 'opening', 'x'],
    ['the end', 'closing', 'ended', '{{agency}} {{waitedUntil}} {{basis}}'],
    ['a part of every object', 'apology', 'toString', 'x'],
  ] as const)('cannot turn round %s', (_, kind, part, text) => {
    expect(wordingFaults(kind, { ...Object.fromEntries(shipped(kind)), [part]: text })).toEqual([
      expect.objectContaining({ part }),
    ])
  })

  it('say what the law wants in its own words, whatever an older version says there', () => {
    const say = wordsOf('apology', { sorry: 'Không xin lỗi.', hardship: 'Chúng tôi hiểu.' }, values)
    expect([say('hardship'), say('sorry')]).toEqual(['Chúng tôi hiểu.', sorry])
  })

  it('that ship have no fault, and every letter of the law has its sentence', () => {
    for (const kind of wordedKinds) {
      expect(wordingFaults(kind, Object.fromEntries(shipped(kind)))).toEqual([])
      expect(Object.values(wordings[kind]).some((part) => 'law' in part)).toBe(true)
    }
  })

  const shipped = (kind: keyof typeof wordings) =>
    Object.entries(wordings[kind]).flatMap(([key, part]) => ('law' in part ? [] : [[key, part.text]]))
})
