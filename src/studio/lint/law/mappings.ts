import type { Law } from '../facts.ts'
import { faultOf } from '../rules.ts'

/** An element's id, or a mapping, which stands within the element named last. */
const ID_OR_MAPPING = /\sid\s*=\s*["']([^"']*)["']|<(?:[\w.-]+:)?ioMapping\b/g
const MOST_TOLD = 100

/** Variables that a diagram maps from one to the next: a procedure's steps need none, and lines of them can fill the broker's memory. */
export const mappings: Law = ({ source: { bpmn }, graph }) => {
  const found: (string | null)[] = []
  let elementId: string | null = null
  for (const [, id] of bpmn.matchAll(ID_OR_MAPPING)) {
    if (id === undefined) found.push(elementId)
    else if (graph?.nodes.has(id)) elementId = id
  }
  return found.slice(0, MOST_TOLD).map((elementId) =>
    faultOf('no-mapping', {
      elementId,
      message: {
        vi: 'Sơ đồ có ánh xạ biến (zeebe:ioMapping).',
        en: 'The diagram maps variables (zeebe:ioMapping).',
      },
    }),
  )
}
