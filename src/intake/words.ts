/** A word as headings and lists compare it: capitals, accents, blanks and signs make no difference. */
export const plain = (written: string): string =>
  written
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
