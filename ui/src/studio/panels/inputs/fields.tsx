import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useLanguage } from '../../../app/i18n.ts'
import { DayInput } from '../../../shared/day-input.tsx'
import { readNumber, writeNumber } from '../../../shared/eform/number-text.ts'
import { type Path, textsAt, withWord } from '../model/loose.ts'
import { usePlace } from './part-context.tsx'
import { described } from './warning.tsx'

type At = { path: Path; label: string; description?: string; className?: string }

/** Words at a place of the data. `optional`: no words, no key. */
export const TextAt = ({
  path,
  label,
  description,
  className,
  optional = false,
  nullable = false,
  lines,
  mono = false,
}: At & {
  optional?: boolean
  /** No words, null. */
  nullable?: boolean
  lines?: number
  mono?: boolean
}) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  const props = {
    label,
    description: described(description, warning),
    error,
    readOnly,
    className: [className, mono && 'panel-mono'].filter(Boolean).join(' '),
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const typed = event.currentTarget.value
      set(typed !== '' ? typed : optional ? undefined : nullable ? null : '')
    },
  }
  return lines ? <Textarea autosize minRows={lines} {...props} /> : <TextInput {...props} />
}

/** A legal day. */
export const DayAt = ({ path, label, description, className }: At) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  return (
    <DayInput
      label={label}
      description={described(description, warning)}
      error={error}
      readOnly={readOnly}
      className={className ?? ''}
      value={typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null}
      onChange={(day) => set(day ?? '')}
    />
  )
}

/** A number typed as people write it; what is no number stays as typed, and the check says so. */
export const NumberAt = ({
  path,
  label,
  description,
  className,
  optional = false,
  unit,
}: At & { optional?: boolean; unit?: ReactNode }) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  return (
    <NumberBox
      label={label}
      description={described(description, warning)}
      className={className}
      value={value}
      error={error}
      readOnly={readOnly}
      rightSection={unit}
      onChange={(next) => set(next === undefined && !optional ? '' : next)}
    />
  )
}

export const NumberBox = ({
  value,
  onChange,
  ...props
}: {
  value: unknown
  onChange: (next: unknown) => void
  label?: string
  'aria-label'?: string
  description?: ReactNode
  className?: string
  error?: ReactNode
  readOnly?: boolean
  rightSection?: ReactNode
}) => {
  const language = useLanguage()
  const show = (from: unknown) =>
    typeof from === 'number' ? writeNumber(from, language) : typeof from === 'string' ? from : ''
  const read = (text: string): unknown =>
    text.trim() === '' ? undefined : (readNumber(text, language) ?? text)
  const [typed, setTyped] = useState(() => show(value))
  // "1," is the number 1 and still being typed; anything else that stands there came from elsewhere.
  const current = Object.is(read(typed) ?? '', value ?? '') ? typed : show(value)
  return (
    <TextInput
      {...props}
      inputMode="decimal"
      autoComplete="off"
      value={current}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}

export type Option = { value: string; label: string }

/** One of several words; a word that is none of them is shown as it stands, never replaced by the first. */
export const withStranger = (options: Option[], value: string): Option[] =>
  value !== '' && !options.some((each) => each.value === value)
    ? [...options, { value, label: `${value} (?)` }]
    : options

export const ChoiceAt = ({
  path,
  label,
  description,
  className,
  options,
  none,
  fallback = '',
}: At & {
  options: Option[]
  /** What no choice is called; then it takes the key away. */
  none?: string
  /** What holds where nothing is said. */
  fallback?: string
}) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  const now = typeof value === 'string' ? value : fallback
  const first =
    none !== undefined ? [{ value: '', label: none }] : now === '' ? [{ value: '', label: '…' }] : []
  return (
    <NativeSelect
      label={label}
      description={described(description, warning)}
      className={className}
      error={error}
      disabled={readOnly}
      value={now}
      data={[...first, ...withStranger(options, now)]}
      onChange={(event) => {
        const next = event.currentTarget.value
        set(next === '' && none !== undefined ? undefined : next)
      }}
    />
  )
}

export const CheckAt = ({ path, label, description, className }: At) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  return (
    <Checkbox
      label={label}
      description={described(description, warning)}
      className={className}
      error={error}
      disabled={readOnly}
      checked={value === true}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  )
}

/** Several of some words; those chosen keep their order. */
export const SeveralAt = ({ path, label, description, className, options }: At & { options: Option[] }) => {
  const { value, set, error, warning, readOnly } = usePlace(path)
  const chosen = textsAt(value)
  const all = chosen.reduce(withStranger, options)
  return (
    <Checkbox.Group
      label={label}
      description={described(description, warning)}
      className={className}
      error={error}
      readOnly={readOnly}
      value={chosen}
      onChange={(next) => {
        const offered = all.map((each) => each.value)
        const kept = chosen.filter((each) => next.includes(each))
        set(
          next
            .filter((each) => !kept.includes(each))
            .reduce((now, each) => withWord(now, each, offered), kept),
        )
      }}
    >
      <div className="panel-checks">
        {all.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} disabled={readOnly} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
