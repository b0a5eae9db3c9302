import { Alert, Button, Group, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LetterRegister } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { lockBooks } from './queries.ts'

/** Whether the year's books are locked; the head of the agency locks them when the year is over, once asked again. */
export const YearLock = ({
  book: { lock, lockable },
  agencyId,
  year,
}: {
  book: Pick<LetterRegister, 'lock' | 'lockable'>
  agencyId: string
  year: number
}) => {
  const { t } = useTranslation('desk')
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const locking = useMutation({
    mutationFn: () => lockBooks(agencyId, year),
    onSuccess: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: ['registers'] }),
  })
  if (lock)
    return (
      <p className="register-lock">
        <Tag tone="good" icon={IconLock}>
          {t('register.locked', { year, name: lock.lockedBy })}
        </Tag>{' '}
        <When at={lock.lockedAt} />
      </p>
    )
  if (!lockable) return null
  if (!asking)
    return (
      <Button
        size="xs"
        mb="sm"
        variant="default"
        leftSection={<IconLock size={16} />}
        onClick={() => setAsking(true)}
      >
        {t('register.lock', { year })}
      </Button>
    )
  return (
    <Alert color="yellow" variant="light" mb="sm" title={t('register.lock', { year })}>
      <Text size="sm">{t('register.lockAsk', { year })}</Text>
      {locking.error && <Failed problem={locking.error} />}
      <Group mt="xs" gap="xs">
        <Button size="xs" loading={locking.isPending} onClick={() => locking.mutate()}>
          {t('register.lockYes')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking(false)}>
          {t('register.lockNo')}
        </Button>
      </Group>
    </Alert>
  )
}
