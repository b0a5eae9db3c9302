import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { personalKind } from '../personal/fields.ts'
import {
  type Eform,
  type ExampleCase,
  eform,
  exampleCase,
  type ProcedureDefinition,
  procedureDefinition,
} from './definition.ts'
import { assertSchema } from './form.ts'
import { resultTemplate, templateFaults } from './result-template.ts'

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

function checkEform(form: Eform, definition: ProcedureDefinition, file: string): void {
  const known = Object.keys(form.schema.properties)
  const unknown = [...form.groups.flatMap((group) => group.fields), ...form.schema.required].filter(
    (f) => !known.includes(f),
  )
  if (unknown.length > 0) throw wrong(file, '', `fields that the schema does not have: ${unknown.join(', ')}`)
  for (const { when, key } of definition.cases)
    if (when && !known.includes(when.field))
      throw wrong(file, '', `case "${key}" asks for the field "${when.field}", which the form does not have`)
  const strange = resultFields(definition.result).filter((field) => !known.includes(field))
  if (strange.length > 0)
    throw wrong(
      file,
      '',
      `the result is written from fields that the form does not have: ${strange.join(', ')}`,
    )
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
  const known = {
    formFields: Object.keys(form.schema.properties),
    personal: Object.entries(form.schema.properties)
      .filter(([name, question]) => personalKind(name, question) !== null)
      .map(([name]) => name),
    cases: definition.cases.map((each) => each.key),
  }
  const templates = [...definition.resultTemplates]
  for (const { name, text } of files) {
    const file = `results/${name}`
    const template = parseFile(resultTemplate, text, file)
    const faults = templateFaults(template, known)
    if (templates.some((other) => other.key === template.key))
      faults.push(`key: "${template.key}" is there twice`)
    if (faults.length > 0) throw new SourceError(faults.map((message) => ({ file, field: '', message })))
    templates.push(template)
  }
  return { ...definition, resultTemplates: templates }
}

/** Every field of the form that procedure.json puts on the granted result. */
function resultFields(result: ProcedureDefinition['result']): string[] {
  if (result.template === 'birth')
    return [result.child, result.mother, result.father, result.declarant].flatMap((part) =>
      Object.values(part).flat(),
    )
  const holder = Object.values(result.holder ?? {})
  return result.template === 'permit'
    ? [...holder, ...Object.values(result.work).flat(), ...result.specifications]
    : holder
}

/** Puts the texts of a procedure together. Throws SourceError when they make none. */
export function assemble(files: ProcedureFiles): Procedure {
  const { facts, form, bpmn, dmn, results } = files
  const catalogued = parseFile(procedureDefinition, facts, 'procedure.json')
  const parsedForm = parseFile(eform, form, 'eform.json')
  const definition = withTemplates(catalogued, parsedForm, results)
  checkEform(parsedForm, definition, 'eform.json')
  const baseId = baseIdOf(definition.code)
  if (!bpmn.includes(`id="${baseId}"`))
    throw wrong('process.bpmn', '', `the process must have the id "${baseId}"`)
  if (!dmn.includes(`id="routing_${baseId}"`))
    throw wrong('routing.dmn', '', `the decision must have the id "routing_${baseId}"`)
  return {
    baseId,
    sha256: hashOf(facts, form, bpmn, dmn, ...results.map((each) => each.text)),
    definition,
    eform: parsedForm,
    bpmn,
    dmn,
    examples: files.examples.map(({ name, text }) => parseFile(exampleCase, text, `cases/${name}`)),
  }
}

/** The process id of a procedure's diagram before publishing puts a version into it: p1013225. */
export const baseIdOf = (code: string) => `p${code.replace(/\W/g, '')}`
