import { Alert, Checkbox, Select, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { withoutMarks } from '../../shared/format.ts'
import { When } from '../../shared/when.tsx'
import type { ProblemOf } from '../decision/frame.tsx'

/** Question by agency code; only agencies that are to be asked stand in it. */
export type Questions = Record<string, string>

export const toConsult = (questions: Questions) =>
  Object.entries(questions).map(([agencyCode, question]) => ({ agencyCode, question: question.trim() }))

type Body = TaskPage['consultBodies'][number]

/** One of many bodies: the officer names it, with what the form says of it before their eyes. */
const Naming = ({
  task,
  bodies,
  onName,
}: {
  task: TaskPage
  bodies: Body[]
  onName: (body: Body) => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [typed, setTyped] = useState('')
  return (
    <div className="consult-body">
      {task.consultHints.length > 0 && (
        <dl className="facts">
          {task.consultHints.map(({ label, value }) => [
            <dt key={`${label.vi}?`}>{text(label)}</dt>,
            <dd key={label.vi}>{value}</dd>,
          ])}
        </dl>
      )}
      <Select
        mt="xs"
        label={t('consult.name')}
        description={t('consult.nameHelp')}
        placeholder={t('consult.nameChoose')}
        data={bodies.map(({ agency }) => ({ value: agency.code, label: text(agency.name) }))}
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(code) => {
          const body = bodies.find(({ agency }) => agency.code === code)
          if (body) onName(body)
          setTyped('')
        }}
        searchable
        nothingFoundMessage={t('consult.nameNone')}
        filter={({ options, search }) =>
          options.filter(
            (option) => 'label' in option && withoutMarks(option.label).includes(withoutMarks(search.trim())),
          )
        }
      />
    </div>
  )
}

/**
 * Whom to ask, and when silence would take effect beside the due date: the two limits may not fit, and that is said
 * before sending (rules 6).
 */
export const ConsultChoice = ({
  task,
  due,
  questions,
  onChange,
  problemOf,
}: {
  task: TaskPage
  due: string | null
  questions: Questions
  onChange: (questions: Questions) => void
  problemOf: ProblemOf
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const isAsked = ({ agency }: Body) => agency.code in questions
  const unnamed = task.consultBodies.filter((body) => body.named && !isAsked(body))
  const shown = task.consultBodies.filter((body) => !body.named || isAsked(body))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('consult.whom')}
      </Text>
      {unnamed.length > 0 && (
        <Naming
          task={task}
          bodies={unnamed}
          onName={({ agency, question }) => onChange({ ...questions, [agency.code]: question })}
        />
      )}
      {shown.map((body) => {
        const { code } = body.agency
        const asked = code in questions
        const { [code]: _left, ...others } = questions
        return (
          <div key={code} className="consult-body">
            <Checkbox
              label={text(body.agency.name)}
              checked={asked}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? { ...questions, [code]: body.question } : others)
              }
            />
            {asked && (
              <Textarea
                size="sm"
                mt={6}
                label={t('consult.question')}
                autosize
                minRows={2}
                value={questions[code] ?? ''}
                onChange={(event) => onChange({ ...questions, [code]: event.currentTarget.value })}
                error={problemOf(`question.${code}`)}
              />
            )}
            <Text size="xs" className="soft" component="div">
              <div>{text(body.silenceText)}</div>
              {t('consult.silenceAt')} <When at={body.silenceAt} />
            </Text>
            {asked && body.conflictsWithDue && (
              <Alert color="yellow" variant="light" p="xs" mt={4} title={t('consult.conflict')}>
                <Text size="sm">
                  {t('consult.silenceAt')} <When at={body.silenceAt} />; {t('consult.due')} <When at={due} />.{' '}
                  {t('consult.conflictHelp')}
                </Text>
              </Alert>
            )}
          </div>
        )
      })}
      {problemOf('consult') && (
        <Text size="sm" className="tone-late" role="alert">
          {problemOf('consult')}
        </Text>
      )}
    </Stack>
  )
}

/** What is wrong with a choice: nobody asked, or a question left empty. */
export const consultProblems = (questions: Questions, words: { nobody: string; question: string }) => ({
  consult: Object.keys(questions).length === 0 && words.nobody,
  ...Object.fromEntries(
    Object.entries(questions).map(([code, question]) => [
      `question.${code}`,
      !question.trim() && words.question,
    ]),
  ),
})
