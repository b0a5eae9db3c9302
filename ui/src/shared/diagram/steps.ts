import type { DiagramView } from '../../app/api-types.ts'

export type Step = { id: string; name: string; state: 'done' | 'here' | 'failed' | 'ahead' }
type Elements = {
  filter(wanted: (element: { type: string; x?: number }) => boolean): {
    id: string
    businessObject: { name?: string }
    x?: number
  }[]
}

/** The tasks of a diagram from left to right with their state: the same as the drawing, in words. */
export const stepsOf = (elements: Elements, view: DiagramView): Step[] => {
  const failed = new Set(view.incidents.map(({ elementId }) => elementId))
  return elements
    .filter(({ type }) => /Task$|CallActivity$/.test(type))
    .sort((a, b) => (a.x ?? 0) - (b.x ?? 0))
    .map(({ id, businessObject }) => ({
      id,
      name: businessObject.name ?? id,
      state: failed.has(id)
        ? 'failed'
        : view.active.includes(id)
          ? 'here'
          : view.completed.includes(id)
            ? 'done'
            : 'ahead',
    }))
}
