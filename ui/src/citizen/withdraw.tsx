import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../app/api.ts'
import { Failed } from '../app/states.tsx'

/** Withdrawing asks for a reason, and is checked by the one-stop before it takes effect (rules 11). */
export const Withdraw = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('citizen')
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const key = useRef(crypto.randomUUID())
  const sending = useMutation({
    mutationFn: () =>
      api.post(`/api/dossiers/${dossierId}/withdrawal`, { reason: reason.trim() }, key.current),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['dossier', dossierId] }),
  })
  if (sending.isSuccess) return <Text role="status">{t('withdraw.sent')}</Text>
  if (!open) {
    return (
      <div>
        <Button variant="subtle" color="gray" onClick={() => setOpen(true)}>
          {t('withdraw.open')}
        </Button>
      </div>
    )
  }
  return (
    <Paper p="md" component="section">
      <Stack gap="sm">
        <Text fw={600}>{t('withdraw.title')}</Text>
        <Text size="sm">{t('withdraw.help')}</Text>
        <Textarea
          label={t('withdraw.reason')}
          autosize
          minRows={2}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={
            missing && !reason.trim() ? t('withdraw.reasonMissing') : fieldProblem(sending.error, 'reason')
          }
        />
        {sending.error && !fieldProblem(sending.error, 'reason') && <Failed problem={sending.error} />}
        <Group>
          <Button
            color="red.9"
            loading={sending.isPending}
            onClick={() => (reason.trim() ? sending.mutate() : setMissing(true))}
          >
            {t('withdraw.send')}
          </Button>
          <Button variant="default" onClick={() => setOpen(false)}>
            {t('withdraw.keep')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
