import { useCallback, useEffect } from 'react'
import { scanner } from './code-buffer.ts'
import { useDeskSettings } from './use-settings.ts'

/** Single-key shortcuts can be switched off (WCAG 2.1.4); the choice goes with the person. */
export const useSingleKeys = () => {
  const { settings, choose } = useDeskSettings()
  return [
    settings.singleKeys,
    useCallback((on: boolean) => void choose({ singleKeys: on }), [choose]),
  ] as const
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** A radio or a checkbox takes Space and arrows only: letters and digits stay shortcuts there. */
const takesLetters = (target: EventTarget | null) =>
  isTyping(target) && !(target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type))

/** After this long without a second digit, a digit is a shortcut and not the beginning of a dossier's number. */
const DIGIT_MS = 350

/** Calls the act of a single key, unless somebody is typing or single keys are off. */
export const useKeys = (acts: Record<string, (event: KeyboardEvent) => void>) => {
  const [on] = useSingleKeys()
  useEffect(() => {
    if (!on) return
    let waiting: { act: () => void; timer: number } | undefined
    const now = () => {
      if (!waiting) return
      clearTimeout(waiting.timer)
      const { act } = waiting
      waiting = undefined
      act()
    }
    const hear = (event: KeyboardEvent) => {
      const digit = /^\d$/.test(event.key)
      if (waiting && digit) {
        // Four digits of a code, then: not a choice.
        clearTimeout(waiting.timer)
        waiting = undefined
        return
      }
      now()
      if (event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return
      const act = acts[event.key]
      if (!act) return
      if (digit) {
        const choose = () => scanner.lastAt < event.timeStamp && act(event)
        waiting = { act: choose, timer: window.setTimeout(now, DIGIT_MS) }
      } else act(event)
    }
    window.addEventListener('keydown', hear)
    return () => {
      if (waiting) clearTimeout(waiting.timer)
      window.removeEventListener('keydown', hear)
    }
  }, [acts, on])
}
