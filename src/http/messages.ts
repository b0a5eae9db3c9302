import type { z } from 'zod'
import type { FieldError, Words } from './problem.ts'

type Issue = z.core.$ZodIssue

const KINDS: Record<string, Words> = {
  string: { vi: 'chữ', en: 'text' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'đúng hoặc sai', en: 'true or false' },
  array: { vi: 'danh sách', en: 'a list' },
  object: { vi: 'nhóm dữ liệu', en: 'an object' },
  record: { vi: 'nhóm dữ liệu', en: 'an object' },
}

const FORMATS: Record<string, Words> = {
  uuid: { vi: 'mã định danh (UUID)', en: 'an identifier (UUID)' },
  email: { vi: 'địa chỉ thư điện tử', en: 'an e-mail address' },
  datetime: {
    vi: 'thời điểm, ví dụ 2026-11-24T17:00:00+07:00',
    en: 'a time such as 2026-11-24T17:00:00+07:00',
  },
  date: { vi: 'ngày, ví dụ 2026-11-24', en: 'a day such as 2026-11-24' },
}

const UNIT: Record<string, Words> = {
  string: { vi: ' ký tự', en: ' characters' },
  array: { vi: ' mục', en: ' items' },
}

const wrong: Words = { vi: 'Giá trị không hợp lệ; hãy sửa lại.', en: 'The value is not valid; correct it.' }
const missing: Words = { vi: 'Hãy điền mục này.', en: 'Fill this in.' }
/** A field that the input may not have. */
export const unknownField: Words = {
  vi: 'Không có mục này; hãy bỏ đi.',
  en: 'There is no such field; leave it out.',
}

function bound(issue: Issue & { code: 'too_small' | 'too_big' }): Words {
  const unit = UNIT[issue.origin] ?? { vi: '', en: '' }
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum
  if (issue.code === 'too_small' && issue.origin === 'string' && Number(limit) === 1) return missing
  return issue.code === 'too_small'
    ? { vi: `Phải từ ${limit}${unit.vi} trở lên.`, en: `Must be at least ${limit}${unit.en}.` }
    : { vi: `Không được quá ${limit}${unit.vi}.`, en: `Must be at most ${limit}${unit.en}.` }
}

function words(issue: Issue): Words {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined) return missing
      const kind = KINDS[issue.expected]
      return kind ? { vi: `Phải là ${kind.vi}.`, en: `Must be ${kind.en}.` } : wrong
    }
    case 'too_small':
    case 'too_big':
      return bound(issue)
    case 'invalid_format': {
      const format = FORMATS[issue.format]
      return format ? { vi: `Phải là ${format.vi}.`, en: `Must be ${format.en}.` } : wrong
    }
    case 'invalid_value': {
      const list = issue.values.map(String).join(', ')
      return issue.input === undefined
        ? missing
        : { vi: `Phải là một trong: ${list}.`, en: `Must be one of: ${list}.` }
    }
    case 'custom': {
      // A schema's own check brings its words: .refine(check, { params: { vi, en } }).
      const { vi, en } = (issue.params ?? {}) as Partial<Words>
      return vi && en ? { vi, en } : wrong
    }
    default:
      return wrong
  }
}

/** Every fault of an input, by field, with what to do about it. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const field = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ field, message: words(issue) }]
    return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, message: unknownField }))
  })
}
