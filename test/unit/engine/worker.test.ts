import { z } from 'zod'
import { Unavailable } from '../../../src/database/errors.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { EngineError, fromFailure, fromHttp } from '../../../src/engine/errors.ts'
import { defineWorker, type Job, JobIncident, NotOurs } from '../../../src/engine/job.ts'
import { backOff } from '../../../src/engine/tuning.ts'
import { judge } from '../../../src/engine/worker.ts'

const pace = { jobBackOffMs: 100 }

describe('a failed job', () => {
  test('loses a retry and waits longer each time', () => {
    const [first, second, last] = [3, 2, 1].map((retries) => judge({ retries }, new Error('disk full'), pace))
    expect([first!.retries, second!.retries, last!.retries]).toEqual([2, 1, 0])
    expect(first!.message).toBe('disk full')
    expect(first!.backOffMs).toBeLessThan(second!.backOffMs)
    expect(second!.backOffMs).toBeLessThan(last!.backOffMs)
  })

  test('is an incident at once when only a person can help', () => {
    expect(judge({ retries: 3 }, new JobIncident('no rule matches'), pace)).toEqual({
      retries: 0,
      message: 'no rule matches',
      backOffMs: 0,
    })
  })

  test('loses nothing when database or engine are away, or its instance is not ours', () => {
    const causes = [new Unavailable('away'), new NotOurs('not yet'), new EngineError('UNAVAILABLE', 'away')]
    expect(causes.map((error) => judge({ retries: 1 }, error, pace).retries)).toEqual([1, 1, 1])
    expect(judge({ retries: 1 }, new EngineError('INVALID_ARGUMENT', 'no'), pace).retries).toBe(0)
  })

  test('says no more than an incident can hold', () => {
    expect(judge({ retries: 3 }, new Error('x'.repeat(1e5)), pace).message).toHaveLength(2_000)
  })
})

describe('a worker', () => {
  const worker = defineWorker({
    type: 'dossier.route',
    input: z.object({ place: z.string(), rounds: z.number().default(1) }),
    output: z.object({ outcome: z.enum(['routed']) }),
    run: async (_tx, job) =>
      job.variables.place === 'nowhere' ? ({} as never) : { outcome: 'routed' as const },
  })
  const run = (variables: unknown) => worker.run({} as Tx, { variables } as Job<unknown>)

  test('asks the engine for what it declares and the start it belongs to, and no more', () => {
    expect(worker.fetchVariables).toEqual(['place', 'rounds', 'startId'])
  })

  test('names wrong input by field, without its value', async () => {
    await expect(run({ place: 17_071_970 })).rejects.toThrow(
      /^dossier\.route cannot work with its input: place: /,
    )
    await expect(run({ place: 17_071_970 })).rejects.not.toThrow(/17071970/)
  })

  test('may not answer what it has not declared', async () => {
    expect(await run({ place: 'X01' })).toEqual({ outcome: 'routed' })
    await expect(run({ place: 'nowhere' })).rejects.toThrow(JobIncident)
  })
})

describe("the engine's answers", () => {
  test('are told apart: worth another try, or final', () => {
    const retryable = [
      fromFailure({ code: 14 }),
      fromFailure({ code: 8 }),
      fromFailure({ code: 4 }),
      fromHttp(503, ''),
      fromHttp(429, ''),
    ]
    expect(retryable.every((error) => error.retryable)).toBe(true)
    const final = [
      fromFailure({ code: 5 }),
      fromFailure({ code: 3 }),
      fromHttp(404, ''),
      fromHttp(409, ''),
      fromHttp(400, ''),
    ]
    expect(final.some((error) => error.retryable)).toBe(false)
  })

  test('may be cut off by what stands between, which says nothing about the command', () => {
    for (const failure of [
      { code: 1, details: 'Call cancelled' },
      { code: 13, details: 'Received RST_STREAM with code 2 (Internal server error)' },
    ])
      expect(fromFailure(failure)).toMatchObject({ code: 'UNAVAILABLE', retryable: true })
    expect(fromFailure({ code: 13, details: 'a fault of the gateway' }).retryable).toBe(false)
  })

  test('may be missing: a refused connection is worth another try', () => {
    expect(
      fromFailure(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
    ).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    })
  })
})

test('a back-off doubles up to its limit', () => {
  const pauses = [1, 2, 3, 4, 40].map((failures) => backOff(failures, 100, 1_000))
  for (const [n, most] of [100, 200, 400, 800, 1_000].entries()) {
    expect(pauses[n]).toBeLessThanOrEqual(most)
    expect(pauses[n]).toBeGreaterThanOrEqual(most * 0.75)
  }
})
