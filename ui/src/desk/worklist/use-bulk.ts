import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import type { BulkAct, BulkAnswer, WorklistRow } from '../../app/api-types.ts'

/** As many as the server takes at once. */
export const MOST = 50

type Input = { act: BulkAct; personId?: string; reason?: string; postId?: string }
export type BulkRow = Pick<WorklistRow, 'id' | 'version' | 'dossierCode' | 'applicant'> & { seen?: string }
type Result = BulkAnswer['results'][number]
/** One act on several rows, with what became of each. */
export type Batch = Input & { key: string; at: string; rows: BulkRow[]; results: Result[] }

/** Sends an act for many tasks and keeps what became of each; those that failed can be tried again under the same key. */
export const useBulk = (onDone: () => void) => {
  const cache = useQueryClient()
  const [batch, setBatch] = useState<Batch>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()

  const send = async (input: Input, rows: BulkRow[], key: string): Promise<BulkAnswer | undefined> => {
    setBusy(true)
    setProblem(undefined)
    try {
      const items = rows.map(({ id, version, seen }) => ({ taskId: id, version, ...(seen ? { seen } : {}) }))
      return await api.post<BulkAnswer>('/api/tasks/bulk', { ...input, items }, key)
    } catch (refused) {
      setProblem(refused)
      return undefined
    } finally {
      setBusy(false)
      onDone()
      for (const stale of ['tasks', 'task', 'dossier']) void cache.invalidateQueries({ queryKey: [stale] })
    }
  }

  return {
    batch,
    busy,
    problem,
    run: async (input: Input, rows: BulkRow[]): Promise<void> => {
      const key = crypto.randomUUID()
      const answer = await send(input, rows, key)
      if (answer) setBatch({ ...input, key, rows, at: answer.at, results: answer.results })
    },
    /** Those that failed once more; what is done stays as it is. */
    again: async (): Promise<void> => {
      if (!batch) return
      const { rows, results, key, at: _at, ...input } = batch
      const failed = rows.filter(({ id }) => results.some(({ taskId, done }) => taskId === id && !done))
      const answer = await send(input, failed, key)
      if (!answer) return
      const newer = new Map(answer.results.map((result) => [result.taskId, result]))
      setBatch({ ...batch, at: answer.at, results: results.map((one) => newer.get(one.taskId) ?? one) })
    },
    close: () => {
      setBatch(undefined)
      setProblem(undefined)
    },
  }
}
export type BulkActs = ReturnType<typeof useBulk>
