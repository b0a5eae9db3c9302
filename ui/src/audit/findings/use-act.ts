import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'

/** An act on a finding: a key of its own for each try of one form, and everything about findings is read again. */
export const useAct = (path: string) => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: object) => api.post(path, body, crypto.randomUUID()),
    // Also after a conflict: somebody else was first, and the page shows how it stands now.
    onSettled: () => cache.invalidateQueries({ queryKey: ['late'] }),
  })
}
