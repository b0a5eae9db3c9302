import { Group, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../shared/search-field.tsx'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import { FILTERS, type Filters } from './queries.ts'

const CHOICES = {
  level: ['province', 'department', 'commune'],
  online: ['full', 'partial', 'information'],
  eligible: ['yes', 'no'],
  dormant: ['yes', 'no'],
  state: ['in-force', 'drafted', 'bare', 'planned'],
} as const

/** Search and filters of the catalogue; they stand in the address, so that a view can be sent to somebody. */
export const FilterBar = ({
  filters,
  fields,
  put,
}: {
  filters: Filters
  fields: string[]
  put: (changes: Record<string, string>) => void
}) => {
  const { t } = useTranslation('studio-catalogue')
  const [typed, type] = useTypedQuery(FILTERS.q)
  const any = { value: '', label: t('filter.any') }
  return (
    <Group gap="sm" align="flex-end" className="period-bar" mb="sm">
      <SearchField
        size="sm"
        label={t('filter.search')}
        value={typed}
        onType={type}
        className="catalogue-search"
      />
      <NativeSelect
        size="sm"
        label={t('filter.field')}
        value={filters.field ?? ''}
        onChange={(event) => put({ [FILTERS.field]: event.currentTarget.value })}
        data={[any, ...fields.map((field) => ({ value: field, label: field }))]}
        className="catalogue-field"
      />
      {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((key) => (
        <NativeSelect
          key={key}
          size="sm"
          label={t(`filter.${key}`)}
          value={filters[key] ?? ''}
          onChange={(event) => put({ [FILTERS[key]]: event.currentTarget.value })}
          data={[any, ...CHOICES[key].map((value) => ({ value, label: t(`filter.of.${key}.${value}`) }))]}
        />
      ))}
    </Group>
  )
}
