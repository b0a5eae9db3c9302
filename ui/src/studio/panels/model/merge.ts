import { listAt, recordAt, textAt } from './loose.ts'

/** A line of a result as it will read, for the preview. */
export type Shown =
  | { kind: 'heading' | 'prose'; text: string }
  | { kind: 'rows'; rows: { label: string; value: string }[] }
  | { kind: 'free'; label: string; text: string }

/**
 * A result's template with an example's answers in its merge fields. A field that nothing is known of keeps its name in
 * brackets; lines whose value is empty are left out, as in print.
 */
export function mergeTemplate(
  template: unknown,
  answers: Record<string, string>,
): { title: string; blocks: Shown[] } {
  const fill = (text: string) =>
    text.replace(/\{\{([^{}]*)\}\}/g, (_whole, name: string) => answers[name.trim()] ?? `[${name.trim()}]`)
  const blocks = listAt(template, ['blocks']).map((block): Shown => {
    const type = textAt(block, ['type'])
    if (type === 'rows') {
      const rows = listAt(block, ['rows']).map((row) => ({
        label: fill(textAt(row, ['label'])),
        value: fill(textAt(row, ['value'])),
      }))
      return { kind: 'rows', rows: rows.filter(({ value }) => value.replace(/[\s,.;]/g, '') !== '') }
    }
    if (type === 'free')
      return { kind: 'free', label: textAt(block, ['label', 'vi']), text: fill(textAt(block, ['text'])) }
    return { kind: type === 'heading' ? 'heading' : 'prose', text: fill(textAt(block, ['text'])) }
  })
  return { title: fill(textAt(template, ['title'])), blocks }
}

type Asked = { properties: unknown; example: unknown; definition: unknown }

/** What the merge fields stand for in an example: the form's answers by their titles, and what is known of the dossier. */
export function answersOf({ properties, example, definition }: Asked): Record<string, string> {
  const data = recordAt(example, ['formData'])
  const answers: Record<string, string> = {
    'dossier.procedureCode': textAt(definition, ['code']),
    'dossier.procedureName': textAt(definition, ['name', 'vi']),
    'dossier.place': textAt(example, ['place']),
  }
  const ofCase = listAt(definition, ['cases']).find(
    (each) => textAt(each, ['key']) === textAt(example, ['case']),
  )
  if (ofCase) answers['dossier.caseName'] = textAt(ofCase, ['name', 'vi'])
  for (const key of Object.keys(recordAt(properties))) {
    const value = data[key]
    const choice = listAt(properties, [key, 'oneOf']).find((each) => recordAt(each).const === value)
    answers[`form.${key}`] =
      value === undefined || value === null ? '' : textAt(choice, ['title']) || String(value)
  }
  return answers
}
