import { Group, Paper, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConfirmationView } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { ScrollX } from './scroll-x.tsx'
import { Tag, type Tone } from './tags.tsx'
import { When } from './when.tsx'

const TONES: Record<string, Tone> = { confirmed: 'good', amended: 'soon', silent: 'plain', open: 'accent' }

/** What the applicant said to the form, and which answers a correction changed. */
export const Confirmations = ({ confirmations }: { confirmations: ConfirmationView[] }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  if (confirmations.length === 0) return null
  return (
    <Stack gap="sm" mb="md">
      {confirmations.map((one) => (
        <Paper key={one.id} p="md" withBorder>
          <Group justify="space-between" gap="xs">
            <Text fw={600}>{t('confirmation.title')}</Text>
            <Tag tone={TONES[one.outcome ?? 'open']}>
              {t(`confirmation.outcome.${one.outcome ?? 'open'}`)}
            </Tag>
          </Group>
          <dl className="facts">
            <dt>{t('confirmation.asked')}</dt>
            <dd>
              <When at={one.askedAt} />
            </dd>
            <dt>{t('confirmation.until')}</dt>
            <dd>
              <When at={one.answerBy} />
            </dd>
            {one.answeredAt && (
              <>
                <dt>{t('confirmation.answered')}</dt>
                <dd>
                  <When at={one.answeredAt} />
                </dd>
              </>
            )}
          </dl>
          {one.changes.length > 0 && (
            <ScrollX label={t('confirmation.changes')}>
              <Table mt="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('confirmation.field')}</Table.Th>
                    <Table.Th>{t('confirmation.before')}</Table.Th>
                    <Table.Th>{t('confirmation.after')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {one.changes.map((change) => (
                    <Table.Tr key={change.label.vi}>
                      <Table.Td>{text(change.label)}</Table.Td>
                      <Table.Td>{change.before || '–'}</Table.Td>
                      <Table.Td>
                        <strong>{change.after || '–'}</strong>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollX>
          )}
        </Paper>
      ))}
    </Stack>
  )
}
