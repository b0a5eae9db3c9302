import { useTranslation } from 'react-i18next'
import type { IntakeGuide } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'

/** What each column of the file holds. */
export const Guide = ({ guide }: { guide: IntakeGuide }) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  return (
    <details className="intake-guide">
      <summary>{t('intake.columns', { count: guide.columns.length })}</summary>
      <dl className="intake-columns">
        {guide.columns.map(({ key, label, help, required }) => (
          <div key={key}>
            <dt>
              {label[language]} {required && <span className="soft">({t('intake.required')})</span>}
            </dt>
            <dd>{help[language]}</dd>
          </div>
        ))}
      </dl>
      <p className="soft intake-format">
        {t('intake.format', {
          rows: guide.maxRows.toLocaleString(language),
          megabytes: guide.maxBytes / 1_048_576,
        })}
      </p>
    </details>
  )
}
