import type { Logger } from 'pino'

/**
 * Runs `step` again and again with the pause it answers, in milliseconds, until stopped. A step that throws is logged and comes again
 * after `onErrorMs`: nothing that happens in a step ends the loop. `wake` cuts a pause short.
 */
export function startLoop(options: {
  name: string
  log: Logger
  onErrorMs: number
  step: () => Promise<number>
}) {
  const stopping = new AbortController()
  let woken = false
  let wakeNow: (() => void) | null = null

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (woken || stopping.signal.aborted) return resolve()
      const timer = setTimeout(resolve, ms)
      wakeNow = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  let stepping: Promise<number> = Promise.resolve(0)
  const running = (async () => {
    while (!stopping.signal.aborted) {
      woken = false
      stepping = options.step().catch((error: unknown) => {
        options.log.warn({ err: error }, `${options.name} failed; it comes again`)
        return options.onErrorMs
      })
      await pause(await stepping)
      wakeNow = null
    }
  })()

  const wake = (): void => {
    woken = true
    wakeNow?.()
  }
  return {
    wake,
    /** Returns when the step that is under way now is done; the loop goes on. */
    settled: async (): Promise<void> => {
      await stepping
    },
    /** Returns when the step under way is done. */
    stop: async (): Promise<void> => {
      stopping.abort()
      wake()
      await running
    },
  }
}

export type Loop = ReturnType<typeof startLoop>
