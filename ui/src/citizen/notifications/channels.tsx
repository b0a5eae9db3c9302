import { Checkbox, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { MyChannels } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'

type Channel = MyChannels['channels'][number]['channel']
const key = ['notifications', 'channels']

/** By which channels beside mail the person agrees to be written to; each change takes effect at once. */
export const Channels = () => {
  const { t } = useTranslation('citizen')
  const cache = useQueryClient()
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<MyChannels>('/api/my/channels', signal),
  })
  const change = useMutation({
    mutationFn: (body: { channel: Channel; given: boolean }) => api.put<MyChannels>('/api/my/channels', body),
    onSuccess: (changed) => cache.setQueryData(key, changed),
  })
  if (!data) return null
  return (
    <Paper p="md" mb="md" component="section" aria-label={t('channels.title')}>
      <Text fw={600}>{t('channels.title')}</Text>
      <Text size="sm" className="soft" mb="xs">
        {data.phone ? t('channels.help', { phone: data.phone }) : t('channels.noPhone')}
      </Text>
      <Stack gap="xs">
        {data.channels.map(({ channel, givenAt }) => (
          <Checkbox
            key={channel}
            label={t(`channels.${channel}`)}
            checked={givenAt !== null}
            disabled={change.isPending || (!data.phone && givenAt === null)}
            onChange={(event) => change.mutate({ channel, given: event.currentTarget.checked })}
          />
        ))}
      </Stack>
      {change.error && <Failed problem={change.error} />}
    </Paper>
  )
}
