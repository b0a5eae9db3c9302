import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Limit } from './limit.ts'
import type { Proof } from './proof.ts'

/** A running limit: of the dossier, its reception, a supplement wait or a consultation. A restart is a new round. */
export const DeadlineClock = defineEntity({
  name: 'DeadlineClock',
  tableName: 'clock',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    subjectId: p.uuid(),
    kind: p.enum([
      'reception',
      'dossier',
      'step',
      'supplement-wait',
      'consultation',
      'confirmation',
      'payment',
    ] as const),
    round: p.integer(),
    mode: p.enum(['RESTART', 'PAUSE', 'EXCLUDED-STAGE'] as const),
    committed: p.json<Limit>(),
    legal: p.json<Limit>(),
    startedAt: p.datetime(),
    dueAt: p.datetime(),
    legalDueAt: p.datetime(),
    warnAt: p.datetime().nullable(),
    apologyStartAt: p.datetime().nullable(),
    apologyBy: p.datetime().nullable(),
    reappointedDueAt: p.datetime().nullable(),
    /** The date that had passed when the clock stood still at `missedAt`, before that time moved it on. */
    missedDueAt: p.datetime().nullable(),
    missedAt: p.datetime().nullable(),
    stoppedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    provisional: p.boolean(),
    proof: p.json<Proof>(),
  },
})
export type DeadlineClock = InferEntity<typeof DeadlineClock>

/** Raw events, written once by the act: the law's verdict and 766's are both computed from them (rules 4). */
export const ClockEvent = defineEntity({
  name: 'ClockEvent',
  tableName: 'clock_event',
  properties: {
    id: p.uuid().primary(),
    clockId: p.uuid(),
    dossierId: p.uuid(),
    at: p.datetime(),
    kind: p.enum([
      'received',
      'asked',
      'complete',
      'excluded',
      'resumed',
      'reappointed',
      'finished',
    ] as const),
    byPersonId: p.uuid().nullable(),
    document: p.json<Record<string, unknown>>(),
  },
})

export type ClockEvent = InferEntity<typeof ClockEvent>

/** An instant at which a clock wants something done; a row, handled once. */
export const Alarm = defineEntity({
  name: 'Alarm',
  tableName: 'alarm',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    clockId: p.uuid(),
    kind: p.enum([
      'warn',
      'apology-start',
      'apology-missed',
      'breach',
      'wait-end',
      'silence',
      'reminder',
      'escalate-head',
      'escalate-leader',
    ] as const),
    at: p.datetime(),
    handledAt: p.datetime().nullable(),
    outcome: p.text(),
  },
})
export type Alarm = InferEntity<typeof Alarm>

/** The dossier's watch: one instance of deadline-watch.bpmn, named by its own id. */
export const Watch = defineEntity({
  name: 'Watch',
  tableName: 'watch',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    nextAlarmAt: p.datetime(),
    startedAt: p.datetime(),
    stoppedAt: p.datetime().nullable(),
  },
})

/** An interval of the ledger: who held the dossier from when to when, and by which act (rules 10). */
export const Holding = defineEntity({
  name: 'Holding',
  tableName: 'holding',
  properties: {
    id: p.uuid().primary(),
    dossierId: p.uuid(),
    track: p.enum(['accountable', 'side'] as const),
    subjectId: p.uuid(),
    seq: p.integer(),
    round: p.integer(),
    agencyId: p.uuid(),
    unitId: p.uuid(),
    personId: p.uuid().nullable(),
    inPlaceOf: p.uuid().nullable(),
    onBehalf: p.enum(['holder', 'applicant'] as const),
    elementId: p.text(),
    stepName: p.json<{ vi: string; en?: string }>(),
    taskId: p.uuid().nullable(),
    allottedMinutes: p.integer().nullable(),
    fromAt: p.datetime(),
    toAt: p.datetime().nullable(),
    openedBy: p.json<LedgerAct>(),
    closedBy: p.json<LedgerAct>().nullable(),
  },
})
export type Holding = InferEntity<typeof Holding>

/** The act that made a boundary of the ledger. */
export type LedgerAct = { act: string; personId: string | null; text: { vi: string; en?: string } }
