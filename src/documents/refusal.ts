import { Problem, unprocessable, type Words } from '../http/problem.ts'
import { kindOf, kinds, nameOfKind } from './kinds.ts'

type Locale = 'vi' | 'en'

export const tooLarge = (maxBytes: number) =>
  new Problem(413, 'file-too-large', {
    vi: `Tệp lớn hơn ${megabytes(maxBytes, 'vi')}. Hãy giảm dung lượng hoặc chia thành nhiều tệp rồi tải lên lại.`,
    en: `The file is larger than ${megabytes(maxBytes, 'en')}. Make it smaller or split it, then upload it again.`,
  })

export const emptyFile = () =>
  unprocessable('file-empty', {
    vi: 'Tệp không có nội dung (0 byte). Hãy chọn lại đúng tệp.',
    en: 'The file is empty (0 bytes). Choose the right file again.',
  })

export const malformedUpload = () =>
  new Problem(400, 'malformed-upload', {
    vi: 'Không đọc được tệp gửi lên. Hãy gửi đúng một tệp, dạng multipart/form-data, trong trường “file”.',
    en: 'The upload could not be read. Send exactly one file as multipart/form-data in the field "file".',
  })

/** A file that is not what its name or claimed type says, or is of a kind that no paper may be. */
export const wrongKind = (fileName: string, trueType: string, accepted: readonly string[]) =>
  unprocessable(
    kindOf(trueType) ? 'file-not-what-it-says' : 'file-kind-not-accepted',
    wrongKindWords(fileName, trueType, accepted),
  )

/** "Nội dung của “don.pdf” là trang web (HTML). Chỉ nhận: …" */
export const wrongKindWords = (fileName: string, trueType: string, accepted: readonly string[]): Words => ({
  vi: `Nội dung của “${fileName}” là ${nameOfKind(trueType, 'vi')}. ${acceptedSentence(accepted, 'vi')}`,
  en: `The content of "${fileName}" is ${nameOfKind(trueType, 'en')}. ${acceptedSentence(accepted, 'en')}`,
})

const acceptedSentence = (accepted: readonly string[], locale: Locale): string => {
  const list = kinds
    .filter((kind) => accepted.includes(kind.mediaType))
    .map((kind) => `${nameOfKind(kind.mediaType, locale)} (.${kind.endings[0]})`)
    .join(', ')
  return locale === 'vi'
    ? `Chỉ nhận: ${list}; tên tệp phải đúng với loại tệp.`
    : `Accepted: ${list}; the name must fit the kind.`
}

/** "25 MB", "1,5 MB" in Vietnamese; 1 MB = 1,048,576 bytes. */
export const megabytes = (bytes: number, locale: Locale): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1_048_576)} MB`
