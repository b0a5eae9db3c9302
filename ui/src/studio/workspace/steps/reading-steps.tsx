import { Paper, Skeleton, Stack, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { Failed, Loading } from '../../../app/states.tsx'
import { DrawingBehind } from '../../../shared/diagram/drawing-behind.tsx'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { shortLimit } from '../diagram/badges-of.ts'
import type { Session } from '../diagram/session.ts'
import { useSession, useSessionSnapshot } from '../session-context.tsx'
import { rowsOf } from './rows.ts'

const StillDiagram = lazy(() => import('../conflict/still-diagram.tsx'))

const List = ({ session }: { session: Session }) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const { state } = useSessionSnapshot(session)
  if (state === 'reading') return <Loading />
  const graph = session.graph()
  const cases = Object.fromEntries(
    (session.definition().cases ?? []).map(({ key, name }) => [key, text(name)]),
  )
  return (
    <Stack component="ol" gap="xs" className="studio-faults">
      {rowsOf(graph, session.definition()).map((row) => (
        <Paper key={row.id} component="li" p="sm">
          <Text fw={500}>
            {row.number !== null && `${row.number}. `}
            {row.name}
          </Text>
          <Text size="sm" c="dimmed">
            {row.step ? t(`role.${row.step.role}`) : row.wait ? t('kind.wait') : t('table.machine')}
          </Text>
          {row.limits
            .filter(({ limit }) => limit !== null)
            .map(({ case: key, limit }) => (
              <Text size="sm" key={key}>
                {cases[key]}: {shortLimit(t, limit!)}
              </Text>
            ))}
          {row.next.map(({ outcome, target }) => {
            const label = outcome && row.step?.outcomes?.[outcome]?.label
            const to = target ? (graph.nodes.get(target)?.name ?? target) : t('table.nowhere')
            return (
              <Text size="sm" key={outcome ?? ''}>
                {label ? `${text(label)} → ` : '→ '}
                {to}
              </Text>
            )
          })}
        </Paper>
      ))}
    </Stack>
  )
}

/** The steps in words, for a screen on which no diagram can be edited. */
export const ReadingSteps = () => {
  const { t } = useTranslation('studio-workspace')
  const { source } = useDraftEditor()
  const { opened, problem, retry } = useSession()
  if (problem) return <Failed problem={problem} retry={retry} />
  if (!opened) return <Loading />
  return (
    <>
      <List session={opened.session} />
      <DrawingBehind always>
        <Suspense fallback={<Skeleton height={320} />}>
          <StillDiagram bpmn={source.bpmn} label={t('diagram.label')} />
        </Suspense>
      </DrawingBehind>
    </>
  )
}
