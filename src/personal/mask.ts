/** What stands for every letter left out. Nobody types it, so a masked value that comes back is known as one. */
export const DOT = '•'

/** How a value is left out: which part of it tells people apart at the desk without being of use elsewhere. */
export const PERSONAL_KINDS = ['number', 'phone', 'email', 'address', 'birth', 'text'] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

const HIDDEN = DOT.repeat(3)
/** Fewer hidden letters than this can be guessed. */
const LEAST_HIDDEN = 5

/** The first and last letters, when enough stay hidden between them; else the last, else none. */
function ends(written: string, first: number, last: number): string {
  const letters = [...written.replace(/[\s.-]/g, '')]
  const shown = [
    [first, last],
    [0, last],
  ].find(([a = 0, b = 0]) => letters.length - a - b >= LEAST_HIDDEN) ?? [0, 0]
  const [a = 0, b = 0] = shown
  const hidden = DOT.repeat(letters.length - a - b)
  return [...letters.slice(0, a), hidden, ...letters.slice(letters.length - b)].join('')
}

/** Parts of an address that name where somebody lives no closer than the commune. */
const PUBLIC_PART = /^(phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tp\.?|tỉnh)(?=\s|$)/iu

/** Street and house are left out; commune and province stay, because routing and verification read them. */
function addressEnd(written: string): string {
  const parts = written.split(',').map((part) => part.trim())
  const kept: string[] = []
  while (parts.length > 0 && PUBLIC_PART.test(parts.at(-1) ?? '')) kept.unshift(parts.pop() ?? '')
  return [...(parts.length > 0 ? [HIDDEN] : []), ...kept].join(', ')
}

const MASKS: Record<PersonalKind, (written: string) => string> = {
  // •••••••••123: the end, as one compares it with a card in the hand. What comes before it in a citizen's number is
  // province, sex and year of birth, which may stand beside it: only three digits would be left to guess.
  number: (written) => ends(written, 0, 3),
  phone: (written) => ends(written, 2, 3),
  email: (written) => {
    const at = written.lastIndexOf('@')
    return at < 1 ? HIDDEN : `${[...written][0]}${HIDDEN}${written.slice(at)}`
  },
  address: addressEnd,
  // The year, too: it stands in the number, and of that the end is shown.
  birth: (written) => (/^\d{4}-\d\d-\d\d/.test(written) ? '••/••/••••' : HIDDEN),
  text: () => HIDDEN,
}

/** A value as those see it who have not opened it; nothing stays nothing. */
export const mask = (kind: PersonalKind, written: string): string =>
  written.trim() === '' ? '' : MASKS[kind](written.normalize('NFC'))

/** Whether a text has been masked: it must not be kept as if somebody had written it. */
export const isMasked = (written: unknown): boolean => typeof written === 'string' && written.includes(DOT)
