import { conditionsOn, mapConditionFields, withoutCondition, withoutConditionsOn } from './conditions.ts'
import { removeInForm, renameInForm } from './form-list.ts'
import {
  getIn,
  isRecord,
  type Loose,
  listAt,
  mapTexts,
  type Path,
  recordAt,
  renamed,
  setIn,
  textAt,
  textsAt,
} from './loose.ts'

type Named = { name: string; content: Loose }
/** What of a draft may name things of another part. */
export type Parts = {
  definition: Loose
  eform: Loose
  bpmn: string
  dmn: string
  results: Named[]
  examples: Named[]
}

/** Where a name is used: which kind of place, and what to call it. `blocks`: it cannot be taken away without a decision. */
export type Reference = {
  place:
    | 'case'
    | 'result'
    | 'exchange'
    | 'consultation'
    | 'part'
    | 'template'
    | 'example'
    | 'condition'
    | 'paper'
    | 'fee'
    | 'limit'
    | 'allotment'
    | 'phrase'
    | 'routing'
  name: string
  blocks?: true
}

const RESULT_PARTS = ['holder', 'work', 'child', 'mother', 'father', 'declarant', 'specifications']
/** Places of procedure.json whose strings are names of the form's questions. */
const fieldPlaces = (definition: Loose): { path: Path; place: Reference['place']; name: string }[] => [
  ...RESULT_PARTS.map((part) => ({ path: ['result', part], place: 'result' as const, name: part })),
  ...Object.keys(recordAt(definition, ['exchanges'])).map((id) => ({
    path: ['exchanges', id, 'fields'],
    place: 'exchange' as const,
    name: id,
  })),
  ...listAt(definition, ['consultation', 'bodies']).map((body, n) => ({
    path: ['consultation', 'bodies', n, 'fields'],
    place: 'consultation' as const,
    name: textAt(body, ['question', 'vi']) || String(n + 1),
  })),
]

const merge = (key: string) => new RegExp(`\\{\\{\\s*form\\.${key.replace(/[^\w]/g, '\\$&')}\\s*\\}\\}`, 'g')
const uses = (value: unknown, test: (text: string) => boolean): boolean =>
  mapTexts(value, (text) => (test(text) ? `${text}\u0000` : text)) !== value

const titleOf = (content: unknown, name: string) => textAt(content, ['name', 'vi']) || name

/** Everything outside the form's own lists that names a question of it. */
export function fieldReferences({ definition, eform, results, examples }: Parts, key: string): Reference[] {
  const found: Reference[] = []
  for (const each of listAt(definition, ['cases']))
    if (getIn(each, ['when', 'field']) === key)
      found.push({ place: 'case', name: textAt(each, ['name', 'vi']) || textAt(each, ['key']), blocks: true })
  for (const { path, place, name } of fieldPlaces(definition))
    if (uses(getIn(definition, path), (text) => text === key)) found.push({ place, name })
  for (const part of listAt(definition, ['children']))
    if (Object.values(recordAt(part, ['fields'])).some((from) => getIn(from, ['field']) === key))
      found.push({ place: 'part', name: textAt(part, ['name', 'vi']) || textAt(part, ['key']), blocks: true })
  for (const at of conditionsOn(eform.schema, key)) {
    const block = recordAt(eform.schema, at)
    const names = [...textsAt(block, ['then', 'required']), ...textsAt(block, ['else', 'required'])]
    found.push({ place: 'condition', name: names.join(', ') })
  }
  for (const { name, content } of results)
    if (uses(content, (text) => merge(key).test(text)))
      found.push({ place: 'template', name: titleOf(content, name) })
  for (const { name, content } of examples)
    if (key in recordAt(content, ['formData']) || key in recordAt(content, ['amended']))
      found.push({ place: 'example', name: titleOf(content, name) })
  return found
}

