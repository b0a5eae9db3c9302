import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execute } from './execute.js'
import { root, workFolder } from './places.js'
import { sizeOf, withProgress } from './progress.js'

const modules = join(root, 'node_modules')
/** npm's own account of what it installed; written last. */
const installed = join(modules, '.package-lock.json')
const stamp = join(workFolder, 'packages')

/** Names the machine too: node_modules mounted into a container of another kind holds the wrong programs. */
const wantedStamp = () =>
  `${createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')} ${process.platform} ${process.arch}`

/** Whether node_modules holds what package-lock.json says. */
export function packagesMatch() {
  if (!existsSync(installed)) return false
  const wanted = wantedStamp()
  if (existsSync(stamp)) {
    const [hash, ...machine] = readFileSync(stamp, 'utf8').split(' ')
    if (`${hash} ${machine.join(' ')}` === wanted) return true
    if (machine.join(' ') !== `${process.platform} ${process.arch}`) return false
  }
  // Installed by hand (npm install): compare what npm wrote down.
  if (!lockHolds(packagesIn(join(root, 'package-lock.json')), packagesIn(installed))) return false
  writeStamp(wanted)
  return true
}

/** Whether every package of the lock file is installed in its version; the optional ones may be for other machines. */
export function lockHolds(locked, present) {
  return Object.entries(locked).every(([path, { version, integrity, optional, link }]) => {
    if (path === '' || link) return true
    const there = present[path]
    if (!there) return Boolean(optional)
    return there.version === version && there.integrity === integrity
  })
}

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

function writeStamp(text) {
  mkdirSync(workFolder, { recursive: true })
  writeFileSync(stamp, text)
}

/** `npm ci` when node_modules is not what the lock file says. */
export async function preparePackages() {
  if (packagesMatch()) return
  const count = Object.values(packagesIn(join(root, 'package-lock.json'))).filter(
    ({ optional }) => !optional,
  ).length
  try {
    await withProgress(`Installing ${count} packages`, install, () => sizeOf(modules), 900e6)
  } catch (error) {
    // npm empties node_modules first and writes its account last: without it the folder is a half.
    if (!existsSync(installed)) rmSync(modules, { recursive: true, force: true })
    throw error
  }
  writeStamp(wantedStamp())
}

function install() {
  // The npm that started us, so that no second one need be on the path.
  const npm = /npm-cli\.c?js$/.test(process.env.npm_execpath ?? '')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm']
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--no-fund', '--no-audit']
  return execute(command, args, { cwd: root, env: { IBM_TELEMETRY_DISABLED: 'true' } })
}
