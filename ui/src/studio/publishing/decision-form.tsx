import { Alert, Button, FileInput, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api, fieldProblem, upload } from '../../app/api.ts'
import type { Publication } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { formatDay } from '../../shared/format.ts'

type Upload = { id: string }
const SCANS = 'application/pdf,image/jpeg,image/png,image/tiff'

/** The decision on paper, its scan, and the day: what both publishing and rolling back ask for. */
export const DecisionForm = ({
  path,
  body,
  today,
  withReason = false,
  sure,
  submit,
  onDone,
}: {
  path: string
  /** What the act is about, beside the decision. */
  body: Record<string, unknown>
  /** Legal day. */
  today: string
  /** Asks why, too. */
  withReason?: boolean
  /** What will happen, for the day chosen. */
  sure: (inForceFrom: string) => ReactNode
  submit: string
  onDone: (publication: Publication) => void
}) => {
  const { t } = useTranslation('studio-publishing')
  const language = useLanguage()
  const [given, setGiven] = useState({ number: '', date: '', signer: '', inForceFrom: today, reason: '' })
  const [scan, setScan] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const set = (change: Partial<typeof given>) => setGiven((now) => ({ ...now, ...change }))
  const complete =
    given.number.trim() !== '' &&
    given.signer.trim().length > 1 &&
    given.date !== '' &&
    given.inForceFrom !== '' &&
    scan !== null &&
    (!withReason || given.reason.trim().length > 2)
  const send = useMutation({
    mutationFn: async () => {
      const { id: uploadId } = await upload<Upload>('/api/uploads', scan!, () => undefined)
      return api.post<Publication>(
        path,
        {
          ...body,
          decision: { number: given.number.trim(), date: given.date, signer: given.signer.trim() },
          uploadId,
          inForceFrom: given.inForceFrom,
          ...(withReason ? { reason: given.reason.trim() } : {}),
        },
        key,
      )
    },
    onSuccess: onDone,
    onError: () => setKey(crypto.randomUUID()),
  })
  const missing = (there: boolean) => tried && !there && t('form.missing')
  const atField = send.error instanceof ApiProblem && send.error.errors.length > 0
  return (
    <form
      noValidate
      className="publishing-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (complete) send.mutate()
      }}
    >
      <Stack gap="sm">
        <div className="publishing-fields">
          <TextInput
            label={t('form.number')}
            placeholder="123/QĐ-UBND"
            maxLength={60}
            value={given.number}
            onChange={(event) => set({ number: event.currentTarget.value })}
            error={missing(given.number.trim() !== '') || fieldProblem(send.error, 'number')}
          />
          <DayInput
            label={t('form.date')}
            value={given.date || null}
            maxDate={today}
            onChange={(date) => set({ date: date ?? '' })}
            error={missing(given.date !== '') || fieldProblem(send.error, 'date')}
          />
          <TextInput
            label={t('form.signer')}
            placeholder={t('form.signerHelp')}
            maxLength={200}
            value={given.signer}
            onChange={(event) => set({ signer: event.currentTarget.value })}
            error={missing(given.signer.trim().length > 1) || fieldProblem(send.error, 'signer')}
          />
          <FileInput
            label={t('form.scan')}
            placeholder={t('form.scanChoose')}
            accept={SCANS}
            leftSection={<IconPaperclip size={16} />}
            value={scan}
            onChange={setScan}
            clearable
            clearButtonProps={{ 'aria-label': t('form.scanRemove') }}
            error={missing(scan !== null) || fieldProblem(send.error, 'uploadId')}
          />
          <DayInput
            label={t('form.inForceFrom')}
            description={t('form.inForceFromHelp')}
            value={given.inForceFrom || null}
            minDate={today}
            onChange={(inForceFrom) => set({ inForceFrom: inForceFrom ?? '' })}
            error={missing(given.inForceFrom !== '') || fieldProblem(send.error, 'inForceFrom')}
          />
        </div>
        {withReason && (
          <Textarea
            label={t('form.reason')}
            autosize
            minRows={2}
            maxLength={2000}
            value={given.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
            error={missing(given.reason.trim().length > 2) || fieldProblem(send.error, 'reason')}
          />
        )}
        <Alert
          variant="light"
          title={t('form.happens', { day: given.inForceFrom ? formatDay(given.inForceFrom, language) : '…' })}
        >
          {sure(given.inForceFrom)}
        </Alert>
        {send.error && !atField && <Failed problem={send.error} />}
        <Group>
          <Button type="submit" loading={send.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
