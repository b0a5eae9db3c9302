import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { type Asked, conformanceOf } from './queries.ts'
import { DeviationWords } from './real-way.tsx'

/** Dossiers that did not go as drawn: what was skipped, repeated, out of order, or done by another role. */
export const Conformance = ({ code, asked }: { code: string; asked: Asked }) => {
  const { t } = useTranslation('studio-heatmap')
  const query = useQuery(conformanceOf(code, asked))
  return (
    <Loaded query={query} lines={3}>
      {({ checked, deviating, kinds, dossiers }) => (
        <>
          <p role="status">
            {t('conformance.sum', { checked, count: deviating })}{' '}
            {kinds.map(({ kind, dossiers: count }) => `${t(`deviation.${kind}`)}: ${count}`).join(' · ')}
          </p>
          {dossiers.length === 0 ? (
            checked > 0 && <Empty title={t('conformance.none')} />
          ) : (
            <ScrollX label={t('conformance.title')} className="heat-scroll">
              <table className="heat-table">
                <thead>
                  <tr>
                    <th scope="col">{t('dossiers.code')}</th>
                    <th scope="col">{t('conformance.version')}</th>
                    <th scope="col">{t('conformance.what')}</th>
                  </tr>
                </thead>
                <tbody>
                  {dossiers.map((one) => (
                    <tr key={one.id}>
                      <th scope="row" className="nowrap">
                        {one.code}
                      </th>
                      <td>{t('version.name', { version: one.version })}</td>
                      <td>
                        {one.deviations.map((deviation) => (
                          <div key={`${deviation.kind} ${deviation.at}`}>
                            <DeviationWords deviation={deviation} />
                          </div>
                        ))}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
        </>
      )}
    </Loaded>
  )
}
