import { createHmac } from 'node:crypto'
import { isGenuine, payUrl, saysPaid, signedQuery, stamp } from '../../../src/payments/vnpay.ts'

const vnpay = {
  tmnCode: 'MAUDV001',
  secret: 'a secret of tests only',
  url: 'https://bank.example/paymentv2/vpcpay.html',
  demo: false,
}
const order = {
  txnRef: '0192f3c4',
  amount: 150_000,
  info: 'Nộp phí hồ sơ T00.X01-261102-0001 (đợt 1)',
  createdAt: new Date('2026-11-02T02:05:09Z'),
  expiresAt: new Date('2026-11-02T17:20:09Z'),
  returnUrl: 'https://mot-cua.example/thanh-toan',
  ip: '203.0.113.7',
  locale: 'vi' as const,
}
const query = () => Object.fromEntries(new URL(payUrl(vnpay, order)).searchParams)

it('an order carries the amount times one hundred, instants in Vietnam and a description without accents', () => {
  expect(query()).toMatchObject({
    vnp_Version: '2.1.0',
    vnp_Command: 'pay',
    vnp_TmnCode: 'MAUDV001',
    vnp_Amount: '15000000',
    vnp_CurrCode: 'VND',
    vnp_TxnRef: '0192f3c4',
    vnp_OrderInfo: 'Nop phi ho so T00.X01-261102-0001  dot 1 ',
    vnp_Locale: 'vn',
    vnp_CreateDate: '20261102090509',
    vnp_ExpireDate: '20261103002009',
  })
  expect(query().vnp_SecureHashType).toBeUndefined()
})

it('the signature is HMAC-SHA512 over the sorted and encoded parameters, spaces as "+"', () => {
  const text =
    'vnp_Amount=15000000&vnp_OrderInfo=Nop+phi&vnp_ReturnUrl=https%3A%2F%2Fmot-cua.example%2Fthanh-toan'
  const hash = createHmac('sha512', vnpay.secret).update(text).digest('hex')
  const params = {
    vnp_ReturnUrl: 'https://mot-cua.example/thanh-toan',
    vnp_OrderInfo: 'Nop phi',
    vnp_Amount: '15000000',
    vnp_BankTranNo: '',
  }
  expect(signedQuery(params, vnpay.secret)).toBe(`${text}&vnp_SecureHash=${hash}`)
})

it('what was signed is genuine, also with capitals in the hash, and with what a proxy has added', () => {
  const params = query()
  expect(isGenuine(params, vnpay.secret)).toBe(true)
  const loud = { ...params, vnp_SecureHash: params.vnp_SecureHash!.toUpperCase(), utm_source: 'mail' }
  expect(isGenuine(loud, vnpay.secret)).toBe(true)
})

it.each([
  ['another amount', { vnp_Amount: '100' }],
  ['an added parameter', { vnp_Bill: '1' }],
  ['no signature', { vnp_SecureHash: '' }],
  ['half a signature', { vnp_SecureHash: 'ab' }],
])('%s is a forgery', (_name, change) => {
  expect(isGenuine({ ...query(), ...change }, vnpay.secret)).toBe(false)
})

it('a message signed with another secret is a forgery', () => {
  expect(isGenuine(query(), 'another secret of tests')).toBe(false)
})

it('both codes must be 00 for a payment', () => {
  expect(saysPaid({ vnp_ResponseCode: '00', vnp_TransactionStatus: '00' })).toBe(true)
  expect(saysPaid({ vnp_ResponseCode: '00', vnp_TransactionStatus: '02' })).toBe(false)
  expect(saysPaid({ vnp_ResponseCode: '24', vnp_TransactionStatus: '00' })).toBe(false)
  expect(saysPaid({ vnp_ResponseCode: '00' })).toBe(false)
})

it('midnight in Vietnam begins a new day', () => {
  expect(stamp(new Date('2026-11-02T17:00:00Z'))).toBe('20261103000000')
  expect(stamp(new Date('2026-11-02T16:59:59Z'))).toBe('20261102235959')
})
