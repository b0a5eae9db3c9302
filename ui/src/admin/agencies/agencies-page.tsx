import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay, withoutMarks } from '../../shared/format.ts'
import { SearchField } from '../../shared/search-field.tsx'
import { Tag } from '../../shared/tags.tsx'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import { agencies } from '../queries.ts'
import type { AgencyView } from '../types.ts'
import { ChangeHours } from './change-hours.tsx'
import { HoursView } from './hours.tsx'

const LEVELS: AgencyView['level'][] = ['province', 'department', 'vertical', 'district', 'commune']

const Agency = ({ agency, successor }: { agency: AgencyView; successor: AgencyView | undefined }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  const [changing, setChanging] = useState(false)
  return (
    <li>
      <details className="agency">
        <summary>
          <span className="agency-name">{text(agency.name)}</span>
          <span className="soft figures">{agency.code}</span>
          {agency.validTo && (
            <Tag tone="soon" icon={successor ? IconArrowRight : undefined}>
              {t('agency.ended', { day: formatDay(agency.validTo, language) })}
              {successor && ` ${t('agency.successor', { name: text(successor.name) })}`}
            </Tag>
          )}
          <span className="soft agency-units">{t('agency.units', { count: agency.units.length })}</span>
        </summary>
        <dl className="facts">
          <dt>{t('agency.unitList')}</dt>
          <dd>
            <ul className="posts">
              {agency.units.map((unit) => (
                <li key={unit.id}>
                  {text(unit.name)}{' '}
                  <span className="soft">
                    {text(unit.name)
                      .toLowerCase()
                      .includes(t(`unitKind.${unit.kind}`).toLowerCase())
                      ? ''
                      : `${t(`unitKind.${unit.kind}`)} · `}
                    <span className="figures">{unit.code}</span>
                    {unit.validTo && ` · ${t('agency.ended', { day: formatDay(unit.validTo, language) })}`}
                  </span>
                </li>
              ))}
            </ul>
          </dd>
          <dt>{t('agency.hours')}</dt>
          <dd>
            <ul className="posts">
              {agency.workingHours.map((hours) => (
                <HoursView key={hours.validFrom ?? ''} hours={hours} />
              ))}
            </ul>
            {changing ? (
              <ChangeHours agency={agency} done={() => setChanging(false)} />
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => setChanging(true)}>
                {t('agency.changeHours')}
              </Button>
            )}
          </dd>
          {(agency.address || agency.phone) && (
            <>
              <dt>{t('agency.address')}</dt>
              <dd>{[agency.address, agency.phone].filter(Boolean).join(' · ')}</dd>
            </>
          )}
          <dt>{t('agency.validity')}</dt>
          <dd>
            {t('agency.since', { day: formatDay(agency.validFrom, language) })}
            {agency.validTo && `, ${t('agency.until', { day: formatDay(agency.validTo, language) })}`}
          </dd>
        </dl>
      </details>
    </li>
  )
}

const List = ({ list }: { list: AgencyView[] }) => {
  const { t } = useTranslation('admin')
  const [typed, type] = useTypedQuery('tim')
  const words = withoutMarks(typed.trim())
  const shown = list.filter(
    ({ name, code, units }) =>
      !words || withoutMarks([name.vi, code, ...units.map((unit) => unit.name.vi)].join(' ')).includes(words),
  )
  const byId = new Map(list.map((agency) => [agency.id, agency]))
  return (
    <>
      <div className="admin-tools">
        <SearchField
          inside
          size="sm"
          className="admin-search"
          label={t('agency.search')}
          value={typed}
          onType={type}
        />
        <span role="status">{t('agency.shown', { shown: shown.length, all: list.length })}</span>
      </div>
      {shown.length === 0 && <Empty title={t('agency.none')} />}
      {LEVELS.map((level) => {
        const own = shown.filter((agency) => agency.level === level)
        if (own.length === 0) return null
        return (
          <section key={level} aria-labelledby={`level-${level}`} className="agency-level">
            <h2 id={`level-${level}`} className="section-title">
              {t(`level.${level}`)} <span className="soft">({own.length})</span>
            </h2>
            <ul className="admin-list agency-list">
              {own.map((agency) => (
                <Agency
                  key={agency.id}
                  agency={agency}
                  successor={agency.successorId ? byId.get(agency.successorId) : undefined}
                />
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

export default function AgenciesPage() {
  const { t } = useTranslation('admin')
  const query = useQuery(agencies())
  return (
    <Page title={t('agency.title')} wide>
      <Loaded query={query} lines={12}>
        {(list) => <List list={list} />}
      </Loaded>
    </Page>
  )
}
