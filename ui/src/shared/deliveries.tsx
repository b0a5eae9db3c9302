import { Paper, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api.ts'
import type { Delivery } from '../app/api-types.ts'
import { ScrollX } from './scroll-x.tsx'
import { Tag, type Tone } from './tags.tsx'
import { When } from './when.tsx'

const TONES: Record<Delivery['state'], Tone> = {
  queued: 'soon',
  sent: 'good',
  accepted: 'good',
  shown: 'plain',
  off: 'plain',
  withdrawn: 'plain',
  unknown: 'late',
  failed: 'late',
}

/**
 * What was sent to those who filed, by which channel, and what proves it; nothing where nothing was. With `letterIds`,
 * only what carried one of these letters.
 */
export const Deliveries = ({ dossierId, letterIds }: { dossierId: string; letterIds?: string[] }) => {
  const { t } = useTranslation('shared')
  const { data } = useQuery({
    queryKey: ['dossier', dossierId, 'deliveries'],
    queryFn: ({ signal }) => api.get<{ items: Delivery[] }>(`/api/dossiers/${dossierId}/deliveries`, signal),
    retry: false,
  })
  const items = data?.items.filter(
    ({ letterId }) => !letterIds || (letterId !== null && letterIds.includes(letterId)),
  )
  if (!items || items.length === 0) return null
  return (
    <Paper component="section" p="md" mt="sm" aria-label={t('delivery.title')}>
      <Text fw={600} mb="xs">
        {t('delivery.title')}
      </Text>
      <ScrollX label={t('delivery.title')}>
        <Table className="figures" miw={900}>
          <Table.Thead>
            <Table.Tr>
              {(['channel', 'subject', 'to', 'state', 'taken', 'read', 'proof'] as const).map((name) => (
                <Table.Th key={name}>{t(`delivery.head.${name}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((one) => (
              <Table.Tr key={`${one.channel}/${one.id}`}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{t(`delivery.channel.${one.channel}`)}</Table.Td>
                <Table.Td>{one.subject}</Table.Td>
                <Table.Td>{one.address}</Table.Td>
                <Table.Td>
                  <Tag tone={TONES[one.state]}>{t(`delivery.state.${one.state}`)}</Tag>
                  {one.attempts > 1 && (
                    <Text size="xs" className="soft">
                      {t('delivery.attempts', { n: one.attempts })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <When at={one.takenAt} />
                </Table.Td>
                <Table.Td>
                  <When at={one.readAt} />
                </Table.Td>
                <Table.Td>{one.providerId ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
    </Paper>
  )
}
