import { useEffect, useState } from 'react'

const SETTING = 'motcua.single-keys'
const CHANGED = 'motcua:single-keys'

/** Single-key shortcuts can be switched off (WCAG 2.1.4); the choice stays on this device. */
export const useSingleKeys = () => {
  const [on, setOn] = useState(() => localStorage.getItem(SETTING) !== 'off')
  useEffect(() => {
    const read = () => setOn(localStorage.getItem(SETTING) !== 'off')
    window.addEventListener(CHANGED, read)
    return () => window.removeEventListener(CHANGED, read)
  }, [])
  const choose = (next: boolean) => {
    localStorage.setItem(SETTING, next ? 'on' : 'off')
    window.dispatchEvent(new Event(CHANGED))
  }
  return [on, choose] as const
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Calls the act of a single key, unless somebody is typing or single keys are off. `digit` stands for 0 to 9. */
export const useKeys = (acts: Record<string, (event: KeyboardEvent) => void>) => {
  const [on] = useSingleKeys()
  useEffect(() => {
    if (!on) return
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const act = acts[event.key] ?? (/^\d$/.test(event.key) ? acts.digit : undefined)
      if (!act) return
      act(event)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [acts, on])
}
