import { useTranslation } from 'react-i18next'
import i18n, { useLanguage } from './i18n.ts'

const NAMES = { vi: 'Tiếng Việt', en: 'English' } as const

export const LanguageSwitch = () => {
  const { t } = useTranslation('app')
  const current = useLanguage()
  return (
    <fieldset className="language" aria-label={t('nav.language')}>
      {(['vi', 'en'] as const).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={current === language}
          aria-label={NAMES[language]}
          onClick={() => void i18n.changeLanguage(language)}
        >
          {language === 'vi' ? 'VI' : 'EN'}
        </button>
      ))}
    </fieldset>
  )
}
