import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeatElement } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatInstant, workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { type Asked, heatmapDossiersOf } from './queries.ts'
import { WayButton, WayRow } from './way-row.tsx'

/** The dossiers behind an element: codes and times; names are not for analysts. */
export const Dossiers = ({ code, asked, element }: { code: string; asked: Asked; element: HeatElement }) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const language = useLanguage()
  const [open, setOpen] = useState('')
  const query = useQuery(heatmapDossiersOf(code, asked, element.id))
  const time = (minutes: number) => (minutes > 0 ? workingTime(minutes, language) : '–')
  return (
    <Loaded query={query} lines={5}>
      {({ dossiers, total }) =>
        dossiers.length === 0 ? (
          <Empty title={t('dossiers.none')} />
        ) : (
          <>
            <p className="soft" role="status">
              {t('dossiers.count', { count: total, shown: dossiers.length })}
            </p>
            <ScrollX
              label={t('dossiers.title', { name: text(element.name) })}
              className="scroll-x heat-scroll"
            >
              <table className="heat-table stacked">
                <thead>
                  <tr>
                    <th scope="col">{t('dossiers.code')}</th>
                    <th scope="col">{t('dossiers.from')}</th>
                    <th scope="col">{t('dossiers.to')}</th>
                    <th scope="col" className="number">
                      {t('measure.visits')}
                    </th>
                    <th scope="col">{t('measure.work')}</th>
                    <th scope="col">{t('measure.wait')}</th>
                    <th scope="col">{t('measure.overrun')}</th>
                    <th scope="col">{t('dossiers.late')}</th>
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
                        <td className="nowrap" data-label={t('dossiers.from')}>
                          {formatInstant(one.from, language)}
                        </td>
                        <td className="nowrap" data-label={t('dossiers.to')}>
                          {one.to ? formatInstant(one.to, language) : t('dossiers.running')}
                        </td>
                        <td className="number" data-label={t('measure.visits')}>
                          {one.visits}
                        </td>
                        <td data-label={t('measure.work')}>
                          {one.workMinutes > 0 || element.kind === 'wait'
                            ? time(one.workMinutes)
                            : t('dossiers.noWork')}
                        </td>
                        <td data-label={t('measure.wait')}>{time(one.waitMinutes)}</td>
                        <td data-label={t('measure.overrun')}>{time(one.overrunMinutes)}</td>
                        <td data-label={t('dossiers.late')}>
                          {one.late ? t('dossiers.yes') : t('dossiers.no')}
                        </td>
                        <td>
                          <WayButton one={one} open={open} setOpen={setOpen} />
                        </td>
                      </tr>
                      <WayRow one={one} open={open} columns={9} />
                    </Fragment>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </>
        )
      }
    </Loaded>
  )
}
