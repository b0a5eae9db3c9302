import { TextInput } from '@mantine/core'
import { Templates } from '@rjsf/mantine'
import { type BaseInputTemplateProps, labelValue } from '@rjsf/utils'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/i18n.ts'
import { readNumber, writeNumber } from './number-text.ts'

const PlainInput = Templates.BaseInputTemplate!

/** A number typed as people write it here, comma or point, and read back so that a slip is seen at once. */
const NumberInput = (props: BaseInputTemplateProps) => {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  const { value, onChange, rawErrors = [] } = props
  const known = typeof value === 'number' ? value : undefined
  const [text, setText] = useState(known === undefined ? '' : writeNumber(known, language))
  const read = readNumber(text, language)
  const hasSeparator = /[.,]/.test(text)
  return (
    <TextInput
      id={props.id}
      name={props.htmlName ?? props.id}
      label={labelValue(props.label, props.hideLabel, false)}
      description={
        props.options.description ??
        (read !== undefined && hasSeparator
          ? t('form.readAs', { number: writeNumber(read, language) })
          : undefined)
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required={props.required}
      disabled={props.disabled || props.readonly}
      placeholder={props.placeholder}
      inputMode={props.schema.type === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        // What is no number goes on as text: the check then says so, and nothing typed is lost.
        onChange(typed.trim() === '' ? undefined : (readNumber(typed, language) ?? typed))
      }}
      onBlur={() => props.onBlur(props.id, value)}
      onFocus={() => props.onFocus(props.id, value)}
      error={rawErrors.length > 0 ? rawErrors.join('\n') : undefined}
    />
  )
}

export const BaseInput = (props: BaseInputTemplateProps) =>
  props.schema.type === 'number' || props.schema.type === 'integer' ? (
    <NumberInput {...props} />
  ) : (
    <PlainInput {...props} />
  )
