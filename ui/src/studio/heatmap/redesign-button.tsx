import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem, api } from '../../app/api.ts'
import type { DraftView, Text } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { useAbility } from '../../app/session.tsx'

/** Begins a draft from a version and opens it; only for whoever may make one. */
export const RedesignButton = ({
  code,
  name,
  versionId,
  quiet = false,
}: {
  code: string
  name: Text
  versionId: string
  quiet?: boolean
}) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const go = useNavigate()
  const key = useId()
  const begin = useMutation({
    mutationFn: () =>
      api.post<DraftView>(
        '/api/studio/drafts',
        { code, from: { version: versionId }, title: t('redesign.draft', { name: text(name) }) },
        `${key}-${versionId}-${Date.now()}`,
      ),
    onSuccess: ({ id }) => go(`/thiet-ke/ban-thao/${id}`),
    onError: (problem) => say(problem instanceof ApiProblem ? problem.message : t('redesign.failed')),
  })
  if (!useAbility().can('create', 'Draft')) return null
  return (
    <Button
      size={quiet ? 'xs' : 'sm'}
      variant={quiet ? 'default' : 'filled'}
      leftSection={<IconPencil size={16} aria-hidden="true" />}
      loading={begin.isPending}
      onClick={() => begin.mutate()}
      aria-label={t('redesign.label', { code })}
    >
      {t('redesign.button')}
    </Button>
  )
}
