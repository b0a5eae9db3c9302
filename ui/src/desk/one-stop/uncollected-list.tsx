import { Button, NumberInput, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, api } from '../../app/api.ts'
import type { Uncollected } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
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

/** Results that lie at the counter; the reminder goes through the one-stop and is kept. */
export const UncollectedList = ({ usual }: { usual: number }) => {
  const { t } = useTranslation('desk')
  const text = useText()
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
                <table className="worklist watched">
                  <thead>
                    <tr>
                      <th scope="col">{t('column.dossier')}</th>
                      <th scope="col">{t('column.procedure')}</th>
                      <th scope="col">{t('oneStop.finished')}</th>
                      <th scope="col">{t('oneStop.lies')}</th>
                      <th scope="col">{t('oneStop.remind')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td>
                          <Link to={`/ban-lam-viec/ho-so/${row.id}`} className="row-link">
                            <span className="figures row-code">{row.code}</span>{' '}
                            <strong>{row.applicant}</strong>
                          </Link>{' '}
                          {row.result === 'denied' && <Tag tone="late">{t('shared:result.denied')}</Tag>}
                        </td>
                        <td className="watched-procedure">
                          <span className="figures soft">{row.procedure.code}</span>{' '}
                          {text(row.procedure.name)}
                        </td>
                        <td className="nowrap">
                          <When at={row.finishedAt} />
                        </td>
                        <td className="nowrap figures">{t('oneStop.workingDays', { count: row.days })}</td>
                        <td>
                          <Remind row={row} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
              {query.hasNextPage && (
                <Button
                  size="xs"
                  variant="default"
                  mt="xs"
                  onClick={() => query.fetchNextPage()}
                  loading={query.isFetchingNextPage}
                >
                  {t('dossiers.more')}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  )
}
