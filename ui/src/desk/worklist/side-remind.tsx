import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { WorklistRow } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { addDays, formatDay, formatTime, legalDay, readDay, weekday } from '../../shared/format.ts'
import { Side } from './side.tsx'

const TIME = /^([01]?\d|2[0-3])[:hg]([0-5]\d)$/

/** An instant of a legal day and wall-clock time (Asia/Ho_Chi_Minh, which keeps one offset all year). */
const instantOf = (day: string, time: string) => `${day}T${time}:00+07:00`

/** "Nhắc tôi": a person's own reminder. It touches no clock and no due date, and says so. */
export const RemindForm = ({
  dossierId,
  taskId,
  code,
  onDone,
}: {
  dossierId: string
  taskId: string | null
  code: string
  onDone: () => void
}) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const cache = useQueryClient()
  const now = useLegalNow()
  const today = legalDay(now)
  const tomorrow = addDays(today, 1)
  const monday = addDays(today, 8 - (weekday(today) || 7))
  const [day, setDay] = useState(formatDay(tomorrow, language).slice(language === 'vi' ? 3 : 4))
  const [time, setTime] = useState('08:00')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const read = readDay(day.replace(/^\D+/, ''))
  const hour = TIME.exec(time.trim())
  const at = read && hour ? instantOf(read, `${hour[1]!.padStart(2, '0')}:${hour[2]}`) : null
  const saving = useMutation({
    mutationFn: () => api.post('/api/desk/reminders', { dossierId, taskId, at, text: text.trim() }, key),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['reminders'] })
      void cache.invalidateQueries({ queryKey: ['tasks'] })
      say(t('remind.saved', { code }))
      onDone()
    },
  })
  const save = () => {
    setTried(true)
    if (at && !saving.isPending) saving.mutate()
  }
  const choose = (chosen: string, at: string) => {
    setDay(formatDay(chosen, language).replace(/^\S+ /, ''))
    setTime(at)
  }
  const soon = now + 2 * 3_600_000
  return (
    <Stack
      gap="xs"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
      }}
    >
      <Text size="sm" className="soft">
        {t('remind.help')}
      </Text>
      <Group gap={6}>
        <Button size="compact-sm" variant="default" onClick={() => choose(legalDay(soon), formatTime(soon))}>
          {t('remind.soon')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => choose(tomorrow, '08:00')}>
          {t('remind.tomorrow')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => choose(monday, '08:00')}>
          {t('remind.monday')}
        </Button>
      </Group>
      <Group gap="xs" align="flex-start" grow>
        <TextInput
          label={t('remind.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={(tried && !read && t('remind.dayWrong')) || fieldProblem(saving.error, 'at')}
        />
        <TextInput
          label={t('remind.time')}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
          error={tried && !hour && t('remind.timeWrong')}
        />
      </Group>
      <Textarea
        label={t('remind.text')}
        autosize
        minRows={2}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {saving.error && !fieldProblem(saving.error, 'at') && <Failed problem={saving.error} />}
      <Button onClick={save} loading={saving.isPending}>
        {t('remind.save')}
      </Button>
    </Stack>
  )
}

/** The reminder of a row of the list. */
export const RemindSide = ({ row, onClose }: { row: WorklistRow; onClose: () => void }) => {
  const { t } = useTranslation('desk')
  return (
    <Side title={t('remind.title')} onClose={onClose}>
      <Text size="sm" mb="xs">
        <span className="figures soft">{row.dossierCode}</span> {row.applicant}
      </Text>
      <RemindForm dossierId={row.dossierId} taskId={row.id} code={row.dossierCode} onDone={onClose} />
    </Side>
  )
}
