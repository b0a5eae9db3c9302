import type { z } from 'zod'
import type { limit as limitSchema, ProcedureDefinition } from '../../../procedures/definition.ts'
import { answersOf, type Facts, type Law, needed, promisesAny } from '../facts.ts'
import type { StudioFault, Words } from '../fault.ts'
import { placeWords } from '../place.ts'
import { faultOf } from '../rules.ts'

export type Limit = z.output<typeof limitSchema>

const HOURS_A_DAY = 8
const DAYS_A_WEEK = 7
const WORKING_A_WEEK = 5

/** The most and the fewest working days in so many days of the calendar, without holidays. */
export function workingDaysWithin(days: number): { most: number; fewest: number } {
  const whole = Math.floor(days)
  const weeks = Math.floor(whole / DAYS_A_WEEK) * WORKING_A_WEEK
  const rest = whole % DAYS_A_WEEK
  return { most: weeks + Math.min(rest, WORKING_A_WEEK), fewest: weeks + Math.max(0, rest - 2) }
}

/** A limit in working hours: at its longest and at its shortest, whatever day it begins (holidays left out). */
export function hoursOf({ unit, value }: Limit): { most: number; fewest: number } {
  if (unit === 'working-hour') return { most: value, fewest: value }
  if (unit === 'working-day') return { most: value * HOURS_A_DAY, fewest: value * HOURS_A_DAY }
  if (unit === 'same-day') return { most: HOURS_A_DAY, fewest: HOURS_A_DAY }
  const { most, fewest } = workingDaysWithin(value)
  return { most: most * HOURS_A_DAY, fewest: fewest * HOURS_A_DAY }
}

const UNITS: Record<Limit['unit'], Words> = {
  'working-day': { vi: 'ngày làm việc', en: 'working days' },
  'working-hour': { vi: 'giờ làm việc', en: 'working hours' },
  'calendar-day': { vi: 'ngày (kể cả ngày nghỉ)', en: 'calendar days' },
  'same-day': { vi: 'trong ngày', en: 'same day' },
}
/** “7 ngày làm việc” */
export const limitWords = ({ unit, value }: Limit): Words =>
  unit === 'same-day' ? UNITS[unit] : { vi: `${value} ${UNITS[unit].vi}`, en: `${value} ${UNITS[unit].en}` }

type Placed = { path: (string | number)[]; limit: Limit }

/** Every limit of the data with its place. */
function limitsOf({ definition }: Facts): Placed[] {
  const {
    limits = [],
    reception,
    supplement,
    consultation,
    confirmation,
    payment,
    allotments = {},
  } = definition
  return [
    ...limits.flatMap(({ legal, committed, withVerification }, n): Placed[] => [
      { path: ['limits', n, 'legal'], limit: legal },
      { path: ['limits', n, 'committed'], limit: committed },
      ...(withVerification ? [{ path: ['limits', n, 'withVerification'], limit: withVerification }] : []),
    ]),
    ...(reception ? [{ path: ['reception', 'limit'], limit: reception.limit }] : []),
    ...(supplement
      ? [
          ...supplement.rounds.map((round, n) => ({
            path: ['supplement', 'rounds', n, 'within'],
            limit: round.within,
          })),
          { path: ['supplement', 'refusalWithin'], limit: supplement.refusalWithin },
          { path: ['supplement', 'wait', 'limit'], limit: supplement.wait.limit },
        ]
      : []),
    ...Object.entries({ consultation, confirmation, payment }).flatMap(([name, rule]) =>
      rule ? [{ path: [name, 'limit'], limit: rule.limit }] : [],
    ),
    ...Object.entries(allotments).flatMap(([key, steps]) =>
      Object.entries(steps).map(([id, limit]) => ({ path: ['allotments', key, id], limit })),
    ),
  ]
}

const undefinedLimits: Law = (facts) => {
  const zero = limitsOf(facts).filter(({ limit }) => limit.unit !== 'same-day' && limit.value === 0)
  const faults = zero.map(({ path }) => {
    const place = placeWords(path)
    return faultOf('limit-undefined', {
      field: path.join('.'),
      elementId: path[0] === 'allotments' ? String(path[2]) : null,
      message: { vi: `Thời hạn bằng 0: ${place.vi}.`, en: `A limit of 0: ${place.en}.` },
    })
  })
  const definition = needed(facts, 'waits', 'consultation')
  if (!definition || definition.consultation) return faults
  return [
    ...faults,
    ...Object.entries(definition.waits)
      .filter(([, { type }]) => type === 'await.consultations')
      .map(([id, { name }]) =>
        faultOf('limit-undefined', {
          elementId: id,
          field: 'consultation',
          message: {
            vi: `Bước “${name.vi}” chờ ý kiến mà chưa khai hạn trả lời.`,
            en: `“${name.vi}” awaits opinions and no limit says until when.`,
          },
        }),
      ),
  ]
}

