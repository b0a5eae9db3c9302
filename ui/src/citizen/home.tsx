import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProcedureSummary } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Page } from '../app/page.tsx'
import { Empty, Loaded } from '../app/states.tsx'
import { SearchField } from '../shared/search-field.tsx'
import { Tag } from '../shared/tags.tsx'
import { useTypedQuery } from '../shared/use-typed-query.ts'
import './citizen.css'
import { limitWords } from './limit.ts'
import { procedures } from './queries.ts'

const ProcedureRow = ({ procedure }: { procedure: ProcedureSummary }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  return (
    <li>
      <Link to={`/thu-tuc/${procedure.code}`} className="procedure-row">
        <span className="procedure-main">
          <span className="procedure-name">{text(procedure.name)}</span>
          <span className="soft procedure-meta">
            <span className="figures">{procedure.code}</span> · {text(procedure.field)}
            {procedure.limits.length > 0 && <> · {limitWords(t, procedure.limits)}</>}
          </span>
          {procedure.sample && <Tag>{t('sample')}</Tag>}
        </span>
        <IconArrowRight size={20} stroke={1.6} aria-hidden="true" />
      </Link>
    </li>
  )
}

/** The first page: find a procedure, with or without accents; or look a dossier up. */
export const HomePage = () => {
  const { t } = useTranslation('citizen')
  const [search, setSearch] = useTypedQuery('tim')
  const [asked] = useDebouncedValue(search.trim(), 200)
  const found = useQuery(procedures(asked))
  return (
    <Page title={t('home.title')}>
      <search className="home-search">
        <SearchField
          size="lg"
          label={t('home.search')}
          description={t('home.searchHelp')}
          value={search}
          onType={setSearch}
        />
      </search>
      <Loaded query={found} lines={4}>
        {(list) => (
          <>
            <Text size="sm" className="soft" role="status" mb="xs">
              {t('home.found', { count: list.length })}
            </Text>
            {list.length === 0 ? (
              <Empty title={t('home.none')}>{t('home.noneHelp')}</Empty>
            ) : (
              <ul className="procedure-list">
                {list.map((procedure) => (
                  <ProcedureRow key={procedure.code} procedure={procedure} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
