import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { DossierAudit } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'

const COLUMNS = ['line', 'allotted', 'used', 'variance'] as const

/** Differences are added here, so each has its sign. */
const useSigned = () => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  return (minutes: number) =>
    minutes === 0 ? t('balance.zero') : `${minutes > 0 ? '+' : '−'}${workingTime(minutes, language)}`
}

const Lines = ({ balance }: { balance: NonNullable<DossierAudit['balance']> }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const signed = useSigned()
  const { state } = useLocation()
  return (
    <ScrollX label={t('balance.caption')} className="late-scroll">
      <table className="late-table balance-table">
        <caption className="visually-hidden">{t('balance.caption')}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`balance.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {balance.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of closed books never move
            <tr key={index}>
              <th scope="row">
                {line.holdingId ? (
                  <Link to={`/kiem-tra/khoang/${line.holdingId}`} state={state}>
                    {text(line.name)}
                  </Link>
                ) : (
                  text(line.name)
                )}
              </th>
              <td>{workingTime(line.allottedMinutes, language)}</td>
              <td>{workingTime(line.usedMinutes, language)}</td>
              <td>{signed(line.varianceMinutes)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('balance.sum')}
            </th>
            <td>
              <strong>{signed(balance.varianceSum)}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
    </ScrollX>
  )
}

/** The books of the round that set the due date: all differences together are finish less due (rules 10). */
export const Balance = ({ audit: { balance, spareMinutes } }: { audit: DossierAudit }) => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  const signed = useSigned()
  const even = balance !== null && balance.varianceSum === balance.finishMinusDue
  return (
    <div className="balance">
      {balance ? (
        <>
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
          <Lines balance={balance} />
        </>
      ) : (
        <p className="soft">{t('balance.open')}</p>
      )}
      {spareMinutes !== null && (
        <p>
          {t('balance.spare')} <strong>{workingTime(spareMinutes, language)}</strong>
        </p>
      )}
    </div>
  )
}
