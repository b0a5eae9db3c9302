import { type Axis, axisOf } from '../../../../src/studio/history/axis.ts'
import { type Dice, diceOf } from '../../../../src/studio/replay/dice.ts'
import { type Job, type Pool, simulate } from '../../../../src/studio/replay/simulate.ts'

const DAY = 1440
/** Open day and night, as the formulas of queues want it. */
const always: Axis = axisOf([{ from: 0, to: 10_000_000 }])
/** Eight hours in one session on every day. */
const office: Axis = axisOf(
  Array.from({ length: 400 }, (_, day) => ({ from: day * DAY + 480, to: day * DAY + 960 })),
)
const pool = (count: number, axis: Axis = always): Pool => ({ axis, people: [{ from: 0, count }] })
const job = (arrives: number, work: number, delay = 0, limit = 1000): Job => ({
  arrives,
  stops: [{ pool: 0, delay, limit, work, pause: 0 }],
})
const waited = ({ reached, taken }: ReturnType<typeof simulate>, n: number) => taken[n]![0]! - reached[n]![0]!

/** The mean wait of an M/M/c queue (Erlang C); rates by the minute. */
function erlangC(arrivals: number, service: number, servers: number): number {
  const load = arrivals / service
  let term = 1
  let sum = 0
  for (let k = 0; k < servers; k++) {
    sum += term
    term *= load / (k + 1)
  }
  const full = (term * servers) / (servers - load)
  return full / (sum + full) / (servers * service - arrivals)
}

const exponential = (rate: number, dice: Dice) => -Math.log(1 - dice()) / rate

/** The mean wait of one long run, its beginning left out. */
function meanWait(servers: number, arrivals: number, service: number, seed: number): number {
  const dice = diceOf(seed, 'queue')
  let at = 0
  const jobs = Array.from({ length: 6000 }, () => {
    at += exponential(arrivals, dice)
    return job(at, exponential(service, dice))
  })
  const played = simulate(jobs, [pool(servers)])
  let sum = 0
  for (let n = 1000; n < jobs.length; n++) sum += waited(played, n)
  return sum / (jobs.length - 1000)
}

it.each([
  [1, 0.007, 0.01],
  [3, 0.024, 0.01],
  [8, 0.06, 0.01],
])('a queue of %i servers waits as Erlang’s formula says', (servers, arrivals, service) => {
  const runs = Array.from({ length: 20 }, (_, seed) => meanWait(servers, arrivals, service, seed))
  const mean = runs.reduce((sum, each) => sum + each, 0) / runs.length
  const deviation = Math.sqrt(runs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (runs.length - 1))
  // Student's t of 19 degrees of freedom at 99 %.
  const interval = (2.861 * deviation) / Math.sqrt(runs.length)
  const expected = erlangC(arrivals, service, servers)
  expect(Math.abs(mean - expected)).toBeLessThan(interval)
  // An interval so wide that it holds anything would prove nothing.
  expect(interval).toBeLessThan(expected / 4)
})

it('arrivals and work without chance never wait while there is time enough, and pile up evenly when there is not', () => {
  const every = (minutes: number, work: number) =>
    simulate(
      Array.from({ length: 50 }, (_, n) => job(n * minutes, work)),
      [pool(1)],
    )
  const enough = every(10, 10)
  const short = every(10, 12)
  for (let n = 0; n < 50; n++) {
    expect(waited(enough, n)).toBe(0)
    expect(waited(short, n)).toBeCloseTo(2 * n, 6)
  }
})

it('whoever has arrived is through or in the system, at any horizon', () => {
  const dice = diceOf(1, 'conservation')
  const jobs = Array.from(
    { length: 300 },
    (_, n): Job => ({
      arrives: n * 7,
      stops: [
        { pool: 0, delay: dice() * 30, limit: 40, work: dice() * 20, pause: 0 },
        { pool: -1, delay: 0, limit: 0, work: 0, pause: dice() * 100 },
        { pool: 1, delay: 0, limit: 0, work: dice() * 20, pause: 0 },
      ],
    }),
  )
  for (const horizon of [0, 500, 1234, 2100, 5000]) {
    const played = simulate(jobs, [pool(1), pool(2)], { horizon })
    expect(played.arrived).toBe(jobs.filter(({ arrives }) => arrives <= horizon).length)
    expect(played.finished + played.inSystem).toBe(played.arrived)
    expect(played.done.filter((done) => !Number.isNaN(done[2]!))).toHaveLength(played.finished)
  }
  expect(simulate(jobs, [pool(1), pool(2)]).finished).toBe(300)
})

it('those whose delay is over first are taken up first, one at a time, whoever arrived first', () => {
  const { taken, done } = simulate([job(0, 60, 30), job(5, 60, 0), job(6, 60, 0)], [pool(1)])
  expect(taken[1]![0]).toBe(5)
  expect(taken[2]![0]).toBe(65)
  // Its 30 minutes pass only while somebody is free: 5 of them before the others came.
  expect(taken[0]![0]).toBeCloseTo(150, 6)
  expect(done[0]![0]).toBeCloseTo(210, 6)
})

it('after its limit it waits for its turn only, and later arrivals stand behind it', () => {
  const { taken } = simulate([job(0, 60, 30, 50), job(5, 60, 0), job(6, 60, 0), job(60, 60, 0)], [pool(1)])
  expect(taken.map((one) => one[0])).toEqual([125, 5, 65, 185])
})

it('work rests at night, and a wait for somebody else does not', () => {
  const evening = 950
  const { done } = simulate([job(evening, 60)], [pool(1, office)])
  expect(done[0]![0]).toBe(DAY + 480 + 50)
  const wait = simulate(
    [{ arrives: evening, stops: [{ pool: -1, delay: 0, limit: 0, work: 0, pause: 60 }] }],
    [],
  )
  expect(wait.done[0]![0]).toBe(evening + 60)
})

it('a second person who begins later takes up what waits', () => {
  const jobs = [job(0, 100), job(0, 100), job(0, 100)]
  const staff: Pool = {
    axis: always,
    people: [
      { from: 0, count: 1 },
      { from: 30, count: 2 },
    ],
  }
  expect(simulate(jobs, [staff]).taken.map((one) => one[0])).toEqual([0, 30, 100])
})
