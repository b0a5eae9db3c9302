import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, api } from '../../app/api.ts'
import type { Decided, TaskPage } from '../../app/api-types.ts'

const STALE = ['task', 'tasks', 'dossier', 'diagrams']

const useAct = <Input, Answer>(
  taskId: string,
  path: string,
  body: (input: Input) => unknown,
  stays: (problem: unknown) => boolean = () => false,
) => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => api.post<Answer>(`/api/tasks/${taskId}/${path}`, body(input)),
    onSettled: (_answer, problem) => (stays(problem) ? undefined : refreshWork(cache)),
  })
}

/** Somebody else was first. What they did stays unread until the person has read who it was. */
export const wasOutrun = (problem: unknown): boolean =>
  problem instanceof ApiProblem && problem.status === 409

const refreshWork = (cache: QueryClient) =>
  Promise.all(STALE.map((key) => cache.invalidateQueries({ queryKey: [key] })))

/** What a person can do with a task: decide, take back, send at once, claim, give back, assign. Lists and page refresh after each. */
export const useTaskActs = ({ id, version }: Pick<TaskPage, 'id' | 'version'>) => {
  const cache = useQueryClient()
  type Decision = { outcome: string; data: Record<string, unknown> }
  return {
    refresh: () => refreshWork(cache),
    decide: useAct<Decision, Decided>(id, 'decide', (input) => ({ ...input, version }), wasOutrun),
    takeBack: useAct<void, unknown>(id, 'take-back', () => ({})),
    sendNow: useAct<void, unknown>(id, 'send-now', () => ({})),
    claim: useAct<void, unknown>(id, 'claim', () => ({})),
    unclaim: useAct<void, unknown>(id, 'unclaim', () => ({})),
    assign: useAct<{ personId: string; reason: string }, unknown>(id, 'assign', (input) => input),
  }
}
export type TaskActs = ReturnType<typeof useTaskActs>
