import { Problem, unprocessable, type Words } from '../http/problem.ts'
import { MAX_BYTES, MAX_ROWS } from './limits.ts'

const HOW: Words = {
  vi: 'Trong Excel: Tệp › Lưu dưới dạng › chọn loại “CSV UTF-8 (phân tách bằng dấu phẩy)”. Trong LibreOffice: Lưu dưới dạng › Text CSV › Bộ ký tự “Unicode (UTF-8)”.',
  en: 'In Excel: File › Save As › type “CSV UTF-8 (Comma delimited)”. In LibreOffice: Save As › Text CSV › character set “Unicode (UTF-8)”.',
}

export const noFile = () =>
  unprocessable('file-empty', {
    vi: 'Tệp không có dòng nào. Hãy tải tệp mẫu, điền vào rồi gửi lại.',
    en: 'The file has no rows. Download the sample, fill it in and send it again.',
  })

export const tooLarge = () =>
  new Problem(413, 'file-too-large', {
    vi: `Tệp lớn hơn ${MAX_BYTES / 1_048_576} MB. Hãy chia thành nhiều tệp, mỗi tệp không quá ${MAX_ROWS.toLocaleString('vi')} dòng.`,
    en: `The file is larger than ${MAX_BYTES / 1_048_576} MB. Split it into files of at most ${MAX_ROWS.toLocaleString('en')} rows.`,
  })

export const tooManyRows = () =>
  unprocessable('too-many-rows', {
    vi: `Tệp có hơn ${MAX_ROWS.toLocaleString('vi')} dòng. Hãy chia thành nhiều tệp.`,
    en: `The file has more than ${MAX_ROWS.toLocaleString('en')} rows. Split it.`,
  })

export const notCsv = () =>
  new Problem(415, 'not-csv', {
    vi: 'Hãy gửi tệp CSV (Content-Type: text/csv).',
    en: 'Send a CSV file (Content-Type: text/csv).',
  })

/** Bytes that are no CSV in UTF-8; `found` says what they look like. */
export const wrongEncoding = (found: Words) =>
  unprocessable('not-utf8', { vi: `${found.vi} ${HOW.vi}`, en: `${found.en} ${HOW.en}` })

/** The table as a whole cannot be read: nothing of it is looked at. */
export const unreadable = (vi: string, en: string) => unprocessable('csv-unreadable', { vi, en })

export const fileChanged = () =>
  unprocessable('file-changed', {
    vi: 'Tệp này khác với tệp đã kiểm tra. Hãy kiểm tra lại tệp này rồi mới ghi vào hệ thống.',
    en: 'This file is not the one that was tried. Try this one first, then take it over.',
  })
