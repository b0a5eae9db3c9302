import 'camunda-bpmn-js/dist/assets/camunda-cloud-modeler.css'
import '../../../shared/diagram/diagram.css'
import './diagram-section.css'
import { ActionIcon, Alert, Group, SegmentedControl, Tooltip } from '@mantine/core'
import { IconMinus, IconPlus, IconZoomScan } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { Failed, Loading } from '../../../app/states.tsx'
import { fitWhole, fitWidth } from '../../../shared/diagram/fit.ts'
import { useAddress } from '../../../shared/use-address.ts'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { useSession, useSessionSnapshot } from '../session-context.tsx'
import type { Acts } from '../steps/acts.ts'
import { MergeDialog } from '../steps/merge-dialog.tsx'
import { StepPanel } from '../steps/step-panel.tsx'
import { StepTable } from '../steps/step-table.tsx'
import { badgesOf } from './badges-of.ts'
import { DiagramFiles } from './diagram-files.tsx'
import type { Session } from './session.ts'

const VIEWS = ['so-do', 'ca-hai', 'bang'] as const
type View = (typeof VIEWS)[number]
/** Pixels on the left on which the palette stands. */
const PALETTE = 76

/** The modeller's own canvas, put into the page while this section is shown. */
const Canvas = ({ session }: { session: Session }) => {
  const { t } = useTranslation('studio-workspace')
  const holder = useRef<HTMLElement>(null)
  const { state } = useSessionSnapshot(session)
  const fitted = useRef<string>(null)
  useEffect(() => {
    const { modeler } = session
    const box = holder.current!
    modeler.attachTo(box)
    const resized = new ResizeObserver(() => modeler.get('canvas').resized())
    resized.observe(box)
    return () => {
      resized.disconnect()
      modeler.detach()
    }
  }, [session])
  useEffect(() => {
    if (state !== 'ready' || fitted.current === session.id) return
    fitted.current = session.id
    fitWidth(session.modeler.get('canvas'), { left: PALETTE })
    const { selected } = session.snapshot()
    if (selected) session.select(selected)
  }, [session, state])
  return <section ref={holder} className="studio-canvas" aria-label={t('diagram.label')} />
}

const Zoom = ({ session }: { session: Session }) => {
  const { t } = useTranslation('studio-workspace')
  const canvas = () => session.modeler.get('canvas')
  const button = (label: string, icon: React.ReactNode, act: () => void) => (
    <Tooltip label={label} position="left">
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className="studio-zoom">
      {button(t('diagram.fit'), <IconZoomScan size={18} />, () => fitWhole(canvas()))}
      {button(t('diagram.larger'), <IconPlus size={18} />, () =>
        canvas().zoom(canvas().zoom() * 1.25, 'auto'),
      )}
      {button(t('diagram.smaller'), <IconMinus size={18} />, () =>
        canvas().zoom(canvas().zoom() * 0.8, 'auto'),
      )}
    </div>
  )
}

/** The modeller's properties panel, under ours: the explanation, and what a template asks. */
const Properties = ({ session }: { session: Session }) => {
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const panel = session.modeler.get('propertiesPanel')
    panel.attachTo(holder.current!)
    return () => panel.detach()
  }, [session])
  return <div ref={holder} className="studio-properties" />
}

/** Badges and fault marks follow the data and the rules. */
const useMarks = (session: Session) => {
  const { t } = useTranslation('studio-workspace')
  const { version, state } = useSessionSnapshot(session)
  const { faults } = useDraftEditor()
  const text = useText()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the drawing and the data
  useEffect(() => {
    if (state === 'ready') session.marks.badges(badgesOf(session.definition(), t))
  }, [session, version, state, t])
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element that is new may be faulty already
  useEffect(() => {
    if (state === 'ready')
      session.marks.faults(faults, ({ message, mend }) => `${text(message)}\n${text(mend)}`)
  }, [session, version, state, faults, text])
}

const Opened = ({ session, acts }: { session: Session; acts: Acts }) => {
  const { t } = useTranslation('studio-workspace')
  const { query, put } = useAddress()
  const { readOnly } = useDraftEditor()
  const { state, problem } = useSessionSnapshot(session)
  useMarks(session)
  const asked = query.get('xem') as View
  const view: View = VIEWS.includes(asked) ? asked : 'so-do'
  return (
    <div className="studio-diagram">
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          value={view}
          onChange={(next) => put({ xem: next === 'so-do' ? '' : next })}
          aria-label={t('diagram.view')}
          data={VIEWS.map((each) => ({ value: each, label: t(`diagram.views.${each}`) }))}
        />
        <DiagramFiles session={session} />
      </Group>
      {state === 'failed' && (
        <Alert color="red" title={t('diagram.unreadable')} role="alert">
          {t('diagram.unreadableHelp')} <code>{problem}</code>
        </Alert>
      )}
      <div className={`studio-diagram-body studio-view-${view}${readOnly ? ' studio-read-only' : ''}`}>
        {view !== 'bang' && (
          <div className="studio-canvas-frame">
            <Canvas session={session} />
            <Zoom session={session} />
          </div>
        )}
        {view !== 'so-do' && <StepTable session={session} acts={acts} />}
        <aside className="studio-side" aria-label={t('side.label')}>
          <StepPanel session={session} acts={acts} />
          {!readOnly && <Properties session={session} />}
        </aside>
      </div>
      <MergeDialog session={session} acts={acts} />
    </div>
  )
}

/** The diagram with its steps: drawn, as a table, or both. */
const DiagramSection = () => {
  const { opened, problem, retry } = useSession()
  if (problem) return <Failed problem={problem} retry={retry} />
  if (!opened) return <Loading lines={10} />
  return <Opened session={opened.session} acts={opened.acts} />
}
export default DiagramSection
