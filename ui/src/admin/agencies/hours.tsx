import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { Source } from '../../shared/proof.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import type { AgencyView } from '../types.ts'

type Hours = AgencyView['workingHours'][number]

/** Weekdays with the same sessions said once: "T2–T6 07:30–11:30, 13:00–17:00". */
const grouped = (week: Hours['week']): { from: number; to: number; sessions: string }[] => {
  const groups: { from: number; to: number; sessions: string }[] = []
  for (let day = 1; day <= 7; day++) {
    const sessions = (week[day] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ')
    const last = groups.at(-1)
    if (last && last.sessions === sessions && last.to === day - 1) last.to = day
    else groups.push({ from: day, to: day, sessions })
  }
  return groups.filter((group) => group.sessions !== '')
}

export const HoursView = ({ hours }: { hours: Hours }) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const name = (day: number) => t(`weekday.${day}`)
  return (
    <li>
      {grouped(hours.week)
        .map(
          ({ from, to, sessions }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`} ${sessions}`,
        )
        .join('; ')}
      {hours.validFrom && ` ${t('agency.from', { day: formatDay(hours.validFrom, language) })}`}{' '}
      {!hours.verified && <UnverifiedTag />}
      <span className="admin-under soft source">
        <Source source={hours.source} />
      </span>
    </li>
  )
}
