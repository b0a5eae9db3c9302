import { Alert, Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, fieldProblem } from '../../app/api.ts'
import type { Decided, DossierPage, TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { useKeys, useSingleKeys } from '../use-keys.ts'
import type { TaskActs } from './use-decide.ts'

export type FormProps = {
  task: TaskPage
  about: DossierPage
  acts: TaskActs
  onDecided: (decided: Decided) => void
}
export type ProblemOf = (field: string) => string | undefined
type Prepared = { data: Record<string, unknown>; problems?: Record<string, string | false> }
type Props = FormProps & {
  /** Whether the form's data know a reason (src/tasks/schemas.ts); it is asked for where the outcome needs one. */
  reason?: boolean
  /** Words to begin the reason with, where what is known already says why. */
  suggestedReason?: string
  /** The form's own fields for the chosen outcome. */
  fields?: (outcome: string, problemOf: ProblemOf) => ReactNode
  /** What the decision carries, and what is wrong with it before it is sent. */
  prepare?: (outcome: string) => Prepared
}

/** Somebody was first: who and when, as the server says, and the way on. */
const Conflict = ({ problem, onReload }: { problem: ApiProblem; onReload: () => void }) => {
  const { t } = useTranslation('desk')
  return (
    <Alert color="yellow" role="alert" title={problem.title}>
      <Text size="sm">{problem.message}</Text>
      <Button size="xs" variant="default" mt="xs" onClick={onReload}>
        {t('decide.reload')}
      </Button>
    </Alert>
  )
}

const NO_KEYS = {}
/** Outcomes that turn a dossier down or back stand last, whatever order the data come in. */
const LAST = ['supplement', 'consult', 'sent-back', 'objected', 'rejected', 'refused', 'denied']
const inPanelOrder = (outcomes: TaskPage['outcomes']) =>
  [...outcomes].sort((a, b) => LAST.indexOf(a.key) - LAST.indexOf(b.key))

/** The frame of every decision: outcome, the form's own fields, reason, note, one button. Typed words outlive a reload. */
export const DecisionFrame = ({
  task,
  acts,
  onDecided,
  reason = false,
  fields,
  prepare,
  suggestedReason = '',
}: Props) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [draft, setDraft] = useDraft(`task.${task.id}`, {
    // With a choice to make nothing is chosen beforehand: Ctrl+Enter must never refuse by accident.
    outcome: task.outcomes.length === 1 ? task.outcomes[0]!.key : '',
    reason: suggestedReason,
    note: '',
  })
  const [tried, setTried] = useState(false)
  const outcome = task.outcomes.find(({ key }) => key === draft.outcome)
  const choices = useMemo(() => inPanelOrder(task.outcomes), [task.outcomes])
  const failure = acts.decide.error
  const asksReason = reason && !!outcome?.needsReason
  const prepared = (outcome && prepare?.(outcome.key)) ?? { data: {} }
  const found: Record<string, string | false> = outcome
    ? {
        ...prepared.problems,
        ...(asksReason && { reason: !draft.reason.trim() && t('decide.reasonMissing') }),
      }
    : { outcome: t('decide.outcomeMissing') }
  // Once asked for, what is missing is said until it is there.
  const problemOf: ProblemOf = (field) => (tried && found[field]) || fieldProblem(failure, field)

  const decide = () => {
    if (acts.decide.isPending) return
    setTried(true)
    if (!outcome || Object.values(found).some(Boolean)) return
    const data = {
      ...prepared.data,
      note: draft.note.trim(),
      ...(asksReason && { reason: draft.reason.trim() }),
    }
    // The draft stays until the decision has left: whoever takes it back finds their words again.
    acts.decide.mutate({ outcome: outcome.key, data }, { onSuccess: onDecided })
  }

  const choose = useCallback(
    (key: string) => {
      setTried(false)
      setDraft((now) => ({ ...now, outcome: key }))
    },
    [setDraft],
  )
  const keys = useMemo(
    () => Object.fromEntries(choices.map(({ key }, index) => [String(index + 1), () => choose(key)])),
    [choices, choose],
  )
  const [singleKeys] = useSingleKeys()
  useKeys(choices.length > 1 ? keys : NO_KEYS)

  const latest = useRef(decide)
  useEffect(() => {
    latest.current = decide
  })
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) latest.current()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])

  const named = failure instanceof ApiProblem && failure.errors.length > 0
  return (
    <Stack gap="sm" className="decision">
      {task.outcomes.length > 1 && (
        <Radio.Group
          label={t('decide.outcome')}
          value={outcome?.key ?? ''}
          onChange={choose}
          error={problemOf('outcome')}
        >
          <Stack gap={6} mt={4}>
            {choices.map(({ key, label }, index) => (
              <Radio
                key={key}
                value={key}
                label={
                  <>
                    {text(label)}{' '}
                    {singleKeys && (
                      <span className="choice-key" aria-hidden="true">
                        {index + 1}
                      </span>
                    )}
                  </>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {outcome && fields?.(outcome.key, problemOf)}
      {asksReason && (
        <Textarea
          label={t('decide.reason')}
          withAsterisk
          autosize
          minRows={2}
          value={draft.reason}
          onChange={(event) => {
            const words = event.currentTarget.value
            setDraft((now) => ({ ...now, reason: words }))
          }}
          error={problemOf('reason')}
        />
      )}
      <Textarea
        label={t('decide.note')}
        description={t('decide.noteHelp')}
        autosize
        minRows={1}
        value={draft.note}
        onChange={(event) => {
          const note = event.currentTarget.value
          setDraft((now) => ({ ...now, note }))
        }}
        error={problemOf('note')}
      />
      {failure instanceof ApiProblem && failure.status === 409 ? (
        <Conflict problem={failure} onReload={() => void acts.refresh().then(() => acts.decide.reset())} />
      ) : named ? (
        <Alert color="red" role="alert" title={failure.title}>
          {failure.errors.map(({ field, message }) => (
            <Text key={`${field}${message}`} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      ) : (
        failure && <Failed problem={failure} />
      )}
      <Group justify="space-between" gap="xs">
        <Button onClick={decide} loading={acts.decide.isPending}>
          {outcome ? text(outcome.label) : t('decide.submit')}
        </Button>
        <Text size="xs" className="soft keys-hint">
          {t('decide.keys')}
        </Text>
      </Group>
    </Stack>
  )
}
