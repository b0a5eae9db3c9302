import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { ConfigError, loadConfig } from './config.ts'
import { startServer } from './wiring.ts'

/** Tells scripts of this clone where the running server is; removed when it stops. */
const RUN_FILE = 'run.json'

async function main(): Promise<void> {
  const config = loadConfig()
  mkdirSync(config.dataDir, { recursive: true })
  const log = pino(
    { level: config.logLevel },
    config.mode === 'production' ? process.stdout : pino.destination(join(config.dataDir, 'server.log')),
  )
  const server = await startServer(config, log)
  const runFile = join(config.dataDir, RUN_FILE)
  writeFileSync(runFile, JSON.stringify({ url: server.url, pid: process.pid }))
  console.log(
    config.demo
      ? `Một Cửa is ready at ${server.url} (demonstration: made-up data; accounts are in the README)`
      : `Một Cửa is ready at ${server.url}`,
  )

  let stopping = false
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    rmSync(runFile, { force: true })
    await server.stop()
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  void server.died.then((error) => {
    log.fatal({ err: error }, 'a part of the server has ended')
    console.error(`${error.message}. Start again: nothing is lost.`)
    return stop(1)
  })
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof ConfigError ? message : `Một Cửa could not start: ${message}`)
  process.exit(1)
})