/** The steps and waits of ours that a dossier meets when each answers its first outcome, until the clock ends. */
function mainWay(facts: Facts, definition: Pick<ProcedureDefinition, 'steps' | 'waits'>): string[] {
  const { graph } = facts
  const found: string[] = []
  const seen = new Set<string>()
  let at = graph?.starts[0]
  let answer: string | null = null
  while (graph && at && !seen.has(at)) {
    seen.add(at)
    const node = graph.nodes.get(at)
    if (!node) break
    const first = answersOf(node, definition)[0]
    if (first !== undefined) {
      answer = first
      if (definition.waits[at]?.holder !== 'applicant') found.push(at)
      const step = definition.steps[at]
      if (step && promisesAny(step, 'clock.finish')) break
    }
    const asked: (typeof node.out)[number] | undefined =
      node.out.find(({ outcome }) => outcome !== null && outcome === answer) ?? node.out[0]
    at = asked?.to
  }
  return found
}

const allotted: Law = (facts) => {
  const definition = needed(facts, 'cases', 'steps', 'waits', 'allotments', 'children')
  if (!definition) return []
  const { cases, steps, waits, allotments, children } = definition
  const faults: StudioFault[] = cases
    .filter(({ key }) => Object.keys(allotments[key] ?? {}).length === 0)
    .map(({ key, name }) =>
      faultOf('allotment-missing', {
        field: `allotments.${key}`,
        message: {
          vi: `Trường hợp “${name.vi}” chưa phân bổ thời gian cho bước nào.`,
          en: `The case “${name.vi}” allots no time to any step.`,
        },
      }),
    )
  if (faults.length > 0 || children.length > 0) return faults
  const given = new Set(Object.values(allotments).flatMap((each) => Object.keys(each)))
  return mainWay(facts, definition)
    .filter((id) => !given.has(id))
    .map((id) =>
      faultOf('step-unallotted', {
        elementId: id,
        field: 'allotments',
        message: {
          vi: `Bước “${(steps[id] ?? waits[id])?.name.vi}” nằm trên đường chính mà không trường hợp nào phân bổ thời gian.`,
          en: `“${(steps[id] ?? waits[id])?.name.vi}” is on the main way and no case allots it time.`,
        },
      }),
    )
}

const committed: Law = (facts) => {
  const definition = needed(facts, 'limits', 'cases')
  const nameOf = (key: string) => definition?.cases.find((each) => each.key === key)?.name
  return (definition?.limits ?? []).flatMap(({ case: key, legal, committed: promised }, n) => {
    const [most, least] = [hoursOf(promised).most, hoursOf(legal).fewest]
    if (legal.unit !== promised.unit && most > least)
      return [
        faultOf('committed-comparable', {
          field: `limits.${n}.committed`,
          message: {
            vi: `Trường hợp “${nameOf(key)?.vi ?? key}”: cam kết ${limitWords(promised).vi} có thể dài hơn pháp luật cho (${limitWords(legal).vi}).`,
            en: `Case “${nameOf(key)?.en ?? nameOf(key)?.vi ?? key}”: the committed ${limitWords(promised).en} may be longer than the legal ${limitWords(legal).en}.`,
          },
        }),
      ]
    if (most < least && !promised.decision?.trim())
      return [
        faultOf('committed-decision', {
          field: `limits.${n}.committed.decision`,
          message: {
            vi: `Trường hợp “${nameOf(key)?.vi ?? key}”: cam kết ${limitWords(promised).vi}, ngắn hơn pháp luật (${limitWords(legal).vi}), chưa ghi quyết định.`,
            en: `Case “${nameOf(key)?.en ?? nameOf(key)?.vi ?? key}”: the committed ${limitWords(promised).en} are shorter than the legal ${limitWords(legal).en} and name no decision.`,
          },
        }),
      ]
    return []
  })
}

export const limits: Law = (facts) => [...undefinedLimits(facts), ...allotted(facts), ...committed(facts)]
