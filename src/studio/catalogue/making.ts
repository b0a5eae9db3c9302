import { Worker } from 'node:worker_threads'
import type { ProcedureSource } from '../source.ts'
import type { CatalogueRow, CatalogueStep } from './entry.ts'

/** Two hundred procedures take about 150 MB; more than this is a fault and ends the thread, not the server. */
const MOST_MEGABYTES = 512

export type Order = {
  rows: { row: CatalogueRow; steps: CatalogueStep[] }[]
  /** Legal day on which they are checked, and the roles that somebody holds on it. */
  today: string
  roles: string[]
}
export type Built = { code: string; source: ProcedureSource; errors: number; warnings: number }

/** Procedures made of rows that lack nothing, each checked by every rule, in a thread of their own; by code. */
export async function buildAll(order: Order): Promise<Map<string, Built>> {
  const built = new Map<string, Built>()
  if (order.rows.length === 0) return built
  const worker = new Worker(new URL('./making-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (one: Built) => built.set(one.code, one))
    worker.on('error', reject)
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('the making of drafts was broken off')),
    )
  })
  return built
}
