import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { FindingRow } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { ExplanationTag } from '../late/explanation-tag.tsx'
import { findingList } from '../queries.ts'
import { rememberRow, useReturnToRow } from '../return-row.ts'

const COLUMNS = ['dossier', 'kind', 'at', 'owner', 'state'] as const

const Rows = ({ findings, base }: { findings: FindingRow[]; base: string }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { search } = useLocation()
  useReturnToRow(true)
  return (
    <ScrollX label={t('findings.title')} className="late-scroll">
      <table className="late-table">
        <caption className="visually-hidden">{t('findings.title')}</caption>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`findings.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map((one) => (
            <tr key={one.id} data-row={one.id}>
              <th scope="row">
                <Link
                  to={`${base}/${one.id}`}
                  state={{ list: search }}
                  className="figures late-code"
                  onClick={() => rememberRow(one.id)}
                >
                  {one.dossier.code}
                </Link>
              </th>
              <td>
                {text(one.kind.name)}
                <span className="late-under soft">
                  {text(one.kind.reason)}
                  {one.why && ` ${t('findings.why', { reason: text(one.why) })}`}
                </span>
              </td>
              <td>
                <When at={one.at} />
                <span className="late-under soft">
                  {one.addedBy ? t('findings.by', { name: one.addedBy.name }) : t('findings.byClock')}
                </span>
              </td>
              <td>
                {one.owner ? (
                  <>
                    {one.owner.person?.name ?? text(one.owner.unit.name)}
                    <span className="late-under soft">
                      {one.owner.person && `${text(one.owner.unit.name)}, `}
                      {text(one.owner.agency.name)}
                    </span>
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td>
                <ExplanationTag state={one.state === 'none' ? 'finding' : one.state} />
                {one.dueAt && one.state !== 'concluded' && (
                  <span className="late-under soft nowrap">
                    {t('findings.by2')} <When at={one.dueAt} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Findings that the filters keep, page by page. `base`: under which address one of them opens. */
export const FindingsList = ({ filter, base }: { filter: Record<string, string>; base: string }) => {
  const { t } = useTranslation('audit')
  const query = useInfiniteQuery(findingList(filter))
  return (
    <Loaded query={query} lines={8}>
      {({ pages }) => {
        const findings = pages.flatMap((page) => page.findings)
        return findings.length === 0 ? (
          <Empty title={t('findings.none')} />
        ) : (
          <>
            <Rows findings={findings} base={base} />
            <More pages={query} />
          </>
        )
      }}
    </Loaded>
  )
}
