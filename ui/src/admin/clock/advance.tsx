import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerClock } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { formatInstant, legalDay } from '../../shared/format.ts'
import { rowsOf } from '../calendar/days.ts'
import { advanceClock, calendarYear } from '../queries.ts'
import { nextMorning, oneWorkingHour } from './jumps.ts'

/** Moves everybody's clock forward: first where to, then the warning, then the act. It never goes back. */
export const Advance = ({ clock, now }: { clock: ServerClock; now: number }) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const cache = useQueryClient()
  const [target, setTarget] = useState<number>()
  const [day, setDay] = useState<string | null>(null)
  const [time, setTime] = useState('08:00')
  const [refused, setRefused] = useState('')
  const year = Number(legalDay(now).slice(0, 4))
  // The next working day of the end of December lies in the next year.
  const years = useQueries({ queries: [calendarYear(year), calendarYear(year + 1)] })
  const rows = new Map(years.flatMap(({ data }) => (data ? [...rowsOf(data)] : [])))
  const known = years.every(({ isPending }) => !isPending)
  const move = useMutation({
    mutationFn: (to: number) => advanceClock(new Date(to).toISOString()),
    onSuccess: async (_, to) => {
      setTarget(undefined)
      setDay(null)
      say(t('clock.moved', { to: formatInstant(to, language) }))
      // Every date on every page speaks of the clock.
      await cache.invalidateQueries()
    },
  })
  const jumps = [
    { name: 'hour', to: oneWorkingHour(now, rows) },
    { name: 'morning', to: nextMorning(now, rows) },
    ...(clock.nextAlarmAt && Date.parse(clock.nextAlarmAt) > now
      ? [{ name: 'alarm', to: Date.parse(clock.nextAlarmAt) }]
      : []),
  ]
  const own = (event: FormEvent) => {
    event.preventDefault()
    const to = /^\d{2}:\d{2}$/.test(time) ? Date.parse(`${day}T${time}:00+07:00`) : Number.NaN
    const problem = Number.isNaN(to) ? 'clock.ownMissing' : to <= now ? 'clock.onlyForward' : ''
    setRefused(problem)
    if (!problem) setTarget(to)
  }
  return (
    <section aria-labelledby="advance">
      <h2 id="advance" className="section-title">
        {t('clock.advance')}
      </h2>
      <Stack gap="sm">
        <div className="jumps">
          {jumps.map(({ name, to }) => (
            <button
              key={name}
              type="button"
              className="jump"
              disabled={!known}
              aria-pressed={target === to}
              onClick={() => setTarget(to)}
            >
              <strong>{t(`clock.jump.${name}`)}</strong>
              <span className="figures">{formatInstant(to, language)}</span>
            </button>
          ))}
        </div>
        <form noValidate onSubmit={own} className="jump-own">
          <DayInput label={t('clock.own')} minDate={legalDay(now)} value={day} onChange={setDay} />
          <TextInput
            size="sm"
            label={t('clock.ownTime')}
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" variant="default">
            {t('clock.choose')}
          </Button>
        </form>
        {refused && (
          <p role="alert" className="jump-refused">
            {t(refused)}
          </p>
        )}
        <div role="status">
          {target !== undefined && (
            <Alert
              color="yellow"
              variant="light"
              title={t('clock.confirm', { to: formatInstant(target, language) })}
            >
              {t('clock.warning')}
              <Group gap="xs" mt="sm">
                <Button
                  leftSection={<IconPlayerTrackNext size={16} />}
                  loading={move.isPending}
                  disabled={target <= now}
                  onClick={() => move.mutate(target)}
                >
                  {t('clock.move')}
                </Button>
                <Button variant="default" onClick={() => setTarget(undefined)}>
                  {t('clock.cancel')}
                </Button>
              </Group>
            </Alert>
          )}
        </div>
        {move.error && <Failed problem={move.error} />}
      </Stack>
    </section>
  )
}
