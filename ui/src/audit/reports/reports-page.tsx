import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { ReportList } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { FileButton } from '../../shared/file-button.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { PeriodPage } from '../audit-page.tsx'
import { useFilters } from '../late/filters.ts'
import { PeriodBar } from '../late/period-bar.tsx'
import { auditReports } from '../queries.ts'

type Row = ReportList['reports'][number]

const Signing = ({ report }: { report: Row }) => {
  const { t } = useTranslation('audit')
  const cache = useQueryClient()
  const sign = useMutation({
    mutationFn: () => api.post(`/api/audit/reports/${report.id}/signature`, {}, crypto.randomUUID()),
    onSettled: () => cache.invalidateQueries({ queryKey: ['audit-reports'] }),
  })
  if (report.signedAt)
    return (
      <>
        {t('reports.signed')} <When at={report.signedAt} />
        <span className="late-under soft">{report.signedBy?.name}</span>
      </>
    )
  if (!report.mine) return <>{t('reports.draft')}</>
  return (
    <>
      <Button size="compact-sm" loading={sign.isPending} onClick={() => sign.mutate()}>
        {t('reports.sign')}
      </Button>
      {sign.error && <Failed problem={sign.error} />}
    </>
  )
}

const Rows = ({ reports }: { reports: Row[] }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  if (reports.length === 0) return <Empty title={t('reports.none')}>{t('reports.noneHelp')}</Empty>
  return (
    <ScrollX label={t('reports.title')} className="late-scroll">
      <table className="late-table">
        <thead>
          <tr>
            {(['period', 'says', 'made', 'signature', 'files'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`reports.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.id}>
              <th scope="row">
                {formatDay(report.from, language)} – {formatDay(report.to, language)}
                <span className="late-under soft">
                  {report.agency ? text(report.agency.name) : t('period.everywhere')}
                </span>
              </th>
              <td>{text(report.sentence)}</td>
              <td>
                <When at={report.madeAt} />
                <span className="late-under soft">{report.madeBy.name}</span>
              </td>
              <td>
                <Signing report={report} />
              </td>
              <td>
                <Group gap={6} wrap="nowrap">
                  <FileButton size="compact-sm" href={`/api/audit/reports/${report.id}/file?format=pdf`}>
                    PDF
                  </FileButton>
                  <FileButton size="compact-sm" href={`/api/audit/reports/${report.id}/file?format=docx`}>
                    DOCX
                  </FileButton>
                </Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

const View = ({ today }: { today: string }) => {
  const { t } = useTranslation('audit')
  const { filters, set } = useFilters(today)
  const cache = useQueryClient()
  const query = useQuery(auditReports())
  const make = useMutation({
    mutationFn: () =>
      api.post(
        '/api/audit/reports',
        { from: filters.from, to: filters.to, agencyId: filters.agency || null },
        crypto.randomUUID(),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['audit-reports'] }),
  })
  return (
    <>
      <PeriodBar filters={filters} set={set} today={today} report={undefined}>
        <Button size="sm" loading={make.isPending} onClick={() => make.mutate()}>
          {t('reports.make')}
        </Button>
      </PeriodBar>
      <p className="soft">{t('reports.help')}</p>
      {make.error && <Failed problem={make.error} />}
      <Loaded query={query} lines={6}>
        {({ reports }) => <Rows reports={reports} />}
      </Loaded>
    </>
  )
}

/** Reports: figures and findings of a period, frozen, signed, as PDF and DOCX. */
export default function ReportsPage() {
  const { t } = useTranslation('audit')
  return <PeriodPage title={t('reports.title')} view={View} />
}
