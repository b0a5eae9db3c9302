import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { TeamTasks } from '../../app/api-types.ts'

type Task = TeamTasks['tasks'][number]
export type Giving = { task: Task; personId: string }
export type Given = { task: Task; problem: string | null }
type Answer = { results: { taskId: string; done: boolean; problem: { detail: string } | null }[] }

/** The most that one request takes. */
const MOST = 50

/**
 * Gives tasks to people, one request for each person and fifty tasks; answers what became of each, for one that fails
 * leaves the others done.
 */
export const useAssign = () => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ gifts, reason }: { gifts: Giving[]; reason: string }): Promise<Given[]> => {
      const given: Given[] = []
      for (const personId of new Set(gifts.map((gift) => gift.personId))) {
        const tasks = gifts.filter((gift) => gift.personId === personId).map(({ task }) => task)
        for (let from = 0; from < tasks.length; from += MOST) {
          const some = tasks.slice(from, from + MOST)
          const { results } = await api.post<Answer>('/api/tasks/bulk', {
            act: 'assign',
            personId,
            reason,
            items: some.map(({ id, version }) => ({ taskId: id, version })),
          })
          for (const result of results) {
            const task = some.find(({ id }) => id === result.taskId)
            if (task) given.push({ task, problem: result.done ? null : (result.problem?.detail ?? '') })
          }
        }
      }
      return given
    },
    onSettled: () =>
      Promise.all(['tasks', 'task', 'dossier'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  })
}
