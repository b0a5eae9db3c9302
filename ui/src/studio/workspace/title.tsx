import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { useDraftEditor, useDraftStore } from '../draft/draft-context.tsx'
import { draftPath } from '../draft/remote.ts'
import { sayProblem } from './say.ts'

const Renaming = ({ onEnd }: { onEnd: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const store = useDraftStore()
  const { draft } = useDraftEditor()
  const [title, setTitle] = useState(draft.title)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const save = async () => {
    const wanted = title.trim()
    if (!wanted || wanted === draft.title) return onEnd()
    setBusy(true)
    try {
      const given = await api.post<{ title: string }>(`${draftPath(draft.id)}/rename`, { title: wanted })
      store.retitle(given.title)
      onEnd()
    } catch (problem) {
      sayProblem(problem, t('title.refused'))
      setBusy(false)
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          ref={field}
          size="sm"
          w={460}
          maxLength={200}
          aria-label={t('title.label')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && onEnd()}
        />
        <Button type="submit" size="xs" loading={busy}>
          {t('title.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onEnd}>
          {t('title.cancel')}
        </Button>
      </Group>
    </form>
  )
}

/** The draft's name, which whoever may change the draft may change too. */
export const Title = ({ narrow }: { narrow: boolean }) => {
  const { t } = useTranslation('studio-workspace')
  const { draft } = useDraftEditor()
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const end = () => {
    setEditing(false)
    setTimeout(() => button.current?.focus())
  }
  if (editing) return <Renaming onEnd={end} />
  return (
    <div className="studio-title">
      {draft.title}
      {draft.mayEdit && !narrow && (
        <Tooltip label={t('title.edit')}>
          <ActionIcon
            ref={button}
            variant="subtle"
            color="gray"
            size="sm"
            ml={6}
            aria-label={t('title.edit')}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}
