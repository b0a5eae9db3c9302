import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../../shared/diagram/diagram.css'
import './compare.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'
import { type Canvas, fitWidth, growToFit } from '../../shared/diagram/fit.ts'
import { ZoomButtons } from '../../shared/diagram/zoom-buttons.tsx'
import { type Change, marksOf, numbersAsText, type Side } from './marks.ts'

type ViewerCanvas = Canvas & {
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
  scrollToElement(id: string): void
  resized(): void
}
type Overlays = {
  add(id: string, kind: string, overlay: { position: object; html: HTMLElement }): void
  remove(filter: { type: string }): void
}
type Registry = {
  get(id: string): { waypoints?: unknown } | undefined
  filter(wanted: () => boolean): { id: string }[]
}
type Events = {
  on(event: 'canvas.viewbox.changed', listener: () => void): void
  on(event: 'element.click', listener: (event: { element: { id: string } }) => void): void
}

/** A figure that stands on an element of both diagrams. */
export type Badge = { id: string; before: string; after: string }

const canvasOf = (viewer: NavigatedViewer) => viewer.get<ViewerCanvas>('canvas')
const registryOf = (viewer: NavigatedViewer) => viewer.get<Registry>('elementRegistry')

const signOf = (className: string, words: string) => {
  const element = document.createElement('div')
  element.className = className
  element.textContent = words
  return element
}

/** Where one diagram is looked at, the other is looked at too. */
const tie = (one: NavigatedViewer, other: NavigatedViewer) => {
  let following = false
  const follow = (from: NavigatedViewer, to: NavigatedViewer) => () => {
    if (following) return
    following = true
    const { x, y, width, height } = canvasOf(from).viewbox()
    canvasOf(to).viewbox({ x, y, width, height })
    following = false
  }
  one.get<Events>('eventBus').on('canvas.viewbox.changed', follow(one, other))
  other.get<Events>('eventBus').on('canvas.viewbox.changed', follow(other, one))
}

/** Both as high as the larger one needs; where the first is looked at, the other follows. */
const fitBoth = (viewers: NavigatedViewer[], holders: HTMLElement[]) => {
  for (const [n, holder] of holders.entries()) {
    const viewer = viewers[n]
    if (viewer) growToFit(canvasOf(viewer), holder, 300, 760)
  }
  const highest = Math.max(...holders.map(({ clientHeight }) => clientHeight))
  for (const holder of holders) holder.style.height = `${highest}px`
  for (const viewer of viewers) canvasOf(viewer).resized()
  const [lead] = viewers
  if (lead) fitWidth(canvasOf(lead))
}

const MARKERS = ['cmp-added', 'cmp-removed', 'cmp-changed', 'cmp-chosen']

const paint = (
  viewer: NavigatedViewer,
  other: NavigatedViewer | undefined,
  side: Side,
  {
    changes,
    chosen,
    badges,
  }: { changes: readonly Change[]; chosen: number | null; badges: readonly Badge[] },
) => {
  const canvas = canvasOf(viewer)
  const overlays = viewer.get<Overlays>('overlays')
  const known = registryOf(viewer)
  for (const { id } of known.filter(() => true)) for (const marker of MARKERS) canvas.removeMarker(id, marker)
  overlays.remove({ type: 'cmp' })
  const isInOther = (id: string) => other !== undefined && registryOf(other).get(id) !== undefined
  for (const { id, kind, numbers } of marksOf(changes, side, isInOther)) {
    const element = known.get(id)
    if (!element) continue
    canvas.addMarker(id, `cmp-${kind}`)
    if (chosen !== null && numbers.includes(chosen)) canvas.addMarker(id, 'cmp-chosen')
    // A line has no room for a number: its colour says that it goes with the step it leads to.
    if (element.waypoints || badges.length > 0) continue
    overlays.add(id, 'cmp', {
      position: { top: -14, right: 14 },
      html: signOf(`cmp-sign cmp-sign-${kind}`, numbersAsText(numbers)),
    })
  }
  for (const badge of badges)
    if (known.get(badge.id) && badge[side] !== '')
      overlays.add(badge.id, 'cmp', {
        position: { bottom: 6, left: -4 },
        html: signOf(badge.before === badge.after ? 'cmp-badge' : 'cmp-badge cmp-badge-changed', badge[side]),
      })
}

