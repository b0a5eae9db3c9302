import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { When } from '../shared/when.tsx'

/** Who has opened the applicant's personal data, when and why. */
export const Openings = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const { sight, openings } = about.personal
  if (sight !== 'own') return null
  return (
    <section>
      <h2 className="section-title">{t('openings.title')}</h2>
      <Paper p="md">
        <Text size="sm" className="soft" mb={openings.length > 0 ? 'sm' : 0}>
          {t(openings.length > 0 ? 'openings.help' : 'openings.none')}
        </Text>
        {openings.length > 0 && (
          <ol className="history">
            {openings.map((one) => (
              <li key={`${one.at}${one.by}`}>
                <span className="history-at">
                  <When at={one.at} />
                </span>
                <div>
                  <Text size="sm" fw={500}>
                    {one.by}, {text(one.unit)}, {text(one.agency)}
                  </Text>
                  <Text size="sm" className="soft">
                    {text(one.reason)}
                    {one.until !== one.at && (
                      <>
                        {' '}
                        · {t('openings.until')} <When at={one.until} />
                      </>
                    )}
                  </Text>
                </div>
              </li>
            ))}
          </ol>
        )}
      </Paper>
    </section>
  )
}
