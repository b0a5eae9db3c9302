import { useEffect } from 'react'

const NAME = 'motcua.audit.row.'

/** Keeps which row of this page was opened, for the way back. */
export const rememberRow = (id: string) => sessionStorage.setItem(NAME + location.pathname, id)

/**
 * Brings back the row that was opened from this page, and the focus with it; once. `ready`: its rows are there. A turn
 * later than the page's own effect, which scrolls to the top.
 */
export const useReturnToRow = (ready: boolean) => {
  useEffect(() => {
    const id = sessionStorage.getItem(NAME + location.pathname)
    if (!ready || !id) return
    const timer = setTimeout(() => {
      sessionStorage.removeItem(NAME + location.pathname)
      const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
      row?.scrollIntoView({ block: 'center' })
      const link = row?.matches('a') ? row : row?.querySelector<HTMLElement>('a')
      link?.focus({ preventScroll: true })
    }, 0)
    return () => clearTimeout(timer)
  }, [ready])
}
