import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api, fieldProblem } from '../../app/api.ts'
import type { AbsenceView } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Empty } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { formatDay, legalDay } from '../../shared/format.ts'
import { Tag, type Tone } from '../../shared/tags.tsx'

const TONES: Record<AbsenceView['state'], Tone> = {
  planned: 'accent',
  running: 'soon',
  over: 'plain',
  cancelled: 'plain',
}

/** Back earlier than entered, or never away. */
const End = ({ absence }: { absence: AbsenceView }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const today = legalDay(useLegalNow())
  const [asking, setAsking] = useState(false)
  const [lastDay, setLastDay] = useState<string | null>(null)
  const end = useMutation({
    mutationFn: (day: string | null) => api.post(`/api/absences/${absence.id}/end`, { lastDay: day }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tasks'] }),
  })
  const problem = end.error instanceof ApiProblem ? end.error.message : undefined
  if (!asking)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t('absence.end')}
      </Button>
    )
  return (
    <Group align="flex-end" gap="xs">
      <DayInput
        size="xs"
        label={t('absence.lastDay')}
        value={lastDay}
        onChange={setLastDay}
        error={fieldProblem(end.error, 'lastDay') ?? problem}
      />
      <Button
        size="xs"
        disabled={!lastDay}
        loading={end.isPending}
        onClick={() => lastDay && end.mutate(lastDay)}
      >
        {t('absence.endNow')}
      </Button>
      {absence.fromDay >= today && (
        <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(null)}>
          {t('absence.cancel')}
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={() => setAsking(false)}>
        {t('cancel')}
      </Button>
    </Group>
  )
}

const Kinds = ({ absence }: { absence: AbsenceView }) => {
  const { t } = useTranslation('desk')
  if (absence.procedures.length + absence.forms.length === 0) return <>{t('absence.allWork')}</>
  return (
    <>
      {[
        absence.procedures.length > 0 && t('absence.ofProcedures', { codes: absence.procedures.join(', ') }),
        absence.forms.length > 0 && t('absence.ofForms', { count: absence.forms.length }),
      ]
        .filter(Boolean)
        .join('; ')}
    </>
  )
}

/** Absences that the person may see: running and to come first. */
export const AbsenceList = ({ absences }: { absences: AbsenceView[] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  if (absences.length === 0) return <Empty title={t('absence.none')}>{t('absence.noneHelp')}</Empty>
  return (
    <ul className="absence-list">
      {absences.map((absence) => (
        <li key={absence.id}>
          <div className="absence-head">
            <strong>{absence.person.name}</strong>
            <span className="figures">
              {t('absence.days', {
                from: formatDay(absence.fromDay, language),
                to: formatDay(absence.toDay, language),
              })}
            </span>
            <Tag tone={TONES[absence.state]}>{t(`absence.state.${absence.state}`)}</Tag>
          </div>
          <Text size="sm">
            {absence.substitute
              ? t('absence.standsIn', { name: absence.substitute.name })
              : t('absence.toUnit')}
            <span className="soft">
              {' '}
              · <Kinds absence={absence} /> · {absence.reason} · {text(absence.unit)} ·{' '}
              {t('absence.enteredBy', { name: absence.enteredBy.name })}
            </span>
          </Text>
          {absence.canEnd && <End absence={absence} />}
        </li>
      ))}
    </ul>
  )
}
