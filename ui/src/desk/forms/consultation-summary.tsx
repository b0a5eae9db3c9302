import { Checkbox, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Tag } from '../../shared/tags.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { ConsultChoice, consultProblems, type Questions, toConsult } from './consult-choice.tsx'
import { useResultWords } from './result-words.tsx'

/** Opinions put together: each consent by silence is confirmed, each objection answered (rules 6). */
export const ConsultationSummary = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { task, about } = props
  const [questions, setQuestions] = useDraft<Questions>(`task.${task.id}.questions`, {})
  const [confirmed, setConfirmed] = useDraft<string[]>(`task.${task.id}.confirmed`, [])
  const [answers, setAnswers] = useDraft<Record<string, string>>(`task.${task.id}.answers`, {})
  const silent = about.consultations.filter(
    ({ outcome, onSilence }) => outcome === 'silent' && onSilence === 'CONSENT',
  )
  const objections = about.consultations.filter(({ outcome }) => outcome === 'objected')

  const words = useResultWords(task)
  const prepare = (outcome: string) => {
    const data = {
      ...words.data(outcome),
      confirmedSilence: confirmed,
      answers: Object.entries(answers)
        .filter(([, answer]) => answer.trim())
        .map(([consultationId, answer]) => ({ consultationId, text: answer.trim() })),
      consult: outcome === 'consult' ? toConsult(questions) : [],
    }
    const missing = { nobody: t('consult.nobody'), question: t('consult.questionMissing') }
    if (outcome === 'consult') return { data, problems: consultProblems(questions, missing) }
    if (outcome !== 'approved') return { data }
    return {
      data,
      problems: {
        ...words.problems(outcome),
        silence: silent.some(({ id }) => !confirmed.includes(id)) && t('summary.confirmMissing'),
        ...Object.fromEntries(
          objections.map(({ id }) => [`answer.${id}`, !answers[id]?.trim() && t('summary.answerMissing')]),
        ),
      },
    }
  }

  return (
    <DecisionFrame
      {...props}
      fields={(outcome, problemOf) => (
        <Stack gap="sm">
          <ul className="opinions">
            {about.consultations.map((one) => (
              <li key={one.id}>
                <Text size="sm">{text(one.agency.name)}</Text>
                <Tag tone={one.outcome === 'objected' ? 'late' : one.outcome === 'agreed' ? 'good' : 'soon'}>
                  {t(`shared:consultation.outcome.${one.outcome ?? 'open'}`)}
                </Tag>
              </li>
            ))}
          </ul>
          {silent.map(({ id, agency }) => (
            <Checkbox
              key={id}
              label={t('summary.confirm', { agency: text(agency.name) })}
              checked={confirmed.includes(id)}
              onChange={(event) =>
                setConfirmed(
                  event.currentTarget.checked
                    ? [...confirmed, id]
                    : confirmed.filter((other) => other !== id),
                )
              }
              error={!confirmed.includes(id) && problemOf('silence')}
            />
          ))}
          {objections.map((one) => (
            <Textarea
              key={one.id}
              label={t('summary.answer', { agency: text(one.agency.name) })}
              description={one.answer}
              autosize
              minRows={2}
              value={answers[one.id] ?? ''}
              onChange={(event) => setAnswers({ ...answers, [one.id]: event.currentTarget.value })}
              error={problemOf(`answer.${one.id}`)}
            />
          ))}
          {outcome === 'consult' && (
            <ConsultChoice
              task={task}
              due={about.reappointedDueAt ?? about.dueAt}
              questions={questions}
              onChange={setQuestions}
              problemOf={problemOf}
            />
          )}
          {words.fields(outcome, problemOf)}
        </Stack>
      )}
      prepare={prepare}
    />
  )
}
