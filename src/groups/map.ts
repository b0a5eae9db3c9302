import type { ExampleCase, Part } from '../procedures/definition.ts'

/** What an earlier part was told by another system: `part`, `exchange` and `answer` of the group's data → the value. */
export type Told = (from: { part: string; exchange: string; answer: string }) => unknown

/** The form of a part, written from the group's form as the group's data say. What has no value is left out. */
export function partForm(
  { fields }: Pick<Part, 'fields'>,
  formData: ExampleCase['formData'],
  told: Told,
): Record<string, unknown> {
  const value = (from: Part['fields'][string]): unknown => {
    if ('value' in from) return from.value
    return 'field' in from ? formData[from.field] : told(from)
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, from]) => {
      const found = value(from)
      return found === undefined || found === null || found === '' ? [] : [[name, found]]
    }),
  )
}
