import { isRec, listOf, nameOfRow, type Rec, recOf } from '../diff/keyed.ts'
import type { ProcedureSource } from '../source.ts'
import type { JudgedChange } from './judged.ts'

type Holder = Rec | unknown[]

/** As a change's field names a key. */
const plain = (key: string) => key.replaceAll('.', '_')

/** Where a part of a path stands in a list or an object; null where it does not. */
function placeIn(holder: unknown, part: string, name: string): string | number | null {
  if (Array.isArray(holder)) {
    const at = holder.findIndex((_, n) => plain(nameOfRow(holder, n, name)) === part)
    return at < 0 ? null : at
  }
  return Object.keys(recOf(holder)).find((key) => plain(key) === part) ?? null
}
const valueAt = (holder: unknown, at: string | number | null): unknown =>
  at === null ? undefined : (holder as Record<string | number, unknown>)[at]

/** Puts what stands at a path of one definition there in another: that place, and nothing beside it. */
function copy(to: Holder, from: unknown, [part = '', ...rest]: string[], name: string): void {
  const [here, there] = [placeIn(to, part, name), placeIn(from, part, name)]
  const [old, now] = [valueAt(to, here), valueAt(from, there)]
  if (rest.length > 0 && (isRec(old) || Array.isArray(old)) && (isRec(now) || Array.isArray(now)))
    copy(old, now, rest, part)
  else if (Array.isArray(to)) {
    if (now === undefined) to.splice(here as number, here === null ? 0 : 1)
    else if (here === null) to.push(now)
    else to[here as number] = now
  } else if (now === undefined) delete to[here ?? part]
  else to[here ?? there ?? part] = now
}

/** The order in which the cases are tried, of those that there are. */
function reorder(definition: Rec, after: Rec): void {
  const wanted = listOf(after.cases).map((row) => recOf(row).key)
  const place = (row: unknown) => {
    const at = wanted.indexOf(recOf(row).key)
    return at < 0 ? wanted.length : at
  }
  definition.cases = [...listOf(definition.cases)].sort((a, b) => place(a) - place(b))
}

/** Questions that would be asked, or have to be answered, as the redesign has them. */
function withQuestions(before: ProcedureSource, after: ProcedureSource, names: string[]) {
  const eform = structuredClone(before.eform)
  const [schema, wanted] = [recOf(eform.schema), recOf(after.eform.schema)]
  const required = listOf(schema.required).filter((one) => !names.includes(String(one)))
  const asked = listOf(wanted.required).filter((one) => names.includes(String(one)))
  const questions = Object.fromEntries(
    Object.entries(recOf(wanted.properties)).filter(([name]) => names.includes(plain(name))),
  )
  return {
    ...eform,
    schema: {
      ...schema,
      required: [...required, ...asked],
      properties: { ...recOf(schema.properties), ...questions },
    },
  } as ProcedureSource['eform']
}

/**
 * The version in force with what is proposed and nothing else of a redesign: what a ministry would be asked for, and
 * what that alone would save.
 */
export function withProposals(
  before: ProcedureSource,
  after: ProcedureSource,
  proposals: JudgedChange[],
): ProcedureSource {
  const definition = structuredClone(before.definition)
  const wanted = structuredClone(after.definition)
  const fields = proposals
    .flatMap(({ field, part }) => (field === null || part === 'form' ? [] : [field]))
    // That it need not be brought is told with the look-up in its place.
    .flatMap((field) => {
      const paper = /^papers\.[^.]+(?=\.lookUp$)/.exec(field)?.[0]
      return paper ? [field, `${paper}.requiredFor`, `${paper}.presentOnly`] : [field]
    })
  for (const field of fields)
    if (field !== 'order.cases' && !field.startsWith('routing.'))
      copy(definition, wanted, field.split('.'), '')
  if (fields.includes('order.cases')) reorder(definition, wanted)
  const questions = proposals.flatMap(({ field, part }) =>
    part === 'form' && field !== null && field !== 'form' ? [field.split('.')[1] ?? ''] : [],
  )
  return {
    ...before,
    definition,
    eform: questions.length > 0 ? withQuestions(before, after, questions) : before.eform,
  }
}
