import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useParts } from '../inputs/part-context.tsx'
import { useReorder } from '../inputs/reorder.tsx'
import { type Field, setUi } from '../model/form-list.ts'
import { choicesOf } from '../model/kinds.ts'
import { keyFrom, type Loose, listAt, moved, setIn, textAt, without } from '../model/loose.ts'
import { renameChoice } from '../model/references.ts'

/** The answers to choose among; a value that cases and examples ask for is renamed there too. */
export const Choices = ({ field }: { field: Field }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const options = listAt(field.schema, ['oneOf'])
  const choices = choicesOf(field.schema)
  const path = ['schema', 'properties', field.key, 'oneOf']
  const put = (next: unknown[]) => apply({ eform: setIn(parts.eform, path, next) as Loose })
  const change = (n: number, at: string[], value: unknown) =>
    put(options.map((each, m) => (m === n ? setIn(each, at, value) : each)))
  const nameOf = (n: number) => choices[n]?.vi || choices[n]?.value || t('unnamed', { number: n + 1 })
  const { list, controls, live } = useReorder({
    name: nameOf,
    count: options.length,
    onMove: (from, to) => put(moved(options, from, to)),
    readOnly,
  })
  const rename = (n: number, to: string) => {
    const from = choices[n]?.value ?? ''
    const eform = setIn(parts.eform, [...path, n, 'const'], to) as Loose
    const twice = choices.some((each, m) => m !== n && (each.value === from || each.value === to))
    // While two have the same value nobody can say whose cases and examples are meant.
    if (twice) return apply({ eform })
    apply({ eform, ...renameChoice({ ...parts, eform }, field.key, from, to) })
  }
  return (
    <section className="panel-list" aria-label={t('choices.title')} ref={list as never}>
      <h4 className="panel-subtitle">{t('choices.title')}</h4>
      {options.length === 0 && <p className="tone-late panel-note">{t('choices.none')}</p>}
      {choices.map((choice, n) => {
        const { row, buttons } = controls(n)
        const called = nameOf(n)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: values change while they are typed
          <div key={n} className="choice-row" {...row}>
            <TextInput
              size="xs"
              aria-label={t('choices.vi', { name: called })}
              placeholder={t('choices.viPlaceholder')}
              lang="vi"
              value={choice.vi}
              readOnly={readOnly}
              onChange={(event) => change(n, ['title'], event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              aria-label={t('choices.en', { name: called })}
              placeholder="English"
              lang="en"
              value={choice.en}
              readOnly={readOnly}
              onChange={(event) =>
                change(
                  n,
                  ['x-en'],
                  event.currentTarget.value === '' ? undefined : { title: event.currentTarget.value },
                )
              }
            />
            <TextInput
              size="xs"
              className="panel-mono choice-value"
              aria-label={t('choices.value', { name: called })}
              value={choice.value}
              readOnly={readOnly}
              error={
                choice.value === ''
                  ? t('choices.noValue')
                  : choices.findIndex((each) => each.value === choice.value) !== n
                    ? t('choices.twice')
                    : undefined
              }
              onChange={(event) => rename(n, event.currentTarget.value)}
            />
            {buttons}
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="red"
                size={24}
                aria-label={t('removeNamed', { name: called })}
                onClick={() => put(without(options, n))}
              >
                <IconTrash size={15} />
              </ActionIcon>
            )}
          </div>
        )
      })}
      {live}
      {!readOnly && (
        <div className="panel-buttons">
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={15} />}
            onClick={() =>
              put([
                ...options,
                {
                  const: keyFrom(
                    '',
                    choices.map((each) => each.value),
                    'choice',
                  ),
                  title: '',
                },
              ])
            }
          >
            {t('choices.add')}
          </Button>
          <NativeSelect
            size="xs"
            aria-label={t('choices.shown')}
            value={textAt(field.ui, ['ui:widget'])}
            data={[
              { value: 'radio', label: t('choices.radio') },
              { value: '', label: t('choices.list') },
            ]}
            onChange={(event) =>
              apply({
                eform: setUi(
                  parts.eform,
                  field.key,
                  'ui:widget',
                  event.currentTarget.value || undefined,
                ) as Loose,
              })
            }
          />
        </div>
      )}
    </section>
  )
}
