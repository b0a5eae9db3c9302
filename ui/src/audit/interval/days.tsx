import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { IntervalAudit } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { formatDay, workingTime } from '../../shared/format.ts'
import { Source } from '../../shared/proof.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'

const FULL_DAY = 480

/** Each day of the interval: counted or not, how many working minutes, why, and on whose word. */
export const Days = ({ days }: { days: IntervalAudit['days'] }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  if (days.length === 0) return <Empty title={t('days.none')} />
  const total = days.reduce((sum, { minutes }) => sum + minutes, 0)
  return (
    <ScrollX label={t('days.caption')} className="late-scroll">
      <table className="late-table days-table">
        <caption className="visually-hidden">{t('days.caption')}</caption>
        <thead>
          <tr>
            {(['day', 'counted', 'minutes', 'reason', 'source'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`days.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, counted, minutes, reason, source }) => (
            <tr key={day} className={counted ? undefined : 'day-skipped'}>
              <th scope="row" className="nowrap figures">
                {formatDay(day, language)}
              </th>
              <td className="nowrap">
                <span className="with-icon">
                  {counted ? (
                    <IconCheck size={15} stroke={2.2} aria-hidden="true" />
                  ) : (
                    <IconMinus size={15} aria-hidden="true" />
                  )}
                  {counted ? t('days.yes') : t('days.no')}
                </span>
              </td>
              <td className="nowrap day-minutes">
                <span className="day-bar" aria-hidden="true">
                  <span style={{ width: `${Math.min(100, (minutes / FULL_DAY) * 100)}%` }} />
                </span>
                {minutes > 0 ? workingTime(minutes, language) : '–'}
              </td>
              <td>{text(reason)}</td>
              <td className="day-source">
                <Source source={source} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('days.total')}
            </th>
            <td className="nowrap">
              <strong>{workingTime(total, language)}</strong>
            </td>
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </ScrollX>
  )
}
