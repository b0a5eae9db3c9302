import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { More } from '../../shared/more.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { trailSearch } from '../queries.ts'
import { Section } from '../section.tsx'
import { Entries } from './entries.tsx'

/** What is asked, by its name in the address and at the server. */
const NAMES = { code: 'ma', who: 'ai', act: 'viec', from: 'tu', to: 'den' } as const
type Name = keyof typeof NAMES

/** Who did what to which dossier, when: newest first, along the chain. */
export const Search = () => {
  const { t, i18n } = useTranslation('audit')
  const { query, put } = useAddress()
  const asked = (name: Name) => query.get(NAMES[name]) ?? ''
  const [code, setCode] = useState(asked('code'))
  const [who, setWho] = useState(asked('who'))
  const filter = {
    code: asked('code'),
    who: asked('who'),
    act: asked('act'),
    from: asked('from'),
    to: asked('to'),
  }
  const found = useInfiniteQuery(trailSearch(filter))
  const acts = found.data?.pages[0]?.acts ?? []
  const find = (event: FormEvent) => {
    event.preventDefault()
    put({ [NAMES.code]: code.trim().toUpperCase(), [NAMES.who]: who.trim() })
  }
  const words = (act: string) => (i18n.exists(`audit:act.${act}`) ? `${t(`act.${act}`)} (${act})` : act)
  return (
    <Section title={t('trail.search')} help={t('entry.help')}>
      <form noValidate onSubmit={find} className="trail-find no-print">
        <TextInput
          size="sm"
          label={t('trail.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          size="sm"
          label={t('trail.who')}
          value={who}
          onChange={(event) => setWho(event.currentTarget.value)}
          autoComplete="off"
        />
        <NativeSelect
          size="sm"
          label={t('trail.act')}
          value={filter.act}
          onChange={(event) => put({ [NAMES.act]: event.currentTarget.value })}
          data={[
            { value: '', label: t('trail.everyAct') },
            // Of the address, though no entry of the page has it.
            ...[...new Set([...acts, ...(filter.act ? [filter.act] : [])])].map((value) => ({
              value,
              label: words(value),
            })),
          ]}
        />
        <DayInput
          w={130}
          clearable
          label={t('period.from')}
          value={filter.from || null}
          onChange={(value) => put({ [NAMES.from]: value ?? '' })}
        />
        <DayInput
          w={130}
          clearable
          label={t('period.to')}
          value={filter.to || null}
          onChange={(value) => put({ [NAMES.to]: value ?? '' })}
        />
        <Button type="submit" size="sm" variant="default">
          {t('trail.find')}
        </Button>
      </form>
      <Loaded query={found} lines={10}>
        {({ pages }) => (
          <>
            <Entries entries={pages.flatMap(({ entries }) => entries)} />
            <More pages={found} />
          </>
        )}
      </Loaded>
    </Section>
  )
}
