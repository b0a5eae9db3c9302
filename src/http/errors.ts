import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { isRetryable, isUnavailable } from '../database/errors.ts'
import { notFound, Problem } from './problem.ts'

type Parsing = { type?: string; status?: number }

const malformed = () =>
  new Problem(400, 'malformed-json', {
    vi: 'Dữ liệu gửi lên không phải JSON đúng cú pháp. Hãy kiểm tra rồi gửi lại.',
    en: 'What was sent is not well-formed JSON. Check it and send it again.',
  })

const tooLarge = () =>
  new Problem(413, 'too-large', {
    vi: 'Dữ liệu lớn hơn 1 MB. Hãy gửi tệp riêng ở mục tải tệp lên.',
    en: 'The data is larger than 1 MB. Send files by the upload instead.',
  })

const unavailable = () =>
  new Problem(
    503,
    'unavailable',
    {
      vi: 'Hệ thống dữ liệu đang tạm gián đoạn. Chưa có gì bị mất; hãy thử lại sau ít giây.',
      en: 'The data store is away for the moment. Nothing is lost; try again in a few seconds.',
    },
    { retryAfterSeconds: 5 },
  )

/** Several acts on the same rows got in each other's way, again and again: none of it was kept. */
const busy = () =>
  new Problem(
    503,
    'busy',
    {
      vi: 'Nhiều người đang thao tác trên cùng hồ sơ nên yêu cầu này chưa thực hiện. Hãy thử lại.',
      en: 'Several people are working on the same dossier, so this was not done. Try again.',
    },
    { retryAfterSeconds: 1 },
  )

const unexpected = () =>
  new Problem(500, 'internal', {
    vi: 'Có lỗi ngoài dự kiến và đã được ghi lại. Hãy thử lại; nếu còn lỗi, hãy báo quản trị viên.',
    en: 'Something unexpected happened and has been logged. Try again; if it stays, tell an administrator.',
  })

const BODY_ERRORS: Record<string, () => Problem> = {
  'entity.parse.failed': malformed,
  'entity.too.large': tooLarge,
  'encoding.unsupported': malformed,
  'charset.unsupported': malformed,
  'request.aborted': malformed,
  'request.size.invalid': malformed,
  'entity.verify.failed': malformed,
}

function problemOf(error: unknown, translate: (error: unknown) => Problem | undefined): Problem | undefined {
  if (error instanceof Problem) return error
  if (isUnavailable(error)) return unavailable()
  if (isRetryable(error)) return busy()
  const { type, status } = error as Parsing
  // An address that cannot be read is an address where nothing is.
  if (error instanceof URIError) return notFound()
  if (type === undefined && status === 400) return malformed()
  return BODY_ERRORS[type ?? '']?.() ?? translate(error)
}

/**
 * Every error becomes application/problem+json, or plain text for a followed link, in the person's language. `translate` knows the errors of features;
 * what nobody knows is logged with its stack and answered without it.
 */
export function errorHandler(
  log: Logger,
  translate: (error: unknown) => Problem | undefined,
): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    const known = problemOf(error, translate)
    if (!known) log.error({ err: error, route: req.route?.path }, 'unexpected error')
    const problem = known ?? unexpected()
    const { retryAfterSeconds } = problem.extra
    if (retryAfterSeconds !== undefined) res.set('Retry-After', String(retryAfterSeconds))
    const locale = res.locals.locale ?? req.session?.locale ?? (req.acceptsLanguages('vi', 'en') || 'vi')
    const answer = problem.toAnswer(locale)
    res.status(problem.status)
    // Whoever has followed a link to a file reads a sentence, in the page's frame or a tab of its own.
    if (req.accepts(['application/problem+json', 'text/html']) === 'text/html')
      res.type('text/plain').send(answer.detail)
    else res.type('application/problem+json').send(JSON.stringify(answer))
  }
}
