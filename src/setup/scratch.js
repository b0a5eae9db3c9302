import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const prefix = '.unfinished-'
const aDay = 24 * 3600 * 1000
const discard = (folder) => rmSync(folder, { recursive: true, force: true })

/** A signal's default death would leave the folder. */
const deaths = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]

/**
 * Lends a folder beside the place where its result is renamed to (a rename is whole or nothing only within one
 * disk). It is removed after the work, on Ctrl-C too; what a kill -9 left is swept a day later.
 * @template T
 * @param {string} parent
 * @param {(folder: string) => Promise<T>} work
 */
export async function withScratch(parent, work) {
  for (const name of readdirSync(parent)) {
    const old = join(parent, name)
    if (name.startsWith(prefix) && statSync(old).mtimeMs < Date.now() - aDay) discard(old)
  }
  const folder = mkdtempSync(join(parent, prefix))
  const end = (code) => {
    discard(folder)
    process.exit(code)
  }
  // Only while the work lasts: the server imports this module too and has its own way of stopping.
  const handlers = deaths.map(([signal, code]) => [signal, () => end(code)])
  for (const [signal, handler] of handlers) process.on(signal, handler)
  try {
    return await work(folder)
  } finally {
    for (const [signal, handler] of handlers) process.off(signal, handler)
    discard(folder)
  }
}
