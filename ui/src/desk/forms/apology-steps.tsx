import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { Sign } from './sign.tsx'

/** What the letter says in short; the letter itself lies open on the left. */
const LetterFacts = ({ task }: Pick<FormProps, 'task'>) => {
  const { t } = useTranslation('desk')
  return (
    <>
      {task.letter?.reason && <blockquote className="note">{task.letter.reason}</blockquote>}
      {task.letter?.newDueAt && (
        <Text size="sm">
          {t('shared:letter.newDue')}{' '}
          <strong>
            <When at={task.letter.newDueAt} />
          </strong>
        </Text>
      )}
    </>
  )
}

export const ApologyInitial = (props: FormProps) => (
  <>
    <LetterFacts task={props.task} />
    <DecisionFrame {...props} reason />
  </>
)

export const ApologySign = (props: FormProps) => (
  <>
    <LetterFacts task={props.task} />
    <Sign {...props} outcome="signed" />
  </>
)

const Numbered = ({ help, ...props }: FormProps & { help: string }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <LetterFacts task={props.task} />
      <Text size="sm" className="soft">
        {t(help)}
      </Text>
      <DecisionFrame {...props} reason />
    </>
  )
}

export const ApologyNumber = (props: FormProps) => <Numbered {...props} help="number.help" />
export const ApologySend = (props: FormProps) => <Numbered {...props} help="apology.sendHelp" />
