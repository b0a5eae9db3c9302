import { Alert, FileInput, List, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem, api } from '../../app/api.ts'
import type { DraftView } from '../../app/api-types.ts'
import { Ends, TitleInput } from './dialog-parts.tsx'

const Form = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('studio-home')
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState<{ title: string; reasons: string[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const bring = async () => {
    if (!file) return
    setBusy(true)
    setProblem(null)
    try {
      const whole: unknown = JSON.parse(await file.text())
      const draft = await api.post<DraftView>('/api/studio/drafts/import', {
        title: title.trim().normalize('NFC'),
        file: whole,
      })
      await navigate(`/thiet-ke/ban-thao/${draft.id}`)
    } catch (caught) {
      if (caught instanceof SyntaxError) setProblem({ title: t('import.notJson'), reasons: [] })
      else if (caught instanceof ApiProblem)
        setProblem({
          title: caught.message,
          reasons: caught.errors.map(({ field, message }) => `${field}: ${message}`),
        })
      else setProblem({ title: t('failed'), reasons: [] })
      setBusy(false)
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void bring()
      }}
    >
      <Stack>
        <FileInput
          label={t('import.file')}
          description={t('import.fileHelp')}
          placeholder={t('import.choose')}
          accept=".json,application/json"
          value={file}
          onChange={(next) => {
            setFile(next)
            setProblem(null)
          }}
          clearable
          clearButtonProps={{ 'aria-label': t('import.clear') }}
        />
        <TitleInput value={title} onChange={setTitle} />
        {problem && (
          <Alert color="red" role="alert" title={problem.title}>
            {problem.reasons.length > 0 && (
              <List size="sm">
                {problem.reasons.slice(0, 8).map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
              </List>
            )}
          </Alert>
        )}
        <Ends
          make={t('import.make')}
          busy={busy}
          ready={file !== null && title.trim() !== ''}
          onClose={onClose}
        />
      </Stack>
    </form>
  )
}

/** A whole procedure in one file, as another installation exported it, becomes a draft here. */
export const ImportDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('studio-home')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('import.open')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Form onClose={onClose} />
    </Modal>
  )
}
