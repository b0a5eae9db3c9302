import type { Language } from '../../../app/language.ts'
import vi from './strings.vi.json' with { type: 'json' }

const WORDS: Record<string, string> = vi
/** Our own keys say in English what they are; these say it better. */
const ENGLISH: Record<string, string> = {
  'Create pool/participant': 'Add an agency (pool)',
  'Create collapsed pool': 'Add an outside party (drawing only)',
  'Create start event': 'Add a start',
  'Create end event': 'Add an end',
  'Create gateway': 'Add a question',
  'Create step': 'Add a person’s step',
  'Create machine work': 'Add machines’ work or a wait',
  'Append step': 'Add the next person’s step',
  'Append machine work': 'Add machines’ work or a wait next',
  'User Task': 'Person’s step',
  'Service Task': 'Machines’ work',
  'Exclusive Gateway': 'Question',
}

declare global {
  /** Strings of the modeller that were shown without a translation; a browser test wants none. */
  var studioMissingStrings: Set<string> | undefined
}

export type Translate = (template: string, replacements?: Record<string, string>) => string

/**
 * The modeller's strings in the reader's language. `known`: texts of our own element templates, which are in that
 * language already.
 */
export const translator = (language: Language, known: ReadonlySet<string>): Translate => {
  globalThis.studioMissingStrings ??= new Set()
  const missing = globalThis.studioMissingStrings
  const say = (template: string): string => {
    if (language === 'en') return ENGLISH[template] ?? template
    const text = WORDS[template]
    if (text === undefined && template.trim() !== '' && !known.has(template)) missing.add(template)
    return text ?? template
  }
  return (template, replacements = {}) =>
    say(template ?? '').replace(/{([^}]+)}/g, (_, key: string) => replacements[key] ?? `{${key}}`)
}
