/** Text of the record: Vietnamese is the original, English a gloss where there is one. */
export type Text = { vi: string; en?: string }

const controls = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/gu
/** Zero-width joiners, byte order marks and direction overrides: invisible, and able to make a name read otherwise. */
const invisible = /\p{Cf}/gu

/** What somebody wrote as it is kept and printed: NFC (the fonts have composed letters), nothing that cannot be seen, trimmed. */
export const clean = (written: string): string =>
  written.replaceAll('\r\n', '\n').replace(invisible, '').replace(controls, ' ').normalize('NFC').trim()
