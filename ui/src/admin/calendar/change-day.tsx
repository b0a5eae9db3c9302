import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, fieldProblem } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { formatDay } from '../../shared/format.ts'
import { previewDay, saveDay } from '../queries.ts'
import type { DayChange, DayRow } from '../types.ts'
import { kindOf } from './days.ts'
import { MovedPreview } from './moved-preview.tsx'

const KINDS = ['holiday', 'substitute', 'swapped-off', 'swapped-working-day', 'undecided'] as const
type Choice = (typeof KINDS)[number] | 'none'
type Values = Record<'name' | 'nameEn' | 'source' | 'decision' | 'swapWith' | 'reason', string>

const isSwap = (choice: Choice) => choice === 'swapped-off' || choice === 'swapped-working-day'

const changeOf = (date: string, choice: Choice, values: Values): DayChange => ({
  date,
  kind: choice === 'none' ? null : choice === 'swapped-off' ? 'substitute' : choice,
  name: values.nameEn ? { vi: values.name, en: values.nameEn } : { vi: values.name },
  source: values.source,
  decision: values.decision,
  ...(isSwap(choice) && values.swapWith ? { swapWith: values.swapWith } : {}),
  reason: values.reason,
})

/** Adds, changes or removes what a decision says of one day; the reason goes into the trail. */
export const ChangeDay = ({
  date,
  row,
  done,
}: {
  date: string
  row: DayRow | undefined
  done: () => void
}) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const cache = useQueryClient()
  const [choice, setChoice] = useState<Choice>(!row || row.kind === 'undecided' ? 'holiday' : kindOf(row))
  const [values, setValues] = useState<Values>({
    name: row?.name.vi ?? '',
    nameEn: row?.name.en ?? '',
    source: row?.source ?? '',
    decision: row?.decision ?? '',
    swapWith: row?.swapWith ?? '',
    reason: '',
  })
  const [tried, setTried] = useState(false)
  const change = changeOf(date, choice, values)
  const previewed = { date, kind: change.kind, ...(change.swapWith ? { swapWith: change.swapWith } : {}) }
  const save = useMutation({
    mutationFn: () => saveDay(change),
    onSuccess: async ({ dossiers }) => {
      const day = formatDay(date, language)
      say(dossiers > 0 ? t('calendar.savedMoved', { day, count: dossiers }) : t('calendar.saved', { day }))
      done()
      await Promise.all(
        ['calendar', 'late', 'clock'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const required: (keyof Values)[] =
    choice === 'none'
      ? ['reason']
      : isSwap(choice)
        ? ['name', 'source', 'swapWith', 'reason']
        : ['name', 'source', 'reason']
  const missing = (name: keyof Values) => required.includes(name) && values[name].trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!required.some(missing)) save.mutate()
  }
  const field = (name: keyof Values, server: string = name) => ({
    size: 'sm' as const,
    label: t(`calendar.field.${name}`),
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((current) => ({ ...current, [name]: value }))
    },
    error: (tried && missing(name) && t('calendar.missing')) || fieldProblem(save.error, server),
  })
  const atField = save.error instanceof ApiProblem && save.error.errors.length > 0
  const general = fieldProblem(save.error, 'date')
  const incomplete = isSwap(choice) && !values.swapWith
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="xs">
        <NativeSelect
          size="sm"
          label={t('calendar.field.kind')}
          value={choice}
          onChange={(event) => setChoice(event.currentTarget.value as Choice)}
          data={[
            ...KINDS.map((value) => ({ value, label: t(`calendar.kind.${value}`) })),
            ...(row ? [{ value: 'none', label: t('calendar.noRow') }] : []),
          ]}
          error={fieldProblem(save.error, 'kind') ?? general}
        />
        {isSwap(choice) && (
          <DayInput
            label={t('calendar.field.swapWith')}
            value={values.swapWith || null}
            onChange={(day) => setValues((current) => ({ ...current, swapWith: day ?? '' }))}
            error={
              (tried && missing('swapWith') && t('calendar.missing')) || fieldProblem(save.error, 'swapWith')
            }
          />
        )}
        {choice !== 'none' && (
          <>
            <TextInput {...field('name', 'vi')} />
            <TextInput {...field('nameEn', 'en')} />
            <TextInput {...field('decision')} />
            <TextInput {...field('source')} />
          </>
        )}
        <TextInput {...field('reason')} description={t('calendar.reasonHelp')} />
        {!incomplete && <MovedPreview change={previewed} ask={() => previewDay(previewed)} />}
        {save.error && !atField && <Failed problem={save.error} />}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={save.isPending}>
            {t('calendar.save')}
          </Button>
          <Button type="button" size="sm" variant="default" onClick={done}>
            {t('calendar.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
