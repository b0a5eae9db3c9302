import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { mayShowInline } from './content-type.ts'
import { contentDisposition } from './file-name.ts'
import type { StoredContent } from './read-model.ts'
import type { FileStore } from './store.ts'

// Chromium's PDF viewer does not open in a sandbox, so what is shown in place gets a policy that lets nothing load.
const INLINE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"

/**
 * Sends stored bytes so that nothing in them can act on the page's behalf: the type we found, never guessed anew by
 * the browser; in place only what cannot run, everything else as a download in a sandbox.
 */
export const serveContent = async (
  res: Response,
  store: FileStore,
  content: StoredContent,
): Promise<void> => {
  const inline = mayShowInline(content.media_type, await store.head(content.sha256, 1024))
  res.set({
    'Content-Type': content.media_type,
    'Content-Length': content.size,
    'Content-Disposition': contentDisposition(inline ? 'inline' : 'attachment', content.file_name),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': inline ? INLINE_POLICY : "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  })
  try {
    await pipeline(store.get(content.sha256), res)
  } catch (error) {
    // The reader closed the page before the end: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

/** Sends a PDF of our own making that is stored nowhere: a draft, a preview, a printed register. */
export const servePdf = (res: Response, bytes: Uint8Array, fileName: string): undefined => {
  res.set({
    'Content-Type': 'application/pdf',
    'Content-Disposition': contentDisposition('inline', fileName),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': INLINE_POLICY,
    'Cache-Control': 'private, no-store',
  })
  res.send(Buffer.from(bytes))
  return undefined
}
