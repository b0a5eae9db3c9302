import { isUtf8 } from 'node:buffer'
import { noFile, wrongEncoding } from './refusal.ts'

const startsWith = (bytes: Buffer, ...start: number[]): boolean => start.every((byte, n) => bytes[n] === byte)

/** UTF-16 without its mark: every other byte of Latin text is zero. */
const hasNul = (bytes: Buffer): boolean => bytes.subarray(0, 4096).includes(0)

/** Vietnamese in UTF-8 that a program took for Windows-1252 and saved anew: "Nguyá»…n", "Tráº§n". */
const TWICE = /á[»º][\u0080-\u2122]|Ä[‘\u0090\u0091]|Æ[°¡]/

/**
 * The text of a CSV file in UTF-8, with or without its mark. Other encodings and workbooks are recognised.
 * @throws Problem 422 that says how to save the file as UTF-8
 */
export function decode(bytes: Buffer): string {
  if (bytes.length === 0) throw noFile()
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw wrongEncoding({
      vi: 'Đây là tệp bảng tính (Excel), không phải CSV.',
      en: 'This is a workbook, not a CSV file.',
    })
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || hasNul(bytes))
    throw wrongEncoding({
      vi: 'Tệp được lưu theo bảng mã UTF-16 (“Unicode Text”), cần UTF-8.',
      en: 'The file is saved as UTF-16 (“Unicode Text”); UTF-8 is needed.',
    })
  if (!isUtf8(bytes))
    throw wrongEncoding({
      vi: 'Tệp được lưu theo bảng mã cũ của Windows (1258 hoặc 1252), chữ tiếng Việt sẽ hỏng; cần UTF-8.',
      en: 'The file is saved in an old Windows encoding (1258 or 1252), which spoils Vietnamese letters; UTF-8 is needed.',
    })
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (TWICE.test(text))
    throw wrongEncoding({
      vi: 'Chữ tiếng Việt trong tệp đã hỏng (ví dụ “Nguyá»…n”) do mở sai bảng mã rồi lưu lại; hãy lưu lại từ bản gốc.',
      en: 'The Vietnamese letters are spoilt (“Nguyá»…n”): the file was opened in a wrong encoding and saved; save it anew from its source.',
    })
  return text
}