/** A question under another key, everywhere in the draft. */
export function renameField(parts: Parts, from: string, to: string): Partial<Parts> {
  const swap = (text: string) => (text === from ? to : text)
  let definition: unknown = parts.definition
  listAt(definition, ['cases']).forEach((each, n) => {
    if (getIn(each, ['when', 'field']) === from)
      definition = setIn(definition, ['cases', n, 'when', 'field'], to)
  })
  for (const { path } of fieldPlaces(parts.definition)) {
    const now = getIn(definition, path)
    const next = mapTexts(now, swap)
    if (next !== now) definition = setIn(definition, path, next)
  }
  listAt(definition, ['children']).forEach((part, n) => {
    for (const [name, source] of Object.entries(recordAt(part, ['fields'])))
      if (getIn(source, ['field']) === from)
        definition = setIn(definition, ['children', n, 'fields', name, 'field'], to)
  })
  const form = renameInForm(parts.eform, from, to)
  return changed(parts, {
    definition: definition as Loose,
    eform: setIn(form, ['schema'], mapConditionFields(getIn(form, ['schema']), swap)) as Loose,
    results: inContents(parts.results, (content) =>
      mapTexts(content, (text) => text.replace(merge(from), `{{form.${to}}}`)),
    ),
    examples: inContents(parts.examples, (content) => inAnswers(content, (data) => renamed(data, from, to))),
  })
}

/** A question taken away with what names it; what cannot go by itself (a case that asks for it) stays, and lint says so. */
export function removeField(parts: Parts, key: string): Partial<Parts> {
  let definition: unknown = parts.definition
  for (const { path } of fieldPlaces(parts.definition)) {
    const now = getIn(definition, path)
    const next = withoutName(now, key)
    if (next !== now) definition = setIn(definition, path, next)
  }
  let form = removeInForm(parts.eform, key)
  form = setIn(form, ['schema'], withoutConditionsOn(withoutCondition(getIn(form, ['schema']), key), key))
  return changed(parts, {
    definition: definition as Loose,
    eform: form as Loose,
    results: inContents(parts.results, (content) => withoutMergeField(content, key)),
    examples: inContents(parts.examples, (content) =>
      inAnswers(content, ({ [key]: _gone, ...rest }) => rest),
    ),
  })
}

/** A list or record of names without one; lists within records too. A holder without a name is no holder. */
function withoutName(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.includes(name) ? value.filter((each) => each !== name) : value
  if (!isRecord(value)) return value
  const entries = Object.entries(value)
    .filter(([, each]) => each !== name)
    .map(([key, each]) => [key, withoutName(each, name)] as const)
  return entries.length < Object.keys(value).length || entries.some(([key, each]) => each !== value[key])
    ? Object.fromEntries(entries)
    : value
}

/** Rows of a template that print nothing else go; in other texts the field's braces go. */
function withoutMergeField(content: unknown, key: string): unknown {
  const only = (text: string) => text.replace(merge(key), '').trim() === '' && merge(key).test(text)
  const blocks = listAt(content, ['blocks']).map((block) => {
    const rows = getIn(block, ['rows'])
    return Array.isArray(rows)
      ? setIn(
          block,
          ['rows'],
          rows.filter((row) => !only(textAt(row, ['value']))),
        )
      : block
  })
  const without = Array.isArray(getIn(content, ['blocks'])) ? setIn(content, ['blocks'], blocks) : content
  return mapTexts(without, (text) => text.replace(merge(key), '').trim() || text)
}

const inContents = (files: Named[], change: (content: Loose) => unknown): Named[] =>
  files.map((file) => {
    const content = change(file.content) as Loose
    return content === file.content ? file : { ...file, content }
  })

function inAnswers(content: Loose, change: (data: Loose) => Loose): Loose {
  let next: unknown = content
  for (const part of ['formData', 'amended'])
    if (isRecord(content[part])) next = setIn(next, [part], change(content[part]))
  return next as Loose
}

/** Only the parts that differ from before. */
function changed(before: Parts, after: Partial<Parts>): Partial<Parts> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([part, value]) => JSON.stringify(value) !== JSON.stringify(before[part as keyof Parts]),
    ),
  )
}

