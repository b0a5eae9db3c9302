import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { kindOf } from './kinds.ts'
import { zipNames } from './zip-names.ts'

const headLength = 65_536
/** Readers accept a PDF whose header stands anywhere in the first 1,024 bytes (ISO 32000-1, Annex H.3.4.1). */
const pdfWindow = 1024
const markup = /<(!doctype\s+html|html|head|body|script|iframe|svg|meta|a\s)/i

/** The true media type of a file, by its content alone. Never unpacks anything. */
export const typeOfFile = async (path: string): Promise<string> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0)
    const head = buffer.subarray(0, bytesRead)
    const type = await typeOfHead(head)
    return type === 'application/zip' ? typeOfZip(await zipNames(file, size)) : type
  } finally {
    await file.close()
  }
}

const typeOfHead = async (head: Buffer): Promise<string> => {
  if (starts(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'application/pdf'
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  // A PNG's own first chunk must follow its signature; file-type also wants image data inside our window.
  if (
    starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) &&
    head.toString('latin1', 12, 16) === 'IHDR'
  )
    return 'image/png'
  if (starts(head, [0x50, 0x4b, 0x03, 0x04])) return 'application/zip'
  // file-type would inflate a little of it to look for a TAR.
  if (starts(head, [0x1f, 0x8b])) return 'application/gzip'
  if (/^AC10\d\d/.test(head.toString('latin1', 0, 6))) return 'image/vnd.dwg'
  const known = await fileTypeFromBuffer(head)
  if (known !== undefined) return known.mime
  // Only after every other signature: a program with "%PDF-" in its first kilobyte is still a program.
  if (head.subarray(0, pdfWindow).includes('%PDF-')) return 'application/pdf'
  return typeOfText(head)
}

const typeOfText = (head: Buffer): string => {
  const text = head.toString('utf8')
  if (markup.test(text)) return 'text/html'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what tells bytes from text
  return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? 'application/octet-stream' : 'text/plain'
}

/** Office files are ZIP archives; which one shows in the part that holds the body. */
const typeOfZip = (names: string[]): string => {
  if (!names.includes('[Content_Types].xml')) return 'application/zip'
  const office = 'application/vnd.openxmlformats-officedocument'
  if (names.includes('word/document.xml')) return `${office}.wordprocessingml.document`
  if (names.includes('xl/workbook.xml')) return `${office}.spreadsheetml.sheet`
  return 'application/zip'
}

/**
 * Whether name and claimed media type say what the content is. A name without an ending and the types browsers
 * send when they do not know (none, application/octet-stream) claim nothing.
 */
export const claimHolds = (trueType: string, claim: { fileName: string; mediaType: string }): boolean => {
  const kind = kindOf(trueType)
  if (kind === undefined) return false
  const ending = /\.([^.]+)$/.exec(claim.fileName)?.[1]?.toLowerCase()
  if (ending !== undefined && !(kind.endings as readonly string[]).includes(ending)) return false
  const claimed = claim.mediaType.split(';')[0]!.trim().toLowerCase()
  return ['', 'application/octet-stream', trueType, ...kind.claims].includes(claimed)
}

/**
 * Whether a browser may show it in place: only what it renders without running anything of the page's. A PDF that
 * begins with something else, or holds markup where a header belongs, is also a web page: it is only downloaded.
 */
export const mayShowInline = (mediaType: string, head: Buffer): boolean => {
  if (mediaType === 'image/jpeg' || mediaType === 'image/png') return true
  const window = head.subarray(0, pdfWindow).toString('latin1')
  return mediaType === 'application/pdf' && window.startsWith('%PDF-') && !markup.test(window)
}

const starts = (head: Buffer, signature: number[]): boolean =>
  head.length >= signature.length && signature.every((byte, index) => head[index] === byte)
