import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { DayInput } from '../../shared/day-input.tsx'
import { agencies } from '../queries.ts'
import { CAPACITIES, type NewPost, ROLES } from '../types.ts'
import { useFields } from './use-fields.ts'

const POST = { agency: '', unit: '', role: '', title: '', validFrom: '', validTo: '' }
const CAPACITY = {
  capacity: 'KT',
  onBehalfOf: '',
  capacityTitle: '',
  number: '',
  issuedOn: '',
  decisionFrom: '',
  decisionTo: '',
}

/** The fields of a post; `read` gives it when nothing is missing. */
export const usePost = (today: string) => {
  const [signs, setSigns] = useState(false)
  const post = useFields({ ...POST, validFrom: today }, ['agency', 'unit', 'role', 'title', 'validFrom'])
  const capacity = useFields(CAPACITY, ['onBehalfOf', 'capacityTitle', 'number', 'issuedOn', 'decisionFrom'])
  const read = (): NewPost | undefined => {
    const whole = [post.complete(), !signs || capacity.complete()]
    if (whole.includes(false)) return undefined
    const { values } = capacity
    return {
      unitId: post.values.unit,
      role: post.values.role as Role,
      title: { vi: post.values.title },
      validFrom: post.values.validFrom,
      validTo: post.values.validTo || null,
      capacity: signs
        ? {
            capacity: values.capacity as (typeof CAPACITIES)[number],
            onBehalfOf: values.onBehalfOf,
            title: values.capacityTitle,
            decision: {
              number: values.number,
              issuedOn: values.issuedOn,
              validFrom: values.decisionFrom,
              validTo: values.decisionTo || null,
            },
          }
        : null,
    }
  }
  return { post, capacity, signs, setSigns, read }
}

export const PostFields = ({
  fields: { post, capacity, signs, setSigns },
  today,
  problem,
}: {
  fields: ReturnType<typeof usePost>
  today: string
  problem: unknown
}) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const current = <T extends { validTo: string | null }>({ validTo }: T) => !validTo || validTo >= today
  const known = (useQuery(agencies()).data ?? []).filter(current)
  const units = known.find(({ id }) => id === post.values.agency)?.units.filter(current) ?? []
  const none = { value: '', label: t('person.choose') }
  const agency = post.text('agency', problem)
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="xs">
        <NativeSelect
          {...agency}
          onChange={(event) => {
            agency.onChange(event)
            post.set('unit', '')
          }}
          data={[none, ...known.map(({ id, name }) => ({ value: id, label: text(name) }))]}
        />
        <NativeSelect
          {...post.text('unit', problem, 'unitId')}
          disabled={units.length === 0}
          data={[none, ...units.map(({ id, name }) => ({ value: id, label: text(name) }))]}
        />
        <NativeSelect
          {...post.text('role', problem)}
          data={[none, ...ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))]}
        />
        <TextInput {...post.text('title', problem, 'vi')} />
        <DayInput {...post.day('validFrom', problem)} />
        <DayInput {...post.day('validTo', problem)} clearable />
      </SimpleGrid>
      <Checkbox
        size="sm"
        label={t('person.signs')}
        checked={signs}
        onChange={(event) => setSigns(event.currentTarget.checked)}
      />
      {signs && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="xs">
          <NativeSelect
            {...capacity.text('capacity', problem)}
            data={CAPACITIES.map((value) => ({ value, label: `${value}.` }))}
          />
          <TextInput {...capacity.text('onBehalfOf', problem)} />
          <TextInput {...capacity.text('capacityTitle', problem, 'capacity.title')} />
          <TextInput {...capacity.text('number', problem)} />
          <DayInput {...capacity.day('issuedOn', problem)} />
          <DayInput {...capacity.day('decisionFrom', problem, 'decision.validFrom')} />
          <DayInput {...capacity.day('decisionTo', problem, 'decision.validTo')} clearable />
        </SimpleGrid>
      )}
    </>
  )
}
