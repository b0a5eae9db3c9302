/** Sizes of letters, in the diagram's own units. */
export type Letters = {
  most: number
  least: number
  label: number
  frame: number
  badge: number
  sign: number
}
export const PLAIN: Letters = { most: 13, least: 9, label: 12, frame: 13, badge: 12, sign: 15 }
export const LARGE: Letters = { most: 20, least: 13, label: 16.5, frame: 18, badge: 15.5, sign: 21 }

/** Letters for a drawing that is printed `scale` points to a unit: names of boxes in 7 points, the rest a little less. */
export const lettersFor = (scale: number): Letters => ({
  most: 7.6 / scale,
  least: Math.min(LARGE.least, 6 / scale),
  label: Math.min(6 / scale, 24),
  frame: Math.min(6.2 / scale, 24),
  badge: Math.min(6.2 / scale, 24),
  sign: 7 / scale,
})
