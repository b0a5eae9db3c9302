import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'

/** A part of a group that needs a verification takes the longer limit of the group's text, with a reason. */
export const Verification = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const key = useRef(crypto.randomUUID())
  const sending = useMutation({
    mutationFn: () =>
      api.post(`/api/dossiers/${dossierId}/verification`, { reason: reason.trim() }, key.current),
    onSuccess: () =>
      Promise.all(['dossier', 'task'].map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  })
  if (sending.isSuccess) return null
  if (!open)
    return (
      <Button variant="subtle" color="gray" size="sm" mt="sm" onClick={() => setOpen(true)}>
        {t('verification.open')}
      </Button>
    )
  const problem = fieldProblem(sending.error, 'reason')
  return (
    <Paper p="md" mt="sm" component="section" aria-label={t('verification.open')}>
      <Stack gap="sm">
        <Text size="sm">{t('verification.help')}</Text>
        <Textarea
          label={t('verification.reason')}
          withAsterisk
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={missing && !reason.trim() ? t('verification.missing') : problem}
        />
        {sending.error && !problem && <Failed problem={sending.error} />}
        <Group>
          <Button
            size="sm"
            loading={sending.isPending}
            onClick={() => (reason.trim() ? sending.mutate() : setMissing(true))}
          >
            {t('verification.send')}
          </Button>
          <Button size="sm" variant="default" onClick={() => setOpen(false)}>
            {t('verification.keep')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
