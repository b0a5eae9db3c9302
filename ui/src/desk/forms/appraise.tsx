import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { ConsultChoice, consultProblems, type Questions, toConsult } from './consult-choice.tsx'
import { useResultWords } from './result-words.tsx'

/** Appraisal: grant, ask for papers, ask other bodies, or refuse; what each leads to is said beneath it. */
export const Appraise = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const { task, about } = props
  const [questions, setQuestions] = useDraft<Questions>(`task.${task.id}.questions`, {})
  const words = useResultWords(task)
  return (
    <DecisionFrame
      {...props}
      fields={(outcome, problemOf) =>
        outcome === 'consult' ? (
          <ConsultChoice
            task={task}
            due={about.reappointedDueAt ?? about.dueAt}
            questions={questions}
            onChange={setQuestions}
            problemOf={problemOf}
          />
        ) : (
          <>
            <Text size="sm" className="soft">
              {t(`appraise.${outcome === 'approved' && !task.result ? 'goesOn' : outcome}`, {
                defaultValue: '',
              })}
            </Text>
            {words.fields(outcome, problemOf)}
          </>
        )
      }
      prepare={(outcome) =>
        outcome === 'consult'
          ? {
              data: { consult: toConsult(questions) },
              problems: consultProblems(questions, {
                nobody: t('consult.nobody'),
                question: t('consult.questionMissing'),
              }),
            }
          : { data: words.data(outcome), problems: words.problems(outcome) }
      }
    />
  )
}
