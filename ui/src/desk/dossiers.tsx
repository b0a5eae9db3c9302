import { Group, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { DossierSummary } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Page } from '../app/page.tsx'
import { Empty, Loaded } from '../app/states.tsx'
import { LateTag, StateTag } from '../shared/tags.tsx'
import { useTypedQuery } from '../shared/use-typed-query.ts'
import { When } from '../shared/when.tsx'
import './desk.css'
import { More } from '../shared/more.tsx'
import { ScrollX } from '../shared/scroll-x.tsx'
import { SearchField } from '../shared/search-field.tsx'
import { dossiers } from './queries.ts'

const STATES: DossierSummary['state'][] = [
  'filed',
  'processing',
  'waiting-supplement',
  'done',
  'returned',
  'refused',
  'closed',
  'withdrawn',
]
const COLUMNS = ['code', 'applicant', 'procedure', 'state', 'step', 'received', 'due'] as const

export const DossierTable = ({ list }: { list: DossierSummary[] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <ScrollX label={t('dossiers.title')}>
      <table className="worklist dossiers stacked">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`dossiers.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">
                <Link to={`/ban-lam-viec/ho-so/${one.id}`} className="row-link figures" data-row>
                  {one.code}
                </Link>
              </td>
              <td className="dossier-whose">{one.applicant}</td>
              <td className="row-procedure" title={text(one.procedure.name)}>
                {text(one.procedure.name)}
              </td>
              <td className="nowrap">
                <span className="flags">
                  <StateTag dossier={one} />
                  {one.late && <LateTag />}
                </span>
              </td>
              <td data-label={t('dossiers.step')}>{text(one.currentStep) || '–'}</td>
              <td className="nowrap figures" data-label={t('dossiers.received')}>
                <When at={one.receivedAt} />
              </td>
              <td className="nowrap figures" data-label={t('dossiers.due')}>
                <When at={one.reappointedDueAt ?? one.dueAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Every dossier within one's reach, by code, name or state; the filters stand in the address. */
export default function DossiersPage() {
  const { t } = useTranslation('desk')
  const [query, setQuery] = useSearchParams()
  const [search, setSearch] = useTypedQuery('tim')
  const state = query.get('trang-thai') ?? ''
  const [asked] = useDebouncedValue(search.trim(), 250)
  const found = useInfiniteQuery(dossiers(asked, state))
  const list = found.data?.pages.flatMap((page) => page.dossiers)
  const set = (name: string, value: string) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <Page title={t('dossiers.title')} wide>
      <search>
        <Group mb="md" align="flex-end">
          <SearchField w={360} label={t('dossiers.search')} value={search} onType={setSearch} />
          <Select
            w={240}
            label={t('dossiers.state')}
            clearable
            placeholder={t('dossiers.any')}
            data={STATES.map((value) => ({ value, label: t(`shared:dossierState.${value}`) }))}
            value={state || null}
            onChange={(value) => set('trang-thai', value ?? '')}
          />
        </Group>
      </search>
      <Loaded query={{ ...found, data: list }} lines={12}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('dossiers.none')}>{t('dossiers.noneHelp')}</Empty>
          ) : (
            <>
              <DossierTable list={all} />
              <More pages={found} />
              <Text size="sm" className="soft" mt="xs" role="status">
                {t('dossiers.count', { count: all.length })}
              </Text>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
