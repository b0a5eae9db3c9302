import { Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { LivePreview } from './result-preview.tsx'
import { Ahead } from './supplement-ahead.tsx'
import { SupplementItems } from './supplement-items.tsx'

const Current = ({
  task,
  help,
  title = '',
  draws = false,
}: {
  task: FormProps['task']
  help: string
  title?: string
  /** Form 02 as it stands may be read beside the panel. */
  draws?: boolean
}) => (
  <>
    {task.supplement.current && (
      <SupplementItems items={task.supplement.current.items} papers={task.supplement.papers} />
    )}
    <Ahead task={task} />
    <Text size="sm" className="soft">
      {help}
    </Text>
    {draws && (
      <div>
        <LivePreview taskId={task.id} outcome="" data={{}} title={title} />
      </div>
    )}
  </>
)

export const SupplementApprove = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const [reason, setReason] = useDraft(`task.${props.task.id}.beyond`, '')
  // Beyond the rounds the rule gives, whoever approves answers for it in writing (rules 5).
  const beyond = (outcome: string) => props.task.supplement.beyondMax && outcome === 'approved'
  return (
    <>
      <Current
        task={props.task}
        help={t('supplement.approveHelp')}
        title={t('supplement.form')}
        draws={props.task.canDecide}
      />
      <DecisionFrame
        {...props}
        reason
        fields={(outcome, problemOf) =>
          beyond(outcome) && (
            <Textarea
              label={t('supplement.leaderReason')}
              withAsterisk
              autosize
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={problemOf('reason')}
            />
          )
        }
        prepare={(outcome) =>
          beyond(outcome)
            ? {
                data: { reason: reason.trim() },
                problems: { reason: !reason.trim() && t('supplement.leaderReasonMissing') },
              }
            : { data: {} }
        }
      />
    </>
  )
}

export const SupplementSend = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Current
        task={props.task}
        help={t('supplement.sendHelp')}
        title={t('supplement.form')}
        draws={props.task.canDecide}
      />
      <DecisionFrame {...props} />
    </>
  )
}

export const SupplementReceive = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Current task={props.task} help={t('supplement.receiveHelp')} />
      <DecisionFrame {...props} />
    </>
  )
}
