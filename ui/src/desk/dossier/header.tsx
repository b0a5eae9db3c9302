import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { LateTag, Remaining, StateTag, Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { lastList, toAddress } from '../worklist/view-address.ts'

/** What one must know while reading anything below: whose dossier it is, where it stands, when it is due. */
export const DossierHeader = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const due = about.reappointedDueAt ?? about.dueAt
  return (
    <header className="dossier-header">
      <Link
        to={`/ban-lam-viec?${toAddress(lastList())}`}
        className="dossier-back"
        aria-label={t('dossier.back')}
      >
        <IconArrowLeft size={20} aria-hidden="true" />
      </Link>
      <div className="dossier-who">
        <div className="dossier-line">
          <strong className="dossier-applicant">{about.applicant}</strong>
          <span className="figures dossier-number">{about.code}</span>
          <StateTag dossier={about} />
          {about.late && <LateTag />}
          {about.sample && <Tag>{t('shared:sample')}</Tag>}
        </div>
        <div className="soft dossier-procedure">
          {text(about.procedure.name)} · {text(about.caseName)} · {t(`shared:channel.${about.channel}`)}
          {about.currentStep && ` · ${text(about.currentStep)}`}
        </div>
      </div>
      <div className="dossier-due">
        {due ? (
          <>
            <span>
              {about.reappointedDueAt ? t('dossier.newDue') : t('dossier.due')}{' '}
              <strong>
                <When at={due} />
              </strong>
            </span>
            {about.clock?.stoppedAt && !about.clock.endedAt ? (
              <span className="soft">{t('dossier.stopped')}</span>
            ) : about.clock?.remaining ? (
              <Remaining minutes={about.clock.remainingMinutes} words={text(about.clock.remaining)} />
            ) : (
              about.reappointedDueAt && (
                <span className="soft">
                  {t('task.first')} <When at={about.originalDueAt} />
                </span>
              )
            )}
          </>
        ) : (
          <span className="soft">{t('dossier.noDue')}</span>
        )}
      </div>
    </header>
  )
}
