import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TeamPerson } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatShortDay } from '../../shared/format.ts'

/** Today away from all work. */
export const isAway = ({ absences }: TeamPerson): boolean =>
  absences.some(({ running, partly }) => running && !partly)

/** People who may be given work of a role, least loaded first; who is away is named and cannot be chosen. */
export const PersonSelect = ({
  people,
  roles,
  not,
  label,
  value,
  onChange,
  error,
}: {
  people: TeamPerson[]
  /** Of the tasks chosen: whoever has one of them. */
  roles?: string[]
  not?: string
  label: string
  value: string | null
  onChange: (id: string | null) => void
  error?: string | false
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  const candidates = people
    .filter(({ id, gone }) => id !== not && !gone)
    .filter((one) => !roles || roles.length === 0 || roles.some((role) => one.roles.includes(role)))
    .sort((a, b) => Number(isAway(a)) - Number(isAway(b)) || a.open + a.late - (b.open + b.late))
  const labelOf = (one: TeamPerson) => {
    const away = one.absences.find(({ running, partly }) => running && !partly)
    return away
      ? `${one.name} (${t('team.awayUntil', { day: formatShortDay(away.toDay, language) })})`
      : `${one.name}, ${text(one.title)} (${t('team.has', { open: one.open, late: one.late })})`
  }
  return (
    <Select
      size="xs"
      label={label}
      placeholder={t('team.choose')}
      searchable
      nothingFoundMessage={t('team.nobodyFound')}
      data={candidates.map((one) => ({ value: one.id, label: labelOf(one), disabled: isAway(one) }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}
