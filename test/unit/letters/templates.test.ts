import { isEmptyHere, mergeLate, mergeNow, strayFields } from '../../../src/letters/merge.ts'
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
