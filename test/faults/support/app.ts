/** The real server as a process of its own, which can be killed. */
import { type ChildProcess, spawn } from 'node:child_process'

export type App = {
  url: string
  child: ChildProcess
  /** What it has said so far, both streams. */
  said(): string
  /** kill -9 of this process alone. */
  kill(): Promise<void>
  /** Asks it to end; answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** With whether it leads a group of its own. */
const started = new Map<ChildProcess, boolean>()
const PATIENCE_MS = 180_000

type Command = { command?: string; args?: string[]; group?: boolean }

/** Runs a command of the tree and answers when it has ended: its exit code and what it said. */
export async function runToEnd(env: Record<string, string>, command: Command = {}) {
  const { child, said } = launch(env, command)
  return { code: await ended(child), said: said() }
}

/** Starts the server and answers when it says that it is ready. @throws with what it said when it ends before. */
export async function startApp(env: Record<string, string>, command: Command = {}): Promise<App> {
  const { child, said } = launch(env, command)
  const url = await new Promise<string>((resolve, reject) => {
    const give = setTimeout(() => reject(new Error(`not ready in time:\n${said()}`)), PATIENCE_MS)
    const look = () => {
      const ready = /is ready at (http:\/\/\S+)/.exec(said())?.[1]
      if (!ready) return
      clearTimeout(give)
      resolve(ready)
    }
    child.stdout!.on('data', look)
    child.once('exit', (code) => {
      clearTimeout(give)
      reject(new Error(`ended with ${code}:\n${said()}`))
    })
  })
  return {
    url,
    child,
    said,
    kill: async () => {
      child.kill('SIGKILL')
      await ended(child)
    },
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended(child)
    },
  }
}

/** For afterAll: whatever a failed test left running. */
export async function endAllApps(): Promise<void> {
  for (const [child, group] of started) {
    const signal = (name: NodeJS.Signals) => process.kill(group ? -child.pid! : child.pid!, name)
    signal('SIGTERM')
    const slow = setTimeout(() => signal('SIGKILL'), 30_000)
    await ended(child)
    clearTimeout(slow)
  }
}

/** Starts it and waits for nothing. */
export function launch(env: Record<string, string>, { command, args, group = false }: Command = {}) {
  const child = spawn(command ?? 'node_modules/.bin/node', args ?? ['src/main.ts'], {
    env: { ...kept(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: group,
  })
  started.set(child, group)
  child.once('exit', () => started.delete(child))
  let said = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (data: Buffer) => {
      said += data
    })
  return { child, said: () => said }
}

/** Our own settings do not count: each test says what its server gets. */
const kept = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(MOTCUA_(?!CACHE)|DATABASE_|ZEEBE_|SESSION_|SMTP_|NODE_|JEST_|PORT$)/.test(name),
    ),
  )

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)))
