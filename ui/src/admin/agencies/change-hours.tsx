import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, fieldProblem } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { addDays, formatDay, legalDay } from '../../shared/format.ts'
import { MovedPreview } from '../calendar/moved-preview.tsx'
import { previewHours, saveHours } from '../queries.ts'
import type { AgencyView, HoursChange, Session } from '../types.ts'

const DAYS = [1, 2, 3, 4, 5, 6, 7]
type Written = Record<number, string>

const writtenOf = (week: Record<string, Session[]>): Written =>
  Object.fromEntries(
    DAYS.map((day) => [day, (week[day] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ')]),
  )

/** `07:30–11:30, 13:00-17:00` as sessions; what is no session is sent as it stands, and refused at its day. */
const sessionsIn = (text: string): Session[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [opens = '', closes = ''] = part.split(/\s*[-–—]\s*/)
      return [opens.padStart(5, '0').slice(0, 5), closes.padStart(5, '0').slice(0, 5)]
    })

const weekOf = (written: Written): HoursChange['week'] =>
  Object.fromEntries(
    DAYS.map((day) => [day, sessionsIn(written[day] ?? '')] as const).filter(
      ([, sessions]) => sessions.length > 0,
    ),
  )

/** New working hours of an agency from a day on, or a row of them taken away, with what that would move. */
export const ChangeHours = ({ agency, done }: { agency: AgencyView; done: () => void }) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const cache = useQueryClient()
  const today = legalDay(useLegalNow())
  const latest = agency.workingHours.at(-1)
  const [from, setFrom] = useState(addDays(today, 1))
  const [written, setWritten] = useState<Written>(writtenOf(latest?.week ?? {}))
  const [removed, setRemoved] = useState(false)
  const [source, setSource] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const begins = agency.workingHours.some(({ validFrom }) => validFrom === from)
  const change = { validFrom: from, week: removed && begins ? null : weekOf(written) }
  const save = useMutation({
    mutationFn: () => saveHours(agency.id, { ...change, source, reason }),
    onSuccess: async ({ dossiers }) => {
      say(t('agency.hoursSaved', { day: formatDay(from, language), count: dossiers }))
      done()
      await Promise.all(
        ['agencies', 'late', 'clock'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (from && source.trim() && reason.trim()) save.mutate()
  }
  const missing = (value: string) => tried && !value.trim() && t('calendar.missing')
  const atField = save.error instanceof ApiProblem && save.error.errors.length > 0
  return (
    <form noValidate onSubmit={submit} className="change-hours">
      <Stack gap="xs">
        <DayInput
          label={t('agency.hoursFrom')}
          description={t('agency.hoursFromHelp')}
          value={from || null}
          onChange={(day) => setFrom(day ?? '')}
          error={missing(from) || fieldProblem(save.error, 'validFrom')}
        />
        {!(removed && begins) && (
          <fieldset className="week">
            <legend>{t('agency.hoursWeek')}</legend>
            {DAYS.map((day) => (
              <TextInput
                key={day}
                size="sm"
                label={t(`weekday.${day}`)}
                placeholder={t('agency.dayOff')}
                value={written[day] ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  setWritten((current) => ({ ...current, [day]: value }))
                }}
                error={fieldProblem(save.error, `week.${day}`)}
              />
            ))}
          </fieldset>
        )}
        <TextInput
          size="sm"
          label={t('calendar.field.source')}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
          error={missing(source) || fieldProblem(save.error, 'source')}
        />
        <TextInput
          size="sm"
          label={t('calendar.field.reason')}
          description={t('calendar.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={missing(reason) || fieldProblem(save.error, 'reason')}
        />
        {from && <MovedPreview change={[agency.id, change]} ask={() => previewHours(agency.id, change)} />}
        {save.error && !atField && <Failed problem={save.error} />}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={save.isPending}>
            {t(removed && begins ? 'agency.hoursRemove' : 'agency.hoursSave')}
          </Button>
          {begins && (
            <Button type="button" size="sm" variant="default" onClick={() => setRemoved(!removed)}>
              {t(removed ? 'agency.hoursKeepRow' : 'agency.hoursRemoveRow', {
                day: formatDay(from, language),
              })}
            </Button>
          )}
          <Button type="button" size="sm" variant="default" onClick={done}>
            {t('calendar.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
