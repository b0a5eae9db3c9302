import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { ConfigError, loadConfig } from './config.ts'
import { BrokenOff, startServer } from './wiring.ts'

/** Tells scripts of this clone where the running server is; removed when it stops. */
const RUN_FILE = 'run.json'

async function main(): Promise<void> {
  const config = loadConfig()
  mkdirSync(config.dataDir, { recursive: true })
  const log = pino(
    { level: config.logLevel },
    config.mode === 'production'
      ? process.stdout
      : // Synchronous: the lines before a kill are there, and an early end finds the file open.
        pino.destination({ dest: join(config.dataDir, 'server.log'), sync: true }),
  )
  // From the first moment: PostgreSQL and the broker would outlive a start that is broken off.
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked.abort())
  const server = await startServer(config, log, { signal: asked.signal })
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
  asked.signal.addEventListener('abort', () => void stop(0))
  if (asked.signal.aborted) await stop(0)
  void server.died.then((error) => {
    log.fatal({ err: error }, 'a part of the server has ended')
    console.error(`${error.message}. Start again: nothing is lost.`)
    return stop(1)
  })
}

main().catch((error: unknown) => {
  if (error instanceof BrokenOff) process.exit(0)
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof ConfigError ? message : `Một Cửa could not start: ${message}`)
  process.exit(1)
})
