import { readdirSync } from 'node:fs'
import type { ProcedureDefinition } from '../../../../src/procedures/definition.ts'
import { assertSchema } from '../../../../src/procedures/form.ts'
import { readDiagram } from '../../../../src/procedures/lint.ts'
import { checkSource } from '../../../../src/studio/lint/check.ts'
import { readData } from '../../../../src/studio/lint/data.ts'
import type { StudioFault } from '../../../../src/studio/lint/fault.ts'
import { type Graph, graphOf } from '../../../../src/studio/lint/graph.ts'
import { lawFaults } from '../../../../src/studio/lint/law.ts'
import type { ProcedureSource } from '../../../../src/studio/source.ts'
import { sourceOf } from '../sources.ts'

export const jobTypes = readdirSync('processes/shared/element-templates').map((name) =>
  name.replace('.json', ''),
)

const schemaFault = (schema: object) => {
  try {
    assertSchema(schema as Parameters<typeof assertSchema>[0])
    return null
  } catch (error) {
    return (error as Error).message
  }
}

export const TODAY = '2026-11-23'

export const check = (source: ProcedureSource, roles?: string[]): Promise<StudioFault[]> =>
  checkSource(source, { jobTypes, today: TODAY, schemaFault, ...(roles && { roles }) })

const graphs = new Map<string, Graph | null>()

async function graphIn(bpmn: string): Promise<Graph | null> {
  const known = graphs.get(bpmn)
  if (known !== undefined) return known
  const graph = await readDiagram(bpmn).then(graphOf, () => null)
  graphs.set(bpmn, graph)
  return graph
}

/** As `check`, without the linter of diagrams, which takes most of its time. */
export async function checkLaw(source: ProcedureSource, roles?: string[]): Promise<StudioFault[]> {
  const graph = await graphIn(source.bpmn)
  const context = { jobTypes, today: TODAY, schemaFault, ...(roles && { roles }) }
  const data = readData(source, context)
  return [...data.faults, ...lawFaults({ ...data, graph, source, context })]
}

/** The data of a procedure as a test changes them: everything is there, and anything may be set. */
export type Loose = {
  [K in keyof ProcedureDefinition]: ProcedureDefinition[K]
} & Record<string, unknown>

export type Edited = Omit<ProcedureSource, 'definition' | 'eform'> & {
  definition: Loose
  eform: {
    schema: { properties: Record<string, Record<string, unknown>>; required: string[] }
    groups: { fields: string[] }[]
  }
}

/** 1.013225 with one thing changed. */
export function edited(edit: (source: Edited) => void, code = '1.013225'): ProcedureSource {
  const source = JSON.parse(JSON.stringify(sourceOf(code))) as Edited
  edit(source)
  return source as unknown as ProcedureSource
}

/** Replaces a piece of the diagram or the table that must be there. */
export function replace(source: Edited, part: 'bpmn' | 'dmn', from: string | RegExp, to: string): void {
  if (source[part].search(from instanceof RegExp ? from : literally(from)) === -1)
    throw new Error(`${part} has no ${from}`)
  source[part] = source[part].replace(from, () => to)
}
const literally = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
