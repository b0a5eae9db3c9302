import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { DossierPage } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { useSession } from '../../app/session.tsx'
import { Loaded } from '../../app/states.tsx'
import { dossier } from '../../citizen/queries.ts'
import { task } from '../queries.ts'
import { DossierView } from './dossier-view.tsx'

const isLive = ({ state, canOpen }: DossierPage['tasks'][number]) =>
  canOpen && state !== 'done' && state !== 'cancelled'

/** A dossier opened by its code: the live task that is one's own comes first, then any other. */
export default function ByDossier() {
  const { t } = useTranslation('desk')
  const { id = '' } = useParams()
  const [query] = useSearchParams()
  const { session } = useSession()
  const about = useQuery(dossier(id))
  const live = about.data?.tasks.filter(isLive) ?? []
  const chosen =
    live.find((one) => one.id === query.get('viec')) ??
    live.find((one) => one.assignee?.id === session?.person.id) ??
    live[0]
  const work = useQuery({ ...task(chosen?.id ?? ''), enabled: !!chosen, retry: false })
  return (
    <Page
      title={about.data ? `${about.data.code}: ${about.data.applicant}` : t('dossier.title')}
      wide
      hideTitle
    >
      <Loaded query={about} lines={12}>
        {(page) => <DossierView key={page.id} about={page} task={chosen && work.data} />}
      </Loaded>
    </Page>
  )
}
