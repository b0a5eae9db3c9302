import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ZBClient } from 'zeebe-node'
import { EngineError, fromFailure, fromHttp } from './errors.ts'
import { type MoreCalls, moreCalls } from './more-calls.ts'
import { reachable } from './reachable.ts'

/** A job as the gateway hands it out. Keys are text: an int64 above 2^53 does not survive JavaScript. */
export type ActivatedJob = {
  key: string
  type: string
  processInstanceKey: string
  elementId: string
  elementInstanceKey: string
  /** JSON text. */
  customHeaders: string
  retries: number
  /** JSON text. */
  variables: string
}

/** A push stream of jobs. `close` ends it on both sides. */
export type JobStream = {
  onJob(handle: (job: ActivatedJob) => void): void
  /** Once, when the stream is over for whatever reason but `close`. */
  onEnd(handle: (error: EngineError | null) => void): void
  pause(): void
  resume(): void
  close(): void
}

export type JobRequest = { type: string; worker: string; timeoutMs: number; fetchVariables: string[] }

type Emitter = {
  on(event: string, listener: (value: never) => void): void
  emit(event: string): void
  pause(): void
  resume(): void
  cancel(): void
}
type Call = (request: object) => Promise<unknown>

/** zeebe-node's own gRPC client: public in the JavaScript, private in its types. Answers raw wire data, int64 as text. */
type Grpc = Record<string, Call> & { close(): Promise<unknown> } & MoreCalls

const CALL_MS = 10_000
// The client sends an invented "end" after this time; our feed reopens then, so no stream lives for ever unnoticed.
const STREAM_MS = 10 * 60_000

function grpcOf(address: string, log: Logger): Grpc {
  const silent = { info: (text: string) => log.debug(text), error: (text: string) => log.debug(text) }
  const client = new ZBClient(address, {
    retry: false,
    loglevel: 'ERROR',
    stdout: silent as never,
    longPoll: STREAM_MS,
    connectionTolerance: 1,
    useTLS: false,
  })
  const { grpc } = client as unknown as { grpc: Grpc & { client: Parameters<typeof moreCalls>[0] } }
  return Object.assign(grpc, moreCalls(grpc.client))
}

/** No answer may be waited for without end: zeebe-node sends no deadline with its calls. */
async function within<T>(ms: number, what: string, answer: Promise<T>): Promise<T> {
  const stop = new AbortController()
  const late = sleep(ms, undefined, { signal: stop.signal }).then(() => {
    throw new EngineError('DEADLINE_EXCEEDED', `${what}: no answer within ${ms} ms`)
  })
  late.catch(() => undefined) // When the answer wins, nobody waits for the timer's end.
  try {
    return await Promise.race([answer, late])
  } finally {
    stop.abort()
  }
}

/**
 * The only place that knows zeebe-node. Commands throw EngineError and are never repeated here: the outbox and the
 * worker frame decide that. Nothing is printed; the client's own lines go to the debug log.
 */
