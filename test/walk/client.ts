import { setTimeout as sleep } from 'node:timers/promises'

export { type Client, type Json, openClient as open, Refused } from '../../src/demo/client.ts'

const PATIENCE_MS = 60_000

/** Asks until something is there; the engine moves by itself. Throws with `what` when it never comes. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await ask()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`)
    await sleep(200)
  }
}
