import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { useSession } from '../../app/session.tsx'
import { Loaded, NoPermission } from '../../app/states.tsx'
import { Wizard } from '../../citizen/filing/wizard.tsx'
import { procedure } from '../../citizen/queries.ts'
import { counterPage } from './queries.ts'

/** A paper dossier taken in at the counter for a named applicant: the same steps as filing online. */
export default function CounterFilingPage() {
  const { t } = useTranslation('desk')
  const text = useText()
  const { code = '' } = useParams()
  const { session } = useSession()
  const query = useQuery(procedure(code))
  const mine = useQuery(counterPage())
  return (
    <Page title={query.data ? t('counter.filing', { name: text(query.data.name) }) : t('counter.new')}>
      {session === null ? (
        <NoPermission />
      ) : (
        <Loaded query={mine.isPending ? { ...query, data: undefined } : query}>
          {(about) =>
            session && (
              <Wizard
                procedure={about}
                draftName={`counter.${session.person.id}.${code}`}
                byClerk
                place={mine.data?.unit.place || null}
              />
            )
          }
        </Loaded>
      )}
    </Page>
  )
}
