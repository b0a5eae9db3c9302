/** What the parts of a procedure ask of one another: the form, the result, its templates, the ids of diagram and table. */
import { personalKind } from '../personal/fields.ts'
import type { Eform, Issue, ProcedureDefinition } from './definition.ts'
import { type ResultTemplate, templateIssues } from './result-template.ts'

/** The process id of a procedure's diagram before publishing puts a version into it: p1013225. */
export const baseIdOf = (code: string) => `p${code.replace(/\W/g, '')}`

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

/** Fields that the form's groups, the cases and the result name and the form does not have. */
export function formIssues(
  form: Eform,
  { cases, result }: Pick<ProcedureDefinition, 'cases' | 'result'>,
): Issue[] {
  const known = Object.keys(form.schema.properties)
  const missing = (fields: string[]) => fields.filter((field) => !known.includes(field))
  const issues: Issue[] = []
  const unknown = missing([...form.groups.flatMap((group) => group.fields), ...form.schema.required])
  if (unknown.length > 0)
    issues.push({
      rule: 'form-fields',
      path: [],
      message: `fields that the schema does not have: ${unknown.join(', ')}`,
      vi: `Biểu mẫu nhắc đến mục không có: ${unknown.join(', ')}.`,
    })
  for (const { when, key } of cases)
    if (when && !known.includes(when.field))
      issues.push({
        rule: 'case-field',
        path: [],
        message: `case "${key}" asks for the field "${when.field}", which the form does not have`,
        vi: `Trường hợp "${key}" xét mục "${when.field}" mà biểu mẫu không có.`,
      })
  const strange = missing(resultFields(result))
  if (strange.length > 0)
    issues.push({
      rule: 'result-fields',
      path: [],
      message: `the result is written from fields that the form does not have: ${strange.join(', ')}`,
      vi: `Kết quả lấy từ mục mà biểu mẫu không có: ${strange.join(', ')}.`,
    })
  return issues
}

/** What a template of a result asks of the form and the cases; `others` are the keys of templates read before it. */
export function templateAgreement(
  template: ResultTemplate,
  form: Eform,
  { cases }: Pick<ProcedureDefinition, 'cases'>,
  others: string[],
): Issue[] {
  const known = {
    formFields: Object.keys(form.schema.properties),
    personal: Object.entries(form.schema.properties)
      .filter(([name, question]) => personalKind(name, question) !== null)
      .map(([name]) => name),
    cases: cases.map((each) => each.key),
  }
  const issues = templateIssues(template, known).map(({ place, message, vi }) => ({
    rule: 'template-fields',
    path: [],
    message: `${place}: ${message}`,
    vi: `${place}: ${vi}`,
  }))
  if (others.includes(template.key))
    issues.push({
      rule: 'template-once',
      path: [],
      message: `key: "${template.key}" is there twice`,
      vi: `Mẫu kết quả "${template.key}" có hai lần.`,
    })
  return issues
}
