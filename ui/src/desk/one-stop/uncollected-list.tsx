import { Button, NumberInput, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import type { Uncollected } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { DossierLink, dossierPath, Heads, ProcedureCell } from '../dossier-cells.tsx'
import { uncollected } from './queries.ts'

type Row = Uncollected['dossiers'][number]

const Remind = ({ row }: { row: Row }) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const cache = useQueryClient()
  const remind = useMutation({
    mutationFn: () => api.post(`/api/one-stop/uncollected/${row.id}/remind`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dossiers', 'uncollected'] }),
  })
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconBell size={15} aria-hidden="true" />}
        loading={remind.isPending}
        aria-label={t('oneStop.remindOne', { code: row.code })}
        onClick={() => remind.mutate()}
      >
        {t('oneStop.remind')}
      </Button>
      <Text size="xs" className="soft" role={remind.error ? 'alert' : undefined}>
        {remind.error instanceof ApiProblem
          ? remind.error.message
          : row.reminders > 0 && row.remindedOn
            ? t('oneStop.reminded', { count: row.reminders, day: formatDay(row.remindedOn, language) })
            : t('oneStop.neverReminded')}
      </Text>
    </>
  )
}

const COLUMNS = ['column.dossier', 'column.procedure', 'oneStop.finished', 'oneStop.lies', 'oneStop.remind']

/** Results that lie at the counter; the reminder goes through the one-stop and is kept. */
export const UncollectedList = ({ usual }: { usual: number }) => {
  const { t } = useTranslation('desk')
  const [days, setDays] = useState<number | null>(null)
  const query = useInfiniteQuery(uncollected(days))
  const rows = query.data?.pages.flatMap((page) => page.dossiers) ?? []
  return (
    <>
      <div className="uncollected-days">
        <NumberInput
          size="xs"
          label={t('oneStop.days')}
          min={0}
          max={3650}
          clampBehavior="strict"
          allowDecimal={false}
          value={days ?? usual}
          onChange={(value) => setDays(typeof value === 'number' ? value : null)}
        />
        <Text size="sm" className="soft">
          {t('oneStop.daysHelp', { count: usual })} <UnverifiedTag />
        </Text>
      </div>
      <Loaded query={query}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('oneStop.none.uncollected')} />
          ) : (
            <>
              <ScrollX label={t('oneStop.uncollected')}>
                <table className="worklist watched stacked">
                  <thead>
                    <tr>
                      <Heads keys={COLUMNS} />
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td>
                          <DossierLink to={dossierPath(row.id)} code={row.code} applicant={row.applicant} />{' '}
                          {row.result === 'denied' && <Tag tone="late">{t('shared:result.denied')}</Tag>}
                        </td>
                        <ProcedureCell procedure={row.procedure} />
                        <td className="nowrap" data-label={t('oneStop.finished')}>
                          <When at={row.finishedAt} />
                        </td>
                        <td className="nowrap figures" data-label={t('oneStop.lies')}>
                          {t('oneStop.workingDays', { count: row.days })}
                        </td>
                        <td>
                          <Remind row={row} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
              <More pages={query} />
            </>
          )
        }
      </Loaded>
    </>
  )
}
