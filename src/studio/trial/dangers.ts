import type { DeployProblem } from '../engine-words.ts'
import { checkSource } from '../lint/check.ts'
import { harmWords, inspectXml } from '../lint/hostile.ts'
import type { ProcedureSource } from '../source.ts'

/** Rules whose breach is evaluated by no engine, or fills its memory. */
const OF_THE_ENGINE = ['feel', 'feel-compatibility', 'routing-feel', 'no-mapping']

/** What no engine is given to run, not even one that is thrown away: it stands on the machine that serves people. */
export async function dangersOf(source: ProcedureSource): Promise<DeployProblem[]> {
  const harms = [...inspectXml(source.bpmn, 'bpmn').harms, ...inspectXml(source.dmn, 'dmn').harms]
  if (harms.length > 0) return harms.map((harm) => ({ elementId: harm.element, message: harmWords(harm) }))
  // Neither day nor job types matter to the rules that are asked here.
  const faults = await checkSource(source, { jobTypes: [], today: '2000-01-01' })
  return faults
    .filter(({ rule, severity }) => severity === 'error' && OF_THE_ENGINE.includes(rule))
    .map(({ elementId, message }) => ({ elementId, message }))
}
