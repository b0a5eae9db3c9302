import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { execute } from './execute.js'
import { missing } from './missing.js'
import { cacheFolder } from './places.js'
import { sizeOf, withProgress } from './progress.js'
import { withScratch } from './scratch.js'

/** The one place for the engine's version. 8.5 is the last line whose licence allows free production use. */
export const zeebe = {
  version: '8.5.8',
  sha256: '53ce62b008e61a87a3f7aed700065ad1352084a24c85771bc4e8300828bf95b4',
  bytes: 212_102_843,
}

/** The unpacked distribution, in the cache that clones share. */
export const zeebeHome = (env = process.env) => join(cacheFolder(env), `zeebe-${zeebe.version}`)

/** The folder appears by a rename, so it is whole when it exists. */
export const isUnpacked = () => existsSync(zeebeHome())

/** @throws when Maven is needed and missing. */
export function requireMaven(javaBin) {
  if (isUnpacked()) return
  const { error } = spawnSync('mvn', ['--version'], { env: withJava(javaBin), timeout: 60_000 })
  if (error?.code === 'ENOENT') {
    throw missing(
      'Maven is missing: install it (maven.apache.org, or your system’s package maven), then run this again; it is needed once, to fetch Zeebe.',
    )
  }
}

/** Fetches Zeebe through Maven, checks it and unpacks it into the cache. Two clones may do so at once: the first rename wins. */
export async function prepareZeebe(javaBin, sha256 = zeebe.sha256) {
  if (isUnpacked()) return
  await withScratch(cacheFolder(), async (scratch) => {
    const archive = await fetchArchive(scratch, javaBin)
    await checkArchive(archive, sha256)
    await withProgress(`Unpacking Zeebe ${zeebe.version}`, () =>
      execute('tar', ['-xzf', archive, '--no-same-owner', '-C', scratch]),
    )
    try {
      renameSync(join(scratch, `camunda-zeebe-${zeebe.version}`), zeebeHome())
    } catch (error) {
      if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error
    }
  })
}

async function fetchArchive(folder, javaBin) {
  const store = join(homedir(), '.m2', 'repository', 'io', 'camunda', 'camunda-zeebe', zeebe.version)
  const copy = [
    '-q',
    '-B',
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
    `-Dartifact=io.camunda:camunda-zeebe:${zeebe.version}:tar.gz`,
    `-DoutputDirectory=${folder}`,
  ]
  await withProgress(
    `Fetching Zeebe ${zeebe.version} through Maven`,
    // Outside the tree, where no pom.xml of somebody else's is found.
    () => execute('mvn', copy, { cwd: folder, env: withJava(javaBin) }),
    () => Math.max(sizeOf(store), sizeOf(folder)),
    zeebe.bytes,
  )
  return join(folder, `camunda-zeebe-${zeebe.version}.tar.gz`)
}

/** Maven’s own Java may be any; the one we found saves a second installation. */
const withJava = (javaBin) => ({ ...process.env, JAVA_HOME: process.env.JAVA_HOME ?? javaHomeOf(javaBin) })

function javaHomeOf(javaBin) {
  const { stderr } = spawnSync(javaBin, ['-XshowSettings:properties', '-version'], { encoding: 'utf8' })
  return /java\.home = (.+)/.exec(stderr)?.[1]?.trim() ?? dirname(dirname(javaBin))
}

async function checkArchive(file, sha256) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('hex') !== sha256) {
    throw missing(
      `The Zeebe archive that Maven delivered is not the one we know (sha256 differs): remove io/camunda/camunda-zeebe/${zeebe.version} from Maven’s local repository and run this again.`,
    )
  }
}