/** An answer that may be chosen, under another word: where cases, conditions and examples ask for it. */
export function renameChoice(parts: Parts, field: string, from: string, to: string): Partial<Parts> {
  let definition: unknown = parts.definition
  listAt(definition, ['cases']).forEach((each, n) => {
    if (getIn(each, ['when', 'field']) === field && getIn(each, ['when', 'equals']) === from)
      definition = setIn(definition, ['cases', n, 'when', 'equals'], to)
  })
  let eform: unknown = parts.eform
  for (const at of conditionsOn(parts.eform.schema, field)) {
    const path = ['schema', ...at, 'if', 'properties', field, 'const']
    if (getIn(eform, path) === from) eform = setIn(eform, path, to)
  }
  return changed(parts, {
    definition: definition as Loose,
    eform: eform as Loose,
    examples: inContents(parts.examples, (content) =>
      inAnswers(content, (data) => (data[field] === from ? { ...data, [field]: to } : data)),
    ),
  })
}

/** Where a case of the procedure is named, beside the list of cases. */
export function caseReferences({ definition, results, examples, dmn }: Parts, key: string): Reference[] {
  const found: Reference[] = []
  const add = (place: Reference['place'], name: string) => found.push({ place, name })
  for (const each of listAt(definition, ['limits'])) if (getIn(each, ['case']) === key) add('limit', key)
  for (const each of listAt(definition, ['papers']))
    if (textsAt(each, ['requiredFor', 'cases']).includes(key))
      add('paper', textAt(each, ['name', 'vi']) || textAt(each, ['key']))
  for (const each of listAt(definition, ['fees'])) if (getIn(each, ['case']) === key) add('fee', key)
  if (key in recordAt(definition, ['allotments'])) add('allotment', key)
  for (const { name, content } of results)
    if (textsAt(content, ['cases']).includes(key)) add('template', titleOf(content, name))
  for (const { name, content } of examples) if (content.case === key) add('example', titleOf(content, name))
  if (dmn.includes(`"${key}"`)) add('routing', key)
  return found
}

/** A case under another key, everywhere in the draft; in the routing table only whole words in quotation marks. */
export function renameCase(parts: Parts, from: string, to: string): Partial<Parts> {
  const swap = (text: string) => (text === from ? to : text)
  let definition: unknown = parts.definition
  const put = (path: Path) => {
    const now = getIn(definition, path)
    const next = mapTexts(now, swap)
    if (next !== now) definition = setIn(definition, path, next)
  }
  listAt(definition, ['cases']).forEach((_, n) => {
    put(['cases', n, 'key'])
  })
  listAt(definition, ['limits']).forEach((_, n) => {
    put(['limits', n, 'case'])
  })
  listAt(definition, ['papers']).forEach((_, n) => {
    put(['papers', n, 'requiredFor', 'cases'])
  })
  listAt(definition, ['fees']).forEach((_, n) => {
    put(['fees', n, 'case'])
  })
  if (isRecord(getIn(definition, ['allotments'])))
    definition = setIn(definition, ['allotments'], renamed(recordAt(definition, ['allotments']), from, to))
  return changed(parts, {
    definition: definition as Loose,
    dmn: parts.dmn.replaceAll(`"${from}"`, `"${to}"`),
    results: inContents(parts.results, (content) =>
      Array.isArray(content.cases) ? setIn(content, ['cases'], mapTexts(content.cases, swap)) : content,
    ),
    examples: inContents(parts.examples, (content) =>
      content.case === from ? { ...content, case: to } : content,
    ),
  })
}

