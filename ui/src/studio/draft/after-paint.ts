import type { DraftStore } from './draft-store.ts'

/** What an edit changes beside the drawing (table, panel, marks) follows in the frame after it: nobody waits for it. */
export const afterPaint = (act: () => void) => {
  if (document.hidden) act()
  else requestAnimationFrame(() => requestAnimationFrame(act))
}

/** Does something to the draft; whoever shows the draft hears of it once the drawing is painted. */
export const drawnFirst = (store: DraftStore, act: () => void) => afterPaint(store.quietly(act))
