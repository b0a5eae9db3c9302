export type Words = { vi: string; en: string }
export type FieldError = { field: string; message: Words }

const TITLES: Record<number, Words> = {
  400: { vi: 'Yêu cầu chưa đúng', en: 'The request is not right' },
  401: { vi: 'Chưa đăng nhập', en: 'Not logged in' },
  403: { vi: 'Không có quyền', en: 'Not allowed' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  405: { vi: 'Không làm được ở địa chỉ này', en: 'Not possible at this address' },
  409: { vi: 'Đã có thay đổi khác', en: 'Something else happened first' },
  413: { vi: 'Dữ liệu quá lớn', en: 'Too much data' },
  415: { vi: 'Sai loại dữ liệu', en: 'Wrong kind of data' },
  422: { vi: 'Nội dung chưa hợp lệ', en: 'The content is not valid' },
  429: { vi: 'Quá nhiều lần', en: 'Too often' },
  500: { vi: 'Lỗi hệ thống', en: 'System error' },
  503: { vi: 'Tạm thời gián đoạn', en: 'Temporarily interrupted' },
}

type Extra = { errors?: FieldError[]; retryAfterSeconds?: number; facts?: Record<string, unknown> }

/**
 * An answer that says no (RFC 9457). `type` is stable, for machines; `words` say in the person's language what happened
 * and what to do next. `facts` are further members of the answer, such as who was first.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly type: string
  readonly words: Words
  readonly extra: Extra

  constructor(status: number, type: string, words: Words, extra: Extra = {}) {
    super(`${status} ${type}`)
    this.status = status
    this.type = type
    this.words = words
    this.extra = extra
  }

  /** The body of the answer, application/problem+json. */
  toAnswer(locale: 'vi' | 'en') {
    return {
      type: `urn:mot-cua:${this.type}`,
      title: (TITLES[this.status] ?? TITLES[500])?.[locale],
      status: this.status,
      detail: this.words[locale],
      ...(this.extra.errors && {
        errors: this.extra.errors.map(({ field, message }) => ({ field, message: message[locale] })),
      }),
      ...this.extra.facts,
    }
  }
}

/** The thing is not there, or the actor may not know that it is. */
export const notFound = (words?: Words) =>
  new Problem(
    404,
    'not-found',
    words ?? {
      vi: 'Không tìm thấy nội dung này, hoặc bạn không có quyền xem. Hãy kiểm tra lại địa chỉ.',
      en: 'This is not here, or you may not see it. Check the address.',
    },
  )

export const notLoggedIn = () =>
  new Problem(401, 'not-logged-in', {
    vi: 'Hãy đăng nhập rồi làm lại.',
    en: 'Log in and try again.',
  })

export const forbidden = (words?: Words) =>
  new Problem(
    403,
    'forbidden',
    words ?? {
      vi: 'Vai trò của bạn không được làm việc này. Hãy nhờ người có thẩm quyền hoặc quản trị viên.',
      en: 'Your role may not do this. Ask somebody who may, or an administrator.',
    },
  )

/** Somebody or something was first; `facts` say who and when. */
export const conflict = (type: string, words: Words, facts?: Record<string, unknown>) =>
  new Problem(409, type, words, facts ? { facts } : {})

/** Well formed, but not acceptable; `errors` name the fields. */
export const unprocessable = (type: string, words: Words, errors?: FieldError[]) =>
  new Problem(422, type, words, errors ? { errors } : {})
