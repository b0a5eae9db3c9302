/** What a schema says of a value, as a sentence for the person who typed it. */
import type { z } from 'zod'
import type { Words } from './fault.ts'
import { placeWords } from './place.ts'

type Issue = z.core.$ZodIssue

const KINDS: Record<string, Words> = {
  string: { vi: 'chữ', en: 'text' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'có hoặc không', en: 'yes or no' },
  array: { vi: 'danh sách', en: 'a list' },
  object: { vi: 'một nhóm mục', en: 'a group of fields' },
  record: { vi: 'một nhóm mục', en: 'a group of fields' },
}
const kind = (name: string): Words => KINDS[name] ?? { vi: name, en: name }

/** What is wrong with the value, without its place. */
function wrong(issue: Issue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { vi: 'còn thiếu', en: 'is missing' }
        : {
            vi: `phải là ${kind(issue.expected).vi}`,
            en: `must be ${kind(issue.expected).en}`,
          }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { vi: 'còn để trống', en: 'is empty' }
        : { vi: `phải từ ${issue.minimum} trở lên`, en: `must be at least ${issue.minimum}` }
    case 'too_big':
      return { vi: `không được quá ${issue.maximum}`, en: `must be at most ${issue.maximum}` }
    case 'invalid_value':
      return {
        vi: `phải là một trong: ${issue.values.map(String).join(', ')}`,
        en: `must be one of: ${issue.values.map(String).join(', ')}`,
      }
    case 'unrecognized_keys':
      return {
        vi: `có mục lạ: ${issue.keys.join(', ')}`,
        en: `has unknown fields: ${issue.keys.join(', ')}`,
      }
    case 'invalid_format':
      return { vi: 'không đúng mẫu', en: 'is not in the right form' }
    default:
      return { vi: 'không hợp lệ', en: 'is not valid' }
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** “Thời hạn › dòng 1 › cam kết: còn thiếu.” */
export function shapeWords(issue: Issue): Words {
  const place = issue.path.length > 0 ? placeWords(issue.path) : { vi: 'dữ liệu thủ tục', en: 'the data' }
  const what = wrong(issue)
  return { vi: `${capital(place.vi)}: ${what.vi}.`, en: `${capital(place.en)}: ${what.en}.` }
}
