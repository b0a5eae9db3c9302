import { useMemo, useRef } from 'react'
import { useKeys } from '../use-keys.ts'

const focusNote = (tries = 20) => {
  const field = document.querySelector<HTMLElement>('textarea[data-new-note]')
  if (field) field.focus()
  else if (tries > 0) requestAnimationFrame(() => focusNote(tries - 1))
}

/** `n` beside a dossier opens its notes, with the cursor in a new one; `o` asks to open the personal data. */
export const useDossierKeys = (openNotes: () => void) => {
  const open = useRef(openNotes)
  open.current = openNotes
  useKeys(
    useMemo(
      () => ({
        n: (event: KeyboardEvent) => {
          event.preventDefault()
          open.current()
          focusNote()
        },
        o: (event: KeyboardEvent) => {
          event.preventDefault()
          document.querySelector<HTMLElement>('[data-open-personal]')?.click()
        },
      }),
      [],
    ),
  )
}
