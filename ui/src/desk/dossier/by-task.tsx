import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Page } from '../../app/page.tsx'
import { Failed, Loaded } from '../../app/states.tsx'
import { dossier } from '../../citizen/queries.ts'
import { task } from '../queries.ts'
import { DossierView } from './dossier-view.tsx'

/** A task opened from the worklist: its dossier, with the decision panel beside it. */
export default function ByTask() {
  const { t } = useTranslation('desk')
  const { taskId = '' } = useParams()
  const work = useQuery(task(taskId))
  const about = useQuery({ ...dossier(work.data?.dossierId ?? ''), enabled: !!work.data })
  if (work.error && !work.data) {
    return (
      <Page title={t('dossier.title')} wide>
        <Failed problem={work.error} retry={() => work.refetch()} />
      </Page>
    )
  }
  return (
    <Page
      title={work.data ? `${work.data.dossierCode}: ${work.data.applicant}` : t('dossier.title')}
      wide
      hideTitle
    >
      <Loaded query={about} lines={12}>
        {(page) => <DossierView key={page.id} about={page} task={work.data} />}
      </Loaded>
    </Page>
  )
}
