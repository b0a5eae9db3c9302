/** Random numbers that a seed repeats (mulberry32): hundreds of thousands cost less than fast-check's first ones. */
export function numbersFrom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    /** A whole number from 0 to `most`, both possible. */
    upTo: (most: number): number => Math.floor(next() * (most + 1)),
    oneOf: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
