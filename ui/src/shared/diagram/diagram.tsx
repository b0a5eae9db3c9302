import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircle, IconCircleDot } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DiagramView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import type { Step } from './steps.ts'

const BpmnView = lazy(() => import('./bpmn-view.tsx'))
const ICONS = { done: IconCheck, here: IconCircleDot, failed: IconAlertTriangle, ahead: IconCircle }

const StepList = ({ steps }: { steps: Step[] }) => {
  const { t } = useTranslation('shared')
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {t('diagram.steps')}
      </Text>
      <ol className="step-list">
        {steps.map(({ id, name, state }) => {
          const Shape = ICONS[state]
          return (
            <li
              key={id}
              className={`step-${state}-words`}
              aria-current={state === 'here' ? 'step' : undefined}
            >
              <Shape size={16} stroke={1.8} aria-hidden="true" /> {name}
              <span className="soft"> · {t(`diagram.state.${state}`)}</span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const Diagram = ({ view }: { view: DiagramView }) => {
  const [steps, setSteps] = useState<Step[]>([])
  return (
    <Stack gap="sm">
      <Suspense fallback={<Skeleton height={420} />}>
        <BpmnView view={view} onSteps={setSteps} />
      </Suspense>
      {steps.length > 0 && <StepList steps={steps} />}
    </Stack>
  )
}

/** The live diagrams of a dossier: the procedure and whatever runs beside it (consultations, apology, stop). */
export const Diagrams = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const query = useQuery({
    queryKey: ['diagrams', dossierId],
    queryFn: ({ signal }) => api.get<DiagramView[]>(`/api/dossiers/${dossierId}/diagrams`, signal),
  })
  const [chosen, setChosen] = useState<string>()
  return (
    <Loaded query={query}>
      {(views) => {
        const view = views.find(({ subjectId }) => subjectId === chosen) ?? views[0]
        if (!view) return <Empty title={t('diagram.none')} />
        return (
          <Stack gap="sm">
            {views.length > 1 && (
              <SegmentedControl
                value={view.subjectId}
                onChange={setChosen}
                data={views.map((other) => ({ value: other.subjectId, label: text(other.title) }))}
              />
            )}
            <Diagram key={view.subjectId} view={view} />
          </Stack>
        )
      }}
    </Loaded>
  )
}
