import { ActionIcon, Alert } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useLegalNow, useMode } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded, Loading } from '../../app/states.tsx'
import { addDays, formatShortDay, legalDay } from '../../shared/format.ts'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { calendarYear } from '../queries.ts'
import type { CalendarYear } from '../types.ts'
import { DayPanel } from './day-panel.tsx'
import { rowsOf } from './days.ts'
import { KindTag } from './kind-tag.tsx'
import { Month } from './month.tsx'
import { YearsImport } from './years-import.tsx'

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
const LEGEND = [
  'holiday',
  'substitute',
  'swapped-off',
  'swapped-working-day',
  'undecided',
  'weekend',
] as const

/** The days on which a decision speaks, in words. */
const Marked = ({ calendar, choose }: { calendar: CalendarYear; choose: (day: string) => void }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  if (calendar.days.length === 0) return <Empty title={t('calendar.noDays')} />
  return (
    <ol className="marked">
      {calendar.days.map((row) => (
        <li key={row.date}>
          <button type="button" onClick={() => choose(row.date)}>
            <span className="figures marked-date">{formatShortDay(row.date, language)}</span>
            <span>
              {text(row.name)}
              {row.decision && <span className="admin-under soft">{row.decision}</span>}
            </span>
          </button>
          <span className="marked-tags">
            <KindTag day={row.date} row={row} /> {!row.verified && <UnverifiedTag />}
          </span>
        </li>
      ))}
    </ol>
  )
}

const Year = ({ calendar, today }: { calendar: CalendarYear; today: string }) => {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  const grid = useRef<HTMLDivElement>(null)
  const { year, provisional } = calendar
  const rows = rowsOf(calendar)
  const asked = query.get('ngay')
  const chosen = asked?.startsWith(`${year}-`)
    ? asked
    : today.startsWith(`${year}-`)
      ? today
      : (calendar.days[0]?.date ?? `${year}-01-01`)
  const choose = (day: string) => setQuery({ nam: day.slice(0, 4), ngay: day }, { replace: true })
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    const from = (event.target as HTMLElement).dataset.day
    if (!from) return
    const day = addDays(from, step)
    if (!day.startsWith(`${year}-`)) return
    choose(day)
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }
  return (
    <>
      {provisional && (
        <Alert color="yellow" variant="light" mb="md" title={t('calendar.provisional', { year })}>
          {t('calendar.provisionalHelp')}
        </Alert>
      )}
      <ul className="calendar-legend" aria-label={t('calendar.legend')}>
        {LEGEND.map((look) => (
          <li key={look}>
            <span className={`day day-${look}`} aria-hidden="true">
              {look === 'weekend' ? '' : t(`calendar.letter.${look}`)}
            </span>{' '}
            {t(`calendar.kind.${look}`)}
          </li>
        ))}
      </ul>
      <div className="calendar">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move among the days inside */}
        <div className="months" ref={grid} onKeyDown={move}>
          {MONTHS.map((month) => (
            <Month
              key={month}
              year={year}
              month={month}
              rows={rows}
              provisional={provisional}
              today={today}
              chosen={chosen}
              choose={choose}
            />
          ))}
        </div>
        <div className="calendar-side">
          <DayPanel key={chosen} day={chosen} row={rows.get(chosen)} />
          <YearsImport calendar={calendar} />
          <section aria-labelledby="marked-days">
            <h2 id="marked-days" className="section-title">
              {t('calendar.marked', { count: calendar.days.length })}
            </h2>
            <Marked calendar={calendar} choose={choose} />
          </section>
        </div>
      </div>
    </>
  )
}

const YearOf = ({ today }: { today: string }) => {
  const { t } = useTranslation('admin')
  const [params, setParams] = useSearchParams()
  const asked = Number(params.get('nam'))
  const year = asked >= 2000 && asked <= 2100 ? asked : Number(today.slice(0, 4))
  const query = useQuery(calendarYear(year))
  const go = (to: number) => setParams({ nam: String(to) }, { replace: true })
  return (
    <>
      <div className="calendar-year">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('calendar.before')}
          onClick={() => go(year - 1)}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <strong className="figures" role="status">
          {t('calendar.year', { year })}
        </strong>
        <ActionIcon variant="default" size="lg" aria-label={t('calendar.after')} onClick={() => go(year + 1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
        <Link to="/thu-tinh-han">{t('calendar.whatIf')}</Link>
        <span className="soft calendar-keys">{t('calendar.keys')}</span>
      </div>
      <Loaded query={query} lines={14}>
        {(calendar) => <Year calendar={calendar} today={today} />}
      </Loaded>
    </>
  )
}

export default function CalendarPage() {
  const { t } = useTranslation('admin')
  const mode = useMode()
  const now = useLegalNow()
  return (
    <Page title={t('calendar.title')} wide>
      {mode ? <YearOf today={legalDay(now)} /> : <Loading lines={14} />}
    </Page>
  )
}
