import i18n from './i18n.ts'

export type FieldProblem = { field: string; message: string }

/** An answer that is not what was asked for, in the person's language; `status` 0 is a server out of reach. */
export class ApiProblem extends Error {
  readonly status: number
  readonly title: string
  readonly type: string
  readonly errors: FieldProblem[]
  /** Members of its own that a kind of problem carries. */
  readonly facts: Record<string, unknown>
  constructor(
    status: number,
    body: { title?: string; detail?: string; type?: string; errors?: FieldProblem[] } = {},
  ) {
    const title = body.title ?? i18n.t(`app:problem.${status === 0 ? 'unreachable' : 'unexpected'}`)
    super(body.detail ?? title)
    this.status = status
    this.title = title
    this.type = body.type ?? 'about:blank'
    this.errors = body.errors ?? []
    this.facts = { ...body }
  }
}

/** The message for one field, whether the server names it `reason` or `data.reason`. */
export const fieldProblem = (problem: unknown, field: string): string | undefined =>
  problem instanceof ApiProblem
    ? problem.errors.find((error) => error.field === field || error.field.endsWith(`.${field}`))?.message
    : undefined

type Options = { body?: unknown; csv?: BodyInit; idempotencyKey?: string; signal?: AbortSignal }

const answer = async (method: string, path: string, options: Options = {}): Promise<Response> => {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': i18n.language,
    'X-Requested-With': 'mot-cua',
  }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.csv !== undefined) headers['Content-Type'] = 'text/csv'
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    body: options.csv ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal,
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem(0, { detail: i18n.t('app:problem.unreachableDetail') })
  })
  if (!response.ok) throw new ApiProblem(response.status, parsed(await response.text()) as object | undefined)
  return response
}

const request = async <T>(method: string, path: string, options?: Options): Promise<T> =>
  parsed(await (await answer(method, path, options)).text()) as T

const parsed = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // A gateway's page in place of our problem+json: the status alone is told.
    return undefined
  }
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>('GET', path, { signal }),
  post: <T>(path: string, body: unknown = {}, idempotencyKey?: string) =>
    request<T>('POST', path, { body, idempotencyKey }),
  postCsv: <T>(path: string, csv: BodyInit) => request<T>('POST', path, { csv }),
  /** A file that is drawn from what is sent. */
  postForFile: async (path: string, body: unknown): Promise<Blob> =>
    (await answer('POST', path, { body })).blob(),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path),
}

/** Sends one file with progress (0 to 1), which fetch cannot tell. */
export const upload = <T>(path: string, file: File, onProgress: (share: number) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const form = new FormData()
    form.append('file', file)
    const sending = new XMLHttpRequest()
    sending.open('POST', path)
    sending.setRequestHeader('X-Requested-With', 'mot-cua')
    sending.setRequestHeader('Accept-Language', i18n.language)
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    sending.onerror = () => reject(new ApiProblem(0, { detail: i18n.t('app:problem.unreachableDetail') }))
    sending.onload = () => {
      const body = parsed(sending.responseText)
      if (sending.status >= 200 && sending.status < 300) resolve(body as T)
      else reject(new ApiProblem(sending.status, body as object | undefined))
    }
    sending.send(form)
  })