/** A case taken away with what is said for it alone; examples and rows of the routing table stay for a person to decide. */
export function removeCase(parts: Parts, key: string): Partial<Parts> {
  const not = (field: string) => (each: unknown) => getIn(each, [field]) !== key
  let definition: unknown = parts.definition
  definition = setIn(definition, ['cases'], listAt(definition, ['cases']).filter(not('key')))
  definition = setIn(definition, ['limits'], listAt(definition, ['limits']).filter(not('case')))
  if (Array.isArray(getIn(definition, ['fees'])))
    definition = setIn(definition, ['fees'], listAt(definition, ['fees']).filter(not('case')))
  listAt(definition, ['papers']).forEach((paper, n) => {
    const cases = textsAt(paper, ['requiredFor', 'cases'])
    if (!cases.includes(key)) return
    const left = cases.filter((each) => each !== key)
    definition = setIn(
      definition,
      ['papers', n, 'requiredFor'],
      left.length > 0 ? { ...recordAt(paper, ['requiredFor']), cases: left } : null,
    )
  })
  if (key in recordAt(definition, ['allotments']))
    definition = setIn(definition, ['allotments', key], undefined)
  return changed(parts, {
    definition: definition as Loose,
    results: inContents(parts.results, (content) => {
      const left = textsAt(content, ['cases']).filter((each) => each !== key)
      return Array.isArray(content.cases)
        ? setIn(content, ['cases'], left.length > 0 ? left : undefined)
        : content
    }),
  })
}

/** Where a paper is named. */
export function paperReferences({ definition, examples }: Parts, key: string): Reference[] {
  const found: Reference[] = []
  for (const each of listAt(definition, ['phrases']))
    if (getIn(each, ['paperKey']) === key) found.push({ place: 'phrase', name: textAt(each, ['text']) })
  for (const part of listAt(definition, ['children']))
    if (Object.values(recordAt(part, ['papers'])).includes(key))
      found.push({ place: 'part', name: textAt(part, ['name', 'vi']) || textAt(part, ['key']) })
  for (const { name, content } of examples)
    if (textsAt(content, ['papers']).includes(key))
      found.push({ place: 'example', name: titleOf(content, name) })
  return found
}

const inPapers = (
  parts: Parts,
  change: (key: string) => string | null,
  papers: unknown[],
): Partial<Parts> => {
  let definition: unknown = setIn(parts.definition, ['papers'], papers)
  if (Array.isArray(getIn(definition, ['phrases'])))
    definition = setIn(
      definition,
      ['phrases'],
      listAt(definition, ['phrases']).flatMap((phrase) => {
        const now = getIn(phrase, ['paperKey'])
        const next = typeof now === 'string' ? change(now) : undefined
        if (next === undefined || next === now) return [phrase]
        return next === null ? [] : [setIn(phrase, ['paperKey'], next)]
      }),
    )
  listAt(definition, ['children']).forEach((part, n) => {
    if (!isRecord(getIn(part, ['papers']))) return
    const next = Object.entries(recordAt(part, ['papers'])).flatMap(([name, from]) => {
      const to = typeof from === 'string' ? change(from) : null
      return to === null ? [] : [[name, to] as const]
    })
    definition = setIn(definition, ['children', n, 'papers'], Object.fromEntries(next))
  })
  return changed(parts, {
    definition: definition as Loose,
    examples: inContents(parts.examples, (content) =>
      Array.isArray(content.papers)
        ? setIn(
            content,
            ['papers'],
            textsAt(content, ['papers']).flatMap((key) => change(key) ?? []),
          )
        : content,
    ) as Named[],
  })
}

/** A paper under another key, everywhere in the draft. */
export const renamePaper = (parts: Parts, from: string, to: string): Partial<Parts> =>
  inPapers(
    parts,
    (key) => (key === from ? to : key),
    listAt(parts.definition, ['papers']).map((each) =>
      getIn(each, ['key']) === from ? setIn(each, ['key'], to) : each,
    ),
  )

/** A paper taken away with its phrases, its part in groups and in the examples. */
export const removePaper = (parts: Parts, key: string): Partial<Parts> =>
  inPapers(
    parts,
    (each) => (each === key ? null : each),
    listAt(parts.definition, ['papers']).filter((each) => getIn(each, ['key']) !== key),
  )
