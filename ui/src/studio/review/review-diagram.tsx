import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../../shared/diagram/diagram.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'

type Element = { id: string; type: string; businessObject: { name?: string } }
type Canvas = {
  zoom(level?: 'fit-viewport' | number, center?: 'auto'): number
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
  viewbox(): { inner: { width: number; height: number } }
  resized(): void
}
type Overlays = {
  add(id: string, type: string, overlay: { position: object; html: HTMLElement }): void
  remove(filter: { type: string }): void
}
type Registry = { get(id: string): Element | undefined; filter(wanted: (one: Element) => boolean): Element[] }
type Events = { on(event: string, heard: (event: { element: Element }) => void): void }

export type Named = { id: string; name: string }

const SAID = 'comments'
const isStep = ({ type, businessObject }: Element) =>
  type !== 'label' && Boolean(businessObject.name) && !/Participant|Lane|Process|SequenceFlow/.test(type)

const badge = (count: number, words: string) => {
  const element = document.createElement('div')
  element.className = 'review-badge'
  element.textContent = String(count)
  element.title = words
  return element
}

/** As wide as the page allows, so that the words can be read. */
const fitWidth = (viewer: NavigatedViewer, holder: HTMLElement) => {
  const canvas = viewer.get<Canvas>('canvas')
  const { width, height } = canvas.viewbox().inner
  const wanted = (holder.clientWidth * height) / Math.max(1, width)
  holder.style.height = `${Math.round(Math.min(Math.max(wanted, 260), 900)) + 24}px`
  canvas.resized()
  canvas.zoom('fit-viewport', 'auto')
}

/** The diagram under review: how many open comments each element has, and which one is chosen. */
export default function ReviewDiagram({
  bpmn,
  counts,
  chosen,
  onChoose,
  onNames,
}: {
  bpmn: string
  /** Open comments by element. */
  counts: ReadonlyMap<string, number>
  chosen: string | null
  onChoose: (id: string) => void
  onNames: (names: Named[]) => void
}) {
  const { t } = useTranslation('studio-review')
  const holder = useRef<HTMLElement>(null)
  const [viewer, setViewer] = useState<NavigatedViewer | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const choose = useRef(onChoose)
  choose.current = onChoose

  useEffect(() => {
    const made = new NavigatedViewer({ container: holder.current!, zoomScroll: { enabled: false } })
    let left = false
    made
      .importXML(bpmn)
      .then(() => {
        if (left) return
        fitWidth(made, holder.current!)
        const steps = made.get<Registry>('elementRegistry').filter(isStep)
        onNames(steps.map(({ id, businessObject }) => ({ id, name: businessObject.name! })))
        made
          .get<Events>('eventBus')
          .on('element.click', ({ element }) => isStep(element) && choose.current(element.id))
        setViewer(made)
      })
      .catch((caught: unknown) => !left && setProblem(caught))
    return () => {
      left = true
      setViewer(null)
      made.destroy()
    }
  }, [bpmn, onNames])

  useEffect(() => {
    if (!viewer) return
    const overlays = viewer.get<Overlays>('overlays')
    const known = viewer.get<Registry>('elementRegistry')
    overlays.remove({ type: SAID })
    for (const [id, count] of counts)
      if (known.get(id))
        overlays.add(id, SAID, {
          position: { top: -10, right: 12 },
          html: badge(count, t('comments.open', { count })),
        })
  }, [viewer, counts, t])

  useEffect(() => {
    if (!viewer || !chosen || !viewer.get<Registry>('elementRegistry').get(chosen)) return
    const canvas = viewer.get<Canvas>('canvas')
    canvas.addMarker(chosen, 'step-active')
    return () => {
      // The viewer may have been taken down with the page.
      if (holder.current?.isConnected) canvas.removeMarker(chosen, 'step-active')
    }
  }, [viewer, chosen])

  if (problem) return <Failed problem={problem} />
  return (
    <div className="diagram-frame">
      <section ref={holder} className="diagram" aria-label={t('diagram')} />
    </div>
  )
}
