import { Button, Checkbox, Group, MultiSelect, Select, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { AbsenceChoices, Absences } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { legalDay } from '../../shared/format.ts'

const choices = (personId: string, fromDay: string, toDay: string) => ({
  queryKey: ['tasks', 'absence-choices', personId, fromDay, toDay],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<AbsenceChoices>(
      `/api/absences/choices?${new URLSearchParams({ personId, fromDay, toDay })}`,
      signal,
    ),
})

const FIELDS = ['personId', 'fromDay', 'toDay', 'substituteId', 'procedures', 'forms', 'reason']

/** Entering an absence: days, who stands in, for which kinds of work, why. */
export const AbsenceForm = ({ people }: Pick<Absences, 'people'>) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const cache = useQueryClient()
  const today = legalDay(useLegalNow())
  const [personId, setPerson] = useState(people[0]?.id ?? '')
  const [fromDay, setFrom] = useState<string | null>(today)
  const [toDay, setTo] = useState<string | null>(null)
  const [substituteId, setSubstitute] = useState<string | null>(null)
  const [some, setSome] = useState(false)
  const [procedures, setProcedures] = useState<string[]>([])
  const [forms, setForms] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const asked = useQuery({
    ...choices(personId, fromDay ?? today, toDay ?? fromDay ?? today),
    enabled: personId !== '',
  })
  const enter = useMutation({
    mutationFn: () =>
      api.post(
        '/api/absences',
        {
          personId,
          substituteId,
          fromDay,
          toDay,
          procedures: some ? procedures : [],
          forms: some ? forms : [],
          reason: reason.trim(),
        },
        crypto.randomUUID(),
      ),
    onSuccess: async () => {
      setTo(null)
      setSubstitute(null)
      setReason('')
      setTried(false)
      await cache.invalidateQueries({ queryKey: ['tasks'] })
    },
  })
  const problemOf = (field: string) => fieldProblem(enter.error, field)
  const missing = !fromDay || !toDay || !reason.trim()
  const known = FIELDS.some((field) => problemOf(field))
  return (
    <form
      className="absence-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!missing) enter.mutate()
      }}
    >
      {people.length > 1 && (
        <Select
          label={t('absence.person')}
          allowDeselect={false}
          searchable
          data={people.map((one) => ({ value: one.id, label: `${one.name}, ${text(one.title)}` }))}
          value={personId}
          onChange={(id) => {
            setPerson(id ?? '')
            setSubstitute(null)
          }}
          error={problemOf('personId')}
        />
      )}
      <Group grow align="flex-start">
        <DayInput
          label={t('absence.from')}
          withAsterisk
          value={fromDay}
          onChange={setFrom}
          error={(tried && !fromDay && t('absence.dayMissing')) || problemOf('fromDay')}
        />
        <DayInput
          label={t('absence.to')}
          withAsterisk
          value={toDay}
          onChange={setTo}
          error={(tried && !toDay && t('absence.dayMissing')) || problemOf('toDay')}
        />
      </Group>
      <Select
        label={t('absence.substitute')}
        description={t('absence.substituteHelp')}
        placeholder={t('absence.nobody')}
        clearable
        searchable
        nothingFoundMessage={t('team.nobodyFound')}
        data={(asked.data?.substitutes ?? []).map((one) => ({
          value: one.id,
          label: `${one.name}, ${text(one.title)} (${t('absence.open', { count: one.open })})`,
        }))}
        value={substituteId}
        onChange={setSubstitute}
        error={problemOf('substituteId')}
      />
      <Checkbox
        label={t('absence.some')}
        checked={some}
        onChange={(event) => setSome(event.currentTarget.checked)}
      />
      {some && (
        <Group grow align="flex-start">
          <MultiSelect
            label={t('absence.procedures')}
            placeholder={procedures.length === 0 ? t('absence.all') : ''}
            searchable
            data={(asked.data?.procedures ?? []).map((one) => ({
              value: one.code,
              label: `${one.code} ${text(one.name)}`,
            }))}
            value={procedures}
            onChange={setProcedures}
            error={problemOf('procedures')}
          />
          <MultiSelect
            label={t('absence.forms')}
            placeholder={forms.length === 0 ? t('absence.all') : ''}
            searchable
            data={(asked.data?.forms ?? []).map((one) => ({ value: one.form, label: text(one.name) }))}
            value={forms}
            onChange={setForms}
            error={problemOf('forms')}
          />
        </Group>
      )}
      <TextInput
        label={t('absence.reason')}
        withAsterisk
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={(tried && !reason.trim() && t('absence.reasonMissing')) || problemOf('reason')}
      />
      <Text size="sm" className="soft">
        {t('absence.signing')}
      </Text>
      {enter.error && !known && <Failed problem={enter.error} />}
      <Group>
        <Button type="submit" loading={enter.isPending}>
          {t('absence.enter')}
        </Button>
        {enter.isSuccess && !tried && (
          <Text role="status" size="sm">
            {t('absence.entered')}
          </Text>
        )}
      </Group>
    </form>
  )
}
