#!/usr/bin/env node
/**
 * `npx mot-cua <command>`: prepares the packages as every npm script does, then runs the commands under the Node that is
 * pinned there. Plain JavaScript, so that an older Node and a clone without node_modules can say what they lack.
 */
import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const inClone = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

// What it says goes to stderr: stdout belongs to the command.
const prepared = spawnSync(process.execPath, [inClone('src/setup/prepare.js'), '--packages'], {
  stdio: ['ignore', 2, 2],
})
if (prepared.status !== 0) process.exit(2)

const child = spawn(
  inClone('node_modules/.bin/node'),
  ['--disable-warning=ExperimentalWarning', inClone('src/cli/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
// Ctrl-C reaches both at once; the command ends first and says how.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
})
child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
