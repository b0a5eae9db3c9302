import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { withStranger } from '../inputs/fields.tsx'
import { useOptions } from '../inputs/options.ts'
import { useParts } from '../inputs/part-context.tsx'
import { type Condition, withCondition, withoutCondition } from '../model/conditions.ts'
import { type Field, fieldKeys, fieldOf } from '../model/form-list.ts'
import { choicesOf } from '../model/kinds.ts'
import { getIn, type Loose, setIn } from '../model/loose.ts'

/** Has to be answered only where another question has, or has not, this answer. */
export const ConditionEditor = ({ field }: { field: Field }) => {
  const { t } = useTranslation('studio-panels')
  const { fields } = useOptions()
  const { parts, apply, readOnly } = useParts()
  const { condition } = field
  const put = (schema: unknown) => apply({ eform: setIn(parts.eform, ['schema'], schema) as Loose })
  const schema = getIn(parts.eform, ['schema'])
  /** Questions with a fixed set of answers. */
  const askable = fieldKeys(parts.eform).filter((key) => {
    const { kind } = fieldOf(parts.eform, key)
    return key !== field.key && (kind === 'choice' || kind === 'yesNo')
  })
  const answersTo = (key: string) => {
    const asked = fieldOf(parts.eform, key)
    return asked.kind === 'choice'
      ? choicesOf(asked.schema).map(({ value, vi }) => ({
          value,
          label: vi || value,
          answer: value as unknown,
        }))
      : [
          { value: 'true', label: t('yes'), answer: true },
          { value: 'false', label: t('no'), answer: false },
        ]
  }
  const change = (next: Partial<Condition>) => {
    if (condition) put(withCondition(schema, field.key, { ...condition, ...next }))
  }
  const asked = condition?.field ?? ''
  const answers = condition ? answersTo(asked) : []
  const equals = String(condition?.equals ?? '')
  return (
    <fieldset className="panel-fieldset">
      <legend>{t('condition.title')}</legend>
      <div className="panel-row panel-row-tight">
        <NativeSelect
          aria-label={t('condition.field')}
          disabled={readOnly}
          value={asked}
          data={[
            { value: '', label: t('condition.never') },
            ...withStranger(
              fields.filter(({ value }) => askable.includes(value)),
              asked,
            ),
          ]}
          onChange={(event) => {
            const key = event.currentTarget.value
            const first = key === '' ? undefined : answersTo(key)[0]
            put(
              first
                ? withCondition(schema, field.key, { field: key, equals: first.answer, is: true })
                : withoutCondition(schema, field.key),
            )
          }}
        />
        {condition && (
          <>
            <NativeSelect
              aria-label={t('condition.how')}
              disabled={readOnly}
              value={condition.is ? 'is' : 'not'}
              data={[
                { value: 'is', label: t('condition.is') },
                { value: 'not', label: t('condition.isNot') },
              ]}
              onChange={(event) => change({ is: event.currentTarget.value === 'is' })}
            />
            <NativeSelect
              aria-label={t('condition.answer')}
              disabled={readOnly}
              value={equals}
              data={withStranger(answers, equals)}
              onChange={(event) => {
                const found = answers.find(({ value }) => value === event.currentTarget.value)
                if (found) change({ equals: found.answer })
              }}
            />
          </>
        )}
      </div>
    </fieldset>
  )
}
