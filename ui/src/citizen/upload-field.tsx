import { Button, FileButton, Group, Progress, Text } from '@mantine/core'
import { IconAlertTriangleFilled, IconCheck, IconTrash, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, upload } from '../app/api.ts'
import type { ProcedurePaper, Text as RecordText, Upload } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { formatSize } from '../shared/format.ts'

export type Uploaded = Pick<Upload, 'id' | 'fileName' | 'size'>
type Rules = Pick<ProcedurePaper, 'accept' | 'maxBytes'>
type Sending = { key: string; name: string; share: number }

const DEFAULT_RULES: Rules = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 26_214_400 }

/** One paper with its files: sent while the rest is filled in; a refusal says why and what to do. */
export const UploadField = ({
  name,
  hint,
  rules = DEFAULT_RULES,
  files,
  onChange,
  error,
}: {
  name: RecordText
  hint?: ReactNode
  rules?: Rules
  files: Uploaded[]
  onChange: (change: (files: Uploaded[]) => Uploaded[]) => void
  error?: string
}) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const [sending, setSending] = useState<Sending[]>([])
  const [refusals, setRefusals] = useState<string[]>([])

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
      const why = problem instanceof ApiProblem ? problem.message : t('upload.failed')
      setRefusals((all) => [...all, `${file.name}: ${why}`])
    } finally {
      setSending((all) => all.filter((one) => one.key !== key))
    }
  }

  return (
    <div className={error ? 'upload upload-wrong' : 'upload'}>
      <Group justify="space-between" align="flex-start" gap="sm" className="upload-head">
        <div className="upload-title">
          <Text fw={500}>{text(name)}</Text>
          {hint && (
            <Text size="sm" className="soft" component="div">
              {hint}
            </Text>
          )}
        </div>
        <FileButton
          multiple
          accept={rules.accept.join(',')}
          inputProps={{ 'aria-label': t('upload.chooseFor', { name: text(name) }) }}
          onChange={(chosen) => {
            setRefusals([])
            for (const file of chosen) void send(file)
          }}
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
