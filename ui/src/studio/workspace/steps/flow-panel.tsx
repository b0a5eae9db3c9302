import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { is } from '../diagram/elements.ts'
import type { Connection, Element } from '../diagram/services.ts'
import type { Session } from '../diagram/session.ts'
import type { Acts } from './acts.ts'
import { Choice, NameField } from './fields.tsx'
import { askers, asks } from './graph.ts'
import { MACHINE_OUTCOMES } from './kinds.ts'

type Props = { session: Session; acts: Acts; element: Element; readOnly: boolean }

/** A way out of a question: which answer takes it. */
const Answer = ({ session, acts, element, readOnly }: Props) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const graph = session.graph()
  const flow = graph.flows.get(element.id)
  const source = (element as Connection).source
  if (!flow || !source || !asks(graph, source.id)) return null
  const { steps, waits } = session.definition()
  const answers = new Map<string, string>()
  for (const id of askers(graph, source.id)) {
    for (const [key, { label }] of Object.entries(steps?.[id]?.outcomes ?? {})) answers.set(key, text(label))
    for (const key of [
      ...(waits?.[id]?.outcomes ?? []),
      ...(MACHINE_OUTCOMES[graph.nodes.get(id)?.type ?? ''] ?? []),
    ])
      answers.set(key, t(`outcome.${key}`, key))
  }
  if (flow.outcome && !answers.has(flow.outcome))
    answers.set(flow.outcome, t('flow.unknown', { key: flow.outcome }))
  return (
    <Choice
      label={t('flow.answer')}
      disabled={readOnly}
      value={flow.outcome ?? ''}
      data={[
        ...(flow.outcome === null ? [{ value: '', label: t('flow.choose') }] : []),
        ...[...answers].map(([value, label]) => ({ value, label })),
      ]}
      onChoose={(outcome) => outcome && acts.setAnswer(element.id, outcome)}
    />
  )
}

const wordOf = (element: Element): string => {
  for (const [type, word] of [
    ['bpmn:SequenceFlow', 'flow'],
    ['bpmn:MessageFlow', 'message'],
    ['bpmn:ExclusiveGateway', 'question'],
    ['bpmn:StartEvent', 'start'],
    ['bpmn:EndEvent', 'end'],
    ['bpmn:Lane', 'lane'],
    ['bpmn:Participant', 'pool'],
    ['bpmn:TextAnnotation', 'note'],
  ] as const)
    if (is(element, type)) return word
  return 'other'
}

/** What is no step: its name and, for a way, the answer that takes it. */
export const FlowPanel = (props: Props) => {
  const { element } = props
  const { t } = useTranslation('studio-workspace')
  const word = wordOf(element)
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed" fw={500}>
        {t(`element.${word}`)}
      </Text>
      {word === 'flow' && <Answer {...props} />}
      {word !== 'other' && (
        <Text size="xs" c="dimmed">
          {t(`elementHelp.${word}`)}
        </Text>
      )}
      {word === 'other' && (
        <Text size="sm" className="tone-late">
          {t('elementHelp.other')}
        </Text>
      )}
      {word === 'flow' && element.businessObject.name !== undefined && (
        <NameField
          label={t('flow.name')}
          disabled={props.readOnly}
          value={element.businessObject.name ?? ''}
          onCommit={(name) => props.acts.rename(element.id, name)}
        />
      )}
    </Stack>
  )
}
