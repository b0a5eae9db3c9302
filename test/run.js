/**
 * `npm test`: every stage but product, routes, looks, studio, the whole month and faults, in order, the cheap ones first; the first red stage ends the run.
 * `npm test -- unit engine` plays only the stages named: `npm test -- faults` kills servers, brokers and databases. The last line is "N passed, N failed", counted over tests.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const stageMinutes = 15
const output = join(root, 'test', 'output')

/** What is killed here must not take turns with others; everything else plays two files at a time. */
const alone = ['faults']

const program = (name, ...args) => ({ command: join(bin, name), args })
const jest = (projects, { zone = 'UTC', only = [], but = [], env = {} } = {}) => ({
  command: process.execPath,
  args: [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    ...projects,
    // For a busy machine: a test that takes a minute hangs, and nothing here is judged by time.
    '--testTimeout=60000',
    `--maxWorkers=${projects.some((project) => alone.includes(project)) ? 1 : 2}`,
    // A bare path after --selectProjects would be taken for a project's name.
    ...only.map((path) => `--testPathPatterns=${path}`),
    ...but.map((path) => `--testPathIgnorePatterns=${path}`),
  ],
  counted: true,
  zone,
  env,
})

/** Legal days are those of Vietnam wherever the machine stands: their tests run again on the other side of the date line. */
const timeOnly = ['test/unit/calendar', 'test/unit/deadlines']

/** What a hundred thousand random dossiers could find is found in one zone; in another, some show that the zone is all the same. */
const fewer = { ORACLE_RUNS: '5000' }

/** Every example of every procedure, played by people through the whole product. */
const product = 'test/process/product'

/** A month is made before it is looked at. */
const month = 'test/browser/month'

/** An analyst's redesign from the first late dossier to the last that was moved. */
const studio = 'test/browser/studio'

/** Every page of the product, on both screens and in both languages. */
const looks = 'test/browser/looks'

/** The whole month of `npm run demo:month`: made and checked, then worked in. */
const livedIn = join(output, 'lived-in')
const makeMonth = {
  command: process.execPath,
  args: ['src/demo/month/main.ts'],
  env: { MOTCUA_DATA: livedIn },
  minutes: 60,
}

/** Every route of the product with every kind of bad input, and for every kind of reader. */
const routes = ['test/integration/bad-input/bodies', 'test/integration/personal/leak']

const stages = [
  ['lint', program('biome', 'check', '.')],
  ['types', program('tsc', '--noEmit')],
  ['types ui', program('tsc', '--noEmit', '-p', 'ui')],
  ['borders', program('depcruise', 'src', 'ui/src', 'test', '--config', '.dependency-cruiser.cjs')],
  ['unit', jest(['unit'])],
  ['unit, Los Angeles', jest(['unit'], { zone: 'America/Los_Angeles', only: timeOnly, env: fewer })],
  ['integration', jest(['integration'], { but: routes })],
  ['engine and process', jest(['engine', 'process'], { but: [product] })],
  ['engine', jest(['engine'])],
  ['process', jest(['process'])],
  ['browser', jest(['browser'], { but: [looks, studio] })],
  ['month', jest(['browser'], { only: [month] })],
  ['looks', jest(['browser'], { only: [looks] })],
  ['studio', jest(['browser'], { only: [studio] })],
  ['product', jest(['process'], { only: [product] })],
  ['routes', jest(['integration'], { only: routes })],
  ['lived-in month', makeMonth],
  ['lived-in desk', jest(['browser'], { only: [month], env: { MOTCUA_TEST_MONTH: livedIn } })],
  ['faults', jest(['faults'])],
]

/**
 * Engine, process and month by name play apart. The others take minutes each: sixty stories, thousands of requests, every
 * page looked at, a whole month to be made, waiting for what was killed to come back. `npm run all` plays them after the rest, all but the whole month.
 */
const onlyByName = [
  'engine',
  'process',
  'month',
  'product',
  'routes',
  'looks',
  'studio',
  'lived-in month',
  'lived-in desk',
  'faults',
]

/** A browser's package unpacks to the temporary folder and keeps it: each user of the machine needs their own. */
const temporary = join(tmpdir(), `mot-cua-tests-${process.getuid?.() ?? 0}`)

/** Plays one stage and answers whether it is green, how long it took and, for tests, their counts. */
async function play([name, { command, args, counted = false, zone, env, minutes = stageMinutes }]) {
  console.log(`\n── ${name}`)
  const file = join(output, `${name.replace(/\W+/g, '-')}.json`)
  const told = counted ? [...args, '--json', `--outputFile=${file}`] : args
  const start = performance.now()
  const code = await ended(
    spawn(command, told, {
      cwd: root,
      // --json also prints the report, which nobody reads; what people read goes to stderr.
      stdio: ['ignore', counted ? 'ignore' : 'inherit', 'inherit'],
      // A test that leaves something open keeps Jest alive for ever: that is red, not endless.
      timeout: minutes * 60_000,
      env: {
        ...process.env,
        ...env,
        TZ: zone ?? 'UTC',
        TMPDIR: temporary,
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        IBM_TELEMETRY_DISABLED: 'true',
      },
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const { passed, failed } = counted ? countTests(file) : { passed: 0, failed: 0 }
  const green = code === 0 && failed === 0
  // A stage that is red without a failed test (a crash, a lint error) is a failure too.
  return { name, seconds, passed, failed: green ? 0 : Math.max(failed, 1), green }
}

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })

/** Suites that could not run at all count as one failure each. */
export function countTests(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }
}

/** The closing table; its last line is read by machines. */
export function summary(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const line = ({ name, seconds, passed, green }) =>
    `${green ? 'green' : 'RED  '}  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(7)} s  ${passed || ''}`.trimEnd()
  return [
    ...results.map(line),
    `       ${'all'.padEnd(18)} ${sum('seconds').toFixed(1).padStart(7)} s`,
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ].join('\n')
}

async function main(names) {
  const unknown = names.filter((name) => !stages.some(([stage]) => stage === name))
  if (unknown.length > 0) {
    console.error(
      `No such stage: ${unknown.join(', ')}. There are: ${stages.map(([stage]) => stage).join(', ')}.`,
    )
    process.exit(1)
  }
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  // Root's PostgreSQL runs as another user and must get through.
  mkdirSync(temporary, { recursive: true, mode: 0o755 })
  const results = []
  for (const stage of stages.filter(([name]) =>
    names.length === 0 ? !onlyByName.includes(name) : names.includes(name),
  )) {
    results.push(await play(stage))
    if (!results.at(-1).green) break
  }
  console.log(`\n${summary(results)}`)
  process.exitCode = results.every(({ green }) => green) ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
