/** What has been typed of a dossier's code outside any field. `at`: the last key's time (ms). */
export type Typed = { text: string; at: number; quick: boolean; open?: string }

/** When a scanner last sent a key (the events' own time): a digit just before it was no shortcut. */
export const scanner = { lastAt: Number.NEGATIVE_INFINITY }

/** A scanner sends its keys faster than any hand; between a hand's digits there may be a second. */
const SCANNER_MS = 80
const HAND_MS = 1_500
/** So long a code stays on the screen, and so long its Enter opens it. */
export const SHOWN_MS = 8_000
/** As a code may begin; letters in small are shortcuts, however fast a key repeats. */
const BEGINNING = /^[\p{Lu}\d][\p{Lu}\d._ –-]*$/u
const CODE = /^[\p{L}\d.]+[-_ –]\d{6}[-_ –]\d{4,}$/u

/**
 * Takes one more key. A hand types digits only (at least four, then Enter), and only where single keys are on; a scanner
 * types a whole code. `open` is the code to look for. `quick` says that the keys came from a scanner.
 */
export const typed = (before: Typed, key: string, at: number, singleKeys: boolean): Typed => {
  const gap = at - before.at
  if (key === 'Enter') {
    const { text, quick } = before
    const whole = CODE.test(text) || (/^\d{4,10}$/.test(text) && (quick || singleKeys))
    return { text: '', at, quick: false, ...(whole && gap <= SHOWN_MS ? { open: text } : {}) }
  }
  if (key === 'Backspace' && /^\d+$/.test(before.text))
    return { text: before.text.slice(0, -1), at, quick: false }
  if (key.length !== 1) return { text: '', at, quick: false }
  const digits = /^\d*$/.test(before.text)
  if (before.text && gap <= SCANNER_MS && BEGINNING.test(before.text + key))
    return { text: before.text + key, at, quick: true }
  if (/^\d$/.test(key) && singleKeys)
    return { text: digits && gap <= HAND_MS && !before.quick ? before.text + key : key, at, quick: false }
  // It may be the first letter of a code from a scanner; alone it is a shortcut.
  return { text: BEGINNING.test(key) ? key : '', at, quick: false }
}
