/** The thread in which procedures are made of rows and checked: a tenth of a second each, and the server goes on answering. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkOnServer } from '../lint/server.ts'
import type { Built, Order } from './making.ts'
import { skeletonOf } from './skeleton.ts'

const { rows, ...context } = workerData as Order
for (const { row, steps } of rows) {
  const source = skeletonOf(row, steps)
  const faults = await checkOnServer(source, context)
  const errors = faults.filter(({ severity }) => severity === 'error').length
  parentPort!.postMessage({
    code: row.code,
    source,
    errors,
    warnings: faults.length - errors,
  } satisfies Built)
}
