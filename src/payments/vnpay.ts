import { createHmac, timingSafeEqual } from 'node:crypto'
import { LEGAL_ZONE } from '../clock.ts'

/**
 * VNPay 2.1.0, https://sandbox.vnpayment.vn/apis/docs/huong-dan-tich-hop/ : a redirect to the bank's page, a return page
 * that only shows, and the bank's own message (IPN) that decides.
 */
export type Vnpay = {
  /** The merchant's terminal. */
  tmnCode: string
  secret: string
  /** The bank's payment page. */
  url: string
  /** Our stand-in plays the bank: said wherever somebody is sent to it. */
  demo: boolean
}

export type VnpayParams = Record<string, string>

/**
 * Sorted by name, encoded as a form, as the protocol signs it: spaces are "+". What is empty is not sent and not signed;
 * the signature's own fields are never signed.
 */
const signedText = (params: VnpayParams): string =>
  new URLSearchParams(
    Object.entries(params)
      .filter(([name, value]) => value !== '' && name !== 'vnp_SecureHash' && name !== 'vnp_SecureHashType')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toString()

const hash = (text: string, secret: string) =>
  createHmac('sha512', secret).update(Buffer.from(text, 'utf8')).digest('hex')

/** The query of a signed message: the parameters in order, then vnp_SecureHash. */
export function signedQuery(params: VnpayParams, secret: string): string {
  const text = signedText(params)
  return `${text}&vnp_SecureHash=${hash(text, secret)}`
}

/** Whether who holds the secret has signed exactly these vnp_ parameters. Others, which proxies add, do not count. */
export function isGenuine(params: VnpayParams, secret: string): boolean {
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => name.startsWith('vnp_')))
  const given = Buffer.from((own.vnp_SecureHash ?? '').toLowerCase(), 'utf8')
  const right = Buffer.from(hash(signedText(own), secret), 'utf8')
  return given.length === right.length && timingSafeEqual(given, right)
}

const clockFace = new Intl.DateTimeFormat('sv-SE', {
  timeZone: LEGAL_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** yyyyMMddHHmmss in GMT+7, as the protocol writes instants. */
export const stamp = (instant: Date): string => clockFace.format(instant).replaceAll(/\D/g, '')

/** Without accents and signs, as the protocol wants a description. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^A-Za-z0-9 .-]/g, ' ')

export type Order = {
  /** Unique per attempt. */
  txnRef: string
  /** VND. */
  amount: number
  info: string
  /** Machine time: the bank has no other. */
  createdAt: Date
  expiresAt: Date
  returnUrl: string
  ip: string
  locale: 'vi' | 'en'
}

/** Where the payer's browser is sent. */
export const payUrl = ({ tmnCode, secret, url }: Vnpay, order: Order): string =>
  `${url}?${signedQuery(
    {
      vnp_Version: '2.1.0',
      vnp_Command: 'pay',
      vnp_TmnCode: tmnCode,
      vnp_Amount: String(order.amount * 100),
      vnp_CurrCode: 'VND',
      vnp_TxnRef: order.txnRef,
      vnp_OrderInfo: plain(order.info).slice(0, 255),
      vnp_OrderType: 'other',
      vnp_Locale: order.locale === 'vi' ? 'vn' : 'en',
      vnp_ReturnUrl: order.returnUrl,
      vnp_IpAddr: order.ip,
      vnp_CreateDate: stamp(order.createdAt),
      vnp_ExpireDate: stamp(order.expiresAt),
    },
    secret,
  )}`

/** Paid ⇔ both codes are 00. */
export const saysPaid = (params: VnpayParams): boolean =>
  params.vnp_ResponseCode === '00' && params.vnp_TransactionStatus === '00'
