import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { type Asked, conformanceOf } from './queries.ts'
import { DeviationWords } from './real-way.tsx'
import { WayButton, WayRow } from './way-row.tsx'

/** Dossiers that did not go as drawn: what was skipped, repeated, out of order, or done by another role. */
export const Conformance = ({ code, asked }: { code: string; asked: Asked }) => {
  const { t } = useTranslation('studio-heatmap')
  const [open, setOpen] = useState('')
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
            <ScrollX label={t('conformance.title')} className="scroll-x heat-scroll">
              <table className="heat-table stacked">
                <thead>
                  <tr>
                    <th scope="col">{t('dossiers.code')}</th>
                    <th scope="col">{t('conformance.version')}</th>
                    <th scope="col">{t('conformance.what')}</th>
                    <th scope="col">{t('dossiers.way')}</th>
                  </tr>
                </thead>
                <tbody>
                  {dossiers.map((one) => (
                    <Fragment key={one.id}>
                      <tr>
                        <th scope="row" className="nowrap">
                          {one.code}
                        </th>
                        <td data-label={t('conformance.version')}>
                          {t('version.name', { version: one.version })}
                        </td>
                        <td>
                          {one.deviations.map((deviation) => (
                            <div key={`${deviation.kind} ${deviation.at}`}>
                              <DeviationWords deviation={deviation} />
                            </div>
                          ))}
                        </td>
                        <td>
                          <WayButton one={one} open={open} setOpen={setOpen} />
                        </td>
                      </tr>
                      <WayRow one={one} open={open} columns={4} />
                    </Fragment>
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
