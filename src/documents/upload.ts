import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { Problem } from '../http/problem.ts'
import { claimHolds, typeOfFile } from './content-type.ts'
import { cleanFileName } from './file-name.ts'
import { storable } from './kinds.ts'
import { emptyFile, malformedUpload, tooLarge, wrongKind } from './refusal.ts'
import type { FileStore, Staged } from './store.ts'

export type Received = { staged: Staged; fileName: string; mediaType: string }
type Part = { staged: Staged; fileName: string; claimed: string }

/**
 * Reads one file from a multipart request into the store's temporary folder and finds out what it is.
 * Throws a problem (empty, too large, not what it says, malformed); then no temporary file is left.
 */
export const receiveUpload = async (
  request: IncomingMessage,
  store: FileStore,
  maxBytes: number,
): Promise<Received> => {
  const { staged, fileName, claimed } = await readPart(request, store, maxBytes)
  try {
    if (staged.size === 0) throw emptyFile()
    const mediaType = await typeOfFile(staged.path)
    if (!claimHolds(mediaType, { fileName, mediaType: claimed }))
      throw wrongKind(fileName, mediaType, storable)
    return { staged, fileName, mediaType }
  } catch (error) {
    await store.discard(staged)
    throw error
  }
}

/** Room for the form's own lines around the one file. */
const ENVELOPE_BYTES = 64 * 1024

const readPart = async (request: IncomingMessage, store: FileStore, maxBytes: number): Promise<Part> => {
  // A scan of 300 MB says so in its first line: it is refused before a byte of it is written.
  if (Number(request.headers['content-length']) > maxBytes + ENVELOPE_BYTES) {
    request.resume()
    throw tooLarge(maxBytes)
  }
  const form = parser(request)
  let part: Promise<Part> | undefined
  form.on('file', (_field: string, content: Readable, info: busboy.FileInfo) => {
    part = store
      .stage(content, maxBytes)
      .then((staged) => ({ staged, fileName: cleanFileName(info.filename ?? ''), claimed: info.mimeType }))
    part.catch((error) => form.destroy(error))
  })
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('close', resolve).on('error', reject)
      form.on('filesLimit', () => reject(malformedUpload()))
      request.on('close', () => request.complete || form.destroy(new Error('the client went away')))
      request.pipe(form)
    })
    if (part === undefined) throw malformedUpload()
    return await part
  } catch (error) {
    // The rest is read and thrown away, so that a browser still sending hears why and not "connection reset".
    request.unpipe()
    request.resume()
    form.destroy()
    const [half] = await Promise.allSettled(part ? [part] : [])
    if (half?.status === 'fulfilled') await store.discard(half.value.staged)
    throw refusal(half?.status === 'rejected' ? half.reason : error)
  }
}

const parser = (request: IncomingMessage) => {
  try {
    // Browsers write the name in UTF-8; busboy's own default would make "Đơn.pdf" into "ÄÆ¡n.pdf".
    const limits = { files: 1, fields: 8, parts: 10, fieldSize: 1024 }
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits })
  } catch {
    request.resume()
    throw malformedUpload()
  }
}

/** What the form parser complains about is the sender's fault; what the file system complains about is ours. */
const refusal = (error: unknown): unknown =>
  error instanceof Problem || (error as NodeJS.ErrnoException).syscall ? error : malformedUpload()
