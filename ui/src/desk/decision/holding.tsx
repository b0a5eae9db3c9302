import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { formatShortDay } from '../../shared/format.ts'
import { useKeys } from '../use-keys.ts'
import type { TaskActs } from './use-decide.ts'

/** Giving the task to a colleague; taking it from somebody needs a reason. */
const HandOver = ({ task, acts, onClose }: { task: TaskPage; acts: TaskActs; onClose: () => void }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  const [person, setPerson] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const needsReason = task.assignee !== null
  const hand = () => {
    setTried(true)
    if (!person || (needsReason && !reason.trim())) return
    acts.assign.mutate({ personId: person, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Stack gap="xs" className="hand-over">
      <Select
        size="xs"
        label={t('holding.to')}
        searchable
        data={task.people
          .filter(({ id }) => id !== task.assignee?.id)
          .map((one) => ({
            value: one.id,
            disabled: one.absentUntil !== null,
            label: one.absentUntil
              ? `${one.name} (${t('team.awayUntil', { day: formatShortDay(one.absentUntil, language) })})`
              : `${one.name}, ${text(one.title)} (${t('holding.load', { open: one.open, today: one.dueToday })})`,
          }))}
        value={person}
        onChange={setPerson}
        error={tried && !person && t('holding.toMissing')}
      />
      <Textarea
        size="xs"
        label={needsReason ? t('holding.reason') : t('holding.reasonOptional')}
        autosize
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && needsReason && !reason.trim() && t('holding.reasonMissing')}
      />
      {acts.assign.error && <Failed problem={acts.assign.error} />}
      <Group gap="xs">
        <Button size="xs" onClick={hand} loading={acts.assign.isPending}>
          {t('holding.assign')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Who holds the task, and how it changes hands. */
export const Holding = ({ task, acts }: { task: TaskPage; acts: TaskActs }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [handing, setHanding] = useState(false)
  const problem = acts.claim.error ?? acts.unclaim.error
  const { canAssign } = task
  useKeys(
    useMemo(
      () => ({
        a: (event: KeyboardEvent) => {
          event.preventDefault()
          if (canAssign) setHanding(true)
        },
      }),
      [canAssign],
    ),
  )
  return (
    <div className="holding">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <span className="soft">{t('holding.by')} </span>
          {task.assignee?.name ?? `${t('panel.unclaimed')}, ${text(task.unit.name)}`}
          {task.inPlaceOf && (
            <span className="soft">
              {' '}
              {t(task.inPlaceOf.id === task.assignee?.id ? 'absence.yours' : 'absence.inPlaceOf', {
                name: task.inPlaceOf.name,
              })}
            </span>
          )}
        </Text>
        <Group gap={4}>
          {task.canClaim && !task.assignee && (
            <Button size="compact-sm" onClick={() => acts.claim.mutate()} loading={acts.claim.isPending}>
              {t('holding.claim')}
            </Button>
          )}
          {task.canDecide && task.assignee && task.inPlaceOf?.id !== task.assignee.id && !handing && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => acts.unclaim.mutate()}
              loading={acts.unclaim.isPending}
            >
              {t('holding.unclaim')}
            </Button>
          )}
          {task.canAssign && !handing && (
            <Button size="compact-sm" variant="subtle" onClick={() => setHanding(true)}>
              {t('holding.handOver')}
            </Button>
          )}
        </Group>
      </Group>
      {handing && <HandOver task={task} acts={acts} onClose={() => setHanding(false)} />}
      {problem && <Failed problem={problem} />}
    </div>
  )
}
