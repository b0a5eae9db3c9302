import { Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** The consulted body's answer, with what silence would mean and when. */
export const ConsultationAnswer = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { consultation, id } = props.task
  const [answer, setAnswer] = useDraft(`task.${id}.answer`, '')
  return (
    <>
      {consultation && (
        <>
          <blockquote className="note">{consultation.question}</blockquote>
          <dl className="facts">
            <dt>{t('answer.from')}</dt>
            <dd>{text(props.about.agency.name)}</dd>
            <dt>{t('answer.due')}</dt>
            <dd>
              <When at={consultation.dueAt} />
            </dd>
            <dt>{t('shared:consultation.silence')}</dt>
            <dd>{t(`shared:consultation.onSilence.${consultation.onSilence}`)}</dd>
          </dl>
        </>
      )}
      <DecisionFrame
        {...props}
        fields={(outcome, problemOf) => (
          <>
            <Textarea
              label={t('answer.text')}
              withAsterisk
              autosize
              minRows={4}
              value={answer}
              onChange={(event) => setAnswer(event.currentTarget.value)}
              error={problemOf('answer')}
            />
            {outcome === 'objected' && (
              <Text size="sm" className="soft">
                {t('answer.objectedHelp')}
              </Text>
            )}
          </>
        )}
        prepare={() => ({
          data: { answer: answer.trim() },
          problems: { answer: !answer.trim() && t('answer.missing') },
        })}
      />
    </>
  )
}
