import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const open = new Set()
const discard = (folder) => rmSync(folder, { recursive: true, force: true })
process.on('exit', () => open.forEach(discard))
// A default signal death skips 'exit' handlers.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => process.exit(code))

const prefix = '.unfinished-'
const aDay = 24 * 3600 * 1000

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
  open.add(folder)
  try {
    return await work(folder)
  } finally {
    discard(folder)
    open.delete(folder)
  }
}
