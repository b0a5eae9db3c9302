import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execute } from './execute.js'
import { root } from './places.js'
import { sizeOf, withProgress } from './progress.js'
import { withScratch } from './scratch.js'

const ui = join(root, 'ui')
const built = join(ui, 'dist')
const stamp = join(built, '.built-from')

/** Builds the UI when its sources or the packages changed since the last build. */
export async function prepareUi() {
  if (!existsSync(join(ui, 'index.html'))) return
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  // Built aside and renamed: a failed or interrupted build leaves the last good one.
  await withScratch(join(root, 'node_modules'), async (scratch) => {
    const out = join(scratch, 'dist')
    const vite = [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--outDir',
      out,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ]
    await withProgress(
      'Building the user interface',
      // Whoever installs for development still gets the pages that people use.
      () => execute(node, vite, { cwd: ui, env: { NODE_ENV: 'production' } }),
      () => sizeOf(out),
    )
    writeFileSync(join(out, '.built-from'), wanted)
    rmSync(built, { recursive: true, force: true })
    renameSync(out, built)
  })
}

/** The Node of the packages, whatever Node called npm. */
const node = join(root, 'node_modules', '.bin', 'node')

/** One hash over the names and contents of the UI's sources and over the lock file. */
function sourcesHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const file of sources(ui)) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? sources(path) : [path]
    })
}
