import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { missing } from './missing.js'
import { root, workFolder } from './places.js'

/** Zeebe 8.5 is built for Java 21. */
const wanted = 21

/**
 * The first Java of version 21 or newer: JAVA_HOME, then PATH, then the folders where systems keep JVMs.
 * @param {Record<string, string | undefined>} [env]
 * @param {string[]} [homes] where to look last
 * @returns {string} the `java` program
 * @throws when there is none
 */
export function findJava(env = process.env, homes = jvmHomes()) {
  const known = remembered(env)
  if (known) return known
  const seen = []
  for (const bin of candidates(env, homes)) {
    if (!existsSync(bin)) continue
    const version = javaVersion(bin)
    if (version >= wanted) return remember(env, bin)
    if (version) seen.push(`${version} in ${bin}`)
  }
  const found = seen.length > 0 ? ` (found only Java ${[...new Set(seen)].join(', ')})` : ''
  throw missing(
    `Java ${wanted} or newer is missing${found}: install one (adoptium.net, or your system's package openjdk-${wanted}-jre-headless) or set JAVA_HOME to it, then run this again.`,
  )
}

function candidates(env, homes) {
  const home = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin')] : []
  const path = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...home, ...path, ...homes.map((folder) => join(folder, 'bin'))].map((folder) =>
    join(folder, 'java'),
  )
}

/** Where systems keep their JVMs. */
const jvmHomes = () => [
  ...inside('/usr/lib/jvm'),
  ...inside('/opt'),
  ...inside('/Library/Java/JavaVirtualMachines').map((jdk) => join(jdk, 'Contents', 'Home')),
  ...['/opt/homebrew/opt', '/usr/local/opt'].flatMap(inside).filter((name) => name.includes('openjdk')),
  ...inside(join(homedir(), '.sdkman', 'candidates', 'java')),
]

function inside(folder) {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  } catch {
    // Absent on this system, or not ours to read.
    return []
  }
}

/** The feature version that `java -version` tells ("1.8.0_392" is 8), or 0 when it tells none. */
export function javaVersion(bin) {
  const { stderr } = spawnSync(bin, ['-version'], { encoding: 'utf8', timeout: 20_000 })
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(stderr ?? '') ?? []
  return Number(first === '1' ? second : first) || 0
}

// Asking three JVMs takes a second, and nothing changes between two starts.
const memory = join(workFolder, 'java.json')
const question = (env) => `${env.JAVA_HOME ?? ''}|${env.PATH ?? ''}`

function remembered(env) {
  try {
    const { bin, modified, asked } = JSON.parse(readFileSync(memory, 'utf8'))
    return asked === question(env) && statSync(bin).mtimeMs === modified ? bin : null
  } catch {
    return null
  }
}

function remember(env, bin) {
  // Without node_modules (removed by the next step of a first run) there is nothing to remember it in.
  if (existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    mkdirSync(workFolder, { recursive: true })
    writeFileSync(memory, JSON.stringify({ bin, modified: statSync(bin).mtimeMs, asked: question(env) }))
  }
  return bin
}
