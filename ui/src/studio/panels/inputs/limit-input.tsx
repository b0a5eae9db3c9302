import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isRecord, type Loose, type Path, setIn, textAt } from '../model/loose.ts'
import { NumberBox, withStranger } from './fields.tsx'
import { usePlace } from './part-context.tsx'
import { Warning } from './warning.tsx'

const UNITS = ['working-day', 'working-hour', 'calendar-day', 'same-day']

/** A limit in words, as it stands in the data. */
export const useLimitWords = () => {
  const { t } = useTranslation('studio-panels')
  return (limit: unknown): string => {
    const unit = textAt(limit, ['unit'])
    if (unit === 'same-day') return t('unit.same-day')
    return unit ? `${textAt(limit, ['value']) || '?'} ${t(`unit.${unit}`)}` : '?'
  }
}

/** How long, in which unit. `inTable`: its label is for those who hear it, and without a number it is not there. */
export const LimitBox = ({
  label,
  value,
  onChange,
  error,
  warning,
  readOnly,
  inTable = false,
}: {
  label: string
  value: unknown
  onChange: (next: Loose | undefined) => void
  error?: string
  warning?: string
  readOnly?: boolean
  inTable?: boolean
}) => {
  const { t } = useTranslation('studio-panels')
  const limit: Loose = isRecord(value) ? value : {}
  const unit = textAt(limit, ['unit'])
  const put = (key: string, next: unknown) => {
    const base = Object.keys(limit).length > 0 ? limit : { value: '', unit: 'working-day' }
    onChange(setIn(base, [key], next) as Loose)
  }
  return (
    <fieldset className="limit-input">
      <legend className={inTable ? 'visually-hidden' : 'limit-label'}>{label}</legend>
      <NumberBox
        aria-label={`${label}: ${t('limit.value')}`}
        className="limit-value"
        value={limit.value}
        error={error ? true : undefined}
        readOnly={readOnly}
        onChange={(next) => (next === undefined && inTable ? onChange(undefined) : put('value', next ?? ''))}
      />
      <NativeSelect
        aria-label={`${label}: ${t('limit.unit')}`}
        className="limit-unit"
        disabled={readOnly}
        value={unit}
        data={[
          ...(unit === '' ? [{ value: '', label: '…' }] : []),
          ...withStranger(
            UNITS.map((each) => ({ value: each, label: t(`unit.${each}`) })),
            unit,
          ),
        ]}
        onChange={(event) => put('unit', event.currentTarget.value)}
      />
      {error && <div className="limit-error mantine-InputWrapper-error">{error}</div>}
      <Warning words={warning} />
    </fieldset>
  )
}

export const LimitInput = ({ path, label }: { path: Path; label: string }) => {
  const { value, set, error, warning, readOnly } = usePlace(path, true)
  return (
    <LimitBox
      label={label}
      value={value}
      onChange={set}
      error={error}
      warning={warning}
      readOnly={readOnly}
    />
  )
}
