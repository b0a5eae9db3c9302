import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

/** Who filed. Contact goes through the one-stop only (rules 12), so there is nothing to press here. */
export const PersonFacts = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const facts = [
    ['name', about.person.name],
    ['identityNo', about.person.identityNo],
    ['phone', about.person.phone],
    ['email', about.person.email],
    ['address', about.person.address],
    ['place', text(about.place.name)],
  ] as const
  return (
    <section className="person-facts">
      <h2 className="section-title">{t('person.title')}</h2>
      <dl className="facts">
        {facts.map(([fact, value]) =>
          value ? [<dt key={fact}>{t(`person.${fact}`)}</dt>, <dd key={`${fact}=`}>{value}</dd>] : null,
        )}
      </dl>
      <h2 className="section-title">{t('section.form')}</h2>
    </section>
  )
}
