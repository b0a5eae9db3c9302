import { Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { Page } from '../../app/page.tsx'
import { hasRole, useSession } from '../../app/session.tsx'
import { Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import '../audit.css'
import { trail } from '../queries.ts'
import { Section } from '../section.tsx'
import { Entries } from './entries.tsx'
import { Search } from './search.tsx'
import { Verify } from './verify.tsx'

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
  const { session } = useSession()
  const [query] = useSearchParams()
  const id = query.get('ho-so')
  return (
    <div className="audit-print">
      <Page title={t('trail.title')} wide>
        <Stack gap="lg">
          {hasRole(session, 'auditor', 'control') && (
            <Section title={t('verify.title')}>
              <Verify />
            </Section>
          )}
          {id ? (
            <Section title={t('trail.ofThis', { code: query.get('ma') ?? '' })} help={t('entry.help')}>
              <p className="no-print">
                <Link to="/nhat-ky">{t('trail.searchAll')}</Link>
              </p>
              <OfDossier key={id} id={id} />
            </Section>
          ) : (
            <Search />
          )}
        </Stack>
      </Page>
    </div>
  )
}
