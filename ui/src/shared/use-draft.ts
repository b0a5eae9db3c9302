import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDrafts, readDraft, writeDraft } from './draft-vault.ts'

export { dropDrafts } from './draft-vault.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is kept, with the fields that have come since it was written. */
const stored = <T>(name: string, initial: T): T => {
  const kept = readDraft(name)
  if (kept === undefined) return initial
  return isRecord(kept) && isRecord(initial) ? ({ ...initial, ...kept } as T) : (kept as T)
}

/**
 * State that outlives the page: every change is kept in this browser before anything else happens, and goes when the
 * work is sent (`discard`) or the person logs out.
 */
export const useDraft = <T>(name: string, initial: T) => {
  const [value, setValue] = useState<T>(() => stored(name, initial))
  const discarded = useRef(false)
  useEffect(() => {
    if (!discarded.current) void writeDraft(name, value)
  }, [name, value])
  const discard = useCallback(() => {
    discarded.current = true
    dropDrafts(name)
  }, [name])
  return [value, setValue, discard] as const
}
