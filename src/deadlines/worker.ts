import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { confirmationSilent } from '../confirmations/answer.ts'
import { consultationSilent } from '../consultations/silence.ts'
import { attempt } from '../database/savepoint.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { addFinding } from '../dossiers/finding.ts'
import { supplementExpired, supplementReminder } from '../dossiers/supplement.ts'
import { defineWorker } from '../engine/index.ts'
import { partsInTime } from '../groups/clock.ts'
import { beginApology } from '../letters/apology.ts'
import { tellControl, tellHolders } from '../notifications/holders.ts'
import { paymentExpired, paymentReminder } from '../payments/due.ts'
import type { Services } from '../services.ts'
import { escalate } from '../team/escalation.ts'
import { nextAlarmAt, setAlarms } from './alarms.ts'
import { apologyStartFrom } from './clocks.ts'
import { Alarm, DeadlineClock } from './entity.ts'
import { openHolding } from './ledger.ts'

type Ring = { tx: Tx; services: Services; alarm: Alarm; clock: DeadlineClock; dossier: Dossier }

/** What each alarm does; the text it returns stays on the alarm's row. */
const rings: Record<Alarm['kind'], (ring: Ring) => Promise<string>> = {
  warn: async ({ tx, dossier, clock }) => {
    await tellHolders(tx, dossier.id, `warn/${clock.id}/${clock.dueAt.toISOString()}`, 'deadline-warning')
    return 'warned holder and leader'
  },
  'apology-start': async ({ tx, clock, dossier }) => {
    if (await partsInTime(tx, dossier, clock.dueAt)) {
      await askAgain(tx, dossier.id, clock.id, clock.apologyBy ?? clock.dueAt)
      return 'the group keeps its date: its parts are due by then'
    }
    const open = await openHolding(tx.sql, dossier.id)
    const from = await apologyStartFrom(tx, clock, open?.element_id ?? '')
    // Steps were done faster than allotted: the question comes up again when they no longer fit. Past setAlarms, which
    // tells the watch: it is the watch that asks here, and its answer names the next alarm.
    if (from > tx.at) {
      await askAgain(tx, dossier.id, clock.id, from)
      return `still fits, asked again ${from.toISOString()}`
    }
    return beginApology(tx, dossier, 'alarm')
  },
  'apology-missed': async ({ tx, dossier, clock, alarm }) => {
    const by = clock.apologyBy ?? clock.dueAt
    if (await isApologised(tx, dossier, clock, by)) return 'apology delivered in time'
    if (await partsInTime(tx, dossier, clock.dueAt)) return 'the group keeps its date: no apology is owed'
    // The letter is owed for a date that is missed (rules 7): whoever judged "in time" may be right until then.
    if (alarm.at < clock.dueAt) {
      if (clock.reappointedDueAt) await setAlarms(tx, clock, [{ kind: 'apology-missed', at: clock.dueAt }])
      return 'no apology by its limit: a finding once the date is missed'
    }
    await apologyMissed(tx, dossier, clock, by)
    return 'finding: no apology by its limit'
  },
  breach: async ({ tx, dossier, clock, alarm }) => {
    if (clock.kind === 'reception') {
      await addFinding(tx, dossier, 'reception-late', alarm.at, { dueAt: clock.dueAt.toISOString() })
      return 'finding: not received within its limit'
    }
    // The alarm of the first date may be looked at only after a new one was promised.
    const promised = clock.reappointedDueAt
    // The one new date may have been given in an earlier round: this one's date is no second one to apologise for.
    const again = promised ? alarm.at >= promised : dossier.reappointedDueAt !== null
    await addFinding(tx, dossier, again ? 'late-after-reappointment' : 'late', alarm.at, {
      dueAt: alarm.at.toISOString(),
    })
    await tellHolders(tx, dossier.id, `breach/${clock.id}/${alarm.at.toISOString()}`, 'deadline-breach')
    // The one new date was missed too: whoever controls the agency from above hears of it (rules 7).
    if (again)
      await tellControl(tx, dossier.id, `again/${clock.id}/${alarm.at.toISOString()}`, 'deadline-breach')
    // What its alarm found no fault with may be late all the same: a group whose parts had seemed to be in time.
    if (!promised && !again && !(await isApologised(tx, dossier, clock, clock.apologyBy ?? clock.dueAt)))
      await apologyMissed(tx, dossier, clock, clock.apologyBy ?? clock.dueAt)
    if (promised && !again) return 'a new date has been promised'
    return beginApology(tx, dossier, 'breach')
  },
  // What ended by the clock ended at its instant, however late somebody looks.
  'wait-end': ({ tx, services, clock, alarm }) => {
    const then: Tx = { ...tx, at: alarm.at }
    if (clock.kind === 'payment') return paymentExpired(then, clock.subjectId)
    return clock.kind === 'confirmation'
      ? confirmationSilent(then, clock.subjectId)
      : supplementExpired(then, services, clock.subjectId)
  },
  reminder: ({ tx, clock, alarm }) =>
    clock.kind === 'payment'
      ? paymentReminder(tx, clock.subjectId, alarm.at)
      : supplementReminder(tx, clock.subjectId, alarm.at),
  silence: ({ tx, services, clock, alarm }) => consultationSilent(tx, services, clock.subjectId, alarm.at),
  'escalate-head': ({ tx, clock }) => escalate(tx, clock.dossierId, clock.subjectId, 'unit-head'),
  'escalate-leader': ({ tx, clock }) => escalate(tx, clock.dossierId, clock.subjectId, 'leader'),
}

