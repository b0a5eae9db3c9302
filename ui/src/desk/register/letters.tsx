import { Checkbox, Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LetterRegister } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { SearchField } from '../../shared/search-field.tsx'
import { Tag } from '../../shared/tags.tsx'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import { BookEnd, BookPage, useFilter } from './frame.tsx'
import { letterBook } from './queries.ts'
import { YearLock } from './year-lock.tsx'

type Row = LetterRegister['rows'][number]

/** Each series of the year: how far it has come, and whether a number is missing. */
const SeriesList = ({
  series,
  chosen,
  onChoose,
}: {
  series: LetterRegister['series']
  chosen: string
  onChoose: (key: string) => void
}) => {
  const { t } = useTranslation('desk')
  return (
    <ul className="register-series">
      {series.map((one) => (
        <li key={one.key}>
          <button
            type="button"
            aria-pressed={chosen === one.key}
            onClick={() => onChoose(chosen === one.key ? '' : one.key)}
          >
            <span className="register-series-name">{one.name}</span>
            <span className="figures soft">
              {t('register.upTo', { last: one.last })} · {t('register.voids', { count: one.voids })}
            </span>
            {one.missing.length === 0 ? (
              <Tag tone="good" icon={IconCheck}>
                {t('register.whole')}
              </Tag>
            ) : (
              <Tag tone="late" icon={IconAlertTriangleFilled}>
                {t('register.missing', { numbers: one.missing.join(', ') })}
              </Tag>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

const State = ({ row }: { row: Row }) => {
  const { t } = useTranslation('desk')
  if (row.state === 'void')
    return (
      <>
        <Tag tone="late">{t('register.void')}</Tag> <When at={row.voidAt} />
        <div className="soft">{row.voidReason}</div>
      </>
    )
  return row.deliveredAt ? (
    <>
      {t('register.delivered')} <When at={row.deliveredAt} />
    </>
  ) : (
    <span className="soft">{t('register.notDelivered')}</span>
  )
}

const LetterTable = ({ rows }: { rows: Row[] }) => {
  const { t } = useTranslation('desk')
  return (
    <ScrollX label={t('register.letters')}>
      <table className="register-table stacked">
        <thead>
          <tr>
            <th scope="col">{t('register.number')}</th>
            <th scope="col">{t('register.issued')}</th>
            <th scope="col">{t('register.title')}</th>
            <th scope="col">{t('register.dossier')}</th>
            <th scope="col">{t('register.signer')}</th>
            <th scope="col">{t('register.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.state === 'void' ? 'register-void' : undefined}>
              <td className="figures nowrap">
                <a href={`/api/letters/${row.id}/pdf`} target="_blank" rel="noreferrer">
                  {row.numberText}
                </a>
              </td>
              <td className="figures nowrap" data-label={t('register.issued')}>
                <When at={row.issuedAt} />
              </td>
              <td>{row.title}</td>
              <td>
                <Link to={`/ban-lam-viec/ho-so/${row.dossierId}`} className="figures nowrap">
                  {row.dossierCode}
                </Link>
                <div className="soft register-applicant">{row.applicant}</div>
              </td>
              <td data-label={t('register.signer')}>{row.signedBy ?? row.issuedBy}</td>
              <td>
                <State row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** "Sổ văn bản": every number of an agency's books, void ones with their reason. */
export default function LetterBookPage() {
  const { t } = useTranslation('desk')
  const text = useText()
  const [filter, set] = useFilter(['agencyId', 'year', 'series', 'void'] as const)
  const [search, setSearch] = useTypedQuery('q')
  const [q] = useDebouncedValue(search.trim(), 250)
  const asked = { ...filter, q }
  const found = useInfiniteQuery(letterBook(asked))
  const first = found.data?.pages[0]
  const rows = found.data?.pages.flatMap((page) => page.rows)
  const agency = first?.agencies.find(({ id }) => id === first.agencyId)
  const whole = { ...asked, agencyId: first?.agencyId ?? '', year: String(first?.year ?? '') }
  return (
    <BookPage title={t('register.letters')} book="letters" filter={whole} ready={!!rows?.length}>
      {first && (
        <search>
          <Group mb="sm" align="flex-end" className="register-filters">
            {first.agencies.length > 1 && (
              <Select
                label={t('register.agency')}
                allowDeselect={false}
                searchable
                data={first.agencies.map(({ id, name }) => ({ value: id, label: text(name) }))}
                value={first.agencyId}
                onChange={(next) => set({ agencyId: next ?? '', year: '', series: '' })}
              />
            )}
            <Select
              w={110}
              label={t('register.year')}
              allowDeselect={false}
              data={(agency?.years ?? [first.year ?? 0]).map(String)}
              value={String(first.year ?? '')}
              onChange={(next) => set({ year: next ?? '', series: '' })}
            />
            <SearchField w={320} label={t('register.search')} value={search} onType={setSearch} />
            <Checkbox
              mb={8}
              label={t('register.onlyVoid')}
              checked={filter.void === 'true'}
              onChange={(event) => set({ void: event.currentTarget.checked ? 'true' : '' })}
            />
          </Group>
        </search>
      )}
      {first?.agencyId && first.year && <YearLock book={first} agencyId={first.agencyId} year={first.year} />}
      {first && (
        <SeriesList series={first.series} chosen={filter.series} onChoose={(key) => set({ series: key })} />
      )}
      <Loaded query={{ ...found, data: rows }} lines={12}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('register.none')}>{t('register.noneHelp')}</Empty>
          ) : (
            <>
              <LetterTable rows={all} />
              <BookEnd pages={found} count={all.length} />
            </>
          )
        }
      </Loaded>
    </BookPage>
  )
}
