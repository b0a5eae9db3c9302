import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { ProcedureSummary } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { agencyChoices } from '../queries.ts'

const DAYS = ['decidedOn', 'filedFrom', 'filedTo', 'validFrom', 'validTo'] as const
type Days = Record<(typeof DAYS)[number], string | null>

const people = (q: string) => ({
  queryKey: ['inspection-people', q],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (
      await api.get<{ people: { id: string; name: string }[] }>(
        `/api/admin/people?${new URLSearchParams(q ? { q } : {})}`,
        signal,
      )
    ).people,
})

/** Enters a decision: whom it lets in, to which dossiers, until when. */
export const InspectionForm = () => {
  const { t } = useTranslation('audit')
  const text = useText()
  const cache = useQueryClient()
  const [typed, setTyped] = useState('')
  const [personId, setPerson] = useState<string | null>(null)
  const [number, setNumber] = useState('')
  const [decidedBy, setDecidedBy] = useState('')
  const [agencyIds, setAgencies] = useState<string[]>([])
  const [procedureCodes, setProcedures] = useState<string[]>([])
  const [days, setDays] = useState<Days>({
    decidedOn: null,
    filedFrom: null,
    filedTo: null,
    validFrom: null,
    validTo: null,
  })
  const [tried, setTried] = useState(false)
  const found = useQuery(people(typed))
  const agencies = useQuery(agencyChoices())
  const procedures = useQuery({
    queryKey: ['procedures'],
    queryFn: async ({ signal }) =>
      (await api.get<{ procedures: ProcedureSummary[] }>('/api/procedures', signal)).procedures,
  })
  const make = useMutation({
    mutationFn: () =>
      api.post(
        '/api/inspections',
        { personId, number: number.trim(), decidedBy: decidedBy.trim(), agencyIds, procedureCodes, ...days },
        crypto.randomUUID(),
      ),
    onSuccess: async () => {
      setNumber('')
      setPerson(null)
      setTried(false)
      await cache.invalidateQueries({ queryKey: ['inspections'] })
    },
  })
  const missing =
    !personId || !number.trim() || decidedBy.trim().length < 2 || DAYS.some((name) => !days[name])
  const needed = (there: unknown) => tried && !there && t('inspections.missing')
  const problem = (field: string) => fieldProblem(make.error, field)
  const day = (name: (typeof DAYS)[number]) => (
    <DayInput
      key={name}
      label={t(`inspections.${name}`)}
      value={days[name]}
      onChange={(value) => setDays({ ...days, [name]: value })}
      error={needed(days[name]) || problem(name)}
    />
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!missing) make.mutate()
      }}
    >
      <Stack gap="sm" className="finding-form">
        <Select
          label={t('inspections.person')}
          description={t('inspections.personHelp')}
          searchable
          searchValue={typed}
          onSearchChange={setTyped}
          nothingFoundMessage={t('inspections.nobody')}
          data={(found.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          filter={({ options }) => options}
          value={personId}
          onChange={setPerson}
          error={needed(personId) || problem('personId')}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('inspections.number')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={needed(number.trim()) || problem('number')}
          />
          {day('decidedOn')}
        </Group>
        <TextInput
          label={t('inspections.decidedBy')}
          value={decidedBy}
          onChange={(event) => setDecidedBy(event.currentTarget.value)}
          error={needed(decidedBy.trim()) || problem('decidedBy')}
        />
        <MultiSelect
          label={t('inspections.agencies')}
          placeholder={agencyIds.length === 0 ? t('inspections.allAgencies') : ''}
          searchable
          data={(agencies.data ?? []).map((one) => ({ value: one.id, label: text(one.name) }))}
          value={agencyIds}
          onChange={setAgencies}
          error={problem('agencyIds')}
        />
        <MultiSelect
          label={t('inspections.procedures')}
          placeholder={procedureCodes.length === 0 ? t('inspections.allProcedures') : ''}
          searchable
          data={(procedures.data ?? []).map((one) => ({
            value: one.code,
            label: `${one.code} ${text(one.name)}`,
          }))}
          value={procedureCodes}
          onChange={setProcedures}
          error={problem('procedureCodes')}
        />
        <Group grow align="flex-start">
          {day('filedFrom')}
          {day('filedTo')}
        </Group>
        <Group grow align="flex-start">
          {day('validFrom')}
          {day('validTo')}
        </Group>
        {make.error && <Failed problem={make.error} />}
        <Button type="submit" loading={make.isPending} className="finding-act">
          {t('inspections.make')}
        </Button>
      </Stack>
    </form>
  )
}
