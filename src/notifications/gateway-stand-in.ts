import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Channel, channels, type Gateways, isSignature, signatureOf } from './gateway.ts'

type Accepted = { channel: Channel; to: string; text: string; id: string; acceptedAt: string }

/** `accepted`: every message taken, once each, in their order. */
export type GatewayStandIn = { gateways: Gateways; accepted: Accepted[]; stop(): Promise<void> }

type Options = {
  machineNow: () => Date
  /** Asked after a message has been accepted; true cuts the connection instead of answering. */
  cuts?: () => boolean
}

/**
 * The gateways of the demonstration: one small server on loopback that sends nothing to anybody. It takes a message once:
 * the same key again gets 409 with the first answer, another message under it 422. Nobody with a number that ends in 99
 * uses Zalo.
 */
export async function startGatewayStandIn({
  machineNow,
  cuts = () => false,
}: Options): Promise<GatewayStandIn> {
  const secret = randomBytes(32).toString('hex')
  const known = new Map<string, Accepted>()
  const accepted: Accepted[] = []

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const channel = channels.find((name) => req.url === `/${name}`)
    const key = String(req.headers['idempotency-key'] ?? '')
    const body = await text(req)
    const refuse = (status: number) => void res.writeHead(status).end()
    if (!channel || req.method !== 'POST' || !key) return refuse(404)
    if (!isSignature(String(req.headers['x-signature']), signatureOf(secret, key, body))) return refuse(401)
    const message = JSON.parse(body) as { to: string; text: string }
    const before = known.get(key)
    if (before && (before.to !== message.to || before.text !== message.text)) return refuse(422)
    if (channel === 'zalo' && message.to.endsWith('99')) return refuse(422)
    const taken = before ?? {
      channel,
      ...message,
      id: `${channel}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`,
      acceptedAt: machineNow().toISOString(),
    }
    if (!before) {
      known.set(key, taken)
      accepted.push(taken)
      if (cuts()) return void req.socket.destroy()
    }
    const { id, acceptedAt } = taken
    res
      .writeHead(before ? 409 : 202, {
        'content-type': 'application/json',
        'x-signature': signatureOf(secret, key, id, acceptedAt),
      })
      .end(JSON.stringify({ id, acceptedAt }))
  }

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const at = (channel: Channel) => ({ url: `http://127.0.0.1:${port}/${channel}`, secret })
  return {
    gateways: { zalo: at('zalo'), sms: at('sms') },
    accepted,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
