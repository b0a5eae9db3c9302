import { Button, Group, NativeSelect, Tabs, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../app/api.ts'
import type { KnownFieldList } from '../../../app/api-types.ts'
import { useText } from '../../../app/i18n.ts'
import { Failed, Loading } from '../../../app/states.tsx'
import { TextPairBox } from '../inputs/text-pair.tsx'
import { KINDS, type Kind } from '../model/kinds.ts'
import { keyFrom, type Loose } from '../model/loose.ts'

type NewField = { key: string; title: string; titleEn?: string; shape: Kind | { schema: Loose; ui: Loose } }
type Props = { taken: string[]; onAdd: (field: NewField) => void; onClose: () => void }

/** A question of one's own. */
const Own = ({ taken, onAdd, onClose }: Props) => {
  const { t } = useTranslation('studio-panels')
  const [title, setTitle] = useState('')
  const [titleEn, setTitleEn] = useState('')
  const [kind, setKind] = useState<Kind>('text')
  const [typedKey, setKey] = useState('')
  const key = typedKey || keyFrom(titleEn || title, taken, 'field')
  const wrong = taken.includes(key)
    ? t('key.taken')
    : /^[a-z][a-zA-Z0-9]*$/.test(key)
      ? undefined
      : t('key.wrong')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong) onAdd({ key, title, titleEn, shape: kind })
  }
  return (
    <form className="panel-stack" onSubmit={submit} noValidate>
      <TextPairBox label={t('form.fieldTitle')} vi={title} en={titleEn} onVi={setTitle} onEn={setTitleEn} />
      <div className="panel-row panel-row-tight">
        <NativeSelect
          label={t('form.kind')}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        <TextInput
          className="panel-mono"
          label={t('key.label')}
          description={t('key.help')}
          value={key}
          error={wrong}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      </div>
      <Group gap="xs">
        <Button type="submit" size="compact-sm" disabled={wrong !== undefined}>
          {t('form.add')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}

/** Questions that other procedures ask: the same key and shape again, and what the State holds already. */
const Known = ({ taken, onAdd }: Props) => {
  const { t } = useTranslation('studio-panels')
  const text = useText()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const query = useQuery({
    queryKey: ['studio-known-fields', q],
    queryFn: ({ signal }) =>
      api.get<KnownFieldList>(`/api/studio/known-fields?q=${encodeURIComponent(q)}`, signal),
    placeholderData: (before) => before,
  })
  return (
    <div className="panel-stack">
      <TextInput
        type="search"
        label={t('known.search')}
        description={t('known.help')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {query.error ? (
        <Failed problem={query.error} retry={() => query.refetch()} />
      ) : !query.data ? (
        <Loading lines={4} />
      ) : (
        <>
          <p className="soft panel-note" role="status">
            {t('known.found', { count: query.data.fields.length })}
          </p>
          <ul className="known-list">
            {query.data.fields.map(({ key, title, schema, ui, procedures, heldBy, personal }) => (
              <li key={`${key} ${JSON.stringify(schema)}`}>
                <div>
                  <strong>{text(title)}</strong> <code>{key}</code>
                  <div className="soft">
                    {t('known.procedures', { count: procedures.length })}{' '}
                    {procedures
                      .slice(0, 3)
                      .map(({ code }) => code)
                      .join(', ')}
                    {procedures.length > 3 && ' …'}
                    {personal && ` · ${t('form.personal')}`}
                  </div>
                  {heldBy.map(({ system, label }) => (
                    <span key={system} className="tag tag-soon">
                      {t('known.held', { system: t(`known.system.${system}`), label: text(label) })}
                    </span>
                  ))}
                </div>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={taken.includes(key)}
                  aria-label={t('known.addNamed', { name: text(title) })}
                  onClick={() => {
                    const { title: vi, 'x-en': english, ...rest } = schema as Loose
                    const en = (english as { title?: string } | undefined)?.title
                    onAdd({
                      key,
                      title: String(vi ?? ''),
                      titleEn: en,
                      shape: { schema: rest, ui: ui as Loose },
                    })
                  }}
                >
                  {taken.includes(key) ? t('known.there') : t('form.add')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Adds a question to a group: one's own, or one that procedures in force ask already. */
export const AddField = (props: Props & { group: string }) => {
  const { t } = useTranslation('studio-panels')
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('input')?.focus(), [])
  return (
    <section ref={box} className="panel-ask" aria-label={t('form.addTo', { name: props.group })}>
      <h3 className="panel-block-title">{t('form.addTo', { name: props.group })}</h3>
      <Tabs defaultValue="own" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="own">{t('form.own')}</Tabs.Tab>
          <Tabs.Tab value="known">{t('known.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="own">
          <Own {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="known">
          <Known {...props} />
          <Button mt="xs" variant="default" size="compact-sm" onClick={props.onClose}>
            {t('close')}
          </Button>
        </Tabs.Panel>
      </Tabs>
    </section>
  )
}
