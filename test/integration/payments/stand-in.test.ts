import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jest } from '@jest/globals'
import { pino } from 'pino'
import { paymentRoutes } from '../../../src/payments/routes.ts'
import { type StandInBank, startStandInBank } from '../../../src/payments/stand-in.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { type Bank, filed, setBank } from './scene.ts'

jest.setTimeout(60_000)

let bank: Bank
let standIn: StandInBank
/** Our own server, away for as many messages as a test says. */
let away = 0
const messages: string[] = []
const server = createServer((req, res) => app(req, res))
let app: ReturnType<typeof testApp>
let citizen: Awaited<ReturnType<typeof loggedIn>>

beforeAll(async () => {
  bank = await setBank()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  standIn = await startStandInBank({
    ipnUrl: () => `http://127.0.0.1:${port}/api/payments/vnpay/ipn`,
    log: pino({ level: 'silent' }),
    machineNow: () => new Date(),
    againMs: 20,
  })
  const served = testApp(bank.scene.db, paymentRoutes(bank.scene.services, standIn.vnpay))
  app = ((req: Parameters<typeof served>[0], res: Parameters<typeof served>[1]) => {
    if (req.url?.includes('/ipn')) {
      messages.push(req.url)
      if (away-- > 0) return void res.writeHead(502).end()
    }
    served(req, res)
  }) as typeof served
  citizen = await loggedIn(served, 'congdan')
})
afterAll(async () => {
  await standIn.stop()
  server.closeAllConnections()
  server.close()
  await bank.scene.close()
})
beforeEach(() => {
  away = 0
  messages.length = 0
})

const begin = async (id: string): Promise<string> =>
  (await citizen.post(`/api/dossiers/${id}/payment/vnpay`).send({}).expect(201)).body.url
const press = (url: string, act: 'pay' | 'cancel') =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ act }), redirect: 'manual' })
const settled = async (id: string, state: string) => {
  for (let n = 0; n < 200; n++) {
    const { payments } = await bank.page(id)
    if (payments.at(-1)?.state === state) return payments
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`the payment of ${id} never became ${state}`)
}

it('shows what is to be paid, and that no money moves', async () => {
  const url = await begin(await filed(bank.scene))
  const page = await (await fetch(url)).text()
  expect(page).toContain('150.000 đồng')
  expect(page).toContain('giả lập (demo)')
})

it('paid, it sends the browser back and its own message to us, until we confirm it', async () => {
  const id = await filed(bank.scene)
  away = 2
  const back = await press(await begin(id), 'pay')
  expect(back.status).toBe(303)
  const returned = new URL(back.headers.get('location')!)
  expect(returned.pathname).toBe('/thanh-toan')
  expect(returned.searchParams.get('vnp_ResponseCode')).toBe('00')
  await settled(id, 'paid')
  expect(messages).toHaveLength(3)
  expect((await bank.page(id)).fee.state).toBe('paid')
})

it('cancelled, it says so by the same two ways', async () => {
  const id = await filed(bank.scene)
  const back = await press(await begin(id), 'cancel')
  expect(back.headers.get('location')).toContain('vnp_ResponseCode=24')
  expect(await settled(id, 'failed')).toMatchObject([{ responseCode: '24' }])
  expect((await bank.page(id)).fee.state).toBe('open')
})

it('refuses an order that somebody has changed, and one that has been decided', async () => {
  const id = await filed(bank.scene)
  const url = await begin(id)
  const cheaper = await fetch(url.replace('vnp_Amount=15000000', 'vnp_Amount=100'))
  expect(cheaper.status).toBe(400)
  expect(await cheaper.text()).toContain('Sai chữ ký')
  await press(url, 'pay')
  expect((await press(url, 'pay')).status).toBe(400)
  await settled(id, 'paid')
})
