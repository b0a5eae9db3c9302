import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'

/** The number on a card against the applicant's, which the clerk sees masked: typed, and answered with yes or no. */
export const CompareCard = ({ dossierId, onMatch }: { dossierId: string; onMatch: () => void }) => {
  const { t } = useTranslation('desk')
  const [typed, setTyped] = useState('')
  const asking = useMutation({
    mutationFn: () =>
      api.post<{ match: boolean }>(`/api/dossiers/${dossierId}/identity-check`, { identityNo: typed.trim() }),
    onSuccess: ({ match }) => match && onMatch(),
  })
  const ask = () => typed.trim() && !asking.isPending && asking.mutate()
  const wrong = asking.data?.match === false ? t('return.matchesNot') : asking.error?.message
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('return.compareNo')}
          description={t('return.compareHelp')}
          inputMode="numeric"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            asking.reset()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            ask()
          }}
          error={!!wrong}
          autoComplete="off"
        />
        <Button variant="default" disabled={!typed.trim()} loading={asking.isPending} onClick={ask}>
          {t('return.compare')}
        </Button>
      </Group>
      {wrong && (
        <Text size="sm" className="tone-late" role="alert" mt={4}>
          {wrong}
        </Text>
      )}
      {asking.data?.match && (
        <Text size="sm" className="with-icon tone-good" role="status" mt={4}>
          <IconCheck size={16} aria-hidden="true" /> {t('return.matches')}
        </Text>
      )}
    </div>
  )
}
