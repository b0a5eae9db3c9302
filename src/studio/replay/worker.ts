/** The thread in which a replay runs: nothing but arithmetic, so that the server goes on answering meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import type { History } from './past.ts'
import type { Assumptions, Design } from './plan.ts'
import { type Progress, type Replayed, replay } from './play.ts'

export type Order = { history: History; current: Design; draft: Design; assumptions: Assumptions }
export type Report = { progress: Progress } | { result: Replayed }

const { history, current, draft, assumptions } = workerData as Order
const report = (message: Report) => parentPort!.postMessage(message)
report({ result: replay(history, current, draft, assumptions, (progress) => report({ progress })) })
