import { Button, Stack, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import '../audit.css'
import { dossierByCode, trail } from '../queries.ts'
import { Section } from '../section.tsx'
import { Entries } from './entries.tsx'
import { Verify } from './verify.tsx'

/** The dossiers that a code leads to; each opens its own entries. */
const Found = ({ code }: { code: string }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const query = useQuery(dossierByCode(code))
  return (
    <Loaded query={query} lines={3}>
      {(dossiers) =>
        dossiers.length === 0 ? (
          <Empty title={t('trail.notFound')}>{t('trail.notFoundHelp')}</Empty>
        ) : (
          <ul className="trail-found">
            {dossiers.map((dossier) => (
              <li key={dossier.id}>
                <Link to={`/nhat-ky?ho-so=${dossier.id}&ma=${dossier.code}`} className="figures">
                  {dossier.code}
                </Link>{' '}
                <span className="soft">
                  {dossier.applicant} · {text(dossier.procedure.name)}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

const OfDossier = ({ id }: { id: string }) => {
  const { t } = useTranslation('audit')
  const query = useInfiniteQuery(trail(id))
  return (
    <Loaded query={query} lines={10}>
      {({ pages }) => (
        <>
          <p>
            <Link to={`/kiem-tra/ho-so/${id}`}>{t('trail.toDossier')}</Link>
          </p>
          <Entries entries={pages.flatMap(({ entries }) => entries)} />
          <More pages={query} />
        </>
      )}
    </Loaded>
  )
}

export default function TrailPage() {
  const { t } = useTranslation('audit')
  const [query, setQuery] = useSearchParams()
  const id = query.get('ho-so')
  const code = query.get('ma') ?? ''
  const [typed, setTyped] = useState(code)
  const find = (event: FormEvent) => {
    event.preventDefault()
    setQuery(typed.trim() ? { ma: typed.trim().toUpperCase() } : {})
  }
  return (
    <div className="audit-print">
      <Page title={t('trail.title')} wide>
        <Stack gap="lg">
          <Section title={t('verify.title')}>
            <Verify />
          </Section>
          <Section
            title={id && code ? t('trail.ofThis', { code }) : t('trail.ofDossier')}
            help={t('entry.help')}
          >
            <form noValidate onSubmit={find} className="trail-find no-print">
              <TextInput
                label={t('trail.code')}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                autoComplete="off"
                spellCheck={false}
              />
              <Button type="submit" variant="default">
                {t('trail.find')}
              </Button>
            </form>
            {id ? <OfDossier key={id} id={id} /> : code && <Found key={code} code={code} />}
          </Section>
        </Stack>
      </Page>
    </div>
  )
}
