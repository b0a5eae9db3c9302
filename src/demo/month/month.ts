import type { Calendar } from '../../calendar/calendar.ts'
import type { Cast } from './cast.ts'
import type { Catalogue } from './file.ts'
import type { Look } from './look.ts'
import type { Moment } from './moments.ts'
import type { Plan } from './plan.ts'
import type { Progress } from './progress.ts'

/** A month being played: what is to happen, where, and by whom. */
export type Month = {
  plans: readonly Plan[]
  moments: readonly Moment[]
  catalogue: Catalogue
  calendar: Calendar
  look: Look
  cast: Cast
  /** The legal now of the server. */
  now(): Date
  advance(to: Date): Promise<void>
  progress: Progress
  /** Asked to end: what is under way is finished, and the next run goes on from there. */
  stop: AbortSignal
}
