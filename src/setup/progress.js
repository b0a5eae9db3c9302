import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

/**
 * Does a piece of work and, once it takes longer than a second, says what it is and how far it has come.
 * @param {string} title
 * @param {() => Promise<unknown>} work
 * @param {() => number} [done] bytes so far; asked every few seconds
 * @param {number} [total] bytes in all
 */
export async function withProgress(title, work, done, total) {
  const start = performance.now()
  const seconds = () => `${Math.round((performance.now() - start) / 1000)} s`
  const size = () => (done ? `, ${megabytes(done())}` : '')
  const announce = () => console.log(total ? `${title} (${megabytes(total)}) …` : `${title} …`)
  const first = setTimeout(announce, 1000)
  const more = setInterval(() => console.log(`  ${seconds()}${size()}`), process.stdout.isTTY ? 3000 : 10_000)
  try {
    const result = await work()
    if (performance.now() - start > 1000) console.log(`  done in ${seconds()}${size()}`)
    return result
  } finally {
    clearTimeout(first)
    clearInterval(more)
  }
}

/** Bytes of the files under a folder; 0 while it does not exist. */
export function sizeOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sum + sizeOf(path)
      return sum + (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0)
    }, 0)
  } catch (error) {
    // Folders come and go under an installer.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 0
    throw error
  }
}
