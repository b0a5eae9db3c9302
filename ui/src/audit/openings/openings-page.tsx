import { Anchor, Group, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useText } from '../../app/i18n.ts'
import { useLegalNow, useMode } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Loading } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { legalDay } from '../../shared/format.ts'
import '../audit.css'
import { isDay, periods } from '../late/period.ts'
import { agencyChoices } from '../queries.ts'
import { OpeningsList } from './openings-list.tsx'

/** What narrows the list stands in the address, so that it can be sent and come back to. */
const useFilter = (today: string) => {
  const [query, setQuery] = useSearchParams()
  const last = periods(today).last30
  const day = (name: string, fallback: string) => {
    const given = query.get(name)
    return isDay(given) ? given : fallback
  }
  const set = (changes: Record<string, string>) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(changes))
          if (value) next.set(name, value)
          else next.delete(name)
        return next
      },
      { replace: true },
    )
  const given = (name: string) => query.get(name) ?? ''
  return {
    set,
    person: given('ten'),
    filter: {
      from: day('tu', last.from),
      to: day('den', last.to),
      agencyId: given('co-quan'),
      personId: given('nguoi-mo'),
      q: given('tim'),
    },
  }
}

const Looks = ({ today }: { today: string }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { set, filter, person } = useFilter(today)
  const agencies = useQuery(agencyChoices())
  const [typed, setTyped] = useState(filter.q)
  const find = (event: FormEvent) => {
    event.preventDefault()
    set({ tim: typed.trim() })
  }
  return (
    <>
      <p className="audit-help soft">{t('openings.help')}</p>
      <Group gap="sm" align="flex-end" className="period-bar no-print">
        <DayInput
          w={130}
          label={t('period.from')}
          value={filter.from}
          maxDate={filter.to}
          onChange={(value) => isDay(value) && set({ tu: value })}
        />
        <DayInput
          w={130}
          label={t('period.to')}
          value={filter.to}
          minDate={filter.from}
          onChange={(value) => isDay(value) && set({ den: value })}
        />
        <NativeSelect
          size="sm"
          className="period-agency"
          label={t('openings.agency')}
          value={filter.agencyId}
          onChange={(event) => set({ 'co-quan': event.currentTarget.value })}
          data={[
            { value: '', label: t('openings.anyAgency') },
            ...(agencies.data ?? [])
              .map(({ id, name }) => ({ value: id, label: text(name) }))
              .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
          ]}
        />
        <form noValidate onSubmit={find}>
          <TextInput
            type="search"
            size="sm"
            label={t('openings.person')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => set({ tim: typed.trim() })}
            autoComplete="off"
          />
        </form>
      </Group>
      {filter.personId && (
        <p role="status">
          {t('openings.onlyBy', { name: person })}{' '}
          <Anchor component="button" type="button" onClick={() => set({ 'nguoi-mo': '', ten: '' })}>
            {t('openings.everybody')}
          </Anchor>
        </p>
      )}
      <OpeningsList filter={filter} onPick={set} />
    </>
  )
}

/** Who opened whose personal data: by time, agency and person. */
export default function OpeningsPage() {
  const { t } = useTranslation('audit')
  const mode = useMode()
  const now = useLegalNow()
  return (
    <Page title={t('openings.title')} wide>
      {mode ? <Looks today={legalDay(now)} /> : <Loading lines={8} />}
    </Page>
  )
}
