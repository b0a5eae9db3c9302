import { randomUUID } from 'node:crypto'

/** One person's browser, without the browser: the public HTTP API with a session. */
export type Client = {
  login: string
  get<T = Json>(path: string): Promise<T>
  post<T = Json>(path: string, body?: unknown): Promise<T>
  put<T = Json>(path: string, body?: unknown): Promise<T>
  upload(fileName: string, mediaType: string, bytes: Uint8Array): Promise<{ id: string }>
  bytes(path: string): Promise<Buffer>
}

// biome-ignore lint/suspicious/noExplicitAny: whoever plays a person reads of an answer what that person would
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

/** Logs in and keeps the session's cookie. @throws Refused */
export async function openClient(url: string, login: string, password: string): Promise<Client> {
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
