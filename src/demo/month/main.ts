/** `npm run demo:month`: makes a lived-in month through the product's own API on the clock of the demonstration. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { z } from 'zod'
import { addDays } from '../../calendar/day.ts'
import { atLegal } from '../../clock.ts'
import { type Config, ConfigError, loadConfig } from '../../config.ts'
import { DEMO_PASSWORD } from '../../people/demo-accounts.ts'
import { BrokenOff } from '../../wiring.ts'
import { openClient } from '../client.ts'
import { checkMonth, checkRebuild, table } from './check.ts'
import { planOfPhone } from './forms.ts'
import { lookInto } from './look.ts'
import { daysAhead, makeMonth } from './make.ts'
import { progressBar } from './progress.ts'
import { openStage, runningServer, type Stage } from './stage.ts'

/** Something is in the way, with what to do about it. */
class InTheWay extends Error {
  override name = 'InTheWay'
}

/** What a data folder remembers of its month. */
const Kept = z.object({
  seed: z.int(),
  dossiers: z.int(),
  days: z.array(z.iso.date()),
  finished: z.boolean(),
})
type Kept = z.infer<typeof Kept>

function given() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        dossiers: { type: 'string', default: '2000' },
        check: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new InTheWay(error instanceof Error ? error.message : String(error))
  }
}

function options() {
  const values = given()
  const seed = Number(values.seed)
  const dossiers = Number(values.dossiers)
  if (!Number.isInteger(seed)) throw new InTheWay('--seed must be a whole number.')
  if (!Number.isInteger(dossiers) || dossiers < 20 || dossiers > 20_000)
    throw new InTheWay('--dossiers must be a whole number from 20 to 20000.')
  return { seed, dossiers, checkOnly: values.check }
}

const fileOf = ({ dataDir }: Config) => join(dataDir, 'month.json')
const keep = (config: Config, kept: Kept) => writeFileSync(fileOf(config), JSON.stringify(kept))

/** Refuses where a month must not be made, before anything starts. */
function mayBegin(config: Config): void {
  if (!config.demo)
    throw new InTheWay('demo:month makes people and dossiers up: it is refused in production mode.')
  const running = runningServer(config)
  if (running)
    throw new InTheWay(
      `A server runs at ${running} on this data folder. Stop it, make the month, then start it again.`,
    )
}

/** The month of this folder: the one begun here, or a new one. */
async function monthOf(
  config: Config,
  stage: Stage,
  asked: { seed: number; dossiers: number },
): Promise<Kept> {
  const foreign = (await lookInto(stage.db).filed()).filter(({ phone }) => planOfPhone(phone) === undefined)
  if (foreign.length > 0)
    throw new InTheWay(
      `This database holds ${foreign.length} dossiers of other work. Make the month in a folder of its own: MOTCUA_DATA=<folder> npm run demo:month, then MOTCUA_DATA=<folder> npm start.`,
    )
  if (existsSync(fileOf(config))) {
    const kept = Kept.parse(JSON.parse(readFileSync(fileOf(config), 'utf8')))
    if (!kept.finished) stdout.write(`Going on with the month of ${kept.dossiers} dossiers begun here.\n`)
    return kept
  }
  const kept = { ...asked, days: await daysAhead(stage), finished: false }
  keep(config, kept)
  return kept
}

async function play(config: Config, stage: Stage, kept: Kept, stop: AbortSignal): Promise<boolean> {
  const progress = progressBar(kept.dossiers)
  const made = await makeMonth(stage, kept, { progress, stop })
  if (!made) return false
  keep(config, { ...kept, finished: true })
  stdout.write(`The month is made, in ${progress.elapsed()}.\n`)
  return true
}

/** Prints what must hold; true when it does. */
async function check(config: Config, stage: Stage, kept: Kept): Promise<boolean> {
  stdout.write('What must hold of it:\n')
  const [first = ''] = kept.days
  const to = addDays(kept.days.at(-1) ?? first, 30)
  const auditor = await openClient(stage.url, 'thanhtra', DEMO_PASSWORD)
  const findings = await checkMonth(stage.db, auditor, config.dataDir, {
    from: first,
    to,
    begin: atLegal(first, '00:00'),
    end: atLegal(addDays(to, 1), '00:00'),
  })
  const [epoch] = await lookInto(stage.db).rows<{ epoch: number }>(
    'select max(epoch) as epoch from engine_epoch',
  )
  await stage.stopServer()
  findings.push(await checkRebuild(stage.db, config.dataDir, epoch?.epoch ?? 1))
  stdout.write(`${table(findings)}\n`)
  return findings.every(({ wrong }) => wrong === 0)
}

async function main(): Promise<number> {
  const { checkOnly, ...asked } = options()
  const config = loadConfig()
  mayBegin(config)
  if (checkOnly && !existsSync(fileOf(config)))
    throw new InTheWay('There is no month in this data folder: npm run demo:month makes one.')
  mkdirSync(config.dataDir, { recursive: true })
  const log = pino(
    { level: config.logLevel },
    pino.destination({ dest: join(config.dataDir, 'month.log'), sync: true }),
  )
  const asker = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (!asker.signal.aborted) stdout.write('\nEnding: what is under way is finished first.\n')
      asker.abort()
    })
  stdout.write('Starting the server of the month …\n')
  const stage = await openStage(config, log, asker.signal)
  try {
    const kept = await monthOf(config, stage, asked)
    if (!kept.finished && checkOnly)
      throw new InTheWay('The month is half made: npm run demo:month goes on with it.')
    if (kept.finished && !checkOnly)
      stdout.write('This data folder has its month already; npm start shows it. Here is how it stands.\n')
    if (!kept.finished && !(await play(config, stage, kept, asker.signal))) {
      stdout.write('Broken off. npm run demo:month goes on with it.\n')
      return 130
    }
    const holds = await check(config, stage, kept)
    stdout.write('npm start shows it: chuyenvien.x01 has a full desk, thanhtra the late ones.\n')
    return holds ? 0 : 1
  } finally {
    await stage.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof BrokenOff) process.exit(130)
    const isPlain = error instanceof InTheWay || error instanceof ConfigError
    stderr.write(`${error instanceof Error ? (isPlain ? error.message : error.stack) : error}\n`)
    process.exit(1)
  },
)
