import { type RJSFSchema, type RJSFValidationError, TranslatableString } from '@rjsf/utils'
import type { TFunction } from 'i18next'

/** The limit that a keyword sets, read from the schema where the failed keyword stands. */
const limitOf = (schema: RJSFSchema, problem: RJSFValidationError): unknown => {
  let place: unknown = schema
  for (const key of (problem.schemaPath ?? '').replace(/^#\/?/, '').split('/').filter(Boolean)) {
    if (typeof place !== 'object' || place === null) return undefined
    const next: unknown = (place as Record<string, unknown>)[key]
    const ref = (next as { $ref?: string } | undefined)?.$ref
    place = ref
      ? ref
          .replace(/^#\//, '')
          .split('/')
          .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], schema)
      : next
  }
  return place
}

const KNOWN = new Set([
  'required',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'pattern',
  'format',
  'enum',
  'const',
  'type',
  'minItems',
  'maxItems',
])

/** Every message of a form in our own words, in the reader's language; `x-message` of a field wins over ours. */
export const inOurWords =
  (t: TFunction, schema: RJSFSchema) =>
  (problems: RJSFValidationError[]): RJSFValidationError[] =>
    problems.map((problem) => {
      const limit = limitOf(schema, problem)
      const name = KNOWN.has(problem.name ?? '') ? problem.name : 'other'
      const key = name === 'format' ? `form.format.${String(limit)}` : `form.${name}`
      const message = t([key, 'form.other'], { limit: String(limit) })
      return { ...problem, message, stack: message }
    })

/** rjsf's own words, ours to translate. */
export const formStrings =
  (t: TFunction) =>
  (key: TranslatableString, params?: string[]): string => {
    const names: Partial<Record<TranslatableString, string>> = {
      [TranslatableString.ArrayItemTitle]: 'item',
      [TranslatableString.EmptyArray]: 'emptyArray',
      [TranslatableString.YesLabel]: 'yes',
      [TranslatableString.NoLabel]: 'no',
      [TranslatableString.ErrorsLabel]: 'errors',
      [TranslatableString.AddButton]: 'add',
      [TranslatableString.AddItemButton]: 'add',
      [TranslatableString.CopyButton]: 'copy',
      [TranslatableString.MoveDownButton]: 'moveDown',
      [TranslatableString.MoveUpButton]: 'moveUp',
      [TranslatableString.RemoveButton]: 'remove',
      [TranslatableString.ClearButton]: 'clear',
      [TranslatableString.ClearLabel]: 'clear',
      [TranslatableString.AriaDateLabel]: 'chooseDate',
      [TranslatableString.IncrementAriaLabel]: 'increase',
      [TranslatableString.DecrementAriaLabel]: 'decrease',
    }
    const name = names[key]
    if (name) return t(`form.words.${name}`)
    return (params ?? []).reduce((text, value, index) => text.replace(`%${index + 1}`, value), key as string)
  }
