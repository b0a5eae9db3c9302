import { conditionOf, type Found } from './conditions.ts'
import { type Kind, kindOf, withKind } from './kinds.ts'
import {
  getIn,
  isRecord,
  type Loose,
  listAt,
  moved,
  recordAt,
  renamed,
  setIn,
  textAt,
  textsAt,
  without,
} from './loose.ts'

/** A question of the form as the list shows it; `schema` is null where a group names a question that is not there. */
export type Field = {
  key: string
  title: string
  titleEn: string
  kind: Kind | 'other'
  required: boolean
  condition: Found | undefined
  schema: Loose | null
  ui: Loose
}
export type FormGroup = { key: string; title: string; titleEn: string; fields: Field[] }
/** The groups in reading order, and the questions that stand in none. */
export type FormList = { groups: FormGroup[]; loose: Field[] }

export function fieldOf(eform: unknown, key: string): Field {
  const found = getIn(eform, ['schema', 'properties', key])
  const schema = isRecord(found) ? found : null
  const ui = recordAt(eform, ['ui', key])
  return {
    key,
    title: textAt(schema, ['title']),
    titleEn: textAt(schema, ['x-en', 'title']),
    kind: kindOf(schema, ui),
    required: textsAt(eform, ['schema', 'required']).includes(key),
    condition: conditionOf(getIn(eform, ['schema']), key),
    schema,
    ui,
  }
}

export const fieldKeys = (eform: unknown): string[] => Object.keys(recordAt(eform, ['schema', 'properties']))

export function listOf(eform: unknown): FormList {
  const groups = listAt(eform, ['groups']).map((group) => ({
    key: textAt(group, ['key']),
    title: textAt(group, ['title', 'vi']),
    titleEn: textAt(group, ['title', 'en']),
    fields: textsAt(group, ['fields']).map((key) => fieldOf(eform, key)),
  }))
  const placed = groups.flatMap(({ fields }) => fields.map(({ key }) => key))
  const loose = fieldKeys(eform)
    .filter((key) => !placed.includes(key))
    .map((key) => fieldOf(eform, key))
  return { groups, loose }
}

