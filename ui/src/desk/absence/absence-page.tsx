import { Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { absences } from '../team/queries.ts'
import './absence.css'
import { AbsenceForm } from './absence-form.tsx'
import { AbsenceList } from './absence-list.tsx'
import { StandingIn } from './standing-in.tsx'

/** Who is away and who stands in: entered by the person or by whoever heads their unit. */
export default function AbsencePage() {
  const { t } = useTranslation('desk')
  const query = useQuery(absences())
  return (
    <Page title={t('absence.title')}>
      <Loaded query={query}>
        {(data) => (
          <>
            <StandingIn />
            <div className="absence-page">
              <Paper p="md" component="section" aria-label={t('absence.list')}>
                <h2 className="section-title">{t('absence.list')}</h2>
                <AbsenceList absences={data.absences} />
              </Paper>
              <Paper p="md" component="section" aria-label={t('absence.new')}>
                <h2 className="section-title">{t('absence.new')}</h2>
                <AbsenceForm people={data.people} />
              </Paper>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}
