import { Alert, Button, Group, Stack, Textarea } from '@mantine/core'
import { IconCheck, IconSend, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, api, fieldProblem } from '../../app/api.ts'
import type { DraftView } from '../../app/api-types.ts'
import { say } from '../../app/say.ts'
import { useAbility } from '../../app/session.tsx'
import { Failed } from '../../app/states.tsx'
import { renew } from './queries.ts'

/** Somebody has saved since: reading on would approve what nobody has read. */
const isStale = (problem: unknown) =>
  problem instanceof ApiProblem && problem.type === 'urn:mot-cua:draft-changed'

const Problem = ({ problem, again }: { problem: unknown; again: () => void }) => {
  const { t } = useTranslation('studio-review')
  if (!isStale(problem)) return <Failed problem={problem} />
  return (
    <Alert color="yellow" title={t('stale.title')} role="alert">
      {(problem as ApiProblem).message}{' '}
      <Button size="compact-sm" variant="default" onClick={again}>
        {t('stale.again')}
      </Button>
    </Alert>
  )
}

const Submit = ({ draft }: { draft: DraftView }) => {
  const { t } = useTranslation('studio-review')
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: () => api.post(`/api/studio/drafts/${draft.id}/submit`, { revision: draft.revision }),
    onSuccess: async () => {
      say(t('submit.done'))
      await renew(cache, draft.id)
    },
  })
  return (
    <Stack gap="xs">
      <p className="soft">{t('submit.help')}</p>
      {send.error && <Problem problem={send.error} again={() => renew(cache, draft.id)} />}
      <div>
        <Button leftSection={<IconSend size={16} />} loading={send.isPending} onClick={() => send.mutate()}>
          {t('submit.send', { revision: draft.revision })}
        </Button>
      </div>
    </Stack>
  )
}

const Decide = ({ draft }: { draft: DraftView }) => {
  const { t } = useTranslation('studio-review')
  const cache = useQueryClient()
  const [note, setNote] = useState('')
  const give = useMutation({
    mutationFn: (verdict: 'approved' | 'sent-back') =>
      api.post(`/api/studio/drafts/${draft.id}/verdict`, {
        revision: draft.revision,
        verdict,
        note: note.trim(),
      }),
    onSuccess: async (_answer, verdict) => {
      say(t(`verdict.done.${verdict}`))
      await renew(cache, draft.id)
    },
  })
  return (
    <Stack gap="xs">
      <p className="soft">{t('verdict.help', { revision: draft.revision })}</p>
      <Textarea
        label={t('verdict.note')}
        description={t('verdict.noteHelp')}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={fieldProblem(give.error, 'note')}
      />
      {give.error && !fieldProblem(give.error, 'note') && (
        <Problem problem={give.error} again={() => renew(cache, draft.id)} />
      )}
      <Group gap="xs">
        <Button
          leftSection={<IconCheck size={16} />}
          loading={give.isPending}
          onClick={() => give.mutate('approved')}
        >
          {t('verdict.approve')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconX size={16} />}
          disabled={give.isPending}
          onClick={() => give.mutate('sent-back')}
        >
          {t('verdict.sendBack')}
        </Button>
      </Group>
    </Stack>
  )
}

/** What can be done now, by whom; for everybody else what the draft waits for. */
export const Verdict = ({ draft }: { draft: DraftView }) => {
  const { t } = useTranslation('studio-review')
  const publishes = useAbility().can('create', 'Publication')
  if (draft.state === 'draft')
    return draft.mayEdit ? <Submit draft={draft} /> : <p className="soft">{t('state.draftHelp')}</p>
  if (draft.state === 'review')
    return draft.mayDecide ? <Decide draft={draft} /> : <p className="soft">{t('state.reviewHelp')}</p>
  if (draft.state === 'approved')
    return (
      <Stack gap="xs">
        <p className="soft">{t(publishes ? 'state.approvedPublish' : 'state.approvedHelp')}</p>
        <div>
          <Button component={Link} to={`/thiet-ke/ban-thao/${draft.id}/ban-hanh`}>
            {t('toPublishing')}
          </Button>
        </div>
      </Stack>
    )
  return <p className="soft">{t(`state.${draft.state}Help`)}</p>
}
