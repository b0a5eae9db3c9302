import { Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconArrowRight, IconCheck, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Decided, DossierPage, TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { FileButton } from '../../shared/file-button.tsx'
import { letterPdf } from '../../shared/letters.tsx'
import { dropDrafts } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'
import { nextRows } from '../queries.ts'
import { useKeys } from '../use-keys.ts'
import { taskPath } from '../worklist/rows.tsx'
import { lastList, toAddress, toRequest, type View } from '../worklist/view-address.ts'
import type { TaskActs } from './use-decide.ts'

/** Whole seconds until an instant of machine time; 0 when it is past. */
const useSecondsUntil = (instant: string | null): number => {
  const left = () => (instant ? Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000)) : 0)
  const [seconds, setSeconds] = useState(left)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts again when the instant changes
  useEffect(() => {
    setSeconds(left())
    const timer = setInterval(() => setSeconds(left()), 500)
    return () => clearInterval(timer)
  }, [instant])
  return seconds
}

/**
 * The next task of the list that one came from, by the clock. The link takes the focus, so that Enter goes on; again when
 * the button that had it is gone.
 */
const Next = ({ after, sent }: { after: TaskPage; sent: boolean }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const link = useRef<HTMLAnchorElement>(null)
  const [list] = useState(lastList)
  // What is done or waits has no next task in it: one's own desk has.
  const from: View = list.tab === 'mine' || list.tab === 'unclaimed' ? list : { tab: 'mine' }
  const rows = useQuery(nextRows(toRequest(from)))
  const next = rows.data?.tasks.find(({ id, state }) => id !== after.id && state === 'open')
  const id = next?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: sending takes the focused button away
  useEffect(() => {
    if (id) link.current?.focus()
  }, [id, sent])
  if (!next) {
    return (
      <Button component={Link} to={`/ban-lam-viec?${toAddress(list)}`} variant="default">
        {t('after.list')}
      </Button>
    )
  }
  return (
    <Button
      component={Link}
      to={taskPath(next)}
      ref={link}
      rightSection={<IconArrowRight size={16} />}
      justify="space-between"
      className="next-task"
    >
      {t('after.next', { name: text(next.name), applicant: next.applicant })}
    </Button>
  )
}

const RECEIVING = ['reception', 'supplement-receive']

/** Form 01 to be printed and handed over the counter, as soon as it has been made. */
const PrintReceipt = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const receipt = about.letters.findLast(
    ({ kind, hasFile, state }) => kind === 'receipt' && hasFile && state !== 'void',
  )
  if (!receipt) return null
  return <FileButton href={letterPdf(receipt)}>{t('after.print')}</FileButton>
}

/** The applicant holds the result: nothing of it stays in the building or goes on to a next step. */
const gaveOut = ({ form }: TaskPage): boolean => form === 'result-return'

/** Where the dossier went and when: whoever has it now, once the engine has said so. */
const Moved = ({ about, task, at }: { about: DossierPage; task: TaskPage; at: string | null }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const holder = about.holdings.findLast(({ toAt, track }) => toAt === null && track === 'accountable')
  const gone = task.state === 'done' && about.finishedAt === null && holder?.elementId
  const to = gone
    ? holder.onBehalf === 'applicant'
      ? about.applicant
      : [text(holder.unit.name), holder.person?.name].filter(Boolean).join(', ')
    : ''
  return (
    <Text size="sm">
      {about.finishedAt !== null && task.state === 'done'
        ? t('after.ended')
        : to
          ? t('after.movedTo', { to })
          : t(gaveOut(task) ? 'after.at' : 'after.movedOn')}{' '}
      <When at={at} />
    </Text>
  )
}

const NO_KEYS = {}

/** Decided: when, the seconds in which it can be taken back, and what comes next. */
export const AfterDecision = ({
  task,
  about,
  decided,
  acts,
  onTakenBack,
}: {
  task: TaskPage
  about: DossierPage
  decided: Decided | undefined
  acts: TaskActs
  onTakenBack: () => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const gone = task.state === 'moving' || task.state === 'done'
  const seconds = useSecondsUntil(gone ? null : (decided?.takeBackUntil ?? task.takeBackUntil))
  const left = seconds === 0
  const { takeBack, sendNow } = acts
  const back = () => takeBack.isPending || takeBack.mutate(undefined, { onSuccess: onTakenBack })
  const latest = useRef(back)
  latest.current = back
  const keys = useMemo(() => ({ z: () => void latest.current() }), [])
  useKeys(left ? NO_KEYS : keys)
  useEffect(() => {
    if (left) dropDrafts(`task.${task.id}`)
  }, [left, task.id])
  const handedOut = gaveOut(task)
  const outcome = task.outcomes.find(({ key }) => key === (decided?.outcome ?? task.outcome))
  return (
    <Stack gap="sm">
      <div role="status">
        <Text fw={600} className="with-icon">
          <IconCheck size={18} className="tone-good" aria-hidden="true" />
          {outcome ? t('after.done', { outcome: text(outcome.label) }) : t('after.doneShort')}
        </Text>
        {(decided || task.doneAt) && <Moved about={about} task={task} at={decided?.actedAt ?? task.doneAt} />}
        <Text size="sm" className="soft">
          {seconds > 0
            ? t(handedOut ? 'after.handedOut' : 'after.stays')
            : task.state === 'done'
              ? t('after.moved')
              : t('task.moving')}
        </Text>
      </div>
      {seconds > 0 && (
        <Group grow gap="xs">
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            loading={takeBack.isPending}
            disabled={sendNow.isPending}
            onClick={back}
          >
            {t('after.takeBack')} <span className="figures countdown">{seconds} s</span>
            <kbd className="choice-key">z</kbd>
          </Button>
          <Button
            variant="default"
            leftSection={<IconSend size={16} />}
            loading={sendNow.isPending}
            disabled={takeBack.isPending}
            onClick={() => sendNow.mutate()}
          >
            {t(RECEIVING.includes(task.form) ? 'after.sendToPrint' : 'after.sendNow')}
          </Button>
        </Group>
      )}
      {takeBack.error && <Failed problem={takeBack.error} />}
      {sendNow.error && <Failed problem={sendNow.error} />}
      {RECEIVING.includes(task.form) && <PrintReceipt about={about} />}
      <Next after={task} sent={sendNow.isSuccess} />
    </Stack>
  )
}
