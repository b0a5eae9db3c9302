/** The data of a source as far as they can be read, and what is wrong with them. */
import { baseIdOf, formIssues, templateAgreement } from '../../procedures/agreement.ts'
import {
  definitionParts,
  type Eform,
  type ExampleCase,
  eform,
  exampleCase,
  type ProcedureDefinition,
  procedureDefinition,
} from '../../procedures/definition.ts'
import { resultTemplate } from '../../procedures/result-template.ts'
import type { CheckContext, ProcedureSource, StudioFault } from './fault.ts'
import { elementOf, partOf } from './place.ts'
import { faultOf } from './rules.ts'
import { shapeWords } from './shape.ts'

export type Named<T> = { name: string; content: T }

/** What could be read: a part of the definition that could not is absent. */
export type ReadData = {
  definition: Partial<ProcedureDefinition>
  form: Eform | null
  examples: Named<ExampleCase>[]
  faults: StudioFault[]
}

/** Nobody mends more at once; each is a sentence that names what there is. */
const MOST_ISSUES = 300

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

type Custom = { rule: string; vi: string }

function definitionFaults(definition: ProcedureSource['definition']): StudioFault[] {
  const result = procedureDefinition.safeParse(definition)
  return (result.error?.issues ?? []).slice(0, MOST_ISSUES).map((issue) => {
    const found = {
      part: partOf(issue.path),
      elementId: elementOf(issue.path),
      field: issue.path.join('.'),
    }
    const custom = issue.code === 'custom' ? (issue.params as Custom | undefined) : undefined
    return custom
      ? faultOf(custom.rule, {
          ...found,
          message: { vi: custom.vi, en: sentence(capital(issue.message)) },
        })
      : faultOf('shape', { ...found, message: shapeWords(issue) })
  })
}

/** Each part of the definition that is right by itself, so that one wrong row does not silence every other rule. */
function partsOf(definition: ProcedureSource['definition']): Partial<ProcedureDefinition> {
  const read = Object.entries(definitionParts).flatMap(([name, schema]) => {
    const result = schema.safeParse(definition[name])
    return result.success ? [[name, result.data]] : []
  })
  return Object.fromEntries(read)
}

function formFaults(
  source: ProcedureSource,
  definition: Partial<ProcedureDefinition>,
  schemaFault: CheckContext['schemaFault'],
): { form: Eform | null; faults: StudioFault[] } {
  const result = eform.safeParse(source.eform)
  if (!result.success)
    return {
      form: null,
      faults: result.error.issues.map((issue) =>
        faultOf('shape', { part: 'form', field: issue.path.join('.'), message: shapeWords(issue) }),
      ),
    }
  const form = result.data
  const { cases = [], result: written = { template: 'grant' as const } } = definition
  const faults = formIssues(form, { cases, result: written }).map(({ rule, message, vi }) =>
    faultOf(rule, { message: { vi, en: sentence(capital(message)) } }),
  )
  const wrong = schemaFault?.(form.schema)
  if (wrong)
    faults.push(
      faultOf('form-schema', {
        field: 'schema',
        message: { vi: `Biểu mẫu khai sai: ${wrong}.`, en: `The form's schema is wrong: ${wrong}.` },
      }),
    )
  return { form, faults }
}

function templateFaults(
  { results }: ProcedureSource,
  form: Eform | null,
  { cases = [], resultTemplates = [] }: Partial<ProcedureDefinition>,
): StudioFault[] {
  const keys = resultTemplates.map((each) => each.key)
  return results.flatMap(({ name, content }) => {
    const result = resultTemplate.safeParse(content)
    if (!result.success)
      return result.error.issues.map((issue) =>
        faultOf('shape', {
          part: 'letters',
          field: `${name}: ${issue.path.join('.')}`,
          message: shapeWords(issue),
        }),
      )
    const others = [...keys]
    keys.push(result.data.key)
    if (!form) return []
    return templateAgreement(result.data, form, { cases }, others).map(({ rule, message, vi }) =>
      faultOf(rule, { field: name, message: { vi, en: sentence(capital(message)) } }),
    )
  })
}

function examplesOf({ examples }: ProcedureSource): {
  read: Named<ExampleCase>[]
  faults: StudioFault[]
} {
  const read: Named<ExampleCase>[] = []
  const faults = examples.flatMap(({ name, content }) => {
    const result = exampleCase.safeParse(content)
    if (result.success) {
      read.push({ name, content: result.data })
      return []
    }
    return result.error.issues.map((issue) => {
      const { vi, en } = shapeWords(issue)
      return faultOf('example-shape', {
        field: `${name}: ${issue.path.join('.')}`,
        message: { vi: `Ví dụ ${name}: ${vi}`, en: `Example ${name}: ${en}` },
      })
    })
  })
  return { read, faults }
}

function idFaults({ bpmn, dmn }: ProcedureSource, code: string | undefined): StudioFault[] {
  if (code === undefined) return []
  const baseId = baseIdOf(code)
  const faults: StudioFault[] = []
  if (!bpmn.includes(`id="${baseId}"`))
    faults.push(
      faultOf('process-id', {
        message: {
          vi: `Quy trình trong sơ đồ phải có mã "${baseId}".`,
          en: `The process must have the id "${baseId}".`,
        },
      }),
    )
  if (!dmn.includes(`id="routing_${baseId}"`))
    faults.push(
      faultOf('decision-id', {
        message: {
          vi: `Bảng phân tuyến phải có mã "routing_${baseId}".`,
          en: `The decision must have the id "routing_${baseId}".`,
        },
      }),
    )
  return faults
}

/** Reads what can be read of a source, with every fault of shape and of names that point to one another. */
export function readData(
  source: ProcedureSource,
  { schemaFault }: Pick<CheckContext, 'schemaFault'>,
): ReadData {
  const definition = partsOf(source.definition)
  const { form, faults: ofForm } = formFaults(source, definition, schemaFault)
  const { read, faults: ofExamples } = examplesOf(source)
  return {
    definition,
    form,
    examples: read,
    faults: [
      ...definitionFaults(source.definition),
      ...ofForm,
      ...templateFaults(source, form, definition),
      ...ofExamples,
      ...idFaults(source, definition.code),
    ],
  }
}
