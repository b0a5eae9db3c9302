import type { IncomingMessage } from 'node:http'
import { MAX_BYTES } from './limits.ts'
import { notCsv, tooLarge } from './refusal.ts'

// Windows gives a .csv the second name when Excel is installed.
const CSV = /^(text\/csv|application\/vnd\.ms-excel|application\/octet-stream)\b/i

/**
 * The CSV file that is a request's body. What is larger than the limit is refused as soon as that is known, by its
 * announced length or by the bytes that came; the rest is read away, so that a browser still sending hears why.
 */
export async function receiveCsv(request: IncomingMessage): Promise<Buffer> {
  if (!CSV.test(request.headers['content-type'] ?? '')) throw refused(request, notCsv())
  if (Number(request.headers['content-length']) > MAX_BYTES) throw refused(request, tooLarge())
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BYTES) return void chunks.push(chunk)
      request.off('data', take)
      reject(refused(request, tooLarge()))
    }
    request.on('data', take)
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('aborted', () => reject(new Error('the client went away')))
  })
}

function refused(request: IncomingMessage, problem: Error): Error {
  request.resume()
  return problem
}
