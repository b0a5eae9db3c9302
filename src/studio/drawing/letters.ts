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
