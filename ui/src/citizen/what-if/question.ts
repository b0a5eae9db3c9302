import type { DeadlineQuestion } from '../../app/api-types.ts'
import { legalDay } from '../../shared/format.ts'

export type Unit = DeadlineQuestion['limit']['unit']
export type Mode = NonNullable<DeadlineQuestion['mode']>
export type EventKind = NonNullable<DeadlineQuestion['events']>[number]['kind']
/** A day and a time of day as they stand in the form; either may be missing while somebody types. */
export type Moment = { day: string; time: string }
export type TriedEvent = Moment & { kind: EventKind }

/** The form as it stands; the page's address keeps it, so that an answer can be handed on as a link. */
export type Tried = {
  received: Moment
  value: number
  unit: Unit
  mode: Mode
  events: TriedEvent[]
  agency: string
  asOf: string
}

export const UNITS: Unit[] = ['working-day', 'working-hour', 'half-day', 'calendar-day', 'month', 'same-day']
export const MODES: Mode[] = ['RESTART', 'PAUSE', 'EXCLUDED-STAGE']
export const KINDS: EventKind[] = ['asked', 'complete', 'excluded', 'resumed', 'finished']

const oneOf = <T extends string>(known: readonly T[], word: string | null, otherwise: T): T =>
  known.find((one) => one === word) ?? otherwise

const momentOf = (text: string): Moment => {
  const [day = '', time = ''] = text.split('T')
  return { day, time }
}
const written = ({ day, time }: Moment) => `${day}T${time}`

export const triedIn = (params: URLSearchParams, now: number): Tried => ({
  received: momentOf(params.get('nhan') ?? `${legalDay(now)}T09:00`),
  value: Number(params.get('han') ?? 10) || 1,
  unit: oneOf(UNITS, params.get('dv'), 'working-day'),
  mode: oneOf(MODES, params.get('cach'), 'RESTART'),
  events: params.getAll('sk').flatMap((text) => {
    const [kind, moment = ''] = text.split('@')
    const known = KINDS.find((one) => one === kind)
    return known ? [{ kind: known, ...momentOf(moment) }] : []
  }),
  agency: params.get('cq') ?? '',
  asOf: params.get('biet') ?? '',
})

export const addressOf = ({ received, value, unit, mode, events, agency, asOf }: Tried): URLSearchParams => {
  const params = new URLSearchParams({ nhan: written(received), han: String(value), dv: unit })
  if (mode !== 'RESTART') params.set('cach', mode)
  for (const event of events) params.append('sk', `${event.kind}@${written(event)}`)
  if (agency) params.set('cq', agency)
  if (asOf) params.set('biet', asOf)
  return params
}

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/
const whole = ({ day, time }: Moment) => /^\d{4}-\d\d-\d\d$/.test(day) && TIME.test(time)
const instantOf = ({ day, time }: Moment) => `${day}T${time.padStart(5, '0')}:00+07:00`

/** What is asked of the server; undefined while a moment is half typed. */
export const questionOf = (tried: Tried): DeadlineQuestion | undefined => {
  const { received, value, unit, mode, events, agency, asOf } = tried
  if (!whole(received) || !events.every(whole)) return undefined
  return {
    received: instantOf(received),
    limit: { value: unit === 'same-day' ? 1 : value, unit },
    mode,
    events: events.map((event) => ({ kind: event.kind, at: instantOf(event) })),
    ...(agency ? { agency } : {}),
    ...(asOf ? { asOf } : {}),
  }
}

/** The event that can follow: what began must end before something else begins. */
export const nextKinds = (events: TriedEvent[]): EventKind[] => {
  const last = events.at(-1)?.kind
  if (last === 'finished') return []
  if (last === 'asked') return ['complete', 'finished']
  if (last === 'excluded') return ['resumed', 'finished']
  return ['asked', 'excluded', 'finished']
}
