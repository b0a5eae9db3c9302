import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProcedureDefinition, ProcedureStep } from '../../../app/api-types.ts'
import { useLanguage } from '../../../app/i18n.ts'
import { useCommitted } from '../use-committed.ts'
import { STEP_KINDS } from './kinds.ts'

type Limit = ProcedureDefinition['allotments'][string][string]
type Common = { label: string; hideLabel?: boolean; disabled?: boolean }

/** In a table the column says the label; a screen reader still hears it. */
const named = ({ label, hideLabel, disabled }: Common) => ({
  ...(hideLabel ? { 'aria-label': label } : { label }),
  disabled,
  size: 'xs' as const,
})

export const NameField = ({
  value,
  onCommit,
  ...common
}: Common & { value: string; onCommit: (value: string) => void }) => {
  const field = useCommitted(value, (typed) => onCommit(typed.trim().normalize('NFC')))
  return <TextInput {...named(common)} {...field} maxLength={200} />
}

export const Choice = ({
  value,
  data,
  onChoose,
  ...common
}: Common & {
  value: string
  data: { value: string; label: string; disabled?: boolean }[]
  onChoose: (value: string) => void
}) => (
  <NativeSelect
    {...named(common)}
    value={value}
    data={data}
    onChange={(event) => onChoose(event.currentTarget.value)}
  />
)

export const ROLES: ProcedureStep['role'][] = [
  'clerk',
  'one-stop-head',
  'officer',
  'unit-head',
  'leader',
  'clerical',
]
export const UNITS: ProcedureStep['unit'][] = ['one-stop', 'specialist', 'leadership', 'clerical', 'holder']
/** Where the people of a role sit: who is chosen by role alone. */
export const UNIT_OF: Record<ProcedureStep['role'], ProcedureStep['unit']> = {
  clerk: 'one-stop',
  'one-stop-head': 'one-stop',
  officer: 'specialist',
  'unit-head': 'specialist',
  leader: 'leadership',
  clerical: 'clerical',
}

export const RoleField = ({
  step,
  onChoose,
  ...common
}: Common & { step: ProcedureStep; onChoose: (role: ProcedureStep['role']) => void }) => {
  const { t } = useTranslation('studio-workspace')
  return (
    <Choice
      {...common}
      value={step.role}
      data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      onChoose={(value) => onChoose(value as ProcedureStep['role'])}
    />
  )
}

export const KindField = ({
  form,
  onChoose,
  ...common
}: Common & { form: string; onChoose: (form: string) => void }) => {
  const language = useLanguage()
  const known = STEP_KINDS.map(({ form: value, name }) => ({
    value: value as string,
    label: (language === 'en' ? name.en : undefined) ?? name.vi,
  }))
  const data = known.some(({ value }) => value === form) ? known : [{ value: form, label: form }, ...known]
  return <Choice {...common} value={form} data={data} onChoose={onChoose} />
}

const LIMIT_UNITS: Limit['unit'][] = ['working-hour', 'working-day', 'calendar-day', 'same-day']
const asNumber = (typed: string): number | null => {
  const value = Number(typed.replace(',', '.'))
  return typed.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : null
}

/** Time allotted: an empty figure is none. */
export const LimitField = ({
  limit,
  onCommit,
  ...common
}: Common & { limit: Limit | null; onCommit: (limit: Limit | null) => void }) => {
  const { t } = useTranslation('studio-workspace')
  const unit = limit?.unit ?? 'working-hour'
  const text = limit ? limit.value.toLocaleString(t('limit.locale'), { useGrouping: false }) : ''
  const field = useCommitted(text, (typed) => {
    const value = asNumber(typed)
    onCommit(value === null ? null : { value, unit })
  })
  return (
    <div className="studio-limit">
      {!common.hideLabel && <span className="studio-limit-label">{common.label}</span>}
      <TextInput
        size="xs"
        w={58}
        inputMode="decimal"
        aria-label={common.label}
        disabled={common.disabled}
        {...field}
      />
      <NativeSelect
        size="xs"
        aria-label={t('limit.unitOf', { what: common.label })}
        disabled={common.disabled || !limit}
        value={unit}
        data={LIMIT_UNITS.map((value) => ({ value, label: t(`limit.unit.${value}`) }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Limit['unit']
          if (limit) onCommit({ value: next === 'same-day' ? 1 : limit.value, unit: next })
        }}
      />
    </div>
  )
}
