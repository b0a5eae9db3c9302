import { Button, FileButton, Group, Progress, Text } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconCamera,
  IconCheck,
  IconClock,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, upload } from '../app/api.ts'
import type { ProcedurePaper, Text as RecordText, Upload } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { formatSize } from '../shared/format.ts'

export type Uploaded = Pick<Upload, 'id' | 'fileName' | 'size'>
type Rules = Pick<ProcedurePaper, 'accept' | 'maxBytes'>
type Sending = { key: string; name: string; share: number }
type Waiting = { key: string; file: File }

/** How often a file that found no server is sent again. */
const AGAIN_MS = 5_000

const DEFAULT_RULES: Rules = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 26_214_400 }

/**
 * One paper with its files, chosen, dropped or photographed: sent while the rest is filled in. A refusal says why and
 * what to do; without a network the file waits and is sent when it is back.
 */
export const UploadField = ({
  name,
  hint,
  rules = DEFAULT_RULES,
  files,
  onChange,
  error,
  plain = false,
}: {
  name: RecordText
  hint?: ReactNode
  rules?: Rules
  files: Uploaded[]
  onChange: (change: (files: Uploaded[]) => Uploaded[]) => void
  error?: string
  /** Within a frame that names the paper already. */
  plain?: boolean
}) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const [sending, setSending] = useState<Sending[]>([])
  const [refusals, setRefusals] = useState<string[]>([])
  const [waiting, setWaiting] = useState<Waiting[]>([])
  const [over, setOver] = useState(false)

  const refusalOf = (file: File): string | undefined => {
    if (file.size === 0) return t('upload.empty', { name: file.name })
    if (file.size > rules.maxBytes)
      return t('upload.tooLarge', { name: file.name, limit: formatSize(rules.maxBytes, language) })
    if (file.type && !rules.accept.includes(file.type)) return t('upload.wrongType', { name: file.name })
    return undefined
  }

  const send = async (file: File) => {
    const refused = refusalOf(file)
    if (refused) return setRefusals((all) => [...all, refused])
    const key = crypto.randomUUID()
    setSending((all) => [...all, { key, name: file.name, share: 0 }])
    try {
      const done = await upload<Upload>('/api/uploads', file, (share) =>
        setSending((all) => all.map((one) => (one.key === key ? { ...one, share } : one))),
      )
      onChange((now) => [...now, { id: done.id, fileName: done.fileName, size: done.size }])
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 0)
        return setWaiting((all) => [...all, { key, file }])
      const why = problem instanceof ApiProblem ? problem.message : t('upload.failed')
      setRefusals((all) => [...all, `${file.name}: ${why}`])
    } finally {
      setSending((all) => all.filter((one) => one.key !== key))
    }
  }

  const sendAll = (chosen: Iterable<File>) => {
    setRefusals([])
    for (const file of chosen) void send(file)
  }
  const latest = useRef<() => void>(() => undefined)
  useEffect(() => {
    latest.current = () => {
      if (waiting.length === 0) return
      setWaiting([])
      for (const { file } of waiting) void send(file)
    }
  })
  const waits = waiting.length > 0
  useEffect(() => {
    if (!waits) return
    const again = () => latest.current()
    const timer = setInterval(again, AGAIN_MS)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [waits])

  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(inside)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    sendAll(event.dataTransfer.files)
  }
  const looks = ['upload', plain && 'upload-plain', error && 'upload-wrong', over && 'upload-over']

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition for the mouse; the button does the same
    <div
      className={looks.filter(Boolean).join(' ')}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={drop}
    >
      <Group justify="space-between" align="flex-start" gap="sm" className="upload-head">
        <div className="upload-title">
          {!plain && <Text fw={500}>{text(name)}</Text>}
          {hint && (
            <Text size="sm" className="soft" component="div">
              {hint}
            </Text>
          )}
        </div>
        {rules.accept.includes('image/jpeg') && (
          <FileButton
            accept="image/jpeg"
            capture="environment"
            inputProps={{ 'aria-label': t('upload.photographFor', { name: text(name) }) }}
            onChange={(taken) => taken && sendAll([taken])}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                leftSection={<IconCamera size={16} />}
                aria-label={t('upload.photographFor', { name: text(name) })}
                className="upload-button upload-camera"
              >
                {t('upload.photograph')}
              </Button>
            )}
          </FileButton>
        )}
        <FileButton
          multiple
          accept={rules.accept.join(',')}
          inputProps={{ 'aria-label': t('upload.chooseFor', { name: text(name) }) }}
          onChange={sendAll}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="sm"
              leftSection={<IconUpload size={16} />}
              aria-label={t('upload.chooseFor', { name: text(name) })}
              className="upload-button"
            >
              {t('upload.choose')}
            </Button>
          )}
        </FileButton>
      </Group>
      {files.map((file) => (
        <Group key={file.id} gap="xs" wrap="nowrap" mt={6}>
          <IconCheck size={16} className="tone-good" aria-hidden="true" />
          <Text size="sm" className="upload-name">
            {file.fileName}{' '}
            <span className="soft">
              {formatSize(file.size, language)}, {t('upload.sent')}
            </span>
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconTrash size={14} />}
            aria-label={t('upload.removeNamed', { name: file.fileName })}
            onClick={() => onChange((now) => now.filter(({ id }) => id !== file.id))}
          >
            {t('upload.remove')}
          </Button>
        </Group>
      ))}
      {sending.map(({ key, name: fileName, share }) => (
        <div key={key} className="upload-sending">
          <Text size="sm">
            {fileName} · {t('upload.sending', { percent: Math.round(share * 100) })}
          </Text>
          <Progress value={share * 100} size="sm" aria-label={t('upload.progress', { name: fileName })} />
        </div>
      ))}
      {waiting.map(({ key, file }) => (
        <Text key={key} size="sm" className="with-icon upload-waiting" role="status">
          <IconClock size={16} aria-hidden="true" /> {t('upload.waiting', { name: file.name })}
        </Text>
      ))}
      {refusals.map((refusal) => (
        <Text key={refusal} size="sm" className="refusal" role="alert">
          <IconAlertTriangleFilled size={14} aria-hidden="true" /> {refusal}
        </Text>
      ))}
      {error && (
        <Text size="sm" className="refusal" role="alert">
          <IconAlertTriangleFilled size={14} aria-hidden="true" /> {error}
        </Text>
      )}
    </div>
  )
}
