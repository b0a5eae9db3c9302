import { tzOffset } from '@date-fns/tz'
import { dayOfNumber } from './calendar/day.ts'

/** The zone in which every legal day and hour is read, wherever the server stands. */
export const LEGAL_ZONE = 'Asia/Ho_Chi_Minh'

/** Where domain code takes the time from; nothing else may ask the machine. */
export type Clock = { now(): Date }

export const machineClock: Clock = { now: () => new Date() }

/**
 * The machine's clock moved forward by an offset (demo and test mode only).
 * Never behind the machine: the broker's exporter falls silent when time runs backwards.
 */
export const offsetClock = (getOffsetMs: () => number): Clock => ({
  now: () => new Date(Date.now() + Math.max(0, getOffsetMs())),
})

const MINUTE = 60_000

const DAY = 86_400_000

// Offset of each UTC day, null when it changes within the day. Asking Intl for every instant took two
// thirds of a computation (250 µs for ten working days, 80 µs with the table).
const offsets = new Map<number, number | null>()

function offsetOfDay(day: number): number | null {
  const known = offsets.get(day)
  if (known !== undefined) return known
  const first = tzOffset(LEGAL_ZONE, new Date(day * DAY))
  const last = tzOffset(LEGAL_ZONE, new Date((day + 1) * DAY - 1))
  const offset = first === last ? first : null
  offsets.set(day, offset)
  return offset
}

/** Minutes by which the legal zone is ahead of UTC. */
function offsetAt(instant: Date): number {
  const time = instant.getTime()
  if (Number.isNaN(time)) throw new RangeError('not an instant')
  return offsetOfDay(Math.floor(time / DAY)) ?? tzOffset(LEGAL_ZONE, instant)
}

/** Minutes since 1970-01-01 00:00 on the legal zone's wall clock; seconds are cut off. */
export const toLegalMinute = (instant: Date): number =>
  Math.floor(instant.getTime() / MINUTE) + offsetAt(instant)

/** The instant of a wall-clock minute of the legal zone (the inverse of `toLegalMinute`). */
export function fromLegalMinute(minute: number): Date {
  const near = new Date((minute - 420) * MINUTE)
  return new Date((minute - offsetAt(near)) * MINUTE)
}

/** The legal day ('YYYY-MM-DD' in Asia/Ho_Chi_Minh) on which an instant falls. */
export const legalDay = (instant: Date): string => dayOfNumber(Math.floor(toLegalMinute(instant) / 1440))

/** The wall-clock time ('HH:mm' in Asia/Ho_Chi_Minh) of an instant. */
export function legalTime(instant: Date): string {
  const minute = ((toLegalMinute(instant) % 1440) + 1440) % 1440
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
}

const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number))

/** The instant of a legal day and a wall-clock time 'HH:mm' in Asia/Ho_Chi_Minh. */
export function atLegal(day: string, time: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(wall)) throw new RangeError(`not a legal day and time: ${day} ${time}`)
  return fromLegalMinute(wall / MINUTE)
}

/** An instant as ISO text with the legal zone's offset, to the minute: '2026-11-24T17:00+07:00'. */
export function isoLegal(instant: Date): string {
  const offset = offsetAt(instant)
  const hours = String(Math.trunc(offset / 60)).padStart(2, '0')
  const minutes = String(offset % 60).padStart(2, '0')
  return `${legalDay(instant)}T${legalTime(instant)}+${hours}:${minutes}`
}
