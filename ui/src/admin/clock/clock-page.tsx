import { Alert, Paper, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerClock } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { formatDay, formatInstant } from '../../shared/format.ts'
import { Source } from '../../shared/proof.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { serverClock } from '../queries.ts'
import { useDuration } from '../status/use-duration.ts'
import { Advance } from './advance.tsx'

const SECOND = 1000

/** The server's clock as it was told, moving on with this machine's seconds. */
const useTicking = (clock: ServerClock, toldAt: number): number => {
  const [passed, setPassed] = useState(() => Date.now() - toldAt)
  useEffect(() => {
    setPassed(Date.now() - toldAt)
    const timer = setInterval(() => setPassed(Date.now() - toldAt), SECOND)
    return () => clearInterval(timer)
  }, [toldAt])
  return Date.parse(clock.now) + passed
}

const Clock = ({ clock, toldAt }: { clock: ServerClock; toldAt: number }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  const duration = useDuration()
  const now = useTicking(clock, toldAt)
  return (
    <Stack gap="lg" maw={920}>
      <Paper p="lg" className="clock-now">
        <p className="soft">{t('clock.legal')}</p>
        <p className="clock-time figures">
          <time dateTime={new Date(now).toISOString()}>{formatInstant(now, language)}</time>
        </p>
        <p className="soft">
          {clock.offsetMs > 0
            ? t('clock.ahead', { time: duration(clock.offsetMs / SECOND) })
            : t('clock.same')}
        </p>
        <dl className="facts">
          <dt>{t('clock.machine')}</dt>
          <dd>
            <When at={clock.machine} />
          </dd>
          <dt>{t('clock.nextAlarm')}</dt>
          <dd>{clock.nextAlarmAt ? <When at={clock.nextAlarmAt} /> : t('clock.noAlarm')}</dd>
        </dl>
      </Paper>
      {clock.controllable ? (
        <Advance clock={clock} now={now} />
      ) : (
        <Alert color="gray" title={t('clock.fixed')}>
          {t('clock.fixedHelp')}
        </Alert>
      )}
      <section aria-labelledby="undecided">
        <h2 id="undecided" className="section-title">
          {t('clock.undecided')}
        </h2>
        {clock.undecidedDays.length === 0 ? (
          <p className="soft">{t('clock.noUndecided')}</p>
        ) : (
          <ul className="posts">
            {clock.undecidedDays.map((day) => (
              <li key={day.date}>
                <strong className="figures">{formatDay(day.date, language)}</strong> {text(day.name)}{' '}
                <UnverifiedTag />
                <span className="admin-under soft source">
                  {day.source.split('; ').map((source) => (
                    <span key={source} className="day-source-line">
                      <Source source={source} />
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Stack>
  )
}

export default function ClockPage() {
  const { t } = useTranslation('admin')
  const query = useQuery(serverClock())
  return (
    <Page title={t('clock.title')} wide>
      <Loaded query={query}>{(clock) => <Clock clock={clock} toldAt={query.dataUpdatedAt} />}</Loaded>
    </Page>
  )
}
