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
