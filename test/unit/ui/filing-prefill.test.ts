import type { EformDefinition } from '../../../ui/src/app/api-types.ts'
import { correctedUnder } from '../../../ui/src/citizen/filing/prefill.ts'
import { withProposals } from '../../../ui/src/citizen/filing/proposals.ts'

const empty = { formData: {} as Record<string, unknown>, proposed: [] as string[] }

it('an empty question gets the proposal of the record, a typed answer stays', () => {
  const offered = withProposals(
    { ...empty, formData: { phone: '0900000000' } },
    { phone: '1', home: 'Thôn 1' },
  )
  expect(offered).toEqual({
    formData: { phone: '0900000000', home: 'Thôn 1' },
    proposed: ['phone', 'home'],
  })
})

it('a proposal is made once: who empties the question has said so', () => {
  const offered = withProposals(empty, { home: 'Thôn 1' })
  const cleared = { ...offered, formData: { home: undefined } }
  expect(withProposals(cleared, { home: 'Thôn 1' })).toBe(cleared)
})

describe('a form that is corrected', () => {
  const eform = {
    schema: {
      properties: {
        name: { type: 'string', 'x-prefill': 'fullName' },
        number: { type: 'string', 'x-prefill': 'identityNo' },
        works: { type: 'string' },
      },
    },
    ui: { name: { 'ui:autofocus': true } },
  } as unknown as EformDefinition
  const details = {
    fullName: 'Nguyễn Thị Mẫu',
    identityNo: '001090000001',
    phone: '',
    email: '',
    address: '',
  }

  it('keeps name and number as the record has them, filled in where they stand empty', () => {
    const { eform: shown, held } = correctedUnder(eform, details, { name: 'Nguyễn Thị Mẫu ', works: 'Nhà' })
    expect(held).toEqual({ name: details.fullName, number: details.identityNo })
    expect(shown.ui).toEqual({
      name: { 'ui:autofocus': true, 'ui:readonly': true },
      number: { 'ui:readonly': true },
    })
  })

  it('leaves open what stands otherwise, and everything while the record is not known', () => {
    const stands = { name: 'Nguyễn T. Mẫu', number: '001090000001' }
    expect(correctedUnder(eform, details, stands).held).toEqual({ number: '001090000001' })
    expect(correctedUnder(eform, undefined, stands)).toEqual({ eform, held: {} })
  })
})
