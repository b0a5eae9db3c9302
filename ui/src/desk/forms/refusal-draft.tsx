import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { useResultWords } from './result-words.tsx'

/** The reason goes into the letter word by word: the applicant reads it. */
export const RefusalDraft = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const [reason, setReason] = useDraft(`task.${props.task.id}.reason`, '')
  const words = useResultWords(props.task)
  return (
    <DecisionFrame
      {...props}
      fields={(outcome, problemOf) => (
        <>
          <Textarea
            label={t('refusal.reason')}
            description={t('refusal.help')}
            withAsterisk
            autosize
            minRows={4}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={problemOf('reason')}
          />
          {words.fields(outcome, problemOf, { reason: reason.trim() })}
        </>
      )}
      prepare={(outcome) => ({
        data: { reason: reason.trim(), ...words.data(outcome) },
        problems: { reason: !reason.trim() && t('decide.reasonMissing'), ...words.problems(outcome) },
      })}
    />
  )
}
