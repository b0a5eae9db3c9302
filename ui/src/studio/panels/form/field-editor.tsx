import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { RemoveBox, RenameBox } from '../inputs/carry.tsx'
import { NumberBox } from '../inputs/fields.tsx'
import { useFaultWords, useParts } from '../inputs/part-context.tsx'
import { TextPairBox } from '../inputs/text-pair.tsx'
import { Warning } from '../inputs/warning.tsx'
import { type Field, fieldKeys, setKind, setRequired, setUi } from '../model/form-list.ts'
import { KINDS, type Kind, limitsOfKind } from '../model/kinds.ts'
import { isRecord, type Loose, setIn, textAt } from '../model/loose.ts'
import { fieldReferences, removeField, renameField } from '../model/references.ts'
import { Choices } from './choices.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { faultsOfField } from './field-faults.ts'
import { Raw } from './raw.tsx'

/** As src/procedures/prefill.ts names them. */
const PREFILLS = ['fullName', 'identityNo', 'phone', 'email', 'address']
const PERSONAL = ['number', 'phone', 'email', 'address', 'birth', 'text']

/** Everything of one question. */
export const FieldEditor = ({
  field,
  onRenamed,
  onRemoved,
}: {
  field: Field
  onRenamed: (key: string) => void
  onRemoved: () => void
}) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const { faults } = useDraftEditor()
  const words = useFaultWords()
  const text = useText()
  const [asked, setAsked] = useState<'rename' | 'remove' | null>(null)
  const { key, kind, schema, ui } = field
  const own = faultsOfField(faults, key)
  const form = (eform: unknown) => apply({ eform: eform as Loose })
  const put = (path: (string | number)[], value: unknown) =>
    form(setIn(parts.eform, ['schema', 'properties', key, ...path], value))
  const label = text({ vi: field.title || key, en: field.titleEn || undefined })
  const references = fieldReferences(parts, key)
  const titles = (path: 'title' | 'ui:help') => {
    const help = ui['ui:help']
    const plain = typeof help === 'string' ? help : textAt(help, ['vi'])
    return path === 'title' ? [field.title, field.titleEn] : [plain, textAt(help, ['en'])]
  }
  const putHelp = (vi: string, en: string) =>
    form(
      setUi(
        parts.eform,
        key,
        'ui:help',
        vi === '' && en === '' ? undefined : en === '' ? { vi } : { vi, en },
      ),
    )
  const putEnglish = (title: string) => {
    const english = isRecord(schema?.['x-en']) ? schema['x-en'] : {}
    const next = setIn(english, ['title'], title === '' ? undefined : title) as Loose
    put(['x-en'], Object.keys(next).length > 0 ? next : undefined)
  }
  const [helpVi = '', helpEn = ''] = titles('ui:help')
  return (
    <section className="panel-stack field-editor" aria-label={label}>
      <Group gap="xs">
        <h3 className="panel-block-title">{label}</h3>
        <code>{key}</code>
        {!readOnly && (
          <>
            <Button variant="subtle" size="compact-xs" onClick={() => setAsked('rename')}>
              {t('key.rename')}
            </Button>
            <Button variant="subtle" color="red" size="compact-xs" onClick={() => setAsked('remove')}>
              {t('form.remove')}
            </Button>
          </>
        )}
      </Group>
      {own.length > 0 && (
        <div role="status">
          <div className="panel-error">{words(own.filter(({ severity }) => severity === 'error'))}</div>
          <Warning words={words(own.filter(({ severity }) => severity === 'warning'))} />
        </div>
      )}
      {asked === 'rename' && (
        <RenameBox
          now={key}
          taken={fieldKeys(parts.eform)}
          references={references}
          onRename={(to) => {
            apply(renameField(parts, key, to))
            onRenamed(to)
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'remove' && (
        <RemoveBox
          name={label}
          references={references}
          onRemove={() => {
            apply(removeField(parts, key))
            onRemoved()
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {schema === null ? (
        <p className="tone-late panel-note">{t('form.missingHelp')}</p>
      ) : (
        <>
          <TextPairBox
            label={t('form.fieldTitle')}
            vi={field.title}
            en={field.titleEn}
            readOnly={readOnly}
            onVi={(title) => put(['title'], title)}
            onEn={putEnglish}
          />
          <div className="panel-row">
            <NativeSelect
              label={t('form.kind')}
              disabled={readOnly}
              value={kind}
              data={[
                ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
                ...(kind === 'other' ? [{ value: 'other', label: t('kind.other') }] : []),
              ]}
              onChange={(event) => form(setKind(parts.eform, key, event.currentTarget.value as Kind))}
            />
            <NativeSelect
              label={t('form.personalKind')}
              description={t('form.personalHelp')}
              disabled={readOnly}
              value={schema['x-personal'] === false ? 'no' : textAt(schema, ['x-personal'])}
              data={[
                { value: '', label: t('form.personalByName') },
                { value: 'no', label: t('form.personalNo') },
                ...PERSONAL.map((value) => ({ value, label: t(`personal.${value}`) })),
              ]}
              onChange={(event) => {
                const next = event.currentTarget.value
                put(['x-personal'], next === '' ? undefined : next === 'no' ? false : next)
              }}
            />
          </div>
          <NativeSelect
            label={t('form.prefill')}
            description={t('form.prefillHelp')}
            disabled={readOnly}
            value={textAt(schema, ['x-prefill'])}
            data={[
              { value: '', label: t('form.prefillNone') },
              ...PREFILLS.map((value) => ({ value, label: t(`prefill.${value}`) })),
            ]}
            onChange={(event) => put(['x-prefill'], event.currentTarget.value || undefined)}
          />
          <Checkbox
            label={t('form.required')}
            description={field.condition && field.required ? t('form.requiredToo') : undefined}
            checked={field.required}
            disabled={readOnly}
            onChange={(event) => form(setRequired(parts.eform, key, event.currentTarget.checked))}
          />
          {!field.required && <ConditionEditor field={field} />}
          <TextPairBox
            label={t('form.help')}
            lines={1}
            vi={helpVi}
            en={helpEn}
            readOnly={readOnly}
            onVi={(vi) => putHelp(vi, helpEn)}
            onEn={(en) => putHelp(helpVi, en)}
          />
          <Limits field={field} put={put} readOnly={readOnly} />
          {kind === 'choice' && <Choices field={field} />}
          {['text', 'longText', 'phone', 'identity', 'email', 'address'].includes(kind) && (
            <TextInput
              label={t('form.placeholder')}
              value={textAt(ui, ['ui:placeholder'])}
              readOnly={readOnly}
              onChange={(event) =>
                form(setUi(parts.eform, key, 'ui:placeholder', event.currentTarget.value || undefined))
              }
            />
          )}
          <Raw key={key} fieldKey={key} />
        </>
      )}
    </section>
  )
}

const Limits = ({
  field,
  put,
  readOnly,
}: {
  field: Field
  put: (path: string[], value: unknown) => void
  readOnly: boolean
}): ReactNode => {
  const { t } = useTranslation('studio-panels')
  const limits = limitsOfKind(field.kind)
  if (limits.length === 0) return null
  return (
    <div className="panel-row panel-row-tight">
      {limits.map((word) => (
        <NumberBox
          key={`${field.key} ${word}`}
          label={t(`form.limits.${word}`)}
          value={field.schema?.[word]}
          readOnly={readOnly}
          onChange={(next) => put([word], next)}
        />
      ))}
      {field.schema?.pattern !== undefined && (
        <TextInput
          className="panel-mono"
          label={t('form.limits.pattern')}
          value={textAt(field.schema, ['pattern'])}
          readOnly={readOnly}
          onChange={(event) => put(['pattern'], event.currentTarget.value || undefined)}
        />
      )}
    </div>
  )
}
