/** Numbers between 0 and 1 that are the same for the same seed, wherever and whenever they are drawn. */
export type Dice = () => number

/** Scatters a text over 32 bits (FNV-1a). */
function scattered(text: string): number {
  let hash = 0x811c9dc5
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193)
  return hash >>> 0
}

/** A source of its own for every seed and name (mulberry32): what one dossier draws changes nothing for the next. */
export function diceOf(seed: number, name: string): Dice {
  let state = scattered(`${seed}/${name}`)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What somebody expects a new step to take, in working minutes. Nobody has measured it. */
export type Estimate = { shape: 'triangular' | 'uniform'; least: number; likely: number; most: number }

/** Draws from an estimate; of an even one, only the ends count. */
export function drawn({ shape, least, likely, most }: Estimate, dice: Dice): number {
  const u = dice()
  const width = most - least
  if (width <= 0) return least
  if (shape === 'uniform') return least + u * width
  const peak = (likely - least) / width
  return u < peak ? least + width * Math.sqrt(u * peak) : most - width * Math.sqrt((1 - u) * (1 - peak))
}

/** Draws one of several, all alike. */
export const anyOf = <T>(choices: readonly T[], dice: Dice): T =>
  choices[Math.floor(dice() * choices.length)]!

/** Draws one of several by their weights, of which one at least is above zero. */
export function picked<T>(choices: readonly T[], weightOf: (choice: T) => number, dice: Dice): T {
  let left = dice() * choices.reduce((sum, choice) => sum + weightOf(choice), 0)
  for (const choice of choices) {
    left -= weightOf(choice)
    if (left < 0) return choice
  }
  return choices.at(-1)!
}
