/**
 * `npm run dev`: the server, started anew whenever src/ or processes/ changes, and Vite's server for ui/, which
 * reloads the page. Open Vite's address; it hands /api on to the server (ui/vite.config.ts).
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.js'

const port = process.env.PORT ?? '8080'
const commands = [
  [root, ['--watch', '--watch-path=src', '--watch-path=processes', '--watch-preserve-output', 'src/main.ts']],
  ...(existsSync(join(root, 'ui', 'index.html'))
    ? [[join(root, 'ui'), [join(root, 'node_modules', 'vite', 'bin', 'vite.js')]]]
    : []),
]
const children = commands.map(([cwd, args]) =>
  spawn(process.execPath, args, { cwd, stdio: 'inherit', env: { ...process.env, PORT: port } }),
)

let ending = false
/** When one ends the other has no purpose. */
function end(code) {
  if (ending) return
  ending = true
  process.exitCode = code
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', (code) => end(code ?? 1))
// Ctrl-C reaches the children by itself; this only keeps us until they have ended.
process.on('SIGINT', () => end(0))
process.on('SIGTERM', () => end(0))
