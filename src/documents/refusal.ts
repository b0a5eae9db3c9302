import { kindOf, kinds, nameOfKind } from './kinds.ts'

type Words = { vi: string; en: string }
type Locale = 'vi' | 'en'

/** Why a file is not taken, as a stable word for machines and a sentence in both languages for people. */
export class FileRefused extends Error {
  readonly reason: 'empty' | 'too-large' | 'not-what-it-says' | 'not-storable' | 'malformed'
  readonly words: Words

  constructor(reason: FileRefused['reason'], words: Words) {
    super(`file refused: ${reason}`)
    this.name = 'FileRefused'
    this.reason = reason
    this.words = words
  }
}

export class TooLarge extends FileRefused {
  constructor(maxBytes: number) {
    const size = { vi: megabytes(maxBytes, 'vi'), en: megabytes(maxBytes, 'en') }
    super('too-large', {
      vi: `Tệp lớn hơn ${size.vi}. Hãy giảm dung lượng hoặc chia thành nhiều tệp rồi tải lên lại.`,
      en: `The file is larger than ${size.en}. Make it smaller or split it, then upload it again.`,
    })
  }
}

export const emptyFile = () =>
  new FileRefused('empty', {
    vi: 'Tệp không có nội dung (0 byte). Hãy chọn lại đúng tệp.',
    en: 'The file is empty (0 bytes). Choose the right file again.',
  })

export const malformedUpload = () =>
  new FileRefused('malformed', {
    vi: 'Không đọc được tệp gửi lên. Hãy gửi đúng một tệp trong trường “file”.',
    en: 'The upload could not be read. Send exactly one file in the field "file".',
  })

/** A file that is not what its name or claimed type says, or is of a kind that no paper may be. */
export const wrongKind = (fileName: string, trueType: string, accepted: readonly string[]): FileRefused =>
  new FileRefused(kindOf(trueType) ? 'not-what-it-says' : 'not-storable', {
    vi: `Nội dung của “${fileName}” là ${nameOfKind(trueType, 'vi')}. ${acceptedSentence(accepted, 'vi')}`,
    en: `The content of "${fileName}" is ${nameOfKind(trueType, 'en')}. ${acceptedSentence(accepted, 'en')}`,
  })

/** "Chỉ nhận: PDF (.pdf), ảnh JPEG (.jpg)." */
export const acceptedSentence = (accepted: readonly string[], locale: Locale): string => {
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
