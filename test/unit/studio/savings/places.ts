import type { z } from 'zod'
import { definitionParts } from '../../../../src/procedures/definition.ts'
import { KEYS } from '../../../../src/studio/diff/keyed.ts'

type Def = {
  type: string
  innerType?: z.ZodType
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  valueType?: z.ZodType
  options?: z.ZodType[]
}
const defOf = (schema: unknown) => (schema as { _zod: { def: Def } })._zod.def

/** What the diff names as a whole: texts, lengths of time, bases. */
const isWhole = (shape: Record<string, unknown>) =>
  'vi' in shape || ('value' in shape && 'unit' in shape) || ('text' in shape && 'source' in shape)

/** Every place of a schema as a difference names it; rows of lists and records by the key `ROW`. */
export const ROW = 'anything'
function placesOf(schema: z.ZodType, path: string[]): string[][] {
  const { type, innerType, shape, element, valueType, options } = defOf(schema)
  if (innerType) return placesOf(innerType, path)
  if (options && type === 'union') return [path, ...options.flatMap((one) => placesOf(one, path))]
  if (shape)
    return [
      path,
      ...(isWhole(shape)
        ? []
        : Object.entries(shape).flatMap(([key, value]) => placesOf(value, [...path, key]))),
    ]
  if (valueType) return [path, ...placesOf(valueType, [...path, ROW])]
  const row = element && path.at(-1)! in KEYS && defOf(element).type !== 'string'
  return row ? placesOf(element, [...path, ROW]) : [path]
}

/** Every place of procedure.json in which two versions of a procedure can differ. */
export const places = (): string[][] => {
  const found = Object.entries(definitionParts).flatMap(([key, schema]) =>
    placesOf(schema as unknown as z.ZodType, [key]),
  )
  return [...new Map(found.map((path) => [path.join('.'), path])).values()]
}
