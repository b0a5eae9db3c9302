import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { money } from './fee.ts'
import { isGenuine, signedQuery, stamp, type Vnpay, type VnpayParams } from './vnpay.ts'

/**
 * The bank of the demonstration: VNPay 2.1.0 on loopback, with a page that pays or cancels, the redirect back, and the
 * message (IPN) that is sent until it is confirmed. It takes nobody's money and says so.
 */
export type StandInBank = { vnpay: Vnpay; stop(): Promise<void> }

type Settings = {
  /** Where our own API is: known only when it listens. */
  ipnUrl(): string
  log: Logger
  machineNow(): Date
  /** Machine time between two attempts to deliver the message. */
  againMs?: number
}

const ATTEMPTS = 10

const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const page = (title: string, body: string) => `<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>
body{font:16px/1.6 system-ui,sans-serif;background:#f4f6f8;color:#1b1f24;margin:0}
main{max-width:30rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid #d6dbe0;border-radius:8px}
.demo{background:#fff4d6;border:1px solid #e0b84d;padding:.6rem 1rem;border-radius:6px}
dt{color:#57606a}dd{margin:0 0 .6rem;font-weight:600}
button{font:inherit;padding:.7rem 1.2rem;border-radius:6px;border:1px solid #1b1f24;background:#fff;width:100%;margin-top:.6rem}
button[value=pay]{background:#0b5fa5;border-color:#0b5fa5;color:#fff;font-weight:600}</style></head>
<body><main>${body}</main></body></html>`

const paying = (params: VnpayParams) =>
  page(
    'Cổng thanh toán giả lập',
    `<p class="demo"><strong>Cổng thanh toán giả lập (demo).</strong> Không có tiền thật, không phải trang của VNPay.
<br><em>Demonstration gateway: no real money.</em></p>
<dl><dt>Số tiền / Amount</dt><dd>${escaped(money(Number(params.vnp_Amount) / 100).vi)}</dd>
<dt>Nội dung / For</dt><dd>${escaped(params.vnp_OrderInfo ?? '')}</dd>
<dt>Mã giao dịch / Reference</dt><dd style="word-break:break-all">${escaped(params.vnp_TxnRef ?? '')}</dd></dl>
<form method="post"><button name="act" value="pay">Thanh toán / Pay</button>
<button name="act" value="cancel">Hủy / Cancel</button></form>`,
  )

const refusing = (code: string, why: string) =>
  page('Giao dịch không hợp lệ', `<p class="demo"><strong>Mã ${code}.</strong> ${why}</p>`)

/** What the bank's page says to a request it cannot serve; undefined: it can. */
function fault(params: VnpayParams, vnpay: Vnpay, now: Date): [code: string, why: string] | undefined {
  if (params.vnp_TmnCode !== vnpay.tmnCode) return ['02', 'Không có đơn vị này / Unknown merchant.']
  if (!isGenuine(params, vnpay.secret)) return ['70', 'Sai chữ ký / Wrong signature.']
  if ((params.vnp_ExpireDate ?? '') < stamp(now)) return ['15', 'Đã hết thời gian / The time is over.']
  return undefined
}

export async function startStandInBank({
  ipnUrl,
  log,
  machineNow,
  againMs = 3000,
}: Settings): Promise<StandInBank> {
  const stopping = new AbortController()
  const decided = new Set<string>()
  const errands = new Set<Promise<void>>()
  const vnpay: Vnpay = {
    tmnCode: 'MOTCUADM',
    secret: randomBytes(32).toString('hex'),
    url: '',
    demo: true,
  }

  async function deliver(query: string): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS && !stopping.signal.aborted; attempt++) {
      try {
        const answer = await fetch(`${ipnUrl()}?${query}`, { signal: AbortSignal.timeout(10_000) })
        const { RspCode } = (await answer.json()) as { RspCode?: string }
        if (RspCode === '00' || RspCode === '02') return
        log.warn({ RspCode, attempt }, 'stand-in bank: the message was not confirmed')
      } catch (err) {
        log.warn({ err, attempt }, 'stand-in bank: the message was not delivered')
      }
      await sleep(againMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { searchParams } = new URL(req.url ?? '/', 'http://bank')
    const params = Object.fromEntries(searchParams)
    const now = machineNow()
    const html = (status: number, body: string) =>
      res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body)
    const wrong = fault(params, vnpay, now)
    if (wrong) return void html(400, refusing(...wrong))
    if (req.method !== 'POST') return void html(200, paying(params))
    const ref = params.vnp_TxnRef ?? ''
    if (decided.has(ref))
      return void html(400, refusing('01', 'Giao dịch đã kết thúc / The transaction has ended.'))
    decided.add(ref)
    const paid = new URLSearchParams(await text(req)).get('act') === 'pay'
    const query = signedQuery(
      {
        vnp_Amount: params.vnp_Amount ?? '',
        vnp_BankCode: 'NCB',
        vnp_BankTranNo: paid ? `VNP${ref.slice(-8)}` : '',
        vnp_CardType: 'ATM',
        vnp_OrderInfo: params.vnp_OrderInfo ?? '',
        vnp_PayDate: stamp(now),
        vnp_ResponseCode: paid ? '00' : '24',
        vnp_TmnCode: vnpay.tmnCode,
        vnp_TransactionNo: paid ? String(parseInt(ref.slice(-8), 16)) : '0',
        vnp_TransactionStatus: paid ? '00' : '02',
        vnp_TxnRef: ref,
      },
      vnpay.secret,
    )
    const errand = deliver(query).finally(() => errands.delete(errand))
    errands.add(errand)
    res.writeHead(303, { location: `${params.vnp_ReturnUrl}?${query}` }).end()
  }

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  vnpay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/paymentv2/vpcpay.html`
  return {
    vnpay,
    stop: async () => {
      stopping.abort()
      await Promise.all(errands)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
