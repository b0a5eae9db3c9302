import { labelValue, type WidgetProps } from '@rjsf/utils'
import { DayInput } from '../day-input.tsx'

/** A question for a day: typed day first or picked; what is no day goes nowhere and the check asks for one. */
export const DayWidget = (props: WidgetProps) => {
  const { rawErrors = [] } = props
  return (
    <DayInput
      id={props.id}
      name={props.htmlName ?? props.id}
      label={labelValue(props.label, props.hideLabel, false)}
      description={props.options.description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required={props.required}
      disabled={props.disabled || props.readonly}
      placeholder={props.placeholder}
      autoComplete="off"
      value={props.value || null}
      onChange={(day) => props.onChange(day ?? undefined)}
      onBlur={() => props.onBlur(props.id, props.value)}
      onFocus={() => props.onFocus(props.id, props.value)}
      error={rawErrors.length > 0 ? rawErrors.join('\n') : undefined}
    />
  )
}
