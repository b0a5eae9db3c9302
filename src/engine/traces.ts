import { atOf, type EngineRecord, keyOf, parseRecord, text } from './records.ts'

/** Work that stands open in an instance: a person's task, or a job. */
export type OpenWork = { key: string; elementId: string; kind: 'task' | 'job'; type: string }

/** What has become of one instance, as its records tell it. */
export type Trace = {
  /** Elements in the order in which they were entered. */
  path: string[]
  flows: Set<string>
  open: Map<string, OpenWork>
  /** Elements that are active now, by the key of their instance. */
  active: Map<string, string>
  incidents: { elementId: string; message: string }[]
  state: 'active' | 'completed' | 'cancelled'
  /** The end event reached last. */
  endedAt: string | null
  lastAt: string
}

const fresh = (): Trace => ({
  path: [],
  flows: new Set(),
  open: new Map(),
  active: new Map(),
  incidents: [],
  state: 'active',
  endedAt: null,
  lastAt: '',
})

/**
 * Instances in memory, from the records of a broker that lives for one trial: what PostgreSQL holds of the real one. `take`
 * is the sink's; a repeated record is skipped by its position.
 */
export function openTraces() {
  const traces = new Map<string, Trace>()
  let position = -1n
  let heard: () => void = () => undefined
  let change = new Promise<void>((resolve) => {
    heard = resolve
  })

  function follow(record: EngineRecord): void {
    const instance = keyOf(record.value.processInstanceKey)
    if (instance === '' || record.recordType !== 'EVENT') return
    const trace = traces.get(instance) ?? fresh()
    traces.set(instance, trace)
    trace.lastAt = atOf(record)
    if (record.valueType === 'PROCESS_INSTANCE') followElement(trace, record)
    else if (record.valueType === 'JOB' || record.valueType === 'USER_TASK') followWork(trace, record)
    else if (record.valueType === 'INCIDENT' && record.intent === 'CREATED')
      trace.incidents.push({
        elementId: text(record.value.elementId),
        message: text(record.value.errorMessage),
      })
  }

  return {
    of: (key: string): Trace => traces.get(key) ?? fresh(),
    /** Resolves with the next records, or after so many milliseconds. */
    next: (ms: number): Promise<void> => {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, ms).unref()
      })
      return Promise.race([change, late])
    },
    intake: {
      state: { lagMs: null, lastBulkAt: null, stopped: null, lastError: null },
      take: async (lines: string[]): Promise<'taken'> => {
        for (const record of lines.map(parseRecord)) {
          if (BigInt(record.position) <= position) continue
          position = BigInt(record.position)
          follow(record)
        }
        const resolve = heard
        change = new Promise<void>((next) => {
          heard = next
        })
        resolve()
        return 'taken'
      },
      idle: async () => undefined,
    },
  }
}

function followElement(trace: Trace, record: EngineRecord): void {
  const { intent, key, value } = record
  const id = text(value.elementId)
  const type = text(value.bpmnElementType)
  if (type === 'SEQUENCE_FLOW') {
    if (intent === 'SEQUENCE_FLOW_TAKEN') trace.flows.add(id)
    return
  }
  const over = intent === 'ELEMENT_COMPLETED' || intent === 'ELEMENT_TERMINATED'
  if (type === 'PROCESS') {
    if (over) trace.state = intent === 'ELEMENT_COMPLETED' ? 'completed' : 'cancelled'
    return
  }
  if (intent === 'ELEMENT_ACTIVATED') {
    trace.path.push(id)
    trace.active.set(key, id)
  }
  if (!over) return
  trace.active.delete(key)
  if (type === 'END_EVENT' && intent === 'ELEMENT_COMPLETED') trace.endedAt = id
}

const ENDS = new Set(['COMPLETED', 'CANCELED', 'COMPLETE_TASK'])

function followWork(trace: Trace, { intent, key, value, valueType }: EngineRecord): void {
  if (ENDS.has(intent)) trace.open.delete(key)
  else if (intent === 'CREATED')
    trace.open.set(key, {
      key,
      elementId: text(value.elementId),
      kind: valueType === 'USER_TASK' ? 'task' : 'job',
      type: text(value.type),
    })
}
