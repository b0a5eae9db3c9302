/** The diagram and the table as files. */
import { baseIdOf } from '../../../procedures/agreement.ts'
import type { Facts, Law } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { type FileKind, harmWords, inspectXml } from '../hostile.ts'
import { faultOf } from '../rules.ts'

/** Rules of the file that a rule of the diagram says better. */
const SAID_ELSEWHERE = ['one-process', 'other-procedure']

const inspected = ({ source, definition: { code } }: Facts, kind: FileKind): StudioFault[] => {
  const { harms, notes } = inspectXml(source[kind], kind, code ? { baseId: baseIdOf(code) } : {})
  const part = kind === 'bpmn' ? 'diagram' : 'routing'
  return [
    ...harms
      .filter(({ rule }) => !(kind === 'bpmn' && SAID_ELSEWHERE.includes(rule)))
      .map((harm) => faultOf('not-harmless', { part, elementId: harm.element, message: harmWords(harm) })),
    ...notes.map((note) => faultOf('namespace-unknown', { part, message: harmWords(note) })),
  ]
}

export const files: Law = (facts) => [...inspected(facts, 'bpmn'), ...inspected(facts, 'dmn')]
