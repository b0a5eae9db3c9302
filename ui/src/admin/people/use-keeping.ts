import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../app/api.ts'
import { say } from '../../app/say.ts'

/** Sends a change of people or posts, says that it is done, and reads the list anew. */
export const useKeeping = <Sent>(send: (sent: Sent) => Promise<unknown>, said: string, done: () => void) => {
  const cache = useQueryClient()
  const act = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      say(said)
      done()
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  /** What is not said at a field. */
  const general = act.error instanceof ApiProblem && act.error.errors.length > 0 ? null : act.error
  return { ...act, general }
}
