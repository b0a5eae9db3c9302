import { type Fault, lintRead, readDiagram } from '../../procedures/lint.ts'
import { type ReadData, readData } from './data.ts'
import type { CheckContext, ProcedureSource, StudioFault } from './fault.ts'
import { type Graph, graphOf } from './graph.ts'
import { lawFaults } from './law.ts'
import { packageMessages } from './rules/packages.ts'
import { faultOf } from './rules.ts'

const drawingFault = ({ id, rule, severity, message }: Fault): StudioFault => {
  const ours = rule.startsWith('mot-cua/')
  return faultOf(rule, {
    severity,
    elementId: id,
    message: ours ? message : { vi: packageMessages[rule] ?? message.vi, en: message.en },
  })
}

async function drawn(
  { bpmn }: ProcedureSource,
  { definition }: ReadData,
  { jobTypes }: CheckContext,
): Promise<{ graph: Graph | null; faults: StudioFault[] }> {
  let root: unknown
  try {
    root = await readDiagram(bpmn)
  } catch (error) {
    const { message } = error as Error
    return {
      graph: null,
      faults: [
        faultOf('xml', {
          message: { vi: `Không đọc được sơ đồ: ${message}`, en: `The diagram cannot be read: ${message}` },
        }),
      ],
    }
  }
  const { steps = {}, waits = {}, fees, exchanges, children } = definition
  const faults = await lintRead(root, { steps, waits, fees, exchanges, children, jobTypes: [...jobTypes] })
  return { graph: graphOf(root), faults: faults.map(drawingFault) }
}

/**
 * Checks a procedure by every rule of the Studio: the diagram, the data, the law. The same in the editor, at publishing
 * and in the tests; it needs nothing of Node. A source that is only half made is checked as far as it can be read.
 * Order: errors before warnings, else as found.
 */
export async function checkSource(source: ProcedureSource, context: CheckContext): Promise<StudioFault[]> {
  const data = readData(source, context)
  const { graph, faults } = await drawn(source, data, context)
  const all = [...faults, ...data.faults, ...lawFaults({ ...data, graph, source, context })]
  return [
    ...all.filter(({ severity }) => severity === 'error'),
    ...all.filter(({ severity }) => severity === 'warning'),
  ]
}
