import { feeOf as server } from '../../../src/payments/fee.ts'
import { feeOf } from '../../../ui/src/shared/fees.ts'

const basis = { text: 'mẫu', source: 'mẫu', verified: false }
const fees = [
  { channel: 'ONLINE' as const, amount: 150_000, basis },
  { channel: 'DIRECT' as const, amount: 50_000, basis },
  { channel: 'DIRECT' as const, case: 'family', amount: 30_000, basis },
]

it('the page says the fee that the server will ask for', () => {
  for (const channel of ['ONLINE', 'DIRECT', 'POSTAL'] as const)
    for (const caseKey of ['family', 'individual'])
      expect(feeOf({ fees }, channel, caseKey)).toEqual(server({ fees }, channel, caseKey))
})
