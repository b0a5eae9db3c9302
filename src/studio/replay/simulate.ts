import { type Axis, afterWork, workedBetween } from '../history/axis.ts'
import { type Heap, heap } from './heap.ts'

/** Instants are minutes since 1970; lengths are working minutes unless said otherwise. */

/** People who do the same kind of work in one unit. */
export type Pool = {
  axis: Axis
  /** How many they are from an instant on, in order; before the first: as many as it says. */
  people: { from: number; count: number }[]
}

/** A stay of a dossier at an element, as it will be played. */
export type Stop = {
  /** Who does it; −1: nobody (a wait). */
  pool: number
  /** What it waits for other reasons than that everybody is taken up: passes while somebody is free. */
  delay: number
  /** After so long it waits for nothing but its turn, whether or not somebody was free meanwhile. */
  limit: number
  /** For which somebody of the pool is taken up. */
  work: number
  /** Minutes by the clock on the wall: somebody else's time. */
  pause: number
}

export type Job = { arrives: number; stops: Stop[] }

/** When each stop was reached, taken up and done, by job; NaN where it never came to it. */
export type Played = {
  reached: Float64Array[]
  taken: Float64Array[]
  done: Float64Array[]
  arrived: number
  finished: number
  inSystem: number
  /** When the last of them finished, or the horizon. */
  until: number
}

export type SimulateOptions = {
  /** What has not happened by then does not happen. */
  horizon?: number
  /** Called about every so many events with the jobs that have finished. */
  onProgress?: (finished: number) => void
}

const EVENTS_A_REPORT = 5000
/** A thousandth of a second: sums of minutes are not exact. */
const SAME = 1e-5

const ARRIVE = 0
const PAUSED = 1
const TURN = 2
const DONE = 3
const STAFF = 4
const LIMIT = 5

/** A pool at work. `open`: working minutes in which somebody was free, up to `at`. */
type Line = {
  /** By the reading of `open` at which each is ready. */
  pending: Heap
  /** Ready, in order, from `head` on. */
  ready: number[]
  head: number
  busy: number
  people: number
  open: number
  at: number
  /** When somebody will next be ready, as far as is known; infinite: nobody waits for that. */
  nextTurn: number
}

/**
 * Plays jobs through their stops: a discrete-event simulation. A stop is ready when its delay has passed, and taken up
 * when somebody is free, whoever was ready first; a person does one thing at a time, in working hours. The delay runs only
 * while somebody is free: so a replay of what happened, with nothing changed, is what happened; with less to do it is
 * over sooner, and `limit` keeps work that came later from going before it for ever. The same input gives the same answer.
 */
export function simulate(
  jobs: readonly Job[],
  pools: readonly Pool[],
  { horizon = Number.POSITIVE_INFINITY, onProgress }: SimulateOptions = {},
): Played {
  const column = () => jobs.map(({ stops }) => new Float64Array(stops.length).fill(Number.NaN))
  const [reached, taken, done] = [column(), column(), column()]
  const events = heap()
  /** The stop each job stands at, and whether it is ready there (or taken up). */
  const at = new Int32Array(jobs.length)
  const waiting = new Uint8Array(jobs.length)
  let finished = 0
  let until = 0
  const lines = pools.map(
    ({ people }): Line => ({
      pending: heap(),
      ready: [],
      head: 0,
      busy: 0,
      people: people[0]?.count ?? 0,
      open: 0,
      at: Number.NEGATIVE_INFINITY,
      nextTurn: Number.POSITIVE_INFINITY,
    }),
  )

  /** Lets time pass for a pool. */
  const pass = (pool: number, time: number) => {
    const line = lines[pool]!
    if (line.busy < line.people && Number.isFinite(line.at))
      line.open += workedBetween(pools[pool]!.axis, line.at, time)
    line.at = time
  }
  const standsBy = (job: number, n: number) => at[job] === n && !waiting[job]
  const isReady = (line: Line, job: number) => {
    waiting[job] = 1
    line.ready.push(job)
  }
  /** Takes up whoever is ready, and says when the next will be. */
  const turn = (pool: number, time: number) => {
    const line = lines[pool]!
    const { axis } = pools[pool]!
    for (let least = line.pending.least(); least !== undefined; least = line.pending.least()) {
      if (least > line.open + SAME) break
      const { subject: job, kind: n } = line.pending.take()!
      if (standsBy(job, n)) isReady(line, job)
    }
    while (line.busy < line.people && line.head < line.ready.length) {
      const job = line.ready[line.head++]!
      const n = at[job]!
      line.busy++
      taken[job]![n] = time
      events.put(afterWork(axis, time, jobs[job]!.stops[n]!.work), DONE, job)
    }
    // What has been taken up is let go now and then.
    if (line.head > 1024) {
      line.ready.splice(0, line.head)
      line.head = 0
    }
    const least = line.pending.least()
    if (least === undefined || line.busy >= line.people) return
    const next = afterWork(axis, time, least - line.open)
    if (next < line.nextTurn) events.put(next, TURN, pool)
    line.nextTurn = Math.min(line.nextTurn, next)
  }
  const reach = (job: number, time: number) => {
    const stop = jobs[job]!.stops[at[job]!]
    if (!stop) {
      finished++
      until = Math.max(until, time)
      return
    }
    reached[job]![at[job]!] = time
    const line = lines[stop.pool]
    if (!line) {
      events.put(time + stop.pause, PAUSED, job)
      return
    }
    pass(stop.pool, time)
    waiting[job] = 0
    line.pending.put(line.open + stop.delay, at[job]!, job)
    if (stop.limit > stop.delay)
      events.put(afterWork(pools[stop.pool]!.axis, time, stop.limit), LIMIT + at[job]!, job)
    turn(stop.pool, time)
  }
  const leave = (job: number, time: number) => {
    done[job]![at[job]!] = time
    at[job]!++
    reach(job, time)
  }

  jobs.forEach(({ arrives }, job) => {
    events.put(arrives, ARRIVE, job)
  })
  pools.forEach(({ people }, pool) => {
    for (const { from } of people.slice(1)) events.put(from, STAFF, pool)
  })

  let count = 0
  for (let event = events.take(); event && event.key <= horizon; event = events.take()) {
    const { key: time, kind, subject } = event
    if (kind === ARRIVE) reach(subject, time)
    else if (kind === PAUSED) {
      taken[subject]![at[subject]!] = time
      leave(subject, time)
    } else if (kind === DONE) {
      const { pool } = jobs[subject]!.stops[at[subject]!]!
      pass(pool, time)
      lines[pool]!.busy--
      leave(subject, time)
      turn(pool, time)
    } else if (kind >= LIMIT) {
      const n = kind - LIMIT
      if (standsBy(subject, n)) {
        const { pool } = jobs[subject]!.stops[n]!
        pass(pool, time)
        isReady(lines[pool]!, subject)
        turn(pool, time)
      }
    } else {
      const line = lines[subject]!
      pass(subject, time)
      if (kind === STAFF) line.people = pools[subject]!.people.findLast(({ from }) => from <= time)!.count
      else if (time >= line.nextTurn) line.nextTurn = Number.POSITIVE_INFINITY
      turn(subject, time)
    }
    if (++count % EVENTS_A_REPORT === 0) onProgress?.(finished)
  }
  const arrived = jobs.filter(({ arrives }) => arrives <= horizon).length
  const inSystem = arrived - finished
  return { reached, taken, done, arrived, finished, inSystem, until: inSystem > 0 ? horizon : until }
}
