import { feeOf, money } from '../../../src/payments/fee.ts'

const basis = { text: 'mẫu', source: 'mẫu', verified: false }
const fees = [
  { channel: 'ONLINE' as const, amount: 150_000, basis },
  { channel: 'DIRECT' as const, amount: 50_000, basis },
  { channel: 'DIRECT' as const, case: 'family', amount: 30_000, basis },
]

it('a fee depends on the way of filing, and a row that names the case goes first', () => {
  expect(feeOf({ fees }, 'ONLINE', 'family')?.amount).toBe(150_000)
  expect(feeOf({ fees }, 'DIRECT', 'individual')?.amount).toBe(50_000)
  expect(feeOf({ fees }, 'DIRECT', 'family')?.amount).toBe(30_000)
})

it('what no row names costs nothing', () => {
  expect(feeOf({ fees }, 'POSTAL', 'family')).toBeUndefined()
  expect(feeOf({ fees: [] }, 'ONLINE', 'family')).toBeUndefined()
})

it('money is written as people read it', () => {
  expect(money(1_150_000)).toEqual({ vi: '1.150.000 đồng', en: '1,150,000 VND' })
})
