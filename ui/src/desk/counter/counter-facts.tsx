import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { PrintLink } from './print-link.tsx'

const TONES = { scanned: 'good', original: 'good', presented: 'plain', missing: 'late' } as const

/** How a dossier came over the counter and left it: by whose consent, what was checked, who collected; and its prints. */
export const CounterFacts = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { counterFiling: filing, paperChecks: checks, collection } = about
  if (!about.can.note && !filing && !collection) return null
  return (
    <section className="person-facts" aria-label={t('counterFacts.title')}>
      <Group gap="lg" mb="xs">
        {about.can.note && (
          <PrintLink href={`/api/dossiers/${about.id}/cover`} label={t('counterFacts.cover')} />
        )}
        {collection && (
          <PrintLink href={`/api/dossiers/${about.id}/collection`} label={t('counterFacts.slip')} />
        )}
      </Group>
      {(filing || collection) && (
        <dl className="facts">
          {filing && (
            <>
              <dt>{t('counterFacts.typedBy')}</dt>
              <dd>
                {filing.clerk}, <When at={filing.consentAt} />
              </dd>
              <dt>{t('counterFacts.consent')}</dt>
              <dd>
                {t(`citizen:filing.consent.${filing.consent}`)},{' '}
                {filing.consentBy === 'applicant' ? about.person.name : filing.representative?.fullName}
              </dd>
            </>
          )}
          {filing?.representative && (
            <>
              <dt>{t('counterFacts.representative')}</dt>
              <dd>
                {filing.representative.fullName},{' '}
                <span className="figures">{filing.representative.identityNo}</span> ·{' '}
                {t(`citizen:filing.representative.papers.${filing.representative.paper}`)}{' '}
                {filing.representative.paperText}
              </dd>
            </>
          )}
          {collection && (
            <>
              <dt>{t('counterFacts.collected')}</dt>
              <dd>
                {collection.fullName}, {collection.identityPaper}{' '}
                <span className="figures">{collection.identityNo}</span>
                {collection.authorisation && ` · ${collection.authorisation}`} ·{' '}
                {t(`counterFacts.signed.${collection.signed}`)} · <When at={collection.at} />,{' '}
                {collection.clerk}
              </dd>
            </>
          )}
        </dl>
      )}
      {checks.length > 0 && (
        <ScrollX label={t('counterFacts.checklist')}>
          <table className="worklist handover-table">
            <thead>
              <tr>
                {['paper', 'how', 'pages', 'original', 'note'].map((column) => (
                  <th key={column} scope="col">
                    {t(`counterFacts.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {checks.map((check) => (
                <tr key={check.paperKey}>
                  <td>{text(check.name)}</td>
                  <td className="nowrap">
                    <Tag tone={TONES[check.state]}>{t(`citizen:filing.checklist.state.${check.state}`)}</Tag>
                  </td>
                  <td className="figures">{check.pages || '–'}</td>
                  <td className="nowrap">
                    {check.state === 'missing' ? '–' : t(`counterFacts.${check.kept ? 'kept' : 'givenBack'}`)}
                  </td>
                  <td>{check.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  )
}

/** Papers as files: what was seen or taken as the original without a scan stands on the checklist above, and is not missing. */
export const filesOf = (about: DossierPage): DossierPage['papers'] =>
  about.papers.filter(
    ({ key, documents }) =>
      documents.length > 0 ||
      !about.paperChecks.some(({ paperKey, state }) => paperKey === key && state !== 'missing'),
  )
