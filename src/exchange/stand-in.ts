import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Answer } from './call.ts'
import { type SystemAddresses, type SystemName, systemNames } from './systems.ts'

/**
 * The other systems of the demonstration: one small server on loopback that speaks the adapters' protocol and makes its
 * answers up from the question, the same ones each time. It refuses a person whose number ends in 99.
 */
export type StandIn = { systems: SystemAddresses; stop(): Promise<void> }

type Fields = Record<string, unknown>

/** Ten digits that depend on nothing but the text. */
const digits = (text: string, count: number): string =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString()
    .slice(-count)

const refused = (fields: Fields): boolean =>
  Object.entries(fields).some(([name, value]) => /identityNo$/i.test(name) && /99$/.test(String(value ?? '')))

/** Whoever has a number keeps it; a child has one for life: asked again about the same child it is the same. */
const personalNumber = (fields: Fields): string =>
  fields.identityNo ? String(fields.identityNo) : `000${digits(JSON.stringify(fields), 9)}`

const answers: Record<SystemName, (key: string, fields: Fields) => Answer> = {
  tax: (key, fields) =>
    refused(fields)
      ? {
          outcome: 'refused',
          reason:
            'Số định danh của chủ hộ không khớp với dữ liệu thuế (trả lời giả lập). Đề nghị kiểm tra, sửa rồi gửi lại.',
        }
      : {
          outcome: 'answered',
          data: { taxCode: `8${digits(key, 9)}`, taxOffice: 'Thuế cơ sở mẫu (minh họa)' },
        },
  population: (_key, fields) =>
    refused(fields)
      ? {
          outcome: 'refused',
          reason:
            'Số định danh của cha hoặc mẹ không khớp với cơ sở dữ liệu (trả lời giả lập). Đề nghị kiểm tra, sửa rồi gửi lại.',
        }
      : { outcome: 'answered', data: { personalNumber: personalNumber(fields) } },
  land: (_key, fields) =>
    refused(fields)
      ? {
          outcome: 'refused',
          reason:
            'Không tìm thấy thửa đất của người có số định danh này (trả lời giả lập). Đề nghị người nộp bổ sung giấy tờ.',
        }
      : {
          outcome: 'answered',
          data: {
            certificate: `CS ${digits(JSON.stringify(fields), 8)} (giả lập)`,
            landUser: String(fields.name ?? ''),
            landUse: 'Đất ở (giả lập)',
          },
        },
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const system = systemNames.find((name) => req.url === `/${name}`)
  const key = String(req.headers['idempotency-key'] ?? '')
  const say = (status: number, body: unknown) =>
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (!system || req.method !== 'POST' || !key) return void say(404, { error: 'no such system' })
  const { fields = {} } = JSON.parse(await text(req)) as { fields?: Fields }
  const said = answers[system](key, fields)
  say(said.outcome === 'refused' ? 422 : 200, said)
}

export async function startStandIn(): Promise<StandIn> {
  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const at = (system: SystemName) => ({ url: `http://127.0.0.1:${port}/${system}`, token: undefined })
  return {
    systems: { tax: at('tax'), population: at('population'), land: at('land') },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
