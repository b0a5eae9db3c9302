type Box = { x: number; y: number; width: number; height: number }
/** What we ask of the canvas of a drawing, whichever viewer holds it. */
export type Canvas = {
  viewbox(box?: Box): Box & { inner: Box; outer: { width: number; height: number } }
  zoom(level?: 'fit-viewport' | number, center?: 'auto'): number
  resized(): void
}

/** Smaller than this, words in a drawing cannot be read (12 px become 9). */
const FLOOR = 0.75
const MARGIN = 14
/** Under every drawing the bpmn.io mark stands on a strip of its own (diagram.css). */
const STRIP = 36

/** Where a length begins to be looked at: in the middle when all of it is seen, else at its start. */
const startOf = (start: number, length: number, seen: number, margin: number) =>
  length + 2 * margin <= seen ? start + length / 2 - seen / 2 : start - margin

/**
 * As large as the width allows, never larger than life and never so small that nothing can be read: what does not fit is
 * reached by moving the drawing. `left`: pixels on which something else stands.
 */
export const fitWidth = (canvas: Canvas, { left = 0 } = {}): void => {
  canvas.resized()
  const { inner, outer } = canvas.viewbox()
  if (outer.width <= 0 || outer.height <= 0 || inner.width <= 0) return
  const room = outer.width - left
  const scale = Math.min(1, Math.max(FLOOR, (room - 2 * MARGIN) / inner.width))
  const margin = MARGIN / scale
  canvas.viewbox({
    x: startOf(inner.x, inner.width, room / scale, margin) - left / scale,
    y: startOf(inner.y, inner.height, outer.height / scale, margin),
    width: outer.width / scale,
    height: outer.height / scale,
  })
}

/** The same in a frame that grows with its drawing, within bounds in pixels. */
export const growToFit = (canvas: Canvas, holder: HTMLElement, least: number, most: number): void => {
  const { width, height } = canvas.viewbox().inner
  const scale = Math.min(1, Math.max(FLOOR, (holder.clientWidth - 2 * MARGIN) / Math.max(1, width)))
  const wanted = height * scale + 2 * MARGIN
  holder.style.height = `${Math.round(Math.min(Math.max(wanted, least), most)) + STRIP}px`
  fitWidth(canvas)
}

/** All of it, however small. */
export const fitWhole = (canvas: Canvas): void => {
  canvas.resized()
  canvas.zoom('fit-viewport', 'auto')
}
