import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { baseIdOf, formIssues, templateAgreement } from './agreement.ts'
import {
  type Eform,
  type ExampleCase,
  eform,
  exampleCase,
  type Issue,
  type ProcedureDefinition,
  procedureDefinition,
} from './definition.ts'
import { assertSchema } from './form.ts'
import { isOf } from './ids.ts'
import { resultTemplate } from './result-template.ts'

export type NamedText = { name: string; text: string }

/** The texts that make a procedure, as they lie in its folder or come out of a draft. */
export type ProcedureFiles = {
  /** procedure.json */
  facts: string
  /** eform.json */
  form: string
  /** process.bpmn */
  bpmn: string
  /** routing.dmn */
  dmn: string
  /** results/*.json in the order of their names. */
  results: NamedText[]
  /** cases/*.json in the order of their names. */
  examples: NamedText[]
}

export type Procedure = {
  /** Process id in process.bpmn, e.g. p1013225; the version is added at publishing. */
  baseId: string
  /** Of the files that make a version; the examples are tests and change nothing that is published. */
  sha256: string
  definition: ProcedureDefinition
  eform: Eform
  bpmn: string
  dmn: string
  examples: ExampleCase[]
  /** The texts it was read from. */
  files: ProcedureFiles
}

/** A place in a file that its author has to mend. `field` is a path in the file (`limits.0.case`), empty for all of it. */
export type SourceFault = { file: string; field: string; message: string }

/** Data that make no procedure; `faults` say where, `message` has a line for each. */
export class SourceError extends Error {
  override name = 'SourceError'
  readonly faults: SourceFault[]
  constructor(faults: SourceFault[]) {
    super(
      faults.map(({ file, field, message }) => `${file}: ${field ? `${field}: ` : ''}${message}`).join('\n'),
    )
    this.faults = faults
  }
}

const wrong = (file: string, field: string, message: string) => new SourceError([{ file, field, message }])

/** Reads JSON of a shape. Throws SourceError with one fault per place. */
export function parseFile<T extends z.ZodType>(schema: T, text: string, file: string): z.output<T> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw wrong(file, '', `not well-formed JSON (${(error as Error).message})`)
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw new SourceError(
    result.error.issues.map((issue) => ({
      file,
      field: issue.path.join('.') || '(whole file)',
      message: issue.message,
    })),
  )
}

export const hashOf = (...texts: string[]) => {
  const sum = createHash('sha256')
  // Lengths keep two different splits of the same characters apart.
  for (const text of texts) sum.update(`${text.length}:`).update(text)
  return sum.digest('hex')
}

/** Throws one fault per issue. */
function refuse(issues: Issue[], file: string): void {
  if (issues.length > 0)
    throw new SourceError(issues.map(({ path, message }) => ({ file, field: path.join('.'), message })))
}

function checkEform(form: Eform, definition: ProcedureDefinition, file: string): void {
  refuse(formIssues(form, definition), file)
  try {
    assertSchema(form.schema)
  } catch (error) {
    throw wrong(file, 'schema', (error as Error).message)
  }
}

function withTemplates(
  definition: ProcedureDefinition,
  form: Eform,
  files: NamedText[],
): ProcedureDefinition {
  const templates = [...definition.resultTemplates]
  for (const { name, text } of files) {
    const file = `results/${name}`
    const template = parseFile(resultTemplate, text, file)
    const others = templates.map((other) => other.key)
    refuse(templateAgreement(template, form, definition, others), file)
    templates.push(template)
  }
  return { ...definition, resultTemplates: templates }
}

/** Puts the texts of a procedure together. Throws SourceError when they make none. */
export function assemble(files: ProcedureFiles): Procedure {
  const { facts, form, bpmn, dmn, results } = files
  const catalogued = parseFile(procedureDefinition, facts, 'procedure.json')
  const parsedForm = parseFile(eform, form, 'eform.json')
  const definition = withTemplates(catalogued, parsedForm, results)
  checkEform(parsedForm, definition, 'eform.json')
  const baseId = baseIdOf(definition.code)
  if (!isOf(bpmn, 'process', baseId))
    throw wrong('process.bpmn', '', `there must be one process, with the id "${baseId}"`)
  if (!isOf(dmn, 'decision', `routing_${baseId}`))
    throw wrong('routing.dmn', '', `there must be one decision, with the id "routing_${baseId}"`)
  return {
    baseId,
    sha256: hashOf(facts, form, bpmn, dmn, ...results.map((each) => each.text)),
    definition,
    eform: parsedForm,
    bpmn,
    dmn,
    examples: files.examples.map(({ name, text }) => parseFile(exampleCase, text, `cases/${name}`)),
    files,
  }
}

export { baseIdOf }
