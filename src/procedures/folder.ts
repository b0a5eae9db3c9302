import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { personalKind } from '../personal/fields.ts'
import {
  type Eform,
  type ExampleCase,
  eform,
  exampleCase,
  type ProcedureDefinition,
  procedureDefinition,
  type SharedDefinition,
  sharedDefinition,
} from './definition.ts'
import { assertSchema } from './form.ts'
import { groupFaults } from './group-faults.ts'
import { resultTemplate, templateFaults } from './result-template.ts'

export type ProcedureFolder = {
  /** Name of the folder, e.g. 1.013225-cap-giay-phep-xay-dung-moi. */
  folder: string
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

export type SharedFolder = { sha256: string; definition: SharedDefinition; bpmn: string }

/** Something in processes/ that its author has to mend; `message` names the file and the field. */
export class FolderError extends Error {
  override name = 'FolderError'
}

const SHARED_NAMES = ['deadline-watch', 'consultation', 'apology', 'stop'] as const

const read = async (path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).normalize('NFC')
  } catch (error) {
    throw new FolderError(
      `${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : error}`,
    )
  }
}

function parse<T extends z.ZodType>(schema: T, text: string, path: string): z.output<T> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw new FolderError(`${path}: not well-formed JSON (${(error as Error).message})`)
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const lines = result.error.issues.map(
    (issue) => `${path}: ${issue.path.join('.') || '(whole file)'}: ${issue.message}`,
  )
  throw new FolderError(lines.join('\n'))
}

const hash = (...texts: string[]) => {
  const sum = createHash('sha256')
  // Lengths keep two different splits of the same characters apart.
  for (const text of texts) sum.update(`${text.length}:`).update(text)
  return sum.digest('hex')
}

function checkEform(form: Eform, definition: ProcedureDefinition, path: string): void {
  const known = Object.keys(form.schema.properties)
  const unknown = [...form.groups.flatMap((group) => group.fields), ...form.schema.required].filter(
    (f) => !known.includes(f),
  )
  if (unknown.length > 0)
    throw new FolderError(`${path}: fields that the schema does not have: ${unknown.join(', ')}`)
  for (const { when, key } of definition.cases)
    if (when && !known.includes(when.field))
      throw new FolderError(
        `${path}: case "${key}" asks for the field "${when.field}", which the form does not have`,
      )
  const strange = resultFields(definition.result).filter((field) => !known.includes(field))
  if (strange.length > 0)
    throw new FolderError(
      `${path}: the result is written from fields that the form does not have: ${strange.join(', ')}`,
    )
  try {
    assertSchema(form.schema)
  } catch (error) {
    throw new FolderError(`${path}: schema: ${(error as Error).message}`)
  }
}

/** results/*.json in the order of their names; the words of each file are part of the version. */
async function readTemplates(folder: string): Promise<{ path: string; text: string }[]> {
  const names = await readdir(join(folder, 'results')).catch(() => [])
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => {
        const path = join(folder, 'results', name)
        return { path, text: await read(path) }
      }),
  )
}

function withTemplates(
  definition: ProcedureDefinition,
  form: Eform,
  files: { path: string; text: string }[],
): ProcedureDefinition {
  const known = {
    formFields: Object.keys(form.schema.properties),
    personal: Object.entries(form.schema.properties)
      .filter(([name, question]) => personalKind(name, question) !== null)
      .map(([name]) => name),
    cases: definition.cases.map((each) => each.key),
  }
  const templates = [...definition.resultTemplates]
  for (const { path, text } of files) {
    const template = parse(resultTemplate, text, path)
    const faults = templateFaults(template, known)
    if (templates.some((other) => other.key === template.key))
      faults.push(`key: "${template.key}" is there twice`)
    if (faults.length > 0) throw new FolderError(faults.map((fault) => `${path}: ${fault}`).join('\n'))
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

async function readExamples(folder: string): Promise<ExampleCase[]> {
  const names = await readdir(join(folder, 'cases')).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) => {
      const path = join(folder, 'cases', name)
      return parse(exampleCase, await read(path), path)
    }),
  )
}

/** Reads one procedure's folder. Throws FolderError with one line per fault. */
export async function readProcedureFolder(folder: string): Promise<ProcedureFolder> {
  const at = (name: string) => join(folder, name)
  const [facts, form, bpmn, dmn] = await Promise.all(
    ['procedure.json', 'eform.json', 'process.bpmn', 'routing.dmn'].map((name) => read(at(name))),
  )
  const catalogued = parse(procedureDefinition, facts!, at('procedure.json'))
  const parsedForm = parse(eform, form!, at('eform.json'))
  const templates = await readTemplates(folder)
  const definition = withTemplates(catalogued, parsedForm, templates)
  checkEform(parsedForm, definition, at('eform.json'))
  if (!basename(folder).startsWith(`${definition.code}-`))
    throw new FolderError(`${at('procedure.json')}: code: the folder must be named ${definition.code}-<slug>`)
  const baseId = `p${definition.code.replace(/\W/g, '')}`
  if (!bpmn!.includes(`id="${baseId}"`))
    throw new FolderError(`${at('process.bpmn')}: the process must have the id "${baseId}"`)
  if (!dmn!.includes(`id="routing_${baseId}"`))
    throw new FolderError(`${at('routing.dmn')}: the decision must have the id "routing_${baseId}"`)
  return {
    folder: basename(folder),
    baseId,
    sha256: hash(facts!, form!, bpmn!, dmn!, ...templates.map((each) => each.text)),
    definition,
    eform: parsedForm,
    bpmn: bpmn!,
    dmn: dmn!,
    examples: await readExamples(folder),
  }
}

/** Every procedure under `root` (processes/): the folders named <code>-<slug>. */
export async function readProcedures(root: string): Promise<ProcedureFolder[]> {
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries
    .filter((entry) => entry.isDirectory() && /^\d\.\d{6}-/.test(entry.name))
    .map((e) => e.name)
  const procedures = await Promise.all(folders.sort().map((name) => readProcedureFolder(join(root, name))))
  const faults = procedures.flatMap((group) => groupFaults(group, procedures))
  if (faults.length > 0) throw new FolderError(faults.join('\n'))
  return procedures
}

/** The four shared processes of `root`/shared: <name>.bpmn with its <name>.json. */
export async function readShared(root: string): Promise<SharedFolder[]> {
  return Promise.all(
    SHARED_NAMES.map(async (name) => {
      const at = (end: string) => join(root, 'shared', `${name}.${end}`)
      const [facts, bpmn] = await Promise.all([read(at('json')), read(at('bpmn'))])
      const definition = parse(sharedDefinition, facts, at('json'))
      if (definition.name !== name) throw new FolderError(`${at('json')}: name: must be "${name}"`)
      if (!bpmn.includes(`id="${name}"`))
        throw new FolderError(`${at('bpmn')}: the process must have the id "${name}"`)
      return { sha256: hash(facts, bpmn), definition, bpmn }
    }),
  )
}
