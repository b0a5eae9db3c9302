import { Worker } from 'node:worker_threads'
import type { Progress, Replayed } from './play.ts'
import type { Order, Report } from './worker.ts'

/** Twenty thousand dossiers take about 200 MB; more than this is a fault and ends the thread, not the server. */
const MOST_MEGABYTES = 1024

export type Running = { result: Promise<Replayed | null>; stop(): Promise<void> }

/** Runs a replay in a thread of its own; `null`: it was stopped. Rejects where the replay itself fails. */
export function startThread(order: Order, onProgress: (progress: Progress) => void): Running {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  // A server that ends waits for no replay; the run is then broken off.
  worker.unref()
  let stopped = false
  const result = new Promise<Replayed | null>((resolve, reject) => {
    worker.on('message', (report: Report) => {
      if ('progress' in report) onProgress(report.progress)
      else resolve(report.result)
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      if (stopped) resolve(null)
      else reject(new Error('the replay ended without a result'))
    })
  })
  return {
    result,
    async stop() {
      stopped = true
      await worker.terminate()
    },
  }
}
