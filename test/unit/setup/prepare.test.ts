import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const setup = join(import.meta.dirname, '../../../src/setup')

let clone: string
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'mot-cua-clone-'))
  mkdirSync(join(clone, 'src'))
  cpSync(setup, join(clone, 'src/setup'), { recursive: true })
  mkdirSync(join(clone, 'bin'))
  mkdirSync(join(clone, 'cache'))
  writeFileSync(join(clone, 'package.json'), '{"name":"clone","version":"1.0.0","type":"module"}')
  lock({})
})
afterEach(() => rmSync(clone, { recursive: true }))

const lock = (packages: object) =>
  writeFileSync(
    join(clone, 'package-lock.json'),
    JSON.stringify({
      name: 'clone',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'clone', version: '1.0.0' }, ...packages },
    }),
  )

function fake(name: string, script: string): string {
  const file = join(clone, 'bin', name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

/** Stands for npm: installs what the lock file says, which is nothing, and leaves a trace. */
const fakeNpm = () => {
  fake(
    'npm',
    `echo "$@ telemetry=$IBM_TELEMETRY_DISABLED" >> ${clone}/npm.log; rm -rf node_modules; mkdir node_modules; cp package-lock.json node_modules/.package-lock.json`,
  )
}
const npmRuns = () =>
  spawnSync('cat', [join(clone, 'npm.log')], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)

/** Runs a module of the clone with nothing on the path but our fakes and the system's few tools. */
function run(code: string, env: object = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: clone,
    encoding: 'utf8',
    env: {
      PATH: `${join(clone, 'bin')}:/usr/bin:/bin`,
      MOTCUA_CACHE: join(clone, 'cache'),
      HOME: clone,
      ...env,
    },
  })
  return { stdout, stderr, status }
}
const prepare = (env: object = {}, ...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/setup/prepare.js', ...args], {
    cwd: clone,
    encoding: 'utf8',
    env: {
      PATH: `${join(clone, 'bin')}:/usr/bin:/bin`,
      MOTCUA_CACHE: join(clone, 'cache'),
      HOME: clone,
      ...env,
    },
  })
  return { stdout, stderr, status }
}

describe('packages', () => {
  beforeEach(fakeNpm)

  test('are installed when the lock file is not what is there, and only then', () => {
    expect(prepare({}, '--packages')).toMatchObject({ status: 0, stderr: '' })
    expect(npmRuns()).toEqual(['ci --include=dev --no-fund --no-audit telemetry=true'])
    prepare({}, '--packages')
    expect(npmRuns()).toHaveLength(1)
    lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } })
    prepare({}, '--packages')
    expect(npmRuns()).toHaveLength(2)
  })

  test('are left alone when somebody installed the same by hand', () => {
    mkdirSync(join(clone, 'node_modules'))
    cpSync(join(clone, 'package-lock.json'), join(clone, 'node_modules/.package-lock.json'))
    expect(prepare({}, '--packages').status).toBe(0)
    expect(npmRuns()).toEqual([])
  })

  test('half installed are removed, and what npm said is shown', () => {
    fake('npm', 'mkdir -p node_modules/half; echo "no network" >&2; exit 7')
    const { status, stderr } = prepare({}, '--packages')
    expect(status).toBe(1)
    expect(stderr).toContain('exit code 7')
    expect(stderr).toContain('no network')
    expect(existsSync(join(clone, 'node_modules'))).toBe(false)
  })

  test('an optional package for another machine may be absent, any other may not', () => {
    const code = (present: string) =>
      `import { lockHolds } from './src/setup/packages.js'; console.log(lockHolds({ a: { version: '1', integrity: 'x' }, b: { version: '1', optional: true } }, ${present}))`
    expect(run(code(`{ a: { version: '1', integrity: 'x' } }`)).stdout.trim()).toBe('true')
    expect(run(code(`{ b: { version: '1' } }`)).stdout.trim()).toBe('false')
    expect(run(code(`{ a: { version: '2', integrity: 'x' } }`)).stdout.trim()).toBe('false')
    expect(run(code(`{ a: { version: '1', integrity: 'y' } }`)).stdout.trim()).toBe('false')
  })

  test('production wants neither Java nor Maven nor Zeebe', () => {
    fake('java', 'exit 1')
    expect(prepare({ MOTCUA_MODE: 'production' })).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(join(clone, 'cache'))).toEqual([])
  })
})

describe('Java', () => {
  const version = (text: string) => `echo 'openjdk version "${text}" 2025-01-01' >&2`
  const find = (env: object = {}, homes: string[] = []) =>
    run(
      `import { findJava } from './src/setup/java.js'
       try { console.log(findJava(process.env, ${JSON.stringify(homes)})) } catch (error) { console.log(error.code, error.message) }`,
      // This machine's own Java must not be found.
      { PATH: join(clone, 'bin'), ...env },
    ).stdout.trim()

  test('is taken from JAVA_HOME first, then from the path, and is 21 or newer', () => {
    const onPath = fake('java', version('21.0.2'))
    expect(find()).toBe(onPath)
    mkdirSync(join(clone, 'jdk/bin'), { recursive: true })
    cpSync(fake('newer', version('25')), join(clone, 'jdk/bin/java'))
    expect(find({ JAVA_HOME: join(clone, 'jdk') })).toBe(join(clone, 'jdk/bin/java'))
    cpSync(fake('older', version('17.0.15')), join(clone, 'jdk/bin/java'))
    expect(find({ JAVA_HOME: join(clone, 'jdk') })).toBe(onPath)
  })

  test('is looked for where the system keeps its own when the one on the path is too old', () => {
    fake('java', version('17.0.15'))
    mkdirSync(join(clone, 'jvm/bin'), { recursive: true })
    cpSync(fake('kept', version('21')), join(clone, 'jvm/bin/java'))
    expect(find({}, [join(clone, 'jvm')])).toBe(join(clone, 'jvm/bin/java'))
  })

  test('missing or too old is one sentence that says what to install', () => {
    fake('java', version('1.8.0_392'))
    const said = find()
    expect(said).toMatch(
      /^MISSING Java 21 or newer is missing \(found only Java 8 in .*\): install one .* or set JAVA_HOME to it, then run this again\.$/,
    )
    expect(said.split('\n')).toHaveLength(1)
  })
})

