import { join } from 'node:path'
import type { Eform, Part, ProcedureDefinition } from './definition.ts'

type Folder = { folder: string; definition: ProcedureDefinition; eform: Eform }

/** What only several folders together can say of a group: each part's procedure, and that its form and papers can be made. */
export const groupFaults = (group: Folder, folders: Folder[]): string[] =>
  group.definition.children.flatMap((part, n) => {
    const at = `${join(group.folder, 'procedure.json')}: children.${n}`
    const procedure = folders.find(({ definition }) => definition.code === part.procedure)
    if (!procedure) return [`${at}.procedure: there is no procedure ${part.procedure}`]
    if (procedure.definition.children.length > 0) return [`${at}.procedure: a group within a group`]
    return [
      ...formFaults(group, part, procedure, folders).map((fault) => `${at}.fields: ${fault}`),
      ...paperFaults(group, part, procedure).map((fault) => `${at}.papers: ${fault}`),
    ]
  })

const fieldsOf = ({ eform }: Folder): string[] => Object.keys(eform.schema.properties)

function formFaults(group: Folder, { fields }: Part, procedure: Folder, folders: Folder[]): string[] {
  const faults = Object.entries(fields).flatMap(([name, from]) => {
    const unknown = fieldsOf(procedure).includes(name)
      ? []
      : [`${procedure.definition.code} has no field "${name}"`]
    if ('field' in from && !fieldsOf(group).includes(from.field))
      unknown.push(`the group's form has no field "${from.field}"`)
    if ('part' in from) {
      const code = group.definition.children.find(({ key }) => key === from.part)?.procedure
      const told = folders.find(({ definition }) => definition.code === code)
      if (!told?.definition.exchanges[from.exchange]?.answers[from.answer])
        unknown.push(`"${from.part}" is told no "${from.answer}" by ${from.exchange}`)
    }
    return unknown
  })
  const missing = procedure.eform.schema.required.filter((name) => !(name in fields))
  return [...faults, ...missing.map((name) => `"${name}" of ${procedure.definition.code} must be filled in`)]
}

function paperFaults(group: Folder, { papers }: Part, procedure: Folder): string[] {
  const has = ({ definition }: Folder, key: string) => definition.papers.some((paper) => paper.key === key)
  return Object.entries(papers).flatMap(([key, from]) => [
    ...(has(procedure, key) ? [] : [`${procedure.definition.code} has no paper "${key}"`]),
    ...(has(group, from) ? [] : [`the group has no paper "${from}"`]),
  ])
}
