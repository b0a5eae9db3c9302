import i18n, { type Resource } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Text } from './api-types.ts'
import type { Language } from './language.ts'

/**
 * Each area keeps its strings in `<area>/locales/{vi,en}.json`; the area's name is the namespace. A part of the Studio has
 * its own: `studio/<part>/locales/` is `studio-<part>`.
 */
const files = import.meta.glob<Record<string, unknown>>(
  ['/src/*/locales/*.json', '/src/studio/*/locales/*.json'],
  { eager: true, import: 'default' },
)
const resources: Resource = {}
for (const [path, strings] of Object.entries(files)) {
  const [, area, language] = path.match(/\/src\/([\w/]+)\/locales\/(\w+)\.json$/)!
  resources[language!] = {
    ...resources[language!],
    [area!.replace('/', '-')]: strings as Resource[string][string],
  }
}

export type { Language }

const KEPT = 'motcua.language'
const remembered = localStorage.getItem(KEPT)

void i18n.use(initReactI18next).init({
  resources,
  lng: remembered === 'en' ? 'en' : 'vi',
  fallbackLng: 'vi',
  ns: Object.keys(resources.vi ?? {}),
  defaultNS: 'app',
  interpolation: { escapeValue: false },
})

const reflect = () => {
  document.documentElement.lang = i18n.language
}
reflect()
i18n.on('languageChanged', (language) => {
  localStorage.setItem(KEPT, language)
  reflect()
})

/** The language somebody has chosen on this device; undefined where nobody has, and pages show Vietnamese. */
export const chosenLanguage = (): Language | undefined => {
  const kept = localStorage.getItem(KEPT)
  return kept === 'en' || kept === 'vi' ? kept : undefined
}

export const useLanguage = (): Language => {
  const { i18n: current } = useTranslation()
  return current.language === 'en' ? 'en' : 'vi'
}

export const inLanguage = (text: Text, language: Language): string =>
  language === 'en' && text.en ? text.en : text.vi

/** Picks the reader's language of a text of the record; Vietnamese where there is no English. */
export const useText = (): ((text: Text | null | undefined) => string) => {
  const language = useLanguage()
  return (text) => (text ? inLanguage(text, language) : '')
}

export default i18n