describe('Zeebe', () => {
  /** An archive of ours, and a Maven that delivers it. */
  function fakeMaven(): string {
    const inside = join(clone, 'camunda-zeebe-8.5.8/bin')
    mkdirSync(inside, { recursive: true })
    writeFileSync(join(inside, 'broker'), 'whole')
    const archive = join(clone, 'archive.tar.gz')
    spawnSync('tar', ['-C', clone, '-czf', archive, 'camunda-zeebe-8.5.8'])
    fake(
      'mvn',
      `for arg; do case "$arg" in -DoutputDirectory=*) cp ${archive} "\${arg#*=}/camunda-zeebe-8.5.8.tar.gz";; esac; done`,
    )
    return createHash('sha256').update(readFileSync(archive)).digest('hex')
  }
  const fetchZeebe = (calls: string) =>
    run(`import { prepareZeebe } from './src/setup/zeebe.js'
      try { ${calls} } catch (error) { console.error(error.message); process.exitCode = 1 }`)
  const cache = () => readdirSync(join(clone, 'cache'))

  test('is unpacked once into the cache, also when two clones fetch it at once', () => {
    const hash = fakeMaven()
    const call = `prepareZeebe('/none/java', '${hash}')`
    expect(fetchZeebe(`await Promise.all([${call}, ${call}])`)).toMatchObject({ status: 0, stderr: '' })
    expect(cache()).toEqual(['zeebe-8.5.8'])
    expect(readFileSync(join(clone, 'cache/zeebe-8.5.8/bin/broker'), 'utf8')).toBe('whole')
    fake('mvn', 'exit 1')
    expect(fetchZeebe(`await ${call}`)).toMatchObject({ status: 0, stderr: '' })
  })

  test('from an archive that is not the one we know is refused, and nothing is left behind', () => {
    fakeMaven()
    const { status, stderr } = fetchZeebe(`await prepareZeebe('/none/java')`)
    expect(status).toBe(1)
    expect(stderr).toContain('sha256 differs')
    expect(cache()).toEqual([])
  })

  test('that Maven cannot fetch leaves nothing behind, and Maven is quoted', () => {
    fake('mvn', 'echo "Could not resolve artifact"; exit 1')
    const { status, stderr } = fetchZeebe(`await prepareZeebe('/none/java')`)
    expect(status).toBe(1)
    expect(stderr).toContain('Could not resolve artifact')
    expect(cache()).toEqual([])
  })

  test('without Maven is one sentence, said before anything is fetched', () => {
    const { stdout } = run(
      `import { requireMaven } from './src/setup/zeebe.js'; try { requireMaven('/none/java') } catch (error) { console.log(error.code, error.message) }`,
      { PATH: join(clone, 'bin') },
    )
    expect(stdout).toMatch(/^MISSING Maven is missing: install it .*\n$/)
  })

  test('without room on the disk is one sentence with the sizes', () => {
    const { stdout } = run(
      `import { requireSpace } from './src/setup/space.js'; try { requireSpace({ embedded: true }, () => 5e8) } catch (error) { console.log(error.code, error.message) }`,
    )
    expect(stdout).toMatch(
      /^MISSING Not enough disk space in .*: 1,800 MB are needed and 500 MB are free; free some, then run this again\.\n$/,
    )
  })
})

test('an interrupted preparation leaves nothing behind', async () => {
  fake('mvn', 'kill -TERM $PPID; sleep 5')
  const { status } = run(
    `import { prepareZeebe } from './src/setup/zeebe.js'; await prepareZeebe('/none/java')`,
  )
  expect(status).toBe(143)
  expect(readdirSync(join(clone, 'cache'))).toEqual([])
})

test('reading the settings leaves it to the server how it stops', () => {
  const { stdout } = run(
    `import './src/setup/zeebe.js'; import './src/setup/java.js'; console.log(process.listenerCount('SIGTERM'), process.listenerCount('SIGINT'), process.listenerCount('exit'))`,
  )
  expect(stdout).toBe('0 0 0\n')
})

test('the cache goes elsewhere when the home cannot be written', () => {
  const { stdout, stderr } = run(
    `import { cacheFolder } from './src/setup/places.js'; console.log(cacheFolder({ XDG_CACHE_HOME: '/dev/null' }))`,
    {
      HOME: '/dev/null',
      TMPDIR: clone,
    },
  )
  expect(stderr).toBe('')
  expect(stdout.trim()).toBe(join(clone, `mot-cua-${process.getuid?.()}`))
})
