import { useTranslation } from 'react-i18next'
import type { LateDossier } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { When } from '../../shared/when.tsx'
import { DossierLink } from '../dossier-link.tsx'
import { ExplanationCell, Lateness, Worst } from './late-table.tsx'
import { LetterTag } from './letter-tag.tsx'

/** The same list where there is no width for a table. */
export const LateCards = ({ dossiers }: { dossiers: LateDossier[] }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <ul className="late-cards">
      {dossiers.map((dossier) => (
        <li key={dossier.id} data-row={dossier.id}>
          <div className="late-card-head">
            <DossierLink dossier={dossier} />
            <Lateness dossier={dossier} />
          </div>
          <p className="late-card-name">
            {text(dossier.procedure.name)}
            <span className="late-under soft">
              {dossier.applicant} · {text(dossier.agency.name)}
            </span>
          </p>
          <dl className="late-card-facts">
            <dt>{t('late.column.originalDue')}</dt>
            <dd>
              <When at={dossier.originalDueAt} />
            </dd>
            {dossier.reappointedDueAt && (
              <>
                <dt>{t('late.column.newDue')}</dt>
                <dd>
                  <When at={dossier.reappointedDueAt} />
                </dd>
              </>
            )}
            <dt>{t('late.column.finished')}</dt>
            <dd>{dossier.finishedAt ? <When at={dossier.finishedAt} /> : <em>{t('late.stillOpen')}</em>}</dd>
            <dt>{t('late.column.worst')}</dt>
            <dd>
              <Worst dossier={dossier} />
            </dd>
            {dossier.cause && (
              <>
                <dt>{t('late.column.cause')}</dt>
                <dd>{dossier.cause}</dd>
              </>
            )}
          </dl>
          <div>
            <LetterTag dossier={dossier} />{' '}
            {dossier.explanation !== 'none' && <ExplanationCell dossier={dossier} />}
          </div>
        </li>
      ))}
    </ul>
  )
}
