import { unknownField } from './messages.ts'
import { type FieldError, Problem, unprocessable, type Words } from './problem.ts'

/** No form of ours is nested half as deep; PostgreSQL and JSON.stringify both run out of stack on what has no end. */
const MAX_DEPTH = 20

const unstorable: Words = {
  vi: 'Có ký tự không lưu được; hãy xóa đi rồi nhập lại.',
  en: 'There is a character that cannot be stored; delete it and type it again.',
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

type Found = { unknown: FieldError[]; unstorable: FieldError[] }

function look(value: unknown, path: string[], found: Found): void {
  if (path.length > MAX_DEPTH) throw tooDeep()
  const field = path.join('.')
  if (typeof value === 'string' && !isStorable(value)) found.unstorable.push({ field, message: unstorable })
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const own = [...path, key]
    // Some code that copies objects would set the prototype, and all of it would drop the value without a word.
    if (key === '__proto__') found.unknown.push({ field: own.join('.'), message: unknownField })
    else if (!isStorable(key)) found.unstorable.push({ field: own.join('.'), message: unstorable })
    else look(inner, own, found)
  }
}

const tooDeep = () =>
  new Problem(400, 'too-deep', {
    vi: `Dữ liệu lồng nhau quá ${MAX_DEPTH} tầng. Hãy gửi đúng cấu trúc của biểu mẫu.`,
    en: `The data is nested more than ${MAX_DEPTH} deep. Send what the form asks for.`,
  })

/**
 * Throws for input that no schema speaks about and no table can hold: objects without end (400), prototype keys (400),
 * characters that PostgreSQL refuses (422); the fields are named.
 */
export function assertStorable(input: unknown): void {
  const found: Found = { unknown: [], unstorable: [] }
  look(input, [], found)
  if (found.unknown.length > 0)
    throw new Problem(
      400,
      'invalid-input',
      {
        vi: 'Một số mục chưa đúng. Hãy sửa các mục được nêu.',
        en: 'Some fields are not right. Correct those named.',
      },
      { errors: found.unknown },
    )
  if (found.unstorable.length > 0)
    throw unprocessable(
      'unstorable-character',
      {
        vi: 'Có mục chứa ký tự không lưu được. Hãy sửa các mục được nêu.',
        en: 'Some fields hold characters that cannot be stored. Correct those named.',
      },
      found.unstorable,
    )
}
