import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DossierAudit } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { workingTime } from '../../shared/format.ts'
import { Tag } from '../../shared/tags.tsx'

/** The books of the round that set the due date: all differences together are finish less due (rules 10). */
export const Balance = ({ audit: { balance, spareMinutes } }: { audit: DossierAudit }) => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  const signed = (minutes: number) =>
    minutes === 0 ? t('balance.zero') : `${minutes > 0 ? '+' : '−'}${workingTime(minutes, language)}`
  const even = balance !== null && balance.varianceSum === balance.finishMinusDue
  return (
    <div className="balance">
      {spareMinutes !== null && (
        <p>
          {t('balance.spare')} <strong>{workingTime(spareMinutes, language)}</strong>
        </p>
      )}
      {balance ? (
        <p className="balance-sum">
          <span>
            {t('balance.sum')} <strong>{signed(balance.varianceSum)}</strong>
          </span>
          <span aria-hidden="true">{even ? '=' : '≠'}</span>
          <span>
            {t('balance.finish')} <strong>{signed(balance.finishMinusDue)}</strong>
          </span>
          <Tag tone={even ? 'good' : 'late'} icon={even ? IconCheck : IconX}>
            {even ? t('balance.even') : t('balance.uneven')}
          </Tag>
        </p>
      ) : (
        <p className="soft">{t('balance.open')}</p>
      )}
    </div>
  )
}
