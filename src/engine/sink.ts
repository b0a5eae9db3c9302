import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Logger } from 'pino'
import type { Intake } from './intake.ts'
import { epochOf } from './records.ts'

export type SinkSettings = { host: string; port: number; user: string; password: string }

// The exporter flushes at 10 MB or 1000 records; one record may be 4 MB.
const MAX_BYTES = 64 * 1024 * 1024
// A refused bulk comes again at once, without any back-off: the refusal has to be slow.
const REFUSAL_MS = 1_000

/** Why a request is not taken; `later` when the exporter may send the same again. */
type Answer = { status: number; body: object }

const refused = (status: number, reason: string): Answer => ({ status, body: { error: { reason }, status } })

/**
 * The end of the record stream: speaks as much Elasticsearch as the stock exporter asks for. A port of its own, for the broker
 * only. Any epoch but ours gets 503, so that the records of another broker wait there instead of mixing with ours.
 */
export async function startSink(deps: {
  settings: SinkSettings
  epoch: number
  intake: Intake
  log: Logger
  refusalMs?: number
  maxBytes?: number
}) {
  const { settings, epoch, intake, log } = deps
  const maxBytes = deps.maxBytes ?? MAX_BYTES
  const allowed = authorization(settings)
  const stopping = new AbortController()

  const server = createServer((request, response) => {
    handle(request)
      .then((answer) => reply(response, answer))
      .catch((error: unknown) => {
        log.error({ err: error }, 'record sink: a request failed')
        response.destroy()
      })
  })

  async function handle(request: IncomingMessage): Promise<Answer> {
    if (!allowed(request.headers.authorization)) return refused(401, 'unknown user or password')
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '')
    const body = await read(request, maxBytes)
    if (body === 'too large') {
      log.error({ path, maxBytes }, 'record sink: a bulk is too large')
      return slow(refused(413, `more than ${maxBytes} bytes`))
    }
    if (request.method === 'PUT') return settingsFor(path)
    if (request.method === 'POST' && path === '/_bulk') return bulk(body)
    return refused(404, `${request.method} ${path} is not spoken here`)
  }

  async function slow(answer: Answer): Promise<Answer> {
    await sleep(deps.refusalMs ?? REFUSAL_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    return answer
  }

  /** Templates and settings need no keeping; their names say which epoch's broker is calling. */
  function settingsFor(path: string): Answer | Promise<Answer> {
    const name = /^\/(?:_component_template\/|_index_template\/)?([^/]+)/.exec(path)?.[1] ?? ''
    if (epochOf(name) !== epoch) return slow(refused(503, `${name} is not of epoch ${epoch}`))
    return { status: 200, body: { acknowledged: true } }
  }

  async function bulk(body: string): Promise<Answer> {
    const lines = body.split('\n').filter((line) => line !== '')
    const records: string[] = []
    for (let n = 0; n + 1 < lines.length; n += 2) {
      const action = JSON.parse(lines[n]!) as { index?: { _index?: string } }
      const index = action.index?._index ?? ''
      if (epochOf(index) !== epoch) return slow(refused(503, `${index} is not of epoch ${epoch}`))
      records.push(lines[n + 1]!)
    }
    try {
      if ((await intake.take(records)) === 'stopped')
        return slow(refused(503, intake.state.stopped ?? 'stopped'))
    } catch (error) {
      log.warn(
        { err: error, records: records.length },
        'record sink: a bulk was not taken and will come again',
      )
      return slow(refused(503, 'not taken'))
    }
    return { status: 200, body: { took: 0, errors: false, items: [] } }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, settings.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    stop: async (): Promise<void> => {
      stopping.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      await intake.idle()
      server.closeAllConnections()
      await closed
    },
  }
}

export type Sink = Awaited<ReturnType<typeof startSink>>

function authorization({ user, password }: SinkSettings): (header: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
  return (header) => timingSafeEqual(digest(header ?? ''), expected)
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  // The client checks this header and takes no other server for Elasticsearch.
  response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' })
  response.end(JSON.stringify(body))
}

async function read(request: IncomingMessage, maxBytes: number): Promise<string | 'too large'> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  if (bytes > maxBytes) return 'too large'
  const body = Buffer.concat(chunks)
  if (request.headers['content-encoding'] !== 'gzip') return body.toString()
  const inflated = await promisify(gunzip)(body, { maxOutputLength: maxBytes }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_BUFFER_TOO_LARGE') return null
      throw error
    },
  )
  return inflated ? inflated.toString() : 'too large'
}
