import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../app/api.ts'
import type { Reminder } from '../../app/api-types.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Failed } from '../../app/states.tsx'
import { When } from '../../shared/when.tsx'

const EVERY_MS = 60_000

const Due = ({ reminder }: { reminder: Reminder }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const ending = useMutation({
    mutationFn: () => api.post(`/api/desk/reminders/${reminder.id}/done`),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['reminders'] })
      void cache.invalidateQueries({ queryKey: ['tasks'] })
    },
  })
  const path = reminder.taskId
    ? `/ban-lam-viec/viec/${reminder.taskId}`
    : `/ban-lam-viec/ho-so/${reminder.dossierId}`
  return (
    <li className="reminder">
      <IconBellRinging size={16} aria-hidden="true" />
      <Link to={path}>
        <span className="figures">{reminder.dossierCode}</span> {reminder.applicant}
      </Link>
      {reminder.text && <span className="reminder-text">{reminder.text}</span>}
      <span className="soft">
        <When at={reminder.at} />
      </span>
      <Button size="compact-xs" variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
        {t('remind.done')}
      </Button>
      {ending.error && <Failed problem={ending.error} />}
    </li>
  )
}

/** The person's reminders whose time has come, above the list until they are done with. */
export const Reminders = () => {
  const { t } = useTranslation('desk')
  const now = useLegalNow()
  const { data } = useQuery({
    queryKey: ['reminders'],
    queryFn: ({ signal }) => api.get<Reminder[]>('/api/desk/reminders', signal),
    refetchInterval: EVERY_MS,
  })
  const due = (data ?? []).filter(({ at }) => Date.parse(at) <= now)
  if (due.length === 0) return null
  return (
    <ul className="reminders" aria-label={t('remind.due')}>
      {due.map((reminder) => (
        <Due key={reminder.id} reminder={reminder} />
      ))}
    </ul>
  )
}
