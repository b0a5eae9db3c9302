import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import {
  type CustomValidator,
  type ErrorTransformer,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  type UiSchema,
  type ValidatorType,
} from '@rjsf/utils'

// Ajv compiles schemas with `new Function`, which our content security policy forbids: this one interprets them.
const check = (schema: RJSFSchema, data: unknown): OutputUnit[] =>
  new Validator(schema as Schema, '7', false).validate(data).errors

/** Keywords that only say "something inside failed"; the failure itself is listed beside them. */
const WRAPPERS = [
  'properties',
  'items',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'then',
  'else',
  '$ref',
  'dependentSchemas',
]

const propertyPath = (pointer: string): string =>
  pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((key) => `.${key.replaceAll('~1', '/').replaceAll('~0', '~')}`)
    .join('')

const toProblem = (unit: OutputUnit): RJSFValidationError => {
  const missing = unit.keyword === 'required' ? unit.error.match(/"(.+)"/)?.[1] : undefined
  const property = propertyPath(unit.instanceLocation) + (missing ? `.${missing}` : '')
  return {
    name: unit.keyword,
    property,
    message: unit.error,
    schemaPath: unit.keywordLocation,
    stack: unit.error,
  }
}

/** One message per field is enough to act on: the first. */
const firstPerField = (problems: RJSFValidationError[]) => {
  const seen = new Set<string | undefined>()
  return problems.filter(({ property }) => !seen.has(property) && seen.add(property))
}

export const problemsOf = (schema: RJSFSchema, data: unknown): RJSFValidationError[] =>
  firstPerField(
    check(schema, data)
      .filter((unit) => !WRAPPERS.includes(unit.keyword))
      .map(toProblem),
  )

export const validator: ValidatorType = {
  validateFormData(
    formData: unknown,
    schema: RJSFSchema,
    _custom?: CustomValidator,
    transform?: ErrorTransformer,
    uiSchema?: UiSchema,
  ) {
    const found = problemsOf(schema, formData)
    const errors = transform ? transform(found, uiSchema) : found
    return { errors, errorSchema: toErrorSchema(errors) }
  },
  isValid(schema: RJSFSchema, formData: unknown, root: RJSFSchema) {
    const within = { ...schema, definitions: root.definitions, $defs: root.$defs }
    return check(within as RJSFSchema, formData).length === 0
  },
  rawValidation: <Result>(schema: RJSFSchema, formData?: unknown) => ({
    errors: check(schema, formData) as Result[],
  }),
}

export default validator
