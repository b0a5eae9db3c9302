import { Paper, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decided, DossierPage, TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { SupplementAnswer } from '../../citizen/supplement-answer.tsx'
import { Remaining } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { forms } from '../forms/index.ts'
import { AfterDecision } from './after.tsx'
import { Holding } from './holding.tsx'
import { LiveTasks } from './live-tasks.tsx'
import { RemindHere } from './remind-here.tsx'
import { useTaskActs, wasOutrun } from './use-decide.ts'

const Ask = ({ task }: { task: TaskPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <div className="ask">
      <Text size="sm" className="soft">
        {t('panel.asked')}
      </Text>
      <h2 className="ask-title">{text(task.name)}</h2>
      <Text size="sm" component="div">
        {task.stepRemaining && (
          <>
            {t('panel.step')}{' '}
            <Remaining minutes={task.stepRemainingMinutes} words={text(task.stepRemaining)} />
            {task.stepDueAt && (
              <span className="soft">
                {' '}
                (<When at={task.stepDueAt} />)
              </span>
            )}
          </>
        )}
      </Text>
      {task.note && (
        <blockquote className="note">
          {task.from && <span className="soft">{task.from.name}: </span>}
          {task.note}
        </blockquote>
      )}
    </div>
  )
}

const OpenTask = ({ about, task }: { about: DossierPage; task: TaskPage }) => {
  const { t } = useTranslation('desk')
  const acts = useTaskActs(task)
  const [decided, setDecided] = useState<Decided>()
  // The words of a refusal stay until the person asks for what has become of the task.
  const outrun = wasOutrun(acts.decide.error)
  const state = outrun ? 'open' : task.state
  if (decided || state === 'deciding' || state === 'moving' || state === 'done')
    return (
      <AfterDecision
        task={task}
        about={about}
        decided={decided}
        acts={acts}
        onTakenBack={() => setDecided(undefined)}
      />
    )
  if (state !== 'open') return <Empty title={t(`panel.${state}`)} />
  const Form = forms[task.form as keyof typeof forms]
  return (
    <>
      <Ask task={task} />
      <Holding task={task} acts={acts} />
      {(task.canDecide || outrun) && Form ? (
        <Form task={task} about={about} acts={acts} onDecided={setDecided} />
      ) : (
        <Text size="sm" className="soft">
          {task.canClaim ? t('panel.claimFirst') : t('panel.notYours', { name: task.assignee?.name ?? '' })}
        </Text>
      )}
    </>
  )
}

/** What is asked now and the decision, beside what is being read. */
export const DecisionPanel = ({ about, task }: { about: DossierPage; task: TaskPage | undefined }) => {
  const { t } = useTranslation('desk')
  return (
    <Paper p="md" className="panel">
      {task ? (
        <OpenTask about={about} task={task} />
      ) : (
        <>
          <Empty title={t('panel.none')}>{t('panel.noneHelp')}</Empty>
          {about.can.supplement && <SupplementAnswer about={about} />}
        </>
      )}
      <LiveTasks about={about} current={task?.id} />
      {about.can.note && <RemindHere about={about} taskId={task?.state === 'open' ? task.id : null} />}
    </Paper>
  )
}
