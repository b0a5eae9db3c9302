import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { endLeftover } from '../setup/children.ts'
import { startBroker } from './broker.ts'
import { sinkUser } from './broker-settings.ts'
import { connectEngine } from './client.ts'
import { indexPrefix } from './records.ts'
import { startSink } from './sink.ts'
import { openTraces, type Trace } from './traces.ts'

export type { OpenWork, Trace } from './traces.ts'

/** An engine that knows nothing of ours: what is deployed and started here touches no dossier. */
export type ThrowAwayEngine = {
  /** Throws EngineError with the engine's words. */
  deploy(resources: { name: string; content: string }[]): Promise<void>
  /** Answers the instance's key. */
  start(processId: string, variables: Record<string, unknown>): Promise<string>
  completeTask(key: string, variables: Record<string, unknown>): Promise<void>
  completeJob(key: string, variables: Record<string, unknown>): Promise<void>
  trace(instanceKey: string): Trace
  /** Resolves with the next records, or after so many milliseconds. */
  next(ms: number): Promise<void>
  /** The rest of the client, for tests of the engine itself. */
  client: ReturnType<typeof connectEngine>
}

/**
 * Runs `work` on a broker of its own: own ports, own data in `folder`, stopped and removed afterwards whatever happens. What a
 * killed server left in the folder is ended first. Never the product's broker: drafts there would take the next citizen's dossier.
 */
export async function withThrowAwayEngine<T>(
  place: { folder: string; zeebeHome: string; javaBin: string; log: Logger; signal?: AbortSignal },
  work: (engine: ThrowAwayEngine) => Promise<T>,
): Promise<T> {
  const { folder, log } = place
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    await endLeftover(join(folder, 'broker.pid.json'), 'The broker of a trial', 'SIGKILL', 5_000)
    await rm(folder, { recursive: true, force: true })
    const traces = openTraces()
    const password = randomBytes(32).toString('hex')
    const sink = await startSink({
      settings: { host: '127.0.0.1', port: 0, user: sinkUser, password },
      epoch: 1,
      intake: traces.intake,
      log,
    })
    ends.push(() => sink.stop())
    place.signal?.throwIfAborted()
    const broker = await startBroker({
      dataDir: folder,
      zeebeHome: place.zeebeHome,
      javaBin: place.javaBin,
      sink: { url: `http://127.0.0.1:${sink.port}`, indexPrefix: indexPrefix(1), secret: password },
      clockControl: false,
      log,
    })
    ends.push(() => broker.kill())
    const client = connectEngine({
      grpcAddress: broker.grpcAddress,
      restAddress: broker.restAddress,
      log,
    })
    ends.push(() => client.close())
    const engine: ThrowAwayEngine = {
      deploy: async (resources) => void (await client.deploy(resources)),
      start: client.createProcessInstance,
      completeTask: client.completeUserTask,
      completeJob: async (key, variables) => void (await client.completeJob(key, variables)),
      trace: traces.of,
      next: traces.next,
      client,
    }
    const died = broker.died.then((error) => Promise.reject(error))
    died.catch(() => undefined) // When the work ends first nobody waits for it.
    return await Promise.race([work(engine), died])
  } finally {
    for (const end of ends.reverse())
      await end().catch((err: unknown) => log.warn({ err }, 'a trial’s engine did not end cleanly'))
  }
}
