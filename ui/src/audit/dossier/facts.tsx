import { useTranslation } from 'react-i18next'
import type { DossierSummary } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { When } from '../../shared/when.tsx'

/** The dossier's own dates, side by side. */
export const Facts = ({ dossier }: { dossier: DossierSummary }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const dates: [string, string | null][] = [
    ['filed', dossier.filedAt],
    ['received', dossier.receivedAt],
    ['originalDue', dossier.originalDueAt ?? dossier.dueAt],
    ['newDue', dossier.reappointedDueAt],
    ['finished', dossier.finishedAt],
    ['returned', dossier.returnedAt],
  ]
  return (
    <dl className="audit-facts">
      <div>
        <dt>{t('fact.agency')}</dt>
        <dd>{text(dossier.agency.name)}</dd>
      </div>
      <div>
        <dt>{t('fact.applicant')}</dt>
        <dd>{dossier.applicant}</dd>
      </div>
      {dates.map(([name, at]) =>
        at ? (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>
              <When at={at} />
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
