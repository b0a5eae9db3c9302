/** What an edit changes beside the drawing (table, panel, marks) follows in the frame after it: nobody waits for it. */
export const afterPaint = (act: () => void) => {
  if (document.hidden) act()
  else requestAnimationFrame(() => requestAnimationFrame(act))
}
