import { isDeepStrictEqual } from 'node:util'
import type { ExampleCase, Part } from '../procedures/definition.ts'

/** What an earlier part was told by another system: `part`, `exchange` and `answer` of the group's data → the value. */
export type Told = (from: { part: string; exchange: string; answer: string }) => unknown

/**
 * A group's form as its parts have it now: what an earlier part was given from the group and its applicant corrected there
 * (a confirmation, a supplement) holds for the parts that follow. The group's own form stays what was filed.
 */
export function correctedForm(
  filed: ExampleCase['formData'],
  earlier: { fields: Part['fields']; formData: Record<string, unknown> }[],
): ExampleCase['formData'] {
  const form = { ...filed }
  for (const { fields, formData } of earlier)
    for (const [name, from] of Object.entries(fields))
      if ('field' in from && !isDeepStrictEqual(given(formData[name]), given(filed[from.field])))
        form[from.field] = formData[name]
  return form
}

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
      const found = given(value(from))
      return found === undefined ? [] : [[name, found]]
    }),
  )
}

/** What nobody has answered is no value. */
const given = (value: unknown): unknown => (value === null || value === '' ? undefined : value)
