import { getIn, isRecord, type Loose, listAt, recordAt, setIn, textAt, textsAt } from './loose.ts'

const HOURS_A_DAY = 8

/** Working hours of a length of time in working days or hours, or of a day; null for calendar days and half-made ones. */
export function workingHours(limit: unknown): number | null {
  const { value, unit } = recordAt(limit)
  if (unit === 'same-day') return HOURS_A_DAY
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  if (unit === 'working-hour') return value
  return unit === 'working-day' ? value * HOURS_A_DAY : null
}

/** What is allotted in a case against the committed limit, in working hours. `limit` null: it cannot be compared. */
export type Sum = {
  used: number
  limit: number | null
  reserve: number | null
  over: boolean
  unknown: string[]
}

export function sumOf(definition: unknown, caseKey: string): Sum {
  const rows = Object.entries(recordAt(definition, ['allotments', caseKey])).map(
    ([id, each]) => [id, workingHours(each)] as const,
  )
  const used = rows.reduce((total, [, hours]) => total + (hours ?? 0), 0)
  const ofCase = listAt(definition, ['limits']).find((each) => getIn(each, ['case']) === caseKey)
  const limit = workingHours(getIn(ofCase, ['committed']))
  return {
    used,
    limit,
    reserve: limit === null ? null : limit - used,
    over: limit !== null && used > limit,
    unknown: rows.filter(([, hours]) => hours === null).map(([id]) => id),
  }
}

/** Steps and waits that may be allotted time, in the order of the phases, then as they are written; not the applicant's. */
export function allottable(definition: unknown): string[] {
  const waits = recordAt(definition, ['waits'])
  const ours = [
    ...Object.keys(recordAt(definition, ['steps'])),
    ...Object.keys(waits).filter((id) => textAt(waits[id], ['holder']) !== 'applicant'),
  ]
  const inPhases = listAt(definition, ['phases']).flatMap((phase) => textsAt(phase, ['elements']))
  const rank = (id: string) => (inPhases.includes(id) ? inPhases.indexOf(id) : inPhases.length)
  return ours.toSorted((a, b) => rank(a) - rank(b))
}

/** Gives a step its time in a case, in the steps' order; undefined takes it away. */
export function setAllotment(
  definition: unknown,
  caseKey: string,
  element: string,
  limit: Loose | undefined,
): unknown {
  const now = recordAt(definition, ['allotments', caseKey])
  if (limit === undefined || element in now) return setIn(definition, ['allotments', caseKey, element], limit)
  const order = allottable(definition)
  const keys = Object.keys(now)
  const later = keys.findIndex((key) => order.indexOf(key) > order.indexOf(element))
  const at = later < 0 ? keys.length : later
  const entries = Object.entries(now)
  const next = [...entries.slice(0, at), [element, limit] as const, ...entries.slice(at)]
  return setIn(definition, ['allotments', caseKey], Object.fromEntries(next))
}

/** Steps and waits, of these, that are given no time in any case: most are acts of a minute, or waits of others. */
export function withoutTime(definition: unknown, ids: readonly string[]): string[] {
  const timed = new Set(
    Object.values(recordAt(definition, ['allotments'])).flatMap((ofCase) => Object.keys(recordAt(ofCase))),
  )
  return ids.filter((id) => !timed.has(id))
}

/** What a step or wait is called. */
export const elementName = (definition: unknown, id: string): unknown => {
  const name = getIn(definition, ['steps', id, 'name']) ?? getIn(definition, ['waits', id, 'name'])
  return isRecord(name) ? name : { vi: id }
}

/** The outcomes that a step or wait may have, with their labels where they have any. */
export function outcomesOf(definition: unknown, id: string): { key: string; label: unknown }[] {
  const step = Object.entries(recordAt(definition, ['steps', id, 'outcomes'])).map(([key, each]) => ({
    key,
    label: getIn(each, ['label']),
  }))
  const clock = textsAt(definition, ['steps', id, 'clockOutcomes'])
  const wait = textsAt(definition, ['waits', id, 'outcomes'])
  const rest = [...clock, ...wait].filter((key) => !step.some((each) => each.key === key))
  return [...step, ...rest.map((key) => ({ key, label: undefined }))]
}
