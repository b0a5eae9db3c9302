import type { ProcedureSource } from '../../app/api-types.ts'
import type { EditorContext, LintAnswer, LintRequest, StudioFault } from './protocol.ts'

/** A check takes a tenth of a second; one that takes this long never ends. */
const LONGEST_MS = 15_000

/** What the runner needs of a worker: the browser's, or one that a test plays. */
export type Checker = {
  postMessage(message: LintRequest): void
  terminate(): void
  onmessage: ((event: MessageEvent<LintAnswer>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export type Runner = {
  /** Checks a source. Of several asked for meanwhile only the last is checked. */
  check(source: ProcedureSource, context: EditorContext): void
  close(): void
}

/**
 * One check at a time: what is typed meanwhile waits, and takes the place of what waited before. An answer to a source
 * that is no longer the last is still told, as it is nearer to what is typed than the one before it. A worker that fails
 * or does not end is left for a new one.
 */
export function createRunner(
  start: () => Checker,
  told: (faults: StudioFault[]) => void,
  failed: (problem: string) => void,
): Runner {
  let worker: Checker | null = null
  let running = 0
  let waiting: Omit<LintRequest, 'run'> | null = null
  let run = 0
  let watchdog: ReturnType<typeof setTimeout> | undefined

  const give = (work: Omit<LintRequest, 'run'>) => {
    run += 1
    running = run
    worker ??= begin()
    watchdog = setTimeout(() => leave('too long'), LONGEST_MS)
    worker.postMessage({ run, ...work })
  }
  const next = () => {
    clearTimeout(watchdog)
    running = 0
    const work = waiting
    waiting = null
    if (work) give(work)
  }
  const leave = (problem: string) => {
    worker?.terminate()
    worker = null
    failed(problem)
    next()
  }
  const begin = (): Checker => {
    const made = start()
    made.onmessage = ({ data }) => {
      if (data.run !== running) return
      if ('faults' in data) told(data.faults)
      else failed(data.problem)
      next()
    }
    made.onerror = (event) => leave(event.message)
    return made
  }
  return {
    check(source, context) {
      if (running === 0) give({ source, context })
      else waiting = { source, context }
    },
    close() {
      clearTimeout(watchdog)
      worker?.terminate()
      worker = null
      waiting = null
      running = 0
    },
  }
}
