import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** The query of the address, and a way to change some of it in place; what is empty leaves it. */
export const useAddress = () => {
  const [query, setQuery] = useSearchParams()
  const put = useCallback(
    (changes: Record<string, string>) =>
      setQuery(
        (current) => {
          const next = new URLSearchParams(current)
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value)
            else next.delete(name)
          }
          return next
        },
        { replace: true, preventScrollReset: true },
      ),
    [setQuery],
  )
  return { query, put }
}
