import { Button, Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LateReport } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { DayInput } from '../../shared/day-input.tsx'
import { agencyChoices } from '../queries.ts'
import type { FilterName, Filters } from './filters.ts'
import { isDay, nameOf, PERIOD_NAMES, type PeriodName, periods } from './period.ts'

/** Period and scope: what the whole page speaks of. */
export const PeriodBar = ({
  filters,
  set,
  today,
  report,
  children,
}: {
  filters: Filters
  set: (changes: Partial<Record<FilterName, string>>) => void
  today: string
  report: LateReport | undefined
  /** What else can be done with the period. */
  children?: ReactNode
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const known = useQuery(agencyChoices())
  // Without the list of agencies, those of the report can still be chosen.
  const agencies = known.data ?? [
    ...new Map(report?.dossiers.map(({ agency }) => [agency.id, agency])).values(),
  ]
  const day = (name: 'from' | 'to', value: string | null) => isDay(value) && set({ [name]: value })
  return (
    <Group gap="sm" align="flex-end" className="period-bar no-print">
      <NativeSelect
        size="sm"
        label={t('period.label')}
        value={nameOf(filters, today) ?? ''}
        onChange={(event) => {
          const name = event.currentTarget.value as PeriodName | ''
          if (name) set(periods(today)[name])
        }}
        data={[
          ...PERIOD_NAMES.map((name) => ({ value: name, label: t(`period.${name}`) })),
          { value: '', label: t('period.own') },
        ]}
      />
      <DayInput
        w={130}
        label={t('period.from')}
        value={filters.from}
        maxDate={filters.to}
        onChange={(value) => day('from', value)}
      />
      <DayInput
        w={130}
        label={t('period.to')}
        value={filters.to}
        minDate={filters.from}
        onChange={(value) => day('to', value)}
      />
      <NativeSelect
        size="sm"
        className="period-agency"
        label={t('period.agency')}
        value={filters.agency}
        onChange={(event) => set({ agency: event.currentTarget.value })}
        data={[
          { value: '', label: t('period.everywhere') },
          ...agencies
            .map((agency) => ({ value: agency.id, label: text(agency.name) }))
            .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
        ]}
      />
      {children}
      <Button variant="default" size="sm" onClick={() => window.print()} className="period-print">
        {t('print.list')}
      </Button>
    </Group>
  )
}
