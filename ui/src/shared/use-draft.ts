import { useCallback, useEffect, useRef, useState } from 'react'

const PREFIX = 'motcua.draft.'

const stored = <T>(name: string): T | undefined => {
  const text = localStorage.getItem(PREFIX + name)
  if (text === null) return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    // Written by an older version of the page or cut off: it is no draft any more.
    localStorage.removeItem(PREFIX + name)
    return undefined
  }
}

/**
 * State that outlives the page: every change is written to this browser before anything else happens, and goes when the
 * work is sent (`discard`) or the person logs out.
 */
export const useDraft = <T>(name: string, initial: T) => {
  const [value, setValue] = useState<T>(() => stored<T>(name) ?? initial)
  const discarded = useRef(false)
  useEffect(() => {
    if (!discarded.current) localStorage.setItem(PREFIX + name, JSON.stringify(value))
  }, [name, value])
  const discard = useCallback(() => {
    discarded.current = true
    localStorage.removeItem(PREFIX + name)
  }, [name])
  return [value, setValue, discard] as const
}

/** Forgets every draft whose name begins so. */
export const dropDrafts = (beginning: string) => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX + beginning)) localStorage.removeItem(key)
  }
}
