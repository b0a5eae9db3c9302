import { readFileSync } from 'node:fs'
import { procedureDefinition } from '../../../../src/procedures/definition.ts'
import { readDiagram } from '../../../../src/studio/flow/diagram.ts'
import type { History } from '../../../../src/studio/replay/past.ts'
import type { Assumptions, Design } from '../../../../src/studio/replay/plan.ts'

const FOLDER = 'processes/1.013225-cap-giay-phep-xay-dung-moi'

/**
 * The permits of one commune in a lived-in month of the demonstration, as `readHistory` read them from its record: made by
 * everybody's acts through the product, not drawn by a simulator. Ids are shortened. test/load/month-history.ts writes it.
 */
export function monthHistory(): History {
  const history: History = { past: [], staff: [], days: [], hours: [] }
  for (const line of readFileSync('test/unit/studio/replay/month.ndjson', 'utf8').trim().split('\n')) {
    const { is, ...row } = JSON.parse(line)
    history[is as keyof History].push(row as never)
  }
  return history
}

const bpmn = () => readFileSync(`${FOLDER}/process.bpmn`, 'utf8')
const facts = () => JSON.parse(readFileSync(`${FOLDER}/procedure.json`, 'utf8'))

/** The permit's version in force, or what somebody makes of its diagram and facts. */
export const permit = async (
  change: (bpmn: string) => string = (same) => same,
  // biome-ignore lint/suspicious/noExplicitAny: what analysts edit is JSON
  edit: (facts: any) => void = () => undefined,
): Promise<Design> => {
  const definition = facts()
  edit(definition)
  return { flow: await readDiagram(change(bpmn())), definition: procedureDefinition.parse(definition) }
}

export const nothing: Assumptions = { seed: 1, steps: {}, gateways: {}, takesOver: {} }

/** Puts a task of the given kind into a sequence flow. */
export const insertStep =
  (flow: string, from: string, to: string, task: string) =>
  (xml: string): string =>
    xml.replace(
      `<bpmn:sequenceFlow id="${flow}" sourceRef="${from}" targetRef="${to}" />`,
      `${task}<bpmn:sequenceFlow id="${flow}" sourceRef="${from}" targetRef="Extra" /><bpmn:sequenceFlow id="Extra_out" sourceRef="Extra" targetRef="${to}" />`,
    )