/** Reading order of all questions. */
export const orderOf = (eform: unknown): string[] => {
  const { groups, loose } = listOf(eform)
  return [...groups.flatMap(({ fields }) => fields), ...loose].map(({ key }) => key)
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((each, at) => each === b[at])

/**
 * `ui:order` after the groups where it followed them before; one that has an order of its own keeps it and only gets what is
 * new. What it names beside the questions (`*`) stays where it was.
 */
function inOrder(before: unknown, after: unknown): unknown {
  const order = getIn(after, ['ui', 'ui:order'])
  if (!Array.isArray(order)) return after
  const known = orderOf(before).filter((key) => order.includes(key))
  const followed = sameList(
    known,
    order.filter((key) => known.includes(key as string)),
  )
  const wanted = orderOf(after)
  const added = wanted.filter((key) => !order.includes(key))
  const rest = order.indexOf('*')
  const all = rest < 0 ? [...order, ...added] : [...order.slice(0, rest), ...added, ...order.slice(rest)]
  const queue = wanted.slice()
  const next = followed ? all.map((key) => (wanted.includes(key as string) ? queue.shift() : key)) : all
  return setIn(after, ['ui', 'ui:order'], next)
}

const groupFields = (eform: unknown, change: (fields: string[], group: number) => string[]): unknown =>
  setIn(
    eform,
    ['groups'],
    listAt(eform, ['groups']).map((group, n) => {
      const fields = textsAt(group, ['fields'])
      const next = change(fields, n)
      return next.length === fields.length && next.every((key, at) => key === fields[at])
        ? group
        : setIn(group, ['fields'], next)
    }),
  )

/** Puts a question at a place of a group; groups are counted from 0. */
export function moveField(eform: unknown, key: string, group: number, index: number): unknown {
  const place = (fields: string[], n: number) => {
    const others = fields.filter((each) => each !== key)
    return n === group ? [...others.slice(0, index), key, ...others.slice(index)] : others
  }
  return inOrder(eform, groupFields(eform, place))
}

/** Where a question comes to stand one step up or down, through the border of its group; undefined at the ends. */
export function stepField(
  eform: unknown,
  key: string,
  by: 1 | -1,
): { group: number; index: number } | undefined {
  const groups = listOf(eform).groups.map(({ fields }) => fields.map((field) => field.key))
  const group = groups.findIndex((fields) => fields.includes(key))
  if (group < 0)
    return groups.length > 0 ? { group: groups.length - 1, index: groups.at(-1)!.length } : undefined
  const index = groups[group]!.indexOf(key) + by
  if (index >= 0 && index < groups[group]!.length) return { group, index }
  const next = groups[group + by]
  return next && { group: group + by, index: by === 1 ? 0 : next.length }
}

/** Adds a question; `shape` in place of a kind is one that another procedure has. */
export function addField(
  eform: unknown,
  {
    key,
    title,
    titleEn,
    shape,
  }: { key: string; title: string; titleEn?: string; shape: Kind | { schema: Loose; ui: Loose } },
  group: number,
  index = Number.POSITIVE_INFINITY,
): unknown {
  const { schema, ui } = typeof shape === 'string' ? withKind({}, {}, shape) : shape
  const { type, ...rest } = schema
  const property = { type, title, ...(titleEn ? { 'x-en': { title: titleEn } } : {}), ...rest }
  let next = setIn(eform, ['schema', 'properties', key], property)
  if (ui && Object.keys(ui).length > 0) next = setIn(next, ['ui', key], ui)
  if (listAt(next, ['groups']).length === 0) next = addGroup(next, { key: 'main', title: '…' })
  return moveField(next, key, group, index)
}

/** Always to be answered, or not; the list of such questions keeps the reading order. */
export function setRequired(eform: unknown, key: string, required: boolean): unknown {
  const now = textsAt(eform, ['schema', 'required'])
  if (now.includes(key) === required) return eform
  if (!required)
    return setIn(
      eform,
      ['schema', 'required'],
      now.filter((each) => each !== key),
    )
  const order = orderOf(eform)
  const later = now.findIndex((each) => order.indexOf(each) > order.indexOf(key))
  const at = later < 0 ? now.length : later
  return setIn(eform, ['schema', 'required'], [...now.slice(0, at), key, ...now.slice(at)])
}

export const setKind = (eform: unknown, key: string, kind: Kind): unknown => {
  const { schema, ui } = withKind(
    getIn(eform, ['schema', 'properties', key]),
    getIn(eform, ['ui', key]),
    kind,
  )
  const next = setIn(eform, ['schema', 'properties', key], schema)
  return setIn(next, ['ui', key], ui && Object.keys(ui).length > 0 ? ui : undefined)
}

/** A word beside a question (`ui:help`, `ui:placeholder` …); undefined takes it away, and the entry with its last word. */
export const setUi = (eform: unknown, key: string, word: string, value: unknown): unknown => {
  const ui = recordAt(setIn(getIn(eform, ['ui', key]), [word], value))
  return setIn(eform, ['ui', key], Object.keys(ui).length > 0 ? ui : undefined)
}

export const addGroup = (eform: unknown, { key, title }: { key: string; title: string }): unknown =>
  setIn(eform, ['groups'], [...listAt(eform, ['groups']), { key, title: { vi: title }, fields: [] }])

export const moveGroup = (eform: unknown, from: number, to: number): unknown =>
  inOrder(eform, setIn(eform, ['groups'], moved(listAt(eform, ['groups']), from, to)))

/** Takes a group away; its questions go to the end of the one before, or to the beginning of the one behind. */
export function removeGroup(eform: unknown, at: number): unknown {
  const groups = listAt(eform, ['groups'])
  const orphans = textsAt(groups[at], ['fields'])
  const heir = at > 0 ? at - 1 : 1
  const given =
    orphans.length > 0 && groups.length > 1
      ? groupFields(eform, (fields, n) =>
          n !== heir ? fields : at > 0 ? [...fields, ...orphans] : [...orphans, ...fields],
        )
      : eform
  return inOrder(eform, setIn(given, ['groups'], without(listAt(given, ['groups']), at)))
}

/** The form with a question under another key, in every place of the form itself but its conditions. */
export function renameInForm(eform: unknown, from: string, to: string): unknown {
  const swap = (list: unknown[]) => list.map((each) => (each === from ? to : each))
  let next = setIn(
    eform,
    ['schema', 'properties'],
    renamed(recordAt(eform, ['schema', 'properties']), from, to),
  )
  if (Array.isArray(getIn(next, ['schema', 'required'])))
    next = setIn(next, ['schema', 'required'], swap(listAt(next, ['schema', 'required'])))
  if (isRecord(getIn(next, ['ui']))) next = setIn(next, ['ui'], renamed(recordAt(next, ['ui']), from, to))
  if (Array.isArray(getIn(next, ['ui', 'ui:order'])))
    next = setIn(next, ['ui', 'ui:order'], swap(listAt(next, ['ui', 'ui:order'])))
  return groupFields(next, (fields) => fields.map((each) => (each === from ? to : each)))
}

/** The form without a question, in every place of the form itself but its conditions. */
export function removeInForm(eform: unknown, key: string): unknown {
  const drop = (list: unknown[]) => list.filter((each) => each !== key)
  let next = setIn(eform, ['schema', 'properties', key], undefined)
  if (Array.isArray(getIn(next, ['schema', 'required'])))
    next = setIn(next, ['schema', 'required'], drop(listAt(next, ['schema', 'required'])))
  if (getIn(next, ['ui', key]) !== undefined) next = setIn(next, ['ui', key], undefined)
  if (Array.isArray(getIn(next, ['ui', 'ui:order'])))
    next = setIn(next, ['ui', 'ui:order'], drop(listAt(next, ['ui', 'ui:order'])))
  return groupFields(next, (fields) => fields.filter((each) => each !== key))
}
