import type { DeployProblem } from '../engine-words.ts'
import { checkSource } from '../lint/check.ts'
import { harmWords, inspectXml } from '../lint/hostile.ts'
import type { ProcedureSource } from '../source.ts'

/** Rules of expressions: what breaks one of them is evaluated by no engine. */
const OF_EXPRESSIONS = ['feel', 'feel-compatibility', 'routing-feel']

/**
 * What is drawn nowhere here, and lets variables double from one to the next (`= a + a`): thirty lines of it fill the memory of an
 * engine, whatever each of them says.
 */
const MAPPING = /<(?:[\w.-]+:)?ioMapping\b/

/** What no engine is given to run, not even one that is thrown away: it stands on the machine that serves people. */
export async function dangersOf(source: ProcedureSource): Promise<DeployProblem[]> {
  const harms = [...inspectXml(source.bpmn, 'bpmn').harms, ...inspectXml(source.dmn, 'dmn').harms]
  if (harms.length > 0) return harms.map((harm) => ({ elementId: harm.element, message: harmWords(harm) }))
  if (MAPPING.test(source.bpmn))
    return [
      {
        elementId: null,
        message: {
          vi: 'Sơ đồ có ánh xạ biến (zeebe:ioMapping): biến nhân lên qua từng dòng có thể làm đầy bộ nhớ. Xóa ánh xạ; các bước của thủ tục không cần đến.',
          en: 'The diagram maps variables (zeebe:ioMapping), which may double from line to line and fill the memory. Remove the mapping; no step of a procedure needs one.',
        },
      },
    ]
  // Neither day nor job types matter to the rules that are asked here.
  const faults = await checkSource(source, { jobTypes: [], today: '2000-01-01' })
  return faults
    .filter(({ rule, severity }) => severity === 'error' && OF_EXPRESSIONS.includes(rule))
    .map(({ elementId, message }) => ({ elementId, message }))
}
