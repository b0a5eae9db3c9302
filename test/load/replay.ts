/**
 * How long a replay of 10,000 dossiers takes in its thread: `npm run bench:replay`. The dossiers are those of a lived-in
 * month (test/unit/studio/replay/month.ndjson), week after week, with their own times. Its figures go to results.md.
 */

import type { History } from '../../src/studio/replay/past.ts'
import { startThread } from '../../src/studio/replay/thread.ts'
import { monthHistory, nothing, permit } from '../unit/studio/replay/history.ts'
import { loadNow, median, record } from './results.ts'

const DOSSIERS = 10_000
const WEEK = 7 * 1440
/** The month is five weeks; each commune has one after the other, so that its people are as busy as they were. */
const MONTH_WEEKS = 5
const MONTHS = 10

/** The month again and again: in so many communes at once, `MONTHS` times in each. */
function manyMonths(month: History): History {
  const past: History['past'] = []
  const staff: History['staff'] = []
  for (let commune = 0; past.length < DOSSIERS; commune++) {
    const at = (key: string) => `${commune}:${key}`
    staff.push(...month.staff.map((each) => ({ ...each, key: at(each.key) })))
    for (let n = 0; n < MONTHS; n++) {
      const later = n * MONTH_WEEKS * WEEK
      for (const one of month.past)
        past.push({
          ...one,
          id: `${commune}/${n}/${one.id}`,
          filedAt: one.filedAt + later,
          finishedAt: one.finishedAt && one.finishedAt + later,
          units: Object.fromEntries(Object.entries(one.units).map(([kind, unit]) => [kind, at(unit)])),
          visits: one.visits.map((visit) => ({
            ...visit,
            pool: visit.pool && at(visit.pool),
            from: visit.from + later,
            to: visit.to + later,
          })),
        })
    }
  }
  return { ...month, past: past.slice(0, DOSSIERS), staff }
}

const RUNS = 3
const design = await permit()
const history = manyMonths(monthHistory())
const order = { history, current: design, draft: design, assumptions: nothing }
const load = loadNow()
const seconds: number[] = []
const cancelled: number[] = []
let reports = 0
let result: Awaited<ReturnType<typeof startThread>['result']> = null
for (let run = 0; run < RUNS; run++) {
  const begun = performance.now()
  result = await startThread(order, () => reports++).result
  seconds.push((performance.now() - begun) / 1000)
  const again = startThread(order, () => undefined)
  await new Promise((next) => setTimeout(next, 1000))
  const asked = performance.now()
  await again.stop()
  if ((await again.result) !== null) throw new Error('a replay that was cancelled went on')
  cancelled.push(performance.now() - asked)
}
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
const figures = {
  'seconds, median': median(seconds).toFixed(1),
  'seconds, each run': seconds.map((one) => one.toFixed(1)).join(', '),
  replayed: result?.replayed,
  'cancelled within ms, median': Math.round(median(cancelled)),
  'reports of progress': reports,
  'MB at the most': megabytes,
  'calibration of the mean': result?.calibration.mean?.toFixed(4),
}
console.table(figures)
record(
  'replay',
  load,
  `${result?.total} dossiers through two versions`,
  Object.entries(figures)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · '),
)
