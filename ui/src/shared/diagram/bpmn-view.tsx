import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './diagram.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagramView } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { type Canvas, growToFit } from './fit.ts'
import { stepsOf } from './steps.ts'
import { ZoomButtons } from './zoom-buttons.tsx'

type ViewerCanvas = Canvas & {
  addMarker(id: string, marker: string): void
}
type Overlays = { add(id: string, overlay: { position: object; html: HTMLElement }): void }
type Registry = {
  get(id: string): { type: string } | undefined
  filter(wanted: (element: { type: string }) => boolean): { id: string; businessObject: { name?: string } }[]
}

const overlay = (className: string, words: string) => {
  const element = document.createElement('div')
  element.className = className
  element.title = words
  return element
}

const canvasOf = (viewer: NavigatedViewer) => viewer.get<ViewerCanvas>('canvas')

/** Marks what is done, where the token stands, and what failed. */
const mark = (viewer: NavigatedViewer, view: DiagramView, words: { here: string; failed: string }) => {
  const canvas = viewer.get<ViewerCanvas>('canvas')
  const overlays = viewer.get<Overlays>('overlays')
  const known = viewer.get<Registry>('elementRegistry')
  for (const id of [...view.completed, ...view.flows]) if (known.get(id)) canvas.addMarker(id, 'step-done')
  for (const id of view.active) {
    if (!known.get(id)) continue
    canvas.addMarker(id, 'step-active')
    overlays.add(id, { position: { top: -11, left: -11 }, html: overlay('token', words.here) })
  }
  for (const { elementId, message } of view.incidents) {
    if (!known.get(elementId)) continue
    canvas.addMarker(elementId, 'step-failed')
    overlays.add(elementId, {
      position: { top: -11, right: 11 },
      html: overlay('incident', `${words.failed}: ${message}`),
    })
  }
}

/** A diagram with its token. The bpmn.io logo stays visible, as its licence asks. */
export default function BpmnView({
  view,
  onSteps,
}: {
  view: DiagramView
  onSteps: (steps: ReturnType<typeof stepsOf>) => void
}) {
  const { t } = useTranslation('shared')
  const holder = useRef<HTMLElement>(null)
  const shown = useRef<NavigatedViewer | null>(null)
  const [problem, setProblem] = useState<unknown>(null)

  useEffect(() => {
    const viewer = new NavigatedViewer({
      container: holder.current!,
      // The wheel scrolls the page; the drawing is moved by hand and enlarged by its buttons.
      zoomScroll: { enabled: false },
    })
    shown.current = viewer
    let left = false
    viewer
      .importXML(view.bpmn)
      .then(() => {
        if (left) return
        mark(viewer, view, { here: t('diagram.here'), failed: t('diagram.failed') })
        growToFit(canvasOf(viewer), holder.current!, 280, 1100)
        onSteps(stepsOf(viewer.get<Registry>('elementRegistry'), view))
      })
      .catch((caught: unknown) => !left && setProblem(caught))
    return () => {
      left = true
      viewer.destroy()
    }
  }, [view, t, onSteps])

  if (problem) return <Failed problem={problem} />
  return (
    <div className="diagram-frame">
      <section ref={holder} className="diagram" aria-label={t('diagram.label')} />
      <ZoomButtons canvas={() => shown.current?.get<ViewerCanvas>('canvas')} />
    </div>
  )
}
