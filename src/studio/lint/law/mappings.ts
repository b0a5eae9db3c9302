import type { Law } from '../facts.ts'
import { faultOf } from '../rules.ts'

const MAPPING = /<(?:[\w.-]+:)?ioMapping\b/g
const ID = /\sid\s*=\s*["']([^"']*)["']/g

/** Variables that a diagram maps from one to the next: a procedure's steps need none, and lines of them can fill the broker's memory. */
export const mappings: Law = ({ source: { bpmn }, graph }) => {
  const nodes = new Set(graph?.nodes.keys())
  return [...bpmn.matchAll(MAPPING)].slice(0, 100).map(({ index }) => {
    const before = [...bpmn.slice(0, index).matchAll(ID)].map(([, id]) => id!)
    const elementId = before.findLast((id) => nodes.has(id)) ?? null
    return faultOf('no-mapping', {
      elementId,
      message: {
        vi: 'Sơ đồ có ánh xạ biến (zeebe:ioMapping).',
        en: 'The diagram maps variables (zeebe:ioMapping).',
      },
    })
  })
}
