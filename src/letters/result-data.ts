import type { Eform, ProcedureDefinition } from '../procedures/definition.ts'
import type { Text } from '../text.ts'
import type { LetterKind as LetterTemplate } from './forms/index.ts'

type Choice = { const: unknown; title?: string }
type Property = { title?: string; 'x-en'?: { title?: string }; oneOf?: Choice[] }

/** A form's answer as a person reads it: the title of a choice, numbers with a decimal comma. Empty when unanswered. */
export function answerOf(eform: Eform, formData: Record<string, unknown>, field: string): string {
  const property = eform.schema.properties[field] as Property | undefined
  const value = formData[field]
  if (value === undefined || value === null || value === '') return ''
  const choice = property?.oneOf?.find((one) => one.const === value)
  if (choice) return choice.title ?? String(value)
  if (typeof value === 'number') return value.toLocaleString('vi-VN')
  if (typeof value === 'boolean') return value ? 'Có' : 'Không'
  return String(value)
}

const labelOf = (eform: Eform, field: string): string =>
  (eform.schema.properties[field] as Property | undefined)?.title ?? field

/** What a field is called, in both languages where the form has them. */
export function titleOf(eform: Eform, field: string): Text {
  const property = eform.schema.properties[field] as Property | undefined
  const en = property?.['x-en']?.title
  return { vi: property?.title ?? field, ...(en && { en }) }
}

const rowsOf = (eform: Eform, formData: Record<string, unknown>, fields: string[]) =>
  fields
    .map((field) => ({ label: labelOf(eform, field), value: answerOf(eform, formData, field) }))
    .filter((row) => row.value !== '')

/** Whom it is granted to, where the form asks for somebody else than who files: a relative, a company, a client. */
function holderOf(
  { holder }: Pick<Exclude<ProcedureDefinition['result'], { template: 'birth' }>, 'holder'>,
  eform: Eform,
  formData: Record<string, unknown>,
) {
  if (!holder || answerOf(eform, formData, holder.name) === '') return {}
  const rows = Object.entries(holder).map(([key, field]) => [key, answerOf(eform, formData, field)])
  return { holder: Object.fromEntries(rows.filter(([, value]) => value !== '')) as Record<string, string> }
}

/**
 * What a granted result says, from the filed form and the procedure's own data: which fields stand where is written in
 * procedure.json, so that a new procedure needs no code.
 */
export function grantedResult(
  definition: Pick<ProcedureDefinition, 'result' | 'catalogue' | 'cases'>,
  eform: Eform,
  { formData, caseKey }: { formData: Record<string, unknown>; caseKey: string },
): { template: LetterTemplate; data: Record<string, unknown> } {
  const { result } = definition
  if (result.template === 'birth') throw new Error('a birth certificate is written by birth.ts')
  const holder = holderOf(result, eform, formData)
  if (result.template === 'grant')
    return {
      template: 'grant',
      data: {
        ...holder,
        title: definition.catalogue.results[0]?.vi ?? '',
        sections: eform.groups
          .map((group) => ({ title: group.title.vi, rows: rowsOf(eform, formData, group.fields) }))
          .filter((section) => section.rows.length > 0),
      },
    }
  // Works without a name of their own (a detached house) are called by their case.
  const caseName = definition.cases.find((one) => one.key === caseKey)?.name.vi
  const work = Object.entries(result.work).flatMap(([key, fields]) => {
    const text = fields
      .map((field) => answerOf(eform, formData, field))
      .filter(Boolean)
      .join(', ')
    return text ? [[key, text]] : []
  })
  return {
    template: 'permit',
    data: {
      ...holder,
      work: { ...(caseName && { name: caseName }), ...Object.fromEntries(work) },
      specifications: rowsOf(eform, formData, result.specifications),
      validity: result.validity,
      conditions: result.conditions,
    },
  }
}
