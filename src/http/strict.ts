import { z } from 'zod'

type Schema = { [key: string]: unknown }

function looseObject(schema: Schema, path: string): string | undefined {
  if (schema.properties && schema.additionalProperties === undefined) return path || 'the whole'
  for (const [key, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null) continue
    const found = looseObject(value as Schema, key === 'properties' ? path : `${path}/${key}`)
    if (found) return found
  }
  return undefined
}

/**
 * Throws when an input schema would silently drop unknown fields somewhere: a misspelt field must be an error, never
 * a loss. Use z.strictObject, or z.looseObject / z.record where any field is meant to be taken.
 */
export function assertStrict(schema: z.ZodType, what: string): void {
  const found = looseObject(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, '')
  if (found) throw new Error(`${what} drops unknown fields at ${found}: use z.strictObject`)
}
