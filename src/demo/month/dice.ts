import { createHash } from 'node:crypto'

/**
 * Chance that depends on nothing but the seed and what is asked about: the same month is made on every machine, and one
 * that was broken off goes on with the same dice.
 */
export function diceOf(seed: number) {
  /** From 0 up to, not including, 1. */
  const at = (...about: (string | number)[]): number =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...about]))
      .digest()
      .readUInt32LE(0) /
    2 ** 32
  return {
    at,
    /** A whole number from `low` to `high`, both included. */
    between: (low: number, high: number, ...about: (string | number)[]): number =>
      low + Math.floor(at(...about) * (high - low + 1)),
    chance: (share: number, ...about: (string | number)[]): boolean => at(...about) < share,
    pick: <T>(list: readonly T[], ...about: (string | number)[]): T =>
      list[Math.floor(at(...about) * list.length)] as T,
    /** One of the keys, as often as its weight says. */
    weighted: <K extends string>(weights: Record<K, number>, ...about: (string | number)[]): K => {
      const entries = Object.entries(weights) as [K, number][]
      let left = at(...about) * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key
      }
      return entries.at(-1)![0]
    },
  }
}
export type Dice = ReturnType<typeof diceOf>
