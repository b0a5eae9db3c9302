import { Alert, Button, Modal } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { BaseSources, DraftView, ProcedureSource } from '../../app/api-types.ts'
import { say } from '../../app/say.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { renew } from '../review/queries.ts'
import { Choosing } from '../workspace/conflict/choosing.tsx'

const NOTHING: ProcedureSource = { definition: {}, eform: {}, bpmn: '', dmn: '', results: [], examples: [] }

const Merging = ({ draft, onDone }: { draft: DraftView; onDone: () => void }) => {
  const { t } = useTranslation('studio-publishing')
  const cache = useQueryClient()
  const path = `/api/studio/drafts/${draft.id}/base`
  const sources = useQuery({
    queryKey: ['studio-review', draft.id, 'base', draft.revision],
    queryFn: ({ signal }) => api.get<BaseSources>(`${path}?revision=${draft.revision}`, signal),
  })
  const send = useMutation({
    mutationFn: (given: { versionId: string; changes: ProcedureSource }) =>
      api.post(path, { revision: draft.revision, ...given }),
    onSuccess: async () => {
      say(t('base.done'))
      onDone()
      await renew(cache, draft.id)
    },
  })
  return (
    <Loaded query={sources} lines={4}>
      {({ base, mine, theirs: { id, version, source } }) => (
        <>
          {send.error && <Failed problem={send.error} />}
          <Choosing
            base={base ?? NOTHING}
            mine={mine}
            theirs={source}
            busy={send.isPending}
            words={{
              mine: t('base.mine'),
              theirs: t('base.theirs', { version }),
              intro: t('base.intro', { version }),
              drawing: { mine: t('base.drawing.mine'), theirs: t('base.drawing.theirs', { version }) },
              by: {
                me: t('base.by.me'),
                them: t('base.by.them', { version }),
                both: t('base.by.both', { version }),
              },
              all: { mine: t('base.all.mine'), theirs: t('base.all.theirs', { version }) },
              go: t('base.go'),
            }}
            onGo={(changes) => send.mutate({ versionId: id, changes })}
          />
        </>
      )}
    </Loaded>
  )
}

/** The draft was made from another version than the one in force: its author takes in what has changed since. */
export const BaseMerge = ({ draft, version }: { draft: DraftView; version: number }) => {
  const { t } = useTranslation('studio-publishing')
  const [open, setOpen] = useState(false)
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconGitMerge />}
      title={t('base.title', { version })}
      className="publishing-base"
    >
      <p>{t(draft.mayEdit ? 'base.help' : 'base.ask', { version })}</p>
      {draft.mayEdit && (
        <Button size="xs" onClick={() => setOpen(true)}>
          {t('base.open', { version })}
        </Button>
      )}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('base.open', { version })}
        size="90%"
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        {open && <Merging draft={draft} onDone={() => setOpen(false)} />}
      </Modal>
    </Alert>
  )
}
