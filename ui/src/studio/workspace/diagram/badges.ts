import type { FaultPart, StudioFault } from '../../draft/types.ts'
import type { Badge } from './badges-of.ts'
import type { Canvas, Overlays, Registry, Shape } from './services.ts'

/** On the lower and the upper edge of their box, no wider than it: they never lie over a neighbour. */
const POSITIONS = { limit: { bottom: 11, left: 0 }, clock: { top: -11, left: 0 } }
const ICONS: Record<string, string> = {
  clock:
    '<svg viewBox="0 0 16 16" width="11" height="11" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/></svg>',
  hourglass:
    '<svg viewBox="0 0 16 16" width="11" height="11" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M4 1.8h8M4 14.2h8M5 2c0 3.5 2.2 4.2 3 6-.8 1.8-3 2.500-3 6M11 2c0 3.500-2.200 4.200-3 6 .8 1.800 3 2.500 3 6"/></svg>',
}

const drawn = (badge: Badge): HTMLElement => {
  const element = document.createElement('div')
  element.className = `studio-badge studio-badge-${badge.place}`
  element.title = badge.title
  const icon = ICONS[badge.mark]
  if (icon) element.innerHTML = icon
  const text = document.createElement('span')
  text.textContent = icon ? badge.text : `${badge.mark} ${badge.text}`
  element.append(text)
  return element
}

/** Badges and fault marks on the drawing; only what has changed is drawn anew. */
export const createMarks = (overlays: Overlays, canvas: Canvas, registry: Registry) => {
  let badges = new Map<string, string>()
  let faulty = new Map<string, string>()

  return {
    badges(wanted: Map<string, Badge[]>) {
      const next = new Map<string, string>()
      for (const [id, each] of wanted) {
        const shape = registry.get(id) as Shape | undefined
        if (shape) next.set(id, JSON.stringify([shape.width, each]))
      }
      for (const [id, signature] of badges)
        if (next.get(id) !== signature && registry.get(id))
          overlays.remove({ element: id, type: 'studio-badge' })
      for (const [id, signature] of next) {
        if (badges.get(id) === signature) continue
        for (const place of ['limit', 'clock'] as const) {
          const here = wanted.get(id)!.filter((badge) => badge.place === place)
          if (here.length === 0) continue
          const html = document.createElement('div')
          html.className = `studio-badges studio-badges-${place}`
          const { width } = registry.get(id) as Shape
          html.style.width = `${width}px`
          html.append(...here.map(drawn))
          overlays.add(id, 'studio-badge', { position: POSITIONS[place], html })
        }
      }
      badges = next
    },
    /** The worst of an element's faults, in its words. */
    faults(
      all: StudioFault[],
      say: (fault: StudioFault) => string,
      parts: FaultPart[] = ['diagram', 'limits'],
    ) {
      const next = new Map<string, { severity: StudioFault['severity']; words: string[] }>()
      for (const fault of all) {
        if (!fault.elementId || !parts.includes(fault.part) || !registry.get(fault.elementId)) continue
        const here = next.get(fault.elementId) ?? { severity: 'warning', words: [] }
        if (fault.severity === 'error') here.severity = 'error'
        here.words.push(say(fault))
        next.set(fault.elementId, here)
      }
      const signatures = new Map([...next].map(([id, each]) => [id, JSON.stringify(each)]))
      for (const [id, signature] of faulty) {
        if (signatures.get(id) === signature || !registry.get(id)) continue
        overlays.remove({ element: id, type: 'studio-fault' })
        canvas.removeMarker(id, 'studio-faulty')
        canvas.removeMarker(id, 'studio-doubtful')
      }
      for (const [id, { severity, words }] of next) {
        if (faulty.get(id) === signatures.get(id)) continue
        canvas.addMarker(id, severity === 'error' ? 'studio-faulty' : 'studio-doubtful')
        const html = document.createElement('div')
        html.className = `studio-fault studio-fault-${severity}`
        html.title = words.join('\n\n')
        html.textContent = severity === 'error' ? '!' : '?'
        overlays.add(id, 'studio-fault', { position: { top: -11, left: -9 }, html })
      }
      faulty = signatures
    },
    /** A diagram has been read anew: nothing is drawn on it yet. */
    forget() {
      badges = new Map()
      faulty = new Map()
    },
  }
}
