import { Alert, Button, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconExternalLink, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import { FileButton } from '../../shared/file-button.tsx'

/** Where a letter in the making is shown: the reading side of the dossier page, instead of the papers. */
export const BESIDE = 'beside-panel'

/** The wait after the last key before the letter is drawn anew. */
const PAUSE_MS = 700

type Asked = { taskId: string; outcome: string; data: Record<string, unknown> }

const useBeside = (): HTMLElement | null => {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  useEffect(() => setPlace(document.getElementById(BESIDE)), [])
  return place
}

const Sheet = ({ asked, title, onClose }: { asked: Asked; title: string; onClose: () => void }) => {
  const { t } = useTranslation('desk')
  const [body] = useDebouncedValue(JSON.stringify({ outcome: asked.outcome, data: asked.data }), PAUSE_MS)
  const drawn = useQuery({
    queryKey: ['preview', asked.taskId, body],
    queryFn: () => api.post<{ id: string }>(`/api/tasks/${asked.taskId}/preview`, JSON.parse(body)),
    placeholderData: (previous) => previous,
    staleTime: 30 * 60_000,
    retry: false,
  })
  const url = drawn.data && `/api/previews/${drawn.data.id}/pdf`
  const problem = drawn.error
  // On a narrow screen the reading side lies below the panel: what was asked for comes into sight.
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    const top = sheet.current?.getBoundingClientRect().top ?? 0
    if (top > window.innerHeight * 0.8) sheet.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <section ref={sheet} className="letter-preview" aria-label={title}>
      <header className="letter-preview-head">
        <Text fw={600}>{title}</Text>
        <Text size="sm" className="soft" role="status">
          {drawn.isFetching ? t('preview.drawing') : t('preview.help')}
        </Text>
        {url && (
          <FileButton href={url} size="compact-sm" icon={<IconExternalLink size={16} />}>
            {t('preview.open')}
          </FileButton>
        )}
        <Button size="compact-sm" variant="default" leftSection={<IconX size={16} />} onClick={onClose}>
          {t('preview.close')}
        </Button>
      </header>
      {problem instanceof ApiProblem && problem.errors.length > 0 ? (
        <Alert color="yellow" title={t('preview.notYet')}>
          {[...new Set(problem.errors.map(({ message }) => message))].map((message) => (
            <Text key={message} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      ) : (
        problem && <Failed problem={problem} retry={() => drawn.refetch()} />
      )}
      {url && !problem && <iframe className="preview" src={url} title={title} />}
    </section>
  )
}

/** The letter as a decision would write it, drawn anew while the words change, beside the panel that asks for them. */
export const LivePreview = ({ title, ...asked }: Asked & { title: string }) => {
  const { t } = useTranslation('desk')
  const beside = useBeside()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('preview.hide') : t('preview.show')}
      </Button>
      {open &&
        beside &&
        createPortal(<Sheet asked={asked} title={title} onClose={() => setOpen(false)} />, beside)}
    </>
  )
}
