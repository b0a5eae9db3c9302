import { z } from 'zod'
import type { NamedText, ProcedureFiles } from '../procedures/assemble.ts'
import type { Eform, ProcedureDefinition } from '../procedures/definition.ts'
import { rewriteId } from '../procedures/rewrite.ts'

const json = z.record(z.string(), z.json())
const named = z.strictObject({
  /** Name of the file without its folder: `01-happy.json`. */
  name: z.string().regex(/^[\w-]{1,80}\.json$/),
  content: json,
})

/** The most characters of a diagram, and of a routing table. */
export const MOST_DIAGRAM = 5_000_000
export const MOST_TABLE = 1_000_000

/**
 * A procedure as the Studio edits it: what lies in its folder under processes/, the JSON read. It is kept as typed, so it
 * may not make a procedure yet: `assemble(filesOf(source))` says what is missing.
 */
export const procedureSource = z.strictObject({
  /** procedure.json */
  definition: json,
  eform: json,
  bpmn: z.string().min(1).max(MOST_DIAGRAM),
  dmn: z.string().min(1).max(MOST_TABLE),
  /** Templates of results, by file. */
  results: z.array(named).max(50),
  /** Example dossiers, by file. */
  examples: z.array(named).max(200),
})
export type ProcedureSource = z.infer<typeof procedureSource>
export type SourcePart = keyof ProcedureSource

const write = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`.normalize('NFC')
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

/** The files of a source, always the same for the same content. */
export const filesOf = (source: ProcedureSource): ProcedureFiles => ({
  facts: write(source.definition),
  form: write(source.eform),
  bpmn: source.bpmn.normalize('NFC'),
  dmn: source.dmn.normalize('NFC'),
  results: [...source.results].sort(byName).map(({ name, content }) => ({ name, text: write(content) })),
  examples: [...source.examples].sort(byName).map(({ name, content }) => ({ name, text: write(content) })),
})

const read = ({ name, text }: NamedText) => ({ name, content: JSON.parse(text) })

/** The source of a folder's files. Throws SyntaxError where one is not JSON. */
export const sourceOf = (files: ProcedureFiles): ProcedureSource =>
  procedureSource.parse({
    definition: JSON.parse(files.facts),
    eform: JSON.parse(files.form),
    bpmn: files.bpmn,
    dmn: files.dmn,
    results: files.results.map(read),
    examples: files.examples.map(read),
  })

type Published = {
  processId: string
  decisionId: string
  definition: ProcedureDefinition
  eform: Eform
  bpmn: string
  dmn: string
  examples: ProcedureSource['examples']
}

/** A published version as a source again: `baseId` (p1013225) stands in place of the version's own ids. */
export function sourceOfVersion(version: Published, baseId: string): ProcedureSource {
  const { resultTemplates, ...definition } = version.definition
  return procedureSource.parse({
    definition: JSON.parse(JSON.stringify(definition)),
    eform: JSON.parse(JSON.stringify(version.eform)),
    bpmn: rewriteId(version.bpmn, version.processId, baseId),
    dmn: rewriteId(version.dmn, version.decisionId, `routing_${baseId}`),
    results: (resultTemplates ?? []).map((template) => ({
      name: `${template.key}.json`,
      content: JSON.parse(JSON.stringify(template)),
    })),
    examples: version.examples,
  })
}