export function connectEngine({
  grpcAddress,
  restAddress,
  log,
}: {
  grpcAddress: string
  restAddress: string
  log: Logger
}) {
  let channels: { commands: Grpc; streams: Grpc } | null = null
  let away = true
  let closed = false

  /**
   * The channels, once somebody listens. A gRPC channel that fails to connect waits longer each time, up to 10 s, and cannot be
   * hurried: one that is only asked when the port answers is back a second after the broker.
   */
  async function present(name: string): Promise<{ commands: Grpc; streams: Grpc }> {
    if (closed) throw new EngineError('UNAVAILABLE', `${name}: the client is closed`)
    if (away && !(await reachable(grpcAddress)))
      throw new EngineError('UNAVAILABLE', `${name}: nobody listens at ${grpcAddress}`)
    away = false
    // Streams on a connection of their own: an error on a stream closes the channel for the calls beside it.
    channels ??= { commands: grpcOf(grpcAddress, log), streams: grpcOf(grpcAddress, log) }
    return channels
  }

  function failed(error: unknown): EngineError {
    const failure = fromFailure(error)
    if (failure.code === 'UNAVAILABLE') away = true
    return failure
  }

  async function call<T>(name: string, request: object, ms = CALL_MS): Promise<T> {
    try {
      const { commands } = await present(name)
      return (await within(ms, name, commands[`${name}Sync`]!(request))) as T
    } catch (error) {
      throw failed(error)
    }
  }

  async function openStream(name: string, request: object): Promise<Emitter> {
    const { streams } = await present(name)
    const stream = (await streams[`${name}Stream`]!(request)) as Emitter & { error?: unknown }
    if (stream.error) throw failed(stream.error)
    stream.on('error', failed)
    return stream
  }

  return {
    /** Answers the definitions' keys by process id, and the ids of decisions, of those that were there already too. */
    deploy: async (
      resources: { name: string; content: string | Buffer }[],
    ): Promise<{ processKeys: Map<string, string>; decisionIds: string[] }> => {
      type Deployed = {
        process?: { bpmnProcessId: string; processDefinitionKey: string }
        decision?: { dmnDecisionId: string }
      }
      type Answer = { deployments: Deployed[] }
      const answer = await call<Answer>(
        'deployResource',
        {
          resources: resources.map(({ name, content }) => ({
            name,
            content: Buffer.from(content as string),
          })),
        },
        60_000,
      )
      const processes = (answer.deployments ?? []).flatMap(({ process }) => process ?? [])
      return {
        processKeys: new Map(processes.map((one) => [one.bpmnProcessId, one.processDefinitionKey])),
        decisionIds: (answer.deployments ?? []).flatMap(({ decision }) => decision?.dmnDecisionId ?? []),
      }
    },

    /** Takes a definition away: nothing starts on it any more. Running instances keep it. */
    deleteResource: (key: string): Promise<unknown> => call('deleteResource', { resourceKey: key }),

    /**
     * Moves a running instance to another definition, each active element to the one that `mapping` names. It happens as a whole or
     * not at all; a refusal (FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND) names the element and the rule.
     */
    migrateInstance: (
      key: string,
      { processKey, mapping }: { processKey: string; mapping: { from: string; to: string }[] },
    ): Promise<unknown> =>
      call('migrateProcessInstance', {
        processInstanceKey: key,
        migrationPlan: {
          targetProcessDefinitionKey: processKey,
          mappingInstructions: mapping.map(({ from, to }) => ({
            sourceElementId: from,
            targetElementId: to,
          })),
        },
      }),

    /** Starts the newest version under this id; our ids carry the version, so there is only one. Answers its key. */
    createProcessInstance: async (processId: string, variables: object): Promise<string> => {
      const request = { bpmnProcessId: processId, version: -1, variables: JSON.stringify(variables) }
      return (await call<{ processInstanceKey: string }>('createProcessInstance', request)).processInstanceKey
    },

    cancelInstance: (key: string): Promise<unknown> =>
      call('cancelProcessInstance', { processInstanceKey: key }),

    completeJob: (key: string, variables: object): Promise<unknown> =>
      call('completeJob', { jobKey: key, variables: JSON.stringify(variables) }),

    /** `retries` must be said: left out they become 0, which is an incident. */
    failJob: (
      key: string,
      failure: { retries: number; message: string; backOffMs: number },
    ): Promise<unknown> =>
      call('failJob', {
        jobKey: key,
        retries: failure.retries,
        errorMessage: failure.message,
        retryBackOff: failure.backOffMs,
      }),

    updateRetries: (key: string, retries: number): Promise<unknown> =>
      call('updateJobRetries', { jobKey: key, retries }),

    resolveIncident: (key: string): Promise<unknown> => call('resolveIncident', { incidentKey: key }),

    publishMessage: (message: {
      id: string
      name: string
      correlationKey: string
      variables: object
      timeToLiveMs: number
    }): Promise<unknown> =>
      call('publishMessage', {
        name: message.name,
        correlationKey: message.correlationKey,
        messageId: message.id,
        timeToLive: message.timeToLiveMs,
        variables: JSON.stringify(message.variables),
      }),

    /** The decision's output; null when no rule matched. An evaluation that fails is FAILED_PRECONDITION. */
    evaluateDecision: async (decisionId: string, variables: object): Promise<unknown> => {
      type Answer = { decisionOutput: string; failureMessage: string }
      const request = { decisionId, variables: JSON.stringify(variables) }
      const answer = await call<Answer>('evaluateDecision', request)
      if (answer.failureMessage) throw new EngineError('FAILED_PRECONDITION', answer.failureMessage)
      return JSON.parse(answer.decisionOutput) as unknown
    },

    setVariables: (elementInstanceKey: string, variables: object, local: boolean): Promise<unknown> =>
      call('setVariables', { elementInstanceKey, variables: JSON.stringify(variables), local }),

    /** Jobs that wait now, without waiting for more: what became available before a stream opened is never pushed. */
    activateJobs: async (request: JobRequest & { max: number }): Promise<ActivatedJob[]> => {
      const stream = await openStream('activateJobs', {
        ...wire(request),
        maxJobsToActivate: request.max,
        requestTimeout: -1,
      })
      const jobs: ActivatedJob[] = []
      const all = new Promise<ActivatedJob[]>((resolve, reject) => {
        stream.on('data', (answer: { jobs: ActivatedJob[] }) => void jobs.push(...answer.jobs))
        stream.on('end', () => resolve(jobs))
        stream.on('error', (error: unknown) => reject(fromFailure(error)))
      })
      try {
        return await within(CALL_MS, 'activateJobs', all)
      } catch (error) {
        release(stream)
        throw error
      }
    },

    streamJobs: async (request: JobRequest): Promise<JobStream> =>
      jobStream(await openStream('streamActivatedJobs', wire(request))),

    /** A native user task has no RPC in 8.5: it is completed at the gateway's REST port. */
    completeUserTask: async (key: string, variables: object): Promise<void> => {
      const answer = await fetch(`${restAddress}/v1/user-tasks/${encodeURIComponent(key)}/completion`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ variables, action: 'complete' }),
        signal: AbortSignal.timeout(CALL_MS),
      }).catch((error: unknown) => {
        throw fromFailure(
          error instanceof Error && error.name === 'TimeoutError' ? error : { message: cause(error) },
        )
      })
      if (!answer.ok) throw fromHttp(answer.status, await answer.text())
      await answer.body?.cancel()
    },

    close: async (): Promise<void> => {
      closed = true
      await Promise.all([channels?.commands.close(), channels?.streams.close()])
    },
  }
}

export type EngineClient = ReturnType<typeof connectEngine>

const wire = (request: JobRequest) => ({
  type: request.type,
  worker: request.worker,
  timeout: request.timeoutMs,
  fetchVariable: request.fetchVariables,
})

/** fetch says "fetch failed" and hides the reason in its cause. */
const cause = (error: unknown): string =>
  error instanceof Error
    ? String((error.cause as Error | undefined)?.message || error.message)
    : String(error)

/** Cancels a stream and with it the client's timer, which only ends with an "end" event. */
function release(stream: Emitter): void {
  stream.emit('end')
  stream.cancel()
}

function jobStream(stream: Emitter): JobStream {
  let over = false
  const ended: ((error: EngineError | null) => void)[] = []
  const end = (error: EngineError | null) => {
    if (over) return
    over = true
    for (const handle of ended) handle(error)
  }
  stream.on('error', (error: unknown) => end(fromFailure(error)))
  stream.on('end', () => {
    stream.cancel() // The end may be the client's own invention: then the gateway still pushes.
    end(null)
  })
  return {
    onJob: (handle) => stream.on('data', handle as (value: never) => void),
    onEnd: (handle) => void ended.push(handle),
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    close: () => {
      over = true
      release(stream)
    },
  }
}
