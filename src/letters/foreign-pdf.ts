import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib'
import { invalidField } from '../http/invalid.ts'
import type { Problem } from '../http/problem.ts'

/** Most pages of a result made elsewhere. */
const MOST_PAGES = 300

/** Names in a PDF that make a viewer run, fetch, send or hide something, with what they are in words. */
const ACTIVE: Record<string, { vi: string; en: string }> = {
  JS: { vi: 'mã lệnh JavaScript', en: 'a script (JavaScript)' },
  JavaScript: { vi: 'mã lệnh JavaScript', en: 'a script (JavaScript)' },
  Launch: { vi: 'lệnh mở chương trình khác', en: 'a command that starts a program' },
  AA: { vi: 'hành động tự chạy', en: 'an action that runs by itself' },
  SubmitForm: { vi: 'lệnh gửi dữ liệu ra ngoài', en: 'a command that sends data away' },
  ImportData: { vi: 'lệnh nhập dữ liệu', en: 'a command that imports data' },
  XFA: { vi: 'biểu mẫu động (XFA)', en: 'a dynamic form (XFA)' },
  RichMedia: { vi: 'nội dung đa phương tiện', en: 'rich media' },
  EmbeddedFile: { vi: 'tệp đính kèm ẩn', en: 'an embedded file' },
  EmbeddedFiles: { vi: 'tệp đính kèm ẩn', en: 'an embedded file' },
  FT: { vi: 'trường biểu mẫu điền được', en: 'a fillable form field' },
  ByteRange: {
    vi: 'chữ ký số có sẵn (chèn trang ban hành sẽ làm hỏng)',
    en: 'a digital signature (the page of issue would break it)',
  },
}

const FIELD = 'data.result.uploadId'
const refused = (vi: string, en: string): Problem => invalidField(FIELD, vi, en)

/**
 * A PDF made elsewhere that may become a letter: readable from the first byte to the last, without password, scripts,
 * self-running actions, hidden files or a signature that an added page would break. Throws a 422 that says what to do.
 */
export async function checkForeignPdf(bytes: Uint8Array): Promise<{ pages: number }> {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw refused(
      'Tệp này không phải PDF. Hãy xuất văn bản ra PDF rồi tải lên lại.',
      'This file is no PDF. Export the document as PDF and upload it again.',
    )
  const document = await readPdf(bytes)
  if (document.isEncrypted)
    throw refused(
      'Tệp PDF có mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu rồi tải lên lại.',
      'The PDF has a password or is locked. Remove it and upload again.',
    )
  const pages = document.getPageCount()
  if (pages < 1 || pages > MOST_PAGES)
    throw refused(
      `Tệp PDF có ${pages} trang; chỉ nhận từ 1 đến ${MOST_PAGES} trang.`,
      `The PDF has ${pages} pages; from 1 to ${MOST_PAGES} are accepted.`,
    )
  const found = activePart(document)
  if (found)
    throw refused(
      `Tệp PDF có ${found.vi}. Hãy in lại ra PDF (không kèm mã lệnh, tệp, chữ ký) rồi tải lên.`,
      `The PDF has ${found.en}. Print it to PDF again, without such parts, and upload that.`,
    )
  return { pages }
}

async function readPdf(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    // A file cut off in the middle is repaired by readers, and its last pages are gone without a word.
    const end = Buffer.from(bytes.subarray(-2048)).toString('latin1')
    if (!/startxref\s+\d+\s+%%EOF\s*$/.test(end)) throw new Error('the end is missing')
    const document = await PDFDocument.load(bytes, {
      ignoreEncryption: true,
      throwOnInvalidObject: true,
      updateMetadata: false,
    })
    document.getPageCount()
    return document
  } catch {
    throw refused(
      'Không đọc được tệp PDF này: tệp hỏng hoặc chưa đầy đủ. Hãy xuất lại ra PDF rồi tải lên.',
      'This PDF cannot be read: it is broken or incomplete. Export it again and upload that.',
    )
  }
}

/** Looks through every object, compressed ones too; references lead to objects that are looked at themselves. */
function activePart(document: PDFDocument): { vi: string; en: string } | undefined {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const found = inObject(object)
    if (found) return found
  }
  // Opening at a page is a place, not an action.
  const open = document.catalog.lookup(PDFName.of('OpenAction'))
  return open instanceof PDFDict && open.lookup(PDFName.of('S')) !== PDFName.of('GoTo')
    ? ACTIVE.AA
    : undefined
}

function inObject(object: PDFObject): { vi: string; en: string } | undefined {
  if (object instanceof PDFArray) return firstOf(object.asArray())
  const dict = object instanceof PDFStream ? object.dict : object
  if (!(dict instanceof PDFDict)) return undefined
  for (const [key, value] of dict.entries()) {
    const name =
      ACTIVE[key.decodeText()] ?? (value instanceof PDFName ? ACTIVE[value.decodeText()] : undefined)
    if (name) return name
  }
  return firstOf(dict.values())
}

function firstOf(objects: PDFObject[]): { vi: string; en: string } | undefined {
  for (const object of objects) {
    const found = inObject(object)
    if (found) return found
  }
  return undefined
}

/**
 * The document with pages before its first, as an incremental update: the file begins with the document's own bytes,
 * unchanged, so that whoever has its hash can check it. The same input gives the same bytes.
 */
export async function withPagesBefore(document: Uint8Array, before: Uint8Array): Promise<Buffer> {
  const whole = await PDFDocument.load(document, { forIncrementalUpdate: true, updateMetadata: false })
  const front = await PDFDocument.load(before, { updateMetadata: false })
  const pages = await whole.copyPages(front, front.getPageIndices())
  for (const [index, page] of pages.entries()) whole.insertPage(index, page)
  return Buffer.from(await whole.commit())
}
