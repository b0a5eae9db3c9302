import { Group, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api.ts'
import type { ExchangeView } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Tag } from './tags.tsx'
import { When } from './when.tsx'

const TONES = { queued: 'soon', answered: 'good', refused: 'late', cancelled: 'plain' } as const

/** What other systems were asked about the dossier and what they answered; nothing where none was asked. */
export const Exchanges = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const { data } = useQuery({
    queryKey: ['dossier', dossierId, 'exchanges'],
    queryFn: ({ signal }) =>
      api.get<{ exchanges: ExchangeView[] }>(`/api/dossiers/${dossierId}/exchanges`, signal),
    retry: false,
  })
  if (!data || data.exchanges.length === 0) return null
  return (
    <Stack gap="sm" mb="md">
      {data.exchanges.map((one) => (
        <Paper key={one.id} p="md">
          <Group gap="xs" mb="xs">
            <Text fw={600}>{text(one.system)}</Text>
            <Tag tone={TONES[one.state]}>{t(`exchange.state.${one.state}`)}</Tag>
          </Group>
          <dl className="facts">
            <dt>{t('exchange.asked')}</dt>
            <dd>
              <When at={one.askedAt} />
            </dd>
            {one.answeredAt && (
              <>
                <dt>{t('exchange.answered')}</dt>
                <dd>
                  <When at={one.answeredAt} />
                </dd>
              </>
            )}
            {one.answers.map(({ label, value }) => (
              <Fragment key={label.vi}>
                <dt>{text(label)}</dt>
                <dd className="figures">{value}</dd>
              </Fragment>
            ))}
            {one.reason && (
              <>
                <dt>{t('exchange.reason')}</dt>
                <dd>{one.reason}</dd>
              </>
            )}
            {one.state === 'queued' && one.attempts > 0 && (
              <>
                <dt>{t('exchange.attempts')}</dt>
                <dd>
                  {one.attempts}
                  {one.lastError && ` · ${t('exchange.noAnswer')}`}
                </dd>
              </>
            )}
          </dl>
        </Paper>
      ))}
    </Stack>
  )
}
