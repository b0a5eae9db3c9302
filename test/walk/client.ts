import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** One person's browser, without the browser: the public HTTP API with a session. */
export type Client = {
  login: string
  get<T = Json>(path: string): Promise<T>
  post<T = Json>(path: string, body?: unknown): Promise<T>
  put<T = Json>(path: string, body?: unknown): Promise<T>
  upload(fileName: string, mediaType: string, bytes: Uint8Array): Promise<{ id: string }>
  bytes(path: string): Promise<Buffer>
}

// biome-ignore lint/suspicious/noExplicitAny: answers are checked by the story's own assertions
export type Json = any

/** An answer that said no, as problem+json. */
export class Refused extends Error {
  readonly status: number
  readonly problem: { type: string; detail: string; errors?: { field: string; message: string }[] }
  constructor(path: string, status: number, problem: Refused['problem']) {
    super(`${path}: ${status} ${problem.detail ?? JSON.stringify(problem)}`)
    this.status = status
    this.problem = problem
  }
}

async function answer(path: string, response: Response): Promise<Json> {
  const text = await response.text()
  const body = text === '' ? undefined : JSON.parse(text)
  if (!response.ok) throw new Refused(`${path} ${JSON.stringify(body?.errors ?? '')}`, response.status, body)
  return body
}

/** Logs in and keeps the session's cookie. */
export async function open(url: string, login: string, password: string): Promise<Client> {
  let cookie = ''
  const send = async (
    method: string,
    path: string,
    body?: BodyInit,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'X-Requested-With': 'mot-cua', 'Accept-Language': 'vi', Cookie: cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const set = response.headers.getSetCookie()[0]
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const json = { 'Content-Type': 'application/json' }
  const client: Client = {
    login,
    get: async (path) => answer(path, await send('GET', path)),
    post: async (path, body = {}) =>
      answer(
        path,
        await send('POST', path, JSON.stringify(body), { ...json, 'Idempotency-Key': randomUUID() }),
      ),
    put: async (path, body = {}) => answer(path, await send('PUT', path, JSON.stringify(body), json)),
    upload: async (fileName, mediaType, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), fileName)
      return answer('/api/uploads', await send('POST', '/api/uploads', form))
    },
    bytes: async (path) => {
      const response = await send('GET', path)
      if (!response.ok) throw new Refused(path, response.status, await response.json())
      return Buffer.from(await response.arrayBuffer())
    },
  }
  await client.post('/api/session', { login, password })
  return client
}

const PATIENCE_MS = 60_000

/** Asks until something is there; the engine moves by itself. Throws with `what` when it never comes. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await ask()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`)
    await sleep(200)
  }
}
