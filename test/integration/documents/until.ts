import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for something that happens elsewhere; gives up after a few seconds so that a failing test ends. */
export const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let look = 0; look < 300; look++) {
    if (await holds()) return
    await sleep(20)
  }
  throw new Error('waited for what never came')
}
