import { Group, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DossierRegister } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import { BookEnd, BookPage, useFilter } from './frame.tsx'
import { dossierBook } from './queries.ts'

type Row = DossierRegister['rows'][number]

const DossierTable = ({ rows }: { rows: Row[] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <ScrollX label={t('register.dossiers')}>
      <table className="register-table stacked">
        <thead>
          <tr>
            <th scope="col">{t('register.entry')}</th>
            <th scope="col">{t('register.dossier')}</th>
            <th scope="col">{t('register.procedure')}</th>
            <th scope="col">{t('register.lead')}</th>
            <th scope="col">{t('register.received')}</th>
            <th scope="col">{t('register.due')}</th>
            <th scope="col">{t('register.returned')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="figures" data-label={t('register.entry')}>
                {row.entry}
              </td>
              <td>
                <Link to={`/ban-lam-viec/ho-so/${row.id}`} className="figures nowrap">
                  {row.code}
                </Link>
                <div className="soft register-applicant">{row.applicant}</div>
              </td>
              <td>{text(row.procedure)}</td>
              <td data-label={t('register.lead')}>{text(row.agency)}</td>
              <td className="figures nowrap" data-label={t('register.received')}>
                <When at={row.receivedAt} />
              </td>
              <td className="figures nowrap" data-label={t('register.due')}>
                <When at={row.dueAt} />
              </td>
              <td className="figures nowrap" data-label={row.returnedAt ? t('register.returned') : undefined}>
                {row.returnedAt ? <When at={row.returnedAt} /> : t(`shared:dossierState.${row.state}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** "Sổ theo dõi hồ sơ": what a one-stop received in a period, to look at and to print on the form of the day. */
export default function DossierBookPage() {
  const { t } = useTranslation('desk')
  const text = useText()
  const [filter, set] = useFilter(['unitId', 'from', 'to', 'field'] as const)
  const found = useInfiniteQuery(dossierBook(filter))
  const first = found.data?.pages[0]
  const rows = found.data?.pages.flatMap((page) => page.rows)
  const counter = first?.counters.find(({ id }) => id === first.unitId)
  const whole = { ...filter, unitId: first?.unitId ?? '', from: first?.from ?? '', to: first?.to ?? '' }
  return (
    <BookPage title={t('register.dossiers')} book="dossiers" filter={whole} ready={!!rows?.length}>
      {first && (
        <search>
          <Group mb="sm" align="flex-end" className="register-filters">
            {first.counters.length > 1 && (
              <Select
                label={t('register.counter')}
                allowDeselect={false}
                searchable
                data={first.counters.map(({ id, name }) => ({ value: id, label: text(name) }))}
                value={first.unitId}
                onChange={(next) => set({ unitId: next ?? '', field: '' })}
              />
            )}
            <DayInput
              w={140}
              label={t('register.from')}
              value={first.from}
              onChange={(next) => next && set({ from: next })}
            />
            <DayInput
              w={140}
              label={t('register.to')}
              value={first.to}
              onChange={(next) => next && set({ to: next })}
            />
            <Select
              w={280}
              label={t('register.field')}
              clearable
              placeholder={t('register.anyField')}
              data={counter?.fields ?? []}
              value={filter.field || null}
              onChange={(next) => set({ field: next ?? '' })}
            />
          </Group>
        </search>
      )}
      <Loaded query={{ ...found, data: rows }} lines={12}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('register.noDossiers')}>{t('register.noDossiersHelp')}</Empty>
          ) : (
            <>
              <DossierTable rows={all} />
              <BookEnd pages={found} count={all.length} />
            </>
          )
        }
      </Loaded>
    </BookPage>
  )
}
