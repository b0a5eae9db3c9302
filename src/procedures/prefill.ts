/** Details of an applicant's record that may answer a question of a form (`x-prefill`). */
export const PREFILL_SOURCES = ['fullName', 'identityNo', 'phone', 'email', 'address'] as const
export type PrefillSource = (typeof PREFILL_SOURCES)[number]

type Details = Partial<Record<PrefillSource, string>>
type Form = { schema: { properties: Record<string, { [keyword: string]: unknown }> } }

const isSource = (value: unknown): value is PrefillSource =>
  PREFILL_SOURCES.some((source) => source === value)

/** Which detail of the record answers which question. */
export const prefillsOf = ({ schema }: Form): [field: string, source: PrefillSource][] =>
  Object.entries(schema.properties).flatMap(([field, question]) => {
    const source = question['x-prefill']
    return isSource(source) ? [[field, source] as [string, PrefillSource]] : []
  })

/**
 * The form with what the record of the applicant answers. Whoever files for himself cannot write otherwise; on paper
 * (`onPaper`) what the clerk has read on it stands. What the record does not hold stays as it was typed.
 */
export function filledIn(
  form: Form,
  formData: Record<string, unknown>,
  details: Details,
  onPaper: boolean,
): Record<string, unknown> {
  const filled = { ...formData }
  for (const [field, source] of prefillsOf(form)) {
    const known = details[source]
    if (known && !(onPaper && filled[field])) filled[field] = known
  }
  return filled
}
