import { afterPaint } from '../../draft/after-paint.ts'
import type { FaultPart, StudioFault } from '../../draft/types.ts'
import type { Badge } from './badges-of.ts'
import { badgesDrawn, faultDrawn, svg } from './marks-drawn.ts'
import { type Canvas, type Element, type EventBus, isShape, type Registry, type Shape } from './services.ts'

/** Above the drawing. */
const LAYER = 600
/** After the element itself has been drawn. */
const AFTER = 500
/** On the lower and the upper edge of their box: they never lie over a neighbour. */
const EDGES = { limit: ({ height }: Shape) => height - 11, clock: () => -11 }

type Part = 'badges' | 'fault'
/** What stands at an element, and what each part of it was drawn from. */
type Marked = { group: SVGElement; drawn: Map<Part, { from: string; what: SVGElement[] }> }

const cornerOf = (element: Element): { x: number; y: number } => {
  if (isShape(element)) return element
  const { waypoints } = element as Element & { waypoints: { x: number; y: number }[] }
  return {
    x: Math.min(...waypoints.map(({ x }) => x)),
    y: Math.min(...waypoints.map(({ y }) => y)),
  }
}

/**
 * Badges and fault marks on the drawing; only what has changed is drawn anew. They are a part of the picture, not boxes of
 * HTML over it, each of which the page would place anew when its element moves.
 */
export const createMarks = (canvas: Canvas, registry: Registry, eventBus: EventBus) => {
  const layer = canvas.getLayer('studio-marks', LAYER)
  const marked = new Map<string, Marked>()
  // They say something and are not the element, nor the empty canvas.
  for (const type of ['mouseover', 'mouseout', 'mousedown', 'mouseup', 'click', 'dblclick', 'contextmenu'])
    layer.addEventListener(type, (event) => event.stopPropagation())
  // Whatever is dragged is dropped on what lies under them.
  let dragging = false
  eventBus.on('drag.start', () => {
    dragging = true
    layer.style.pointerEvents = 'none'
  })
  eventBus.on('drag.cleanup', () => {
    dragging = false
    afterPaint(() => {
      if (!dragging) layer.style.pointerEvents = ''
    })
  })

  const put = (id: string) => {
    const element = registry.get(id)
    const found = marked.get(id)
    if (!element || !found) return
    const { x, y } = cornerOf(element)
    found.group.setAttribute('transform', `translate(${x} ${y})`)
    const shown = canvas.findRoot(element) === canvas.getRootElement()
    if (shown) found.group.removeAttribute('display')
    else found.group.setAttribute('display', 'none')
  }
  const drop = (id: string) => {
    marked.get(id)?.group.remove()
    marked.delete(id)
  }
  const draw = (part: Part, wanted: Map<string, { from: string; draw: () => SVGElement[] }>) => {
    for (const [id, { drawn }] of [...marked]) {
      const was = drawn.get(part)
      if (!was || wanted.get(id)?.from === was.from) continue
      for (const what of was.what) what.remove()
      drawn.delete(part)
      if (drawn.size === 0) drop(id)
    }
    for (const [id, { from, draw: make }] of wanted) {
      const found = marked.get(id) ?? { group: svg('g', { 'data-marks-of': id }), drawn: new Map() }
      if (found.drawn.has(part)) continue
      const what = make()
      found.group.append(...what)
      found.drawn.set(part, { from, what })
      if (marked.has(id)) continue
      marked.set(id, found)
      put(id)
      layer.append(found.group)
    }
  }

  eventBus.on('element.changed', AFTER, ({ element }: { element: Element }) => put(element.id))
  eventBus.on(['shape.remove', 'connection.remove'], ({ element }: { element: Element }) => drop(element.id))
  eventBus.on('root.set', () => {
    for (const id of marked.keys()) put(id)
  })

  return {
    badges(wanted: Map<string, Badge[]>) {
      const next = new Map<string, { from: string; draw: () => SVGElement[] }>()
      for (const [id, all] of wanted) {
        const shape = registry.get(id) as Shape | undefined
        if (!shape) continue
        const { width, height } = shape
        next.set(id, {
          from: JSON.stringify([width, height, all]),
          draw: () =>
            (['limit', 'clock'] as const).flatMap((place) => {
              const here = all.filter((badge) => badge.place === place)
              return here.length > 0 ? [badgesDrawn(here, place, width, EDGES[place](shape))] : []
            }),
        })
      }
      draw('badges', next)
    },
    /** The worst of an element's faults, in its words. */
    faults(
      all: StudioFault[],
      say: (fault: StudioFault) => string,
      parts: FaultPart[] = ['diagram', 'limits'],
    ) {
      const found = new Map<string, { severity: StudioFault['severity']; words: string[] }>()
      for (const fault of all) {
        if (!fault.elementId || !parts.includes(fault.part) || !registry.get(fault.elementId)) continue
        const here = found.get(fault.elementId) ?? { severity: 'warning', words: [] }
        if (fault.severity === 'error') here.severity = 'error'
        here.words.push(say(fault))
        found.set(fault.elementId, here)
      }
      for (const { id } of registry.getAll()) {
        const severity = found.get(id)?.severity
        for (const [marker, of] of [
          ['studio-faulty', 'error'],
          ['studio-doubtful', 'warning'],
        ] as const)
          if (canvas.hasMarker(id, marker) !== (severity === of))
            canvas[severity === of ? 'addMarker' : 'removeMarker'](id, marker)
      }
      draw(
        'fault',
        new Map(
          [...found].map(([id, { severity, words }]) => [
            id,
            {
              from: JSON.stringify([severity, words]),
              draw: () => [faultDrawn(severity, words.join('\n\n'))],
            },
          ]),
        ),
      )
    },
    /** A diagram has been read anew: nothing is drawn on it yet. */
    forget() {
      for (const id of [...marked.keys()]) drop(id)
    },
  }
}
