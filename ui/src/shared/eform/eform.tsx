import '@mantine/dates/styles.css'
import { Button, Group } from '@mantine/core'
import type { IChangeEvent } from '@rjsf/core'
import { Form } from '@rjsf/mantine'
import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { EformDefinition } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { BaseInput } from './base-input.tsx'
import { DayWidget } from './day-widget.tsx'
import { GroupedObject, type ShownGroup } from './groups.tsx'
import { inSchemaLanguage } from './language.ts'
import { formStrings, inOurWords } from './messages.ts'
import { validator } from './validator.ts'

const widgets = { DateWidget: DayWidget }
const templates = { ObjectFieldTemplate: GroupedObject, BaseInputTemplate: BaseInput }

export type FormData = Record<string, unknown>
type Props = {
  eform: EformDefinition
  data: FormData
  onChange: (data: FormData) => void
  onSubmit: (data: FormData) => void
  submitLabel: string
  onBack?: () => void
}

/** A procedure's electronic form: its JSON Schema rendered, checked with our words, never by the browser's bubbles. */
export default function EForm({ eform, data, onChange, onSubmit, submitLabel, onBack }: Props) {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  const shown = useMemo(() => inSchemaLanguage(eform.schema, language) as RJSFSchema, [eform, language])
  const uiSchema = useMemo(() => inSchemaLanguage(eform.ui ?? {}, language) as UiSchema, [eform, language])
  const groups = useMemo(
    () => inSchemaLanguage(eform.groups ?? [], language) as ShownGroup[],
    [eform, language],
  )
  return (
    <Form
      className="eform"
      schema={shown}
      uiSchema={uiSchema}
      formData={data}
      validator={validator}
      templates={templates}
      widgets={widgets}
      formContext={{ groups }}
      noHtml5Validate
      showErrorList={false}
      focusOnFirstError
      transformErrors={inOurWords(t, shown)}
      translateString={formStrings(t)}
      // A constant (an undertaking) is the applicant's to give: it is never filled in for them.
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults', constAsDefaults: 'never' }}
      onChange={(event: IChangeEvent<FormData>) => onChange(event.formData ?? {})}
      onSubmit={(event: IChangeEvent<FormData>) => onSubmit(event.formData ?? {})}
      // What is missing is said at the questions; without this it would stand in the browser's log too.
      onError={() => undefined}
    >
      <Group justify="space-between" mt="md">
        {onBack ? (
          <Button variant="default" onClick={onBack}>
            {t('back')}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit">{submitLabel}</Button>
      </Group>
    </Form>
  )
}
