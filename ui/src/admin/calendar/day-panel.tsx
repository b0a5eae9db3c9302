import { Button, Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { Source } from '../../shared/proof.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { dayVersions } from '../queries.ts'
import type { DayRow } from '../types.ts'
import { ChangeDay } from './change-day.tsx'
import { KindTag } from './kind-tag.tsx'

/** Each source on a line of its own. */
const Sources = ({ source }: { source: string }) =>
  source.split('; ').map((one) => (
    <span key={one} className="day-source-line">
      <Source source={one} />
    </span>
  ))

/** What was decided of the day before; rows end and begin, none is changed in place. */
const Earlier = ({ day }: { day: string }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const ended = (useQuery(dayVersions(day)).data ?? []).filter(({ to }) => to !== null)
  if (ended.length === 0) return null
  return (
    <section aria-label={t('calendar.earlier')}>
      <h3 className="day-earlier">{t('calendar.earlier')}</h3>
      <ul className="posts">
        {ended.map(({ kind, name, decision, source, from, to }) => (
          <li key={from}>
            {text(name)} ({t(`calendar.kind.${kind}`)})
            <span className="admin-under soft">
              <When at={from} /> – <When at={to} />
            </span>
            {decision && <span className="admin-under soft">{decision}</span>}
            <span className="admin-under soft source">
              <Sources source={source} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The chosen day: what it is, by which decision, from which source; and the way to change it. */
export const DayPanel = ({ day, row }: { day: string; row: DayRow | undefined }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  const [changing, setChanging] = useState(false)
  return (
    <Paper p="md" component="section" aria-labelledby="chosen-day">
      <h2 id="chosen-day" className="section-title">
        {formatDay(day, language)}
      </h2>
      <p className="day-kind">
        <KindTag day={day} row={row} /> {row && text(row.name)}
      </p>
      {row && (
        <dl className="facts day-facts">
          {row.decision && (
            <>
              <dt>{t('calendar.field.decision')}</dt>
              <dd>{row.decision}</dd>
            </>
          )}
          <dt>{t('calendar.field.source')}</dt>
          <dd>
            <Sources source={row.source} /> {!row.verified && <UnverifiedTag />}
          </dd>
          {row.substitutesFor && (
            <>
              <dt>{t('calendar.substitutesFor')}</dt>
              <dd>{formatDay(row.substitutesFor, language)}</dd>
            </>
          )}
          {row.swapWith && (
            <>
              <dt>{t('calendar.swapWith')}</dt>
              <dd>{formatDay(row.swapWith, language)}</dd>
            </>
          )}
        </dl>
      )}
      <Earlier day={day} />
      {changing ? (
        <ChangeDay date={day} row={row} done={() => setChanging(false)} />
      ) : (
        <Button size="sm" variant="default" onClick={() => setChanging(true)}>
          {t(row ? 'calendar.change' : 'calendar.add')}
        </Button>
      )}
    </Paper>
  )
}
