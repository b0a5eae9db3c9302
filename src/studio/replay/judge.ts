import type { Calendar } from '../../calendar/calendar.ts'
import { legalDay } from '../../clock.ts'
import type { LegalEvent } from '../../deadlines/modes.ts'
import { rulesOn } from '../../deadlines/rules.ts'
import { verdicts } from '../../deadlines/verdict.ts'
import type { ProcedureDefinition } from '../../procedures/definition.ts'
import { instantOf } from '../history/axis.ts'
import type { Past } from './past.ts'
import type { PlannedStop } from './plan.ts'

export type Judged = {
  /** When processing ended: the act that ends the clock, or the last one. */
  endedAt: number
  /** By the design's own committed limit; null: its clock never began. */
  late: boolean | null
}

const BEGUN_BY: Partial<Record<LegalEvent['kind'], LegalEvent['kind']>> = {
  complete: 'asked',
  resumed: 'excluded',
}

/** Waits at whose end a stage that was taken out of the count is over: a question that stopped the clock was asked before. */
const answeredAt = ({ exchanges }: ProcedureDefinition): Set<string> =>
  new Set(
    Object.values(exchanges)
      .filter(({ clock }) => clock === 'STOPS')
      .map(({ wait }) => wait),
  )

/**
 * What the clock would say of a replayed dossier: the acts' promises start, stop and end it as in life, so do questions to
 * other systems, confirmations and a group's parts, and the same rules count (deadlines/verdict.ts).
 */
export function judge(
  stops: readonly PlannedStop[],
  times: { reached: Float64Array; done: Float64Array },
  definition: ProcedureDefinition,
  { caseKey, verified }: Pick<Past, 'caseKey' | 'verified'>,
  calendar: Calendar,
): Judged {
  const last = times.done.at(-1) ?? Number.NaN
  const answers = answeredAt(definition)
  let receivedAt: number | null = null
  let endedAt: number | null = null
  const events: LegalEvent[] = []
  // A clock that stands still is not stopped again, and none goes on that runs: a design may ask for both.
  let still: LegalEvent['kind'] | null = null
  const happen = (minute: number, kind: LegalEvent['kind']) => {
    if (receivedAt === null || endedAt !== null) return
    const begins = kind === 'asked' || kind === 'excluded'
    if (begins ? still !== null : kind !== 'finished' && still !== BEGUN_BY[kind]) return
    still = begins ? kind : null
    events.push({ at: instantOf(minute), kind })
  }
  stops.forEach(({ elementId, outcome, machines, still: stood }, n) => {
    const [reached, done] = [times.reached[n]!, times.done[n]!]
    const wait = definition.waits[elementId]
    if (machines.some((id) => definition.exchanges[id]?.clock === 'STOPS')) happen(reached, 'excluded')
    if (answers.has(elementId)) happen(done, 'resumed')
    if (wait?.type === 'await.confirmation' && definition.confirmation?.clock === 'STOPS') {
      happen(reached, 'excluded')
      happen(done, 'resumed')
    }
    if (wait?.type === 'await.children')
      for (const { from, to } of stood) {
        happen(reached + from, 'excluded')
        happen(reached + to, 'resumed')
      }
    const promises = definition.steps[elementId]?.outcomes[outcome ?? '']?.promises ?? []
    if (promises.includes('clock.start')) receivedAt ??= done
    if (promises.includes('supplement.send')) happen(done, 'asked')
    if (promises.includes('supplement.receive')) happen(done, 'complete')
    if (promises.includes('clock.finish') && endedAt === null) {
      happen(done, 'finished')
      endedAt = done
    }
  })
  if (endedAt === null) happen(last, 'finished')
  const limit = definition.limits.find((each) => each.case === caseKey)
  if (receivedAt === null || !limit) return { endedAt: endedAt ?? last, late: null }
  // Where something had to be verified the text gives more time, and our promise is the law's (deadlines/limits-of.ts).
  const longer = verified ? limit.withVerification : undefined
  const { decision: _, ...committed } = longer ? { ...longer, decision: null } : limit.committed
  const received = instantOf(receivedAt)
  const { law } = verdicts({
    calendar,
    rules: rulesOn(legalDay(received)),
    mode: definition.clockMode.mode,
    receivedAt: received,
    legal: longer ?? limit.legal,
    committed,
    events,
    now: instantOf(endedAt ?? last),
  })
  return { endedAt: endedAt ?? last, late: law.committed.outcome === 'late' }
}
