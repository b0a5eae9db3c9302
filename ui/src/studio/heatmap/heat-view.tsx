import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../../shared/diagram/diagram.css'
import './heatmap.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'
import { type Canvas, growToFit } from '../../shared/diagram/fit.ts'
import { ZoomButtons } from '../../shared/diagram/zoom-buttons.tsx'

type ViewerCanvas = Canvas & {
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
}
type Overlays = {
  add(id: string, kind: string, overlay: { position: object; html: HTMLElement }): void
  remove(filter: { type: string }): void
}
type Registry = { get(id: string): object | undefined }
type Events = { on(event: string, listener: (event: { element: { id: string } }) => void): void }

const canvasOf = (viewer: NavigatedViewer) => viewer.get<ViewerCanvas>('canvas')

/** What is painted on an element: how hot, its marks and its figure in words. */
export type Heat = { id: string; level: number; marks: string; words: string }

const paint = (viewer: NavigatedViewer, heats: readonly Heat[], chosen: string) => {
  const canvas = viewer.get<ViewerCanvas>('canvas')
  const overlays = viewer.get<Overlays>('overlays')
  const known = viewer.get<Registry>('elementRegistry')
  overlays.remove({ type: 'heat' })
  for (const { id, level, marks, words } of heats) {
    if (!known.get(id)) continue
    for (const other of [0, 1, 2, 3, 4, 5]) canvas.removeMarker(id, `heat-${other}`)
    canvas.removeMarker(id, 'heat-chosen')
    canvas.addMarker(id, `heat-${level}`)
    if (id === chosen) canvas.addMarker(id, 'heat-chosen')
    if (level === 0) continue
    const badge = document.createElement('div')
    badge.className = 'heat-badge'
    badge.textContent = `${marks} ${words}`
    overlays.add(id, 'heat', { position: { bottom: 4, left: -6 }, html: badge })
  }
}

/**
 * A diagram coloured by a measure; every colour has its marks and its figure beside it. Clicking an element chooses it; the
 * table below the diagram does the same by keyboard. The bpmn.io logo stays visible.
 */
export default function HeatView({
  bpmn,
  heats,
  chosen,
  onChoose,
}: {
  bpmn: string
  heats: readonly Heat[]
  chosen: string
  onChoose: (id: string) => void
}) {
  const { t } = useTranslation(['studio-heatmap', 'shared'])
  const holder = useRef<HTMLElement>(null)
  const shown = useRef<NavigatedViewer | null>(null)
  const choose = useRef(onChoose)
  choose.current = onChoose
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)

  useEffect(() => {
    const viewer = new NavigatedViewer({ container: holder.current!, zoomScroll: { enabled: false } })
    let left = false
    setReady(false)
    viewer
      .importXML(bpmn)
      .then(() => {
        if (left) return
        shown.current = viewer
        growToFit(canvasOf(viewer), holder.current!, 280, 1000)
        viewer.get<Events>('eventBus').on('element.click', ({ element }) => choose.current(element.id))
        setReady(true)
      })
      .catch((caught: unknown) => !left && setProblem(caught))
    return () => {
      left = true
      shown.current = null
      viewer.destroy()
    }
  }, [bpmn])

  useEffect(() => {
    if (ready && shown.current) paint(shown.current, heats, chosen)
  }, [ready, heats, chosen])

  if (problem) return <Failed problem={problem} />
  return (
    <div className="diagram-frame">
      <section ref={holder} className="diagram heat-diagram" aria-label={t('diagram')} />
      <ZoomButtons canvas={() => shown.current?.get<ViewerCanvas>('canvas')} />
    </div>
  )
}
