import { useState } from 'react'
import { useSearchParams } from 'react-router'

/**
 * A text that is typed and stands in the address. The field keeps its own state: the router takes over an address in a
 * transition, and a field that waited for it would swallow letters of somebody who types fast.
 */
export const useTypedQuery = (name: string): [string, (text: string) => void] => {
  const [query, setQuery] = useSearchParams()
  const [typed, setTyped] = useState(query.get(name) ?? '')
  const type = (text: string) => {
    setTyped(text)
    setQuery(
      (now) => {
        const next = new URLSearchParams(now)
        if (text) next.set(name, text)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  }
  return [typed, type]
}
