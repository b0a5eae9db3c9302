import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reference } from '../model/references.ts'

/** The places that name a thing, by kind. */
export const References = ({ references }: { references: Reference[] }) => {
  const { t } = useTranslation('studio-panels')
  if (references.length === 0) return <p className="soft panel-note">{t('refs.none')}</p>
  const places = [...new Set(references.map(({ place }) => place))]
  return (
    <ul className="panel-refs">
      {places.map((place) => {
        const names = references.filter((each) => each.place === place)
        return (
          <li key={place}>
            <strong>{t(`refs.${place}`, { count: names.length })}</strong>{' '}
            {names
              .slice(0, 6)
              .map(({ name }) => (place === 'result' ? t(`result.parts.${name}`) : name))
              .join('; ')}
            {names.length > 6 && ` ${t('refs.more', { count: names.length - 6 })}`}
          </li>
        )
      })}
    </ul>
  )
}

const Box = ({ label, children }: { label: string; children: ReactNode }) => {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('input, button')?.focus(), [])
  return (
    <section ref={box} className="panel-ask" aria-label={label}>
      {children}
    </section>
  )
}

const KEY = /^[a-z][a-zA-Z0-9]*$/
const LETTERS = /^[a-z][a-zA-Z]*$/

/** Asks for another key and carries it through to every place that names the old one. */
export const RenameBox = ({
  now,
  taken,
  lettersOnly = false,
  references,
  onRename,
  onClose,
}: {
  now: string
  lettersOnly?: boolean
  taken: readonly string[]
  references: Reference[]
  onRename: (to: string) => void
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-panels')
  const [to, setTo] = useState(now)
  const wrong = !(lettersOnly ? LETTERS : KEY).test(to)
    ? t(lettersOnly ? 'key.wrongLetters' : 'key.wrong')
    : to !== now && taken.includes(to)
      ? t('key.taken')
      : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wrong) return
    if (to !== now) onRename(to)
    onClose()
  }
  return (
    <Box label={t('key.rename')}>
      <form onSubmit={submit} noValidate>
        <TextInput
          label={t('key.new')}
          className="panel-mono"
          value={to}
          error={wrong}
          autoComplete="off"
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <p className="panel-note">{t('key.carried')}</p>
        <References references={references} />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" disabled={wrong !== undefined}>
            {t('key.renameEverywhere', { count: references.length })}
          </Button>
          <Button variant="default" size="compact-sm" onClick={onClose}>
            {t('cancel')}
          </Button>
        </Group>
      </form>
    </Box>
  )
}

/** Asks before something goes that is named elsewhere, and says what goes with it and what stays to be mended. */
export const RemoveBox = ({
  name,
  references,
  onRemove,
  onClose,
}: {
  name: string
  references: Reference[]
  onRemove: () => void
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-panels')
  const stays = references.filter(({ blocks }) => blocks)
  return (
    <Box label={t('removeNamed', { name })}>
      <p className="panel-note">{t('refs.goToo', { name })}</p>
      <References references={references.filter(({ blocks }) => !blocks)} />
      {stays.length > 0 && (
        <>
          <p className="panel-note tone-late">{t('refs.stays')}</p>
          <References references={stays} />
        </>
      )}
      <Group gap="xs">
        <Button color="red" size="compact-sm" onClick={onRemove}>
          {t('removeNamed', { name })}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </Box>
  )
}
