import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { SupplementItems } from './supplement-items.tsx'

const Current = ({ task, help }: { task: FormProps['task']; help: string }) => (
  <>
    {task.supplement.current && (
      <SupplementItems items={task.supplement.current.items} papers={task.supplement.papers} />
    )}
    <Text size="sm" className="soft">
      {help}
    </Text>
  </>
)

export const SupplementApprove = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Current
        task={props.task}
        help={props.task.supplement.beyondMax ? t('supplement.beyondMax') : t('supplement.approveHelp')}
      />
      <DecisionFrame {...props} reason />
    </>
  )
}

export const SupplementSend = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Current task={props.task} help={t('supplement.sendHelp')} />
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
