import type { Language } from '../format.ts'

/**
 * A form's schema in one language: `x-en` beside a text key (`title` → `x-en: { title }`) replaces it for English
 * readers, and a text written as `{ vi, en }` becomes plain text.
 */
export const inSchemaLanguage = (node: unknown, language: Language): unknown => {
  if (Array.isArray(node)) return node.map((item) => inSchemaLanguage(item, language))
  if (typeof node !== 'object' || node === null) return node
  const record = node as Record<string, unknown>
  if (typeof record.vi === 'string' && Object.keys(record).every((key) => key === 'vi' || key === 'en')) {
    return language === 'en' && typeof record.en === 'string' ? record.en : record.vi
  }
  const shown: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(record)) {
    if (key !== 'x-en') shown[key] = inSchemaLanguage(value, language)
  }
  return language === 'en' && typeof record['x-en'] === 'object' ? { ...shown, ...record['x-en'] } : shown
}
