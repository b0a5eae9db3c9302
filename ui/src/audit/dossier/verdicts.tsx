import { IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DossierAudit } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Tag } from '../../shared/tags.tsx'

/** Two verdicts on the same events: the law's, and index 766's; with the reason when they differ (rules 4). */
export const Verdicts = ({ verdicts }: { verdicts: DossierAudit['verdicts'] }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <div>
      <dl className="verdicts">
        <div>
          <dt>{t('verdict.law')}</dt>
          <dd>{text(verdicts.law)}</dd>
        </div>
        <div>
          <dt>{t('verdict.index766')}</dt>
          <dd>{text(verdicts.index766)}</dd>
        </div>
      </dl>
      {verdicts.differ && (
        <p className="verdict-differ">
          <Tag tone="soon" icon={IconScale}>
            {t('verdict.differ')}
          </Tag>{' '}
          {verdicts.reason && text(verdicts.reason)}
        </p>
      )}
    </div>
  )
}
