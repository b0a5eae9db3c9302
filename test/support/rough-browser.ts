import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests find out
type Body = any
export type Answer = { status: number; contentType: string; headers: Headers; body: Body }

type Sending = { headers?: Record<string, string>; raw?: BodyInit; body?: unknown }

/** One person's browser, which also sends what no browser would. Without a login: the public. */
export async function browserAt(url: string, login?: string) {
  let cookie = ''
  const send = async (
    method: string,
    path: string,
    { headers, raw, body }: Sending = {},
  ): Promise<Answer> => {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(url + path, {
      method: method.toUpperCase(),
      headers: {
        'X-Requested-With': 'mot-cua',
        'Accept-Language': 'vi',
        Cookie: cookie,
        ...(content === undefined || content instanceof FormData
          ? {}
          : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    })
    const text = await response.text()
    const contentType = response.headers.get('content-type') ?? ''
    const isJson = /json/.test(contentType)
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return {
      status: response.status,
      contentType,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    }
  }
  if (login) {
    const { status } = await send('post', '/api/session', { body: { login, password: DEMO_PASSWORD } })
    if (status !== 200) throw new Error(`${login} could not log in: ${status}`)
  }
  return {
    send,
    get: (path: string, headers: Record<string, string> = {}) => send('get', path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      send('post', path, { body, headers }),
    upload: (fileName: string, bytes: Uint8Array, mediaType = 'application/pdf') => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), fileName)
      return send('post', '/api/uploads', { raw: form })
    },
  }
}

export type Browser = Awaited<ReturnType<typeof browserAt>>