/** Whether this round's apology had reached the applicant by an instant. */
async function isApologised(tx: Tx, dossier: Dossier, clock: DeadlineClock, by: Date): Promise<boolean> {
  const rows = await tx.sql(
    `select from letter where dossier_id = $1 and kind = 'apology' and delivered_at >= $2 and delivered_at <= $3 limit 1`,
    [dossier.id, clock.startedAt, by],
  )
  return rows.length > 0
}

/** The finding of rules 7, with its reason and its owner: who had the step at which the letter stood. */
async function apologyMissed(tx: Tx, dossier: Dossier, clock: DeadlineClock, at: Date): Promise<void> {
  const [missed] = await tx.sql<{ by: Record<string, unknown> }>('select apology_missed_by($1, $2) as by', [
    dossier.id,
    at,
  ])
  await addFinding(tx, dossier, 'apology-not-in-time', at, {
    dueAt: clock.dueAt.toISOString(),
    ...missed?.by,
  })
}

const askAgain = (tx: Tx, dossierId: string, clockId: string, at: Date) =>
  tx.sql(
    `insert into alarm (id, dossier_id, clock_id, kind, at) values (gen_random_uuid(), $1, $2, 'apology-start', $3)
     on conflict do nothing`,
    [dossierId, clockId, at],
  )

/** Handles every alarm that is due, earliest first, each once; gives back when to come again. */
export const handleDueAlarms = (tx: Tx, services: Services, dossierId: string): Promise<Date> =>
  handle(tx, services, dossierId, '<=')

/**
 * What was due before an act rings before it, whether or not the watch has come round. An act at the very instant of an
 * alarm is still in time.
 */
export const ringBefore = async (tx: Tx, services: Services, dossierId: string): Promise<void> =>
  void (await handle(tx, services, dossierId, '<'))

const MINUTE_MS = 60_000
/** What failed is often still so a moment later, and an act on the dossier asks each time. */
const RETRY_MS = 5 * MINUTE_MS

/**
 * Somebody acted in time and can still take it back: whether the alarm is right is known when that time is over. An act
 * that cannot be let go (a fault) holds nothing up for long.
 */
async function isActInHand(tx: Tx, dossierId: string, by: Date): Promise<boolean> {
  const rows = await tx.sql(
    `select from decision where dossier_id = $1 and state = 'pending' and acted_at <= $2
        and release_at > now() - interval '1 minute'`,
    [dossierId, by],
  )
  return rows.length > 0
}

/** Each alarm in a savepoint: one that cannot ring is tried again later, and the others ring all the same. */
async function handle(tx: Tx, services: Services, dossierId: string, due: '<' | '<='): Promise<Date> {
  for (;;) {
    const [next] = await tx.sql<{ id: string; at: Date }>(
      `select id, at from alarm where dossier_id = $1 and handled_at is null and at ${due} $2
          and (retry_at is null or retry_at <= $2)
        order by at, kind limit 1 for update`,
      [dossierId, tx.at],
    )
    if (!next) return nextAlarmAt(tx, dossierId)
    if (await isActInHand(tx, dossierId, next.at)) return new Date(tx.at.getTime() + MINUTE_MS)
    const failure = await attempt(tx, (part) => ring(part, services, next.id))
    if (failure === undefined) continue
    services.log.error({ err: failure, alarm: next.id, dossier: dossierId }, 'an alarm could not ring')
    await tx.sql('update alarm set attempts = attempts + 1, last_error = $2, retry_at = $3 where id = $1', [
      next.id,
      String(failure),
      new Date(tx.at.getTime() + RETRY_MS),
    ])
  }
}

async function ring(tx: Tx, services: Services, alarmId: string): Promise<void> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'alarms') }
  const { em } = system
  const alarm = await em.findOneOrFail(Alarm, { id: alarmId })
  const clock = await em.findOneOrFail(DeadlineClock, { id: alarm.clockId })
  const dossier = await em.findOneOrFail(Dossier, { id: alarm.dossierId })
  const over = clock.endedAt !== null || clock.stoppedAt !== null
  // First, so that what rings may drop the clock's other alarms.
  alarm.handledAt = tx.at
  await em.flush()
  alarm.outcome = over
    ? 'clock no longer runs'
    : await rings[alarm.kind]({ tx: system, services, alarm, clock, dossier })
  tx.audit({
    act: 'alarm.rung',
    dossierId: dossier.id,
    detail: { kind: alarm.kind, at: alarm.at.toISOString(), outcome: alarm.outcome },
  })
  await em.flush()
}

/** The watch's only worker: recomputes from the record and says when the watch should ask again. */
export const deadlineAlarm = (services: Services) =>
  defineWorker({
    type: 'deadline.alarm',
    input: z.object({ dossierId: z.uuid() }),
    output: z.object({ nextAlarmAt: z.iso.datetime() }),
    run: async (tx, job) => {
      const next = await handleDueAlarms(tx, services, job.variables.dossierId)
      await tx.sql('update watch set next_alarm_at = $2 where id = $1', [job.subjectId, next])
      return { nextAlarmAt: next.toISOString() }
    },
  })
