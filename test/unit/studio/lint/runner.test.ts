import { jest } from '@jest/globals'
import type { StudioFault } from '../../../../src/studio/lint/fault.ts'
import type { ProcedureSource } from '../../../../src/studio/source.ts'
import type { LintAnswer, LintRequest } from '../../../../ui/src/studio/lint/protocol.ts'
import { type Checker, createRunner } from '../../../../ui/src/studio/lint/runner.ts'

const context = { jobTypes: [], today: '2026-11-23', roles: [], formFault: null }
const source = (bpmn: string) => ({ bpmn }) as ProcedureSource
const fault = (rule: string) => ({ rule }) as StudioFault

/** A worker that does nothing by itself: the test answers for it. */
function played() {
  const asked: LintRequest[] = []
  const checkers: (Checker & { ended: boolean })[] = []
  const start = (): Checker => {
    const made = {
      ended: false,
      onmessage: null as Checker['onmessage'],
      onerror: null as Checker['onerror'],
      postMessage: (request: LintRequest) => void asked.push(request),
      terminate() {
        made.ended = true
      },
    }
    checkers.push(made)
    return made
  }
  const answer = (message: LintAnswer) =>
    checkers.at(-1)!.onmessage?.({ data: message } as MessageEvent<LintAnswer>)
  return { asked, checkers, start, answer }
}

function scene() {
  const worker = played()
  const told: string[][] = []
  const failed: string[] = []
  const runner = createRunner(
    worker.start,
    (faults) => void told.push(faults.map(({ rule }) => rule)),
    (problem) => void failed.push(problem),
  )
  return { ...worker, runner, told, failed }
}

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

it('of what is typed while a check runs, only the last is checked', () => {
  const { runner, asked, told, answer } = scene()
  for (const text of ['a', 'b', 'c']) runner.check(source(text), context)
  expect(asked.map((request) => request.source.bpmn)).toEqual(['a'])
  answer({ run: 1, faults: [fault('one')] })
  expect(asked.map((request) => request.source.bpmn)).toEqual(['a', 'c'])
  answer({ run: 2, faults: [fault('two')] })
  expect(told).toEqual([['one'], ['two']])
})

it('an answer that nobody waits for is dropped', () => {
  const { runner, told, answer } = scene()
  runner.check(source('a'), context)
  answer({ run: 7, faults: [fault('strange')] })
  expect(told).toEqual([])
})

it('a check that never ends is left, and the next one has a new worker', () => {
  const { runner, asked, checkers, told, failed, answer } = scene()
  runner.check(source('endless'), context)
  runner.check(source('b'), context)
  jest.advanceTimersByTime(15_000)
  expect(failed).toEqual(['too long'])
  expect(checkers.map(({ ended }) => ended)).toEqual([true, false])
  expect(asked.at(-1)!.source.bpmn).toBe('b')
  answer({ run: 2, faults: [] })
  jest.advanceTimersByTime(60_000)
  expect([told, failed]).toEqual([[[]], ['too long']])
})

it('a check that fails is said, and the next goes on', () => {
  const { runner, told, failed, answer } = scene()
  runner.check(source('a'), context)
  answer({ run: 1, problem: 'no' })
  runner.check(source('b'), context)
  answer({ run: 2, faults: [] })
  expect([failed, told]).toEqual([['no'], [[]]])
})

it('closed, it ends its worker and tells nothing more', () => {
  const { runner, checkers, told, answer } = scene()
  runner.check(source('a'), context)
  runner.close()
  answer({ run: 1, faults: [fault('late')] })
  expect([checkers[0]!.ended, told]).toEqual([true, []])
})
