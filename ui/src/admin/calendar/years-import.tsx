import { Alert, Button, FileButton, Group, Stack, TextInput } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { previewYears, saveYears } from '../queries.ts'
import type { CalendarFile, CalendarYear } from '../types.ts'
import { MovedPreview } from './moved-preview.tsx'

/** A year as the file that the import takes: to begin from, or to keep. */
const fileOf = ({ days }: CalendarYear): CalendarFile => ({
  timeZone: 'Asia/Ho_Chi_Minh',
  days: days.map(({ date, name, kind, source, verified, decision, swapWith, substitutesFor }) => ({
    date,
    name,
    kind,
    source,
    verified,
    ...(decision ? { decision } : {}),
    ...(swapWith ? { swapWith } : {}),
    ...(substitutesFor ? { substitutesFor } : {}),
  })),
})

/** Takes the decision of a whole year from a file: tried first, saved with a reason. */
export const YearsImport = ({ calendar }: { calendar: CalendarYear }) => {
  const { t } = useTranslation('admin')
  const cache = useQueryClient()
  const [file, setFile] = useState<{ name: string; content: CalendarFile } | null>(null)
  const [unread, setUnread] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const save = useMutation({
    mutationFn: (content: CalendarFile) => saveYears({ ...content, reason }),
    onSuccess: async ({ dossiers }) => {
      say(t('calendar.years.saved', { count: dossiers }))
      setFile(null)
      setReason('')
      setTried(false)
      await Promise.all(
        ['calendar', 'late', 'clock'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const read = async (chosen: File | null) => {
    if (!chosen) return
    save.reset()
    try {
      setFile({ name: chosen.name, content: JSON.parse(await chosen.text()) })
      setUnread(false)
    } catch {
      setFile(null)
      setUnread(true)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (file && reason.trim()) save.mutate(file.content)
  }
  return (
    <details className="agency years">
      <summary>{t('calendar.years.title')}</summary>
      <form noValidate onSubmit={submit}>
        <Stack gap="xs" mt="xs">
          <p className="soft years-help">{t('calendar.years.help')}</p>
          <Group gap="xs">
            <Button
              size="sm"
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() =>
                saveFile(
                  `lich-${calendar.year}.json`,
                  `${JSON.stringify(fileOf(calendar), null, 2)}\n`,
                  'application/json',
                )
              }
            >
              {t('calendar.years.download', { year: calendar.year })}
            </Button>
            <FileButton accept="application/json,.json" onChange={(chosen) => void read(chosen)}>
              {(props) => (
                <Button {...props} size="sm" variant="default" leftSection={<IconUpload size={16} />}>
                  {file?.name ?? t('calendar.years.choose')}
                </Button>
              )}
            </FileButton>
          </Group>
          {unread && (
            <Alert color="yellow" variant="light" p="xs" role="status">
              {t('calendar.years.unread')}
            </Alert>
          )}
          {file && (
            <>
              <MovedPreview
                named
                change={file.content}
                ask={() => previewYears(file.content)}
                before={({ begin, end }) => <div>{t('calendar.years.preview', { begin, end })}</div>}
              />
              <TextInput
                size="sm"
                label={t('calendar.field.reason')}
                description={t('calendar.reasonHelp')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                error={tried && !reason.trim() && t('calendar.missing')}
              />
              {save.error && !(save.error instanceof ApiProblem && save.error.errors.length > 0) && (
                <Failed problem={save.error} />
              )}
              <Button type="submit" size="sm" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
                {t('calendar.years.save')}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </details>
  )
}
