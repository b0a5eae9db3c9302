import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import type { TrialView } from '../../app/api-types.ts'

const BpmnView = lazy(() => import('../../shared/diagram/bpmn-view.tsx'))
const nothing = () => undefined

type Example = NonNullable<TrialView['result']>['examples'][number]

/** The way of one example drawn on the diagram: where it went, and where it stood when it left the example. */
export const PathView = ({ bpmn, example }: { bpmn: string; example: Example }) => {
  const view = useMemo(() => {
    const at = example.deviation?.elementId
    return {
      subjectId: '',
      kind: 'dossier',
      title: example.name,
      bpmn,
      active: at && example.path.includes(at) ? [at] : [],
      completed: example.path.filter((id) => id !== at),
      flows: example.flows,
      incidents:
        example.deviation?.kind === 'incident'
          ? [{ elementId: example.deviation.elementId, message: example.deviation.message.vi }]
          : [],
    }
  }, [bpmn, example])
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <BpmnView view={view} onSteps={nothing} />
    </Suspense>
  )
}
