import type { Language } from '../format.ts'

const SEPARATORS = { vi: { decimal: ',', group: '.' }, en: { decimal: '.', group: ',' } } as const
const inGroups = (text: string, separator: string) =>
  text.split(separator).every((part, index) => (index === 0 ? /^-?\d{1,3}$/ : /^\d{3}$/).test(part))

/**
 * Reads a number as people write it: "1.250,5", "1250,5" and "8.5" in Vietnamese, "1,250.5" in English. A lone group
 * separator before exactly three figures groups them ("1.250" is 1250 in Vietnamese). Undefined when it is no number.
 */
export const readNumber = (typed: string, language: Language): number | undefined => {
  const { decimal, group } = SEPARATORS[language]
  const text = typed.replace(/\s/g, '')
  const [whole = '', fraction, ...more] = text.split(decimal)
  if (more.length > 0) return inGroups(text, decimal) ? plain(text.replaceAll(decimal, '')) : undefined
  if (whole.includes(group)) {
    if (inGroups(whole, group)) return plain(`${whole.replaceAll(group, '')}.${fraction ?? '0'}`)
    // The other language's decimal separator, as phones' keyboards offer it.
    return fraction === undefined && whole.split(group).length === 2
      ? plain(whole.replace(group, '.'))
      : undefined
  }
  return plain(fraction === undefined ? whole : `${whole}.${fraction}`)
}

const plain = (text: string): number | undefined => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined)

export const writeNumber = (value: number, language: Language): string =>
  value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 10 })
