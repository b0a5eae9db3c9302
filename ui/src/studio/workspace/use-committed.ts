import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'

const PAUSE_MS = 600

/**
 * A field whose words are taken when typing pauses, when it is left, or by Enter: one step to take back, and no redrawing
 * of a diagram at each letter. Escape gives the old words back.
 */
export const useCommitted = (value: string, commit: (value: string) => void) => {
  const [typed, setTyped] = useState<string | null>(null)
  const latest = useRef({ typed, commit, value })
  latest.current = { typed, commit, value }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const take = () => {
    clearTimeout(timer.current)
    const { typed: words, value: now, commit: give } = latest.current
    if (words === null) return
    latest.current.typed = null
    setTyped(null)
    if (words !== now) give(words)
  }
  // The field may go away with its words: another step is selected, the section is left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it goes away
  useEffect(() => take, [])
  return {
    value: typed ?? value,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setTyped(event.currentTarget.value)
      clearTimeout(timer.current)
      timer.current = setTimeout(take, PAUSE_MS)
    },
    onBlur: take,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') take()
      if (event.key === 'Escape') {
        clearTimeout(timer.current)
        setTyped(null)
      }
    },
  }
}
