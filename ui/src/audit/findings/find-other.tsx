import { Button } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'

/** Records what an auditor sees in a dossier that no rule names, and goes on to asking about it. */
export const FindOther = ({ id }: { id: string }) => {
  const { t } = useTranslation('audit')
  const navigate = useNavigate()
  const cache = useQueryClient()
  const add = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>('/api/findings', { dossierId: id, kind: 'other' }, crypto.randomUUID()),
    onSuccess: async (found) => {
      await cache.invalidateQueries({ queryKey: ['late'] })
      await navigate(`/kiem-tra/phat-hien/${found.id}`)
    },
  })
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconFlag size={16} />}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {t('gamed.findOther')}
      </Button>
      {add.error && <Failed problem={add.error} />}
    </>
  )
}
