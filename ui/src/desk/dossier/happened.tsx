import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../../app/api-types.ts'
import { History } from '../../shared/history.tsx'
import { Notes } from './notes.tsx'

/** What the staff noted, then everything that happened. */
export const Happened = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Notes about={about} />
      <h2 className="section-title">{t('section.history')}</h2>
      <History entries={about.history} />
    </>
  )
}