/**
 * The diagrams of two versions beside each other, moved and enlarged together. What differs is marked by colour and by
 * the shape of its number; the list beside them says the same in words. The bpmn.io logos stay visible.
 */
export default function PairView({
  before,
  after,
  changes,
  chosen,
  badges,
  onChoose,
}: {
  before: { label: string; bpmn: string } | null
  after: { label: string; bpmn: string }
  changes: readonly Change[]
  chosen: number | null
  badges: readonly Badge[]
  onChoose: (number: number) => void
}) {
  const { t } = useTranslation(['studio-compare', 'shared'])
  const left = useRef<HTMLElement>(null)
  const right = useRef<HTMLElement>(null)
  const shown = useRef<{ viewers: NavigatedViewer[]; holders: HTMLElement[] }>({ viewers: [], holders: [] })
  const choose = useRef(onChoose)
  choose.current = onChoose
  const told = useRef(changes)
  told.current = changes
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [earlier, later] = [before?.bpmn, after.bpmn]

  useEffect(() => {
    const holders = [left.current, right.current].filter((holder) => holder !== null)
    const texts = [earlier, later].filter((bpmn) => bpmn !== undefined)
    const viewers = holders.map(
      (container) => new NavigatedViewer({ container, zoomScroll: { enabled: false } }),
    )
    let gone = false
    setReady(false)
    setProblem(null)
    Promise.all(viewers.map((viewer, n) => viewer.importXML(texts[n]!)))
      .then(() => {
        if (gone) return
        shown.current = { viewers, holders }
        if (viewers.length === 2) tie(viewers[0]!, viewers[1]!)
        fitBoth(viewers, holders)
        for (const [n, viewer] of viewers.entries()) {
          const side: Side = viewers.length === 2 && n === 0 ? 'before' : 'after'
          viewer.get<Events>('eventBus').on('element.click', ({ element }) => {
            const found = told.current.findIndex(({ marks }) => marks[side].includes(element.id))
            if (found >= 0) choose.current(found + 1)
          })
        }
        setReady(true)
      })
      .catch((caught: unknown) => !gone && setProblem(caught))
    return () => {
      gone = true
      shown.current = { viewers: [], holders: [] }
      for (const viewer of viewers) viewer.destroy()
    }
  }, [earlier, later])

  useEffect(() => {
    if (!ready) return
    const { viewers } = shown.current
    const [one, other] = viewers
    if (one && other) {
      paint(one, other, 'before', { changes, chosen, badges })
      paint(other, one, 'after', { changes, chosen, badges })
    } else if (one) paint(one, undefined, 'after', { changes: [], chosen: null, badges })
  }, [ready, changes, chosen, badges])

  useEffect(() => {
    // Before anything is chosen, the first change is in sight.
    const change = changes[chosen === null ? 0 : chosen - 1]
    if (!ready || !change) return
    const { viewers } = shown.current
    const sides = [change.marks.before, change.marks.after]
    // The later diagram leads where it has the element; the other follows.
    for (const n of [1, 0]) {
      const id = sides[n]?.find((one) => viewers[n] && registryOf(viewers[n]).get(one))
      if (id) {
        canvasOf(viewers[n]!).scrollToElement(id)
        return
      }
    }
  }, [ready, changes, chosen])

  if (problem) return <Failed problem={problem} />
  return (
    <div className="cmp-pair">
      <ZoomButtons
        canvas={() => shown.current.viewers[0]?.get<ViewerCanvas>('canvas')}
        className="cmp-zoom"
      />
      {before && (
        <figure className="cmp-side">
          <figcaption>
            <strong>{t('before')}</strong> <span className="soft">{before.label}</span>
          </figcaption>
          <section ref={left} className="diagram cmp-diagram" aria-label={t('diagramBefore')} />
        </figure>
      )}
      <figure className="cmp-side">
        <figcaption>
          <strong>{t('after')}</strong> <span className="soft">{after.label}</span>
        </figcaption>
        <section ref={right} className="diagram cmp-diagram" aria-label={t('diagramAfter')} />
      </figure>
    </div>
  )
}
