import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** How much is wrong within a thing, so that a closed one shows it too. */
export const FaultCounts = ({ errors, warnings }: { errors: number; warnings: number }) => {
  const { t } = useTranslation('studio-panels')
  return (
    <>
      {errors > 0 && (
        <span className="tag tag-late">
          <IconAlertTriangle size={13} aria-hidden /> {t('faults.count', { count: errors })}
        </span>
      )}
      {warnings > 0 && <span className="tag tag-soon">{t('faults.warned', { count: warnings })}</span>}
    </>
  )
}
