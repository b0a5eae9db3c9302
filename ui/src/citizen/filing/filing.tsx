import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useParams } from 'react-router'
import { useText } from '../../app/i18n.ts'
import { loginPath } from '../../app/login-path.ts'
import { Page } from '../../app/page.tsx'
import { useSession } from '../../app/session.tsx'
import { Loaded } from '../../app/states.tsx'
import { procedure } from '../queries.ts'
import { Wizard } from './wizard.tsx'

/** Filing online: only somebody who is known may file, so the draft belongs to a person. */
export default function FilingPage() {
  const { t } = useTranslation('citizen')
  const text = useText()
  const { code = '' } = useParams()
  const place = useLocation()
  const { session } = useSession()
  const query = useQuery(procedure(code))
  if (session === null) return <Navigate to={loginPath(place)} replace />
  return (
    <Page title={query.data ? t('filing.title', { name: text(query.data.name) }) : t('filing.titleShort')}>
      <Loaded query={query}>
        {(about) =>
          session ? (
            <Wizard procedure={about} draftName={`filing.${session.person.id}.${code}`} byClerk={false} />
          ) : null
        }
      </Loaded>
    </Page>
  )
}
