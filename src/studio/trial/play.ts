import type { OpenWork, ThrowAwayEngine, Trace } from '../../engine/index.ts'
import type { Text } from '../../text.ts'
import type { WalkStep } from './walk.ts'
import { nameOf, outcomeTowards, type Ways } from './ways.ts'

/** Where an example first went another way than it says. */
export type Deviation = {
  kind: 'other-step' | 'other-end' | 'goes-on' | 'incident' | 'stuck'
  /** Where the token stood. */
  elementId: string
  /** Where the example has it. */
  expected: string
  message: Text
}

export type Played = {
  path: string[]
  flows: string[]
  /** The end event reached; null where it did not end. */
  endedAt: string | null
  deviation: Deviation | null
}

type Example = { walk: WalkStep[]; ends: string }

/**
 * After so long without a record nothing is on its way any more. Records come within 100 ms, on a busy machine seconds late; the first
 * ones wait for the broker's exporter, which was seen to take 15 s to begin.
 */
const STILL_MS = { unbegun: 90_000, moving: 20_000, standing: 3_000 }

const stillMs = (trace: Trace, open: OpenWork[]): number =>
  trace.path.length === 0 ? STILL_MS.unbegun : open.length === 0 ? STILL_MS.moving : STILL_MS.standing

const isWait = ({ kind, type }: OpenWork) => kind === 'job' && type.startsWith('await.')
const isMachine = (work: OpenWork) => work.kind === 'job' && !isWait(work)

/**
 * Plays one example: its outcomes for people's tasks and waits, in order; machines' boxes at once, with the outcome that leads to the
 * example's next step. Ends with the instance, or at the first deviation.
 */
export async function playExample(
  engine: ThrowAwayEngine,
  {
    processId,
    ways,
    example,
    signal,
  }: { processId: string; ways: Ways; example: Example; signal: AbortSignal },
): Promise<Played> {
  const left = [...example.walk]
  const next = () => left[0]?.element ?? example.ends
  const key = await engine.start(processId, {
    subjectId: crypto.randomUUID(),
    dossierId: crypto.randomUUID(),
    caseKey: '',
  })
  const given = new Set<string>()
  let quietSince = performance.now()
  let seen = 0
  for (;;) {
    signal.throwIfAborted()
    const trace = engine.trace(key)
    const open = [...trace.open.values()].filter((work) => !given.has(work.key))
    if (trace.state !== 'active') return played(trace, ended(trace, example, left, ways))
    const [incident] = trace.incidents
    if (incident) return played(trace, failed(incident, next(), ways))
    const machine = open.find(isMachine)
    const step = open.find((work) => !isMachine(work) && work.elementId === left[0]?.element)
    if (machine) {
      given.add(machine.key)
      const outcome = outcomeTowards(ways, machine.elementId, next())
      await engine.completeJob(machine.key, outcome === undefined ? {} : { outcome })
    } else if (step) {
      given.add(step.key)
      const { outcome } = left.shift()!
      if (step.kind === 'task') await engine.completeTask(step.key, { outcome })
      else await engine.completeJob(step.key, { outcome })
    } else if (
      trace.path.length + trace.flows.size === seen &&
      performance.now() - quietSince > stillMs(trace, open)
    ) {
      return played(trace, stopped(open[0], trace, next(), ways))
    } else {
      if (trace.path.length + trace.flows.size !== seen) quietSince = performance.now()
      seen = trace.path.length + trace.flows.size
      await engine.next(250)
      continue
    }
    quietSince = performance.now()
  }
}

const played = (trace: Trace, deviation: Deviation | null): Played => ({
  path: [...trace.path],
  flows: [...trace.flows],
  endedAt: trace.state === 'completed' ? trace.endedAt : null,
  deviation,
})

function ended(trace: Trace, { ends }: Example, left: WalkStep[], ways: Ways): Deviation | null {
  const at = trace.endedAt ?? ''
  const name = nameOf(ways, at)
  if (left[0]) {
    const expected = left[0].element
    return {
      kind: 'other-end',
      elementId: at,
      expected,
      message: {
        vi: `Hồ sơ kết thúc ở “${name}”, ví dụ còn chờ bước “${nameOf(ways, expected)}”.`,
        en: `It ended at “${name}”, while the example still has the step “${nameOf(ways, expected)}”.`,
      },
    }
  }
  if (at === ends) return null
  return {
    kind: 'other-end',
    elementId: at,
    expected: ends,
    message: {
      vi: `Hồ sơ kết thúc ở “${name}”, ví dụ ghi kết thúc ở “${nameOf(ways, ends)}”.`,
      en: `It ended at “${name}”, the example says “${nameOf(ways, ends)}”.`,
    },
  }
}

const failed = (incident: Trace['incidents'][number], expected: string, ways: Ways): Deviation => ({
  kind: 'incident',
  elementId: incident.elementId,
  expected,
  message: {
    vi: `Bộ máy dừng ở “${nameOf(ways, incident.elementId)}”: ${incident.message}`,
    en: `The engine stopped at “${nameOf(ways, incident.elementId)}”: ${incident.message}`,
  },
})

function stopped(work: OpenWork | undefined, trace: Trace, expected: string, ways: Ways): Deviation {
  const at = work?.elementId ?? [...trace.active.values()].at(-1) ?? ''
  const [here, there] = [nameOf(ways, at), nameOf(ways, expected)]
  if (at === '')
    return {
      kind: 'stuck',
      elementId: '',
      expected,
      message: {
        vi: 'Bộ máy chạy thử chưa kịp bắt đầu hồ sơ này; hãy chạy lại.',
        en: 'The engine of the trial did not get round to this dossier; run the trial again.',
      },
    }
  if (!work)
    return {
      kind: 'stuck',
      elementId: at,
      expected,
      message: {
        vi: `Hồ sơ đứng lại ở “${here}”, không ai và không máy nào có việc; ví dụ chờ “${there}”.`,
        en: `It stands still at “${here}”, where nobody and no machine has work; the example has “${there}” next.`,
      },
    }
  const goesOn = expected !== '' && ways.get(expected)?.$type === 'bpmn:EndEvent'
  return {
    kind: goesOn ? 'goes-on' : 'other-step',
    elementId: at,
    expected,
    message: goesOn
      ? {
          vi: `Ví dụ đã hết mà hồ sơ còn ở “${here}”; ví dụ ghi kết thúc ở “${there}”.`,
          en: `The example is over and the dossier stands at “${here}”; it should have ended at “${there}”.`,
        }
      : {
          vi: `Hồ sơ đến “${here}”, ví dụ ghi bước tiếp theo là “${there}”.`,
          en: `It came to “${here}”, the example has “${there}” next.`,
        },
  }
}
