import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../../shared/diagram/diagram.css'
import '../compare/compare.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'
import { growToFit } from '../../shared/diagram/fit.ts'
import { type Change, marksOf, numbersAsText } from '../compare/marks.ts'

type Element = { id: string; type: string; businessObject: { name?: string } }
type Canvas = Parameters<typeof growToFit>[0] & {
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
}
type Overlays = {
  add(id: string, type: string, overlay: { position: object; html: HTMLElement }): void
  remove(filter: { type: string }): void
}
type Registry = { get(id: string): Element | undefined; filter(wanted: (one: Element) => boolean): Element[] }
type Events = { on(event: string, heard: (event: { element: Element }) => void): void }

export type Named = { id: string; name: string }

const SAID = 'comments'
const CHANGED = 'changes'
const MARKERS = ['cmp-added', 'cmp-changed', 'cmp-chosen']
const isStep = ({ type, businessObject }: Element) =>
  type !== 'label' && Boolean(businessObject.name) && !/Participant|Lane|Process|SequenceFlow/.test(type)

/** Marked on the draft's side alone: it was not there before. */
const isNew = (changes: readonly Change[], id: string): boolean =>
  changes.some(({ marks }) => marks.after.includes(id)) &&
  !changes.some(({ marks }) => marks.before.includes(id))

const badge = (words: string, title: string, className: string) => {
  const element = document.createElement('div')
  element.className = className
  element.textContent = words
  element.title = title
  return element
}

/** The diagram under review: what is new in it, how many open comments each element has, and which one is chosen. */
export default function ReviewDiagram({
  bpmn,
  counts,
  changes,
  chosenChange,
  chosen,
  onChoose,
  onNames,
}: {
  bpmn: string
  /** What differs from the version before, numbered as in the list beside the drawing. */
  changes: readonly Change[]
  chosenChange: number | null
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
        growToFit(made.get<Canvas>('canvas'), holder.current!, 260, 900)
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
          html: badge(String(count), t('comments.open', { count }), 'review-badge'),
        })
  }, [viewer, counts, t])

  useEffect(() => {
    if (!viewer) return
    const canvas = viewer.get<Canvas>('canvas')
    const overlays = viewer.get<Overlays>('overlays')
    const known = viewer.get<Registry>('elementRegistry')
    const marks = marksOf(changes, 'after', (id) => !isNew(changes, id)).filter(({ id }) => known.get(id))
    for (const { id, kind, numbers } of marks) {
      canvas.addMarker(id, `cmp-${kind}`)
      if (chosenChange !== null && numbers.includes(chosenChange)) canvas.addMarker(id, 'cmp-chosen')
      const line = 'waypoints' in known.get(id)!
      if (!line)
        overlays.add(id, CHANGED, {
          position: { top: -14, left: -8 },
          html: badge(numbersAsText(numbers), t('changes.mark'), `cmp-sign cmp-sign-${kind}`),
        })
    }
    return () => {
      if (!holder.current?.isConnected) return
      overlays.remove({ type: CHANGED })
      for (const { id } of marks) for (const marker of MARKERS) canvas.removeMarker(id, marker)
    }
  }, [viewer, changes, chosenChange, t])

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
      <section ref={holder} className="diagram cmp-diagram" aria-label={t('diagram')} />
    </div>
  )
}
