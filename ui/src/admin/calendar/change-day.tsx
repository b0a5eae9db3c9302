import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, fieldProblem } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { When } from '../../shared/when.tsx'
import { dayPreview, saveDay } from '../queries.ts'
import type { DayKind, DayRow } from '../types.ts'

/** A swap has two halves and comes with the year's decision: it is loaded, not entered day by day. */
const KINDS: DayKind[] = ['holiday', 'substitute', 'undecided']
const NO_ROW = 'none'

const Preview = ({ date, kind }: { date: string; kind: DayKind | null }) => {
  const { t } = useTranslation('admin')
  const query = useQuery(dayPreview(date, kind))
  if (query.error) return <Failed problem={query.error} />
  if (!query.data) return null
  const { dossiers, examples } = query.data
  return (
    <Alert color={dossiers > 0 ? 'yellow' : 'gray'} variant="light" p="xs" role="status">
      {t('calendar.preview', { count: dossiers })}
      {examples.length > 0 && (
        <ul className="posts">
          {examples.map(({ code, dueAt, newDueAt }) => (
            <li key={code}>
              <span className="figures">{code}</span>: <When at={dueAt} /> → <When at={newDueAt} />
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

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
  const [kind, setKind] = useState<string>(row?.kind === 'undecided' || !row ? 'holiday' : row.kind)
  const [values, setValues] = useState({
    name: row?.name.vi ?? '',
    nameEn: row?.name.en ?? '',
    source: row?.source ?? '',
    decision: row?.decision ?? '',
    reason: '',
  })
  const [tried, setTried] = useState(false)
  const chosen = KINDS.find((known) => known === kind) ?? null
  const save = useMutation({
    mutationFn: () =>
      saveDay({
        date,
        kind: chosen,
        name: values.nameEn ? { vi: values.name, en: values.nameEn } : { vi: values.name },
        source: values.source,
        decision: values.decision,
        reason: values.reason,
      }),
    onSuccess: async () => {
      notifications.show({ message: t('calendar.saved', { day: formatDay(date, language) }) })
      await cache.invalidateQueries({ queryKey: ['calendar'] })
      done()
    },
  })
  const required = chosen ? (['name', 'source', 'reason'] as const) : (['reason'] as const)
  const missing = (name: keyof typeof values) =>
    (required as readonly string[]).includes(name) && values[name].trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!required.some(missing)) save.mutate()
  }
  const field = (name: keyof typeof values, server: string = name) => ({
    size: 'sm' as const,
    label: t(`calendar.field.${name}`),
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((current) => ({ ...current, [name]: value }))
    },
    error: (tried && missing(name) && t('calendar.missing')) || fieldProblem(save.error, server),
  })
  const known = save.error instanceof ApiProblem && save.error.errors.length > 0
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="xs">
        <NativeSelect
          size="sm"
          label={t('calendar.field.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            ...KINDS.map((value) => ({ value, label: t(`calendar.kind.${value}`) })),
            ...(row ? [{ value: NO_ROW, label: t('calendar.noRow') }] : []),
          ]}
        />
        {chosen && (
          <>
            <TextInput {...field('name', 'vi')} />
            <TextInput {...field('nameEn', 'en')} />
            <TextInput {...field('decision')} />
            <TextInput {...field('source')} />
          </>
        )}
        <TextInput {...field('reason')} description={t('calendar.reasonHelp')} />
        <Preview date={date} kind={chosen} />
        {save.error && !known && <Failed problem={save.error} />}
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
