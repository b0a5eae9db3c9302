import { calendarOf } from '../calendar/agency-calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { allotmentTable } from '../deadlines/allotted.ts'
import type { Limit } from '../deadlines/limit.ts'
import { limitsOf } from '../deadlines/limits-of.ts'
import type { ClockMode, LegalEvent } from '../deadlines/modes.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { type ClockEventRow, clockEvents, roundKey, standstillsOf } from '../deadlines/standstill.ts'
import type { ProcedureDefinition } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import { type VersionBefore, versionsBefore } from '../procedures/versions-before.ts'
import { allotmentsInLimit } from '../reports/books.ts'
import type { Asked, ClockRound, Interval, LedgerFacts } from './ledger-rules.ts'
import type { Period } from './period.ts'

type DossierRow = {
  id: string
  code: string
  agency_id: string
  procedure_version_id: string
  case_key: string
  parent_id: string | null
  child_key: string | null
  original_due_at: Date | null
  filed_at: Date
  received_at: Date | null
  finished_at: Date | null
  over_at: Date | null
}
type ClockRow = {
  dossier_id: string
  round: number
  started_at: Date
  due_at: Date
  stopped_at: Date | null
  ended_at: Date | null
  committed: Limit
  mode: ClockMode
  /** When it stopped being counted: a stop may be followed by an end, and moves nothing any more. */
  still_at: Date | null
  decided_since: boolean
}

/** The next dossiers after `after`, by id, with everything their ledgers rest on. */
export async function ledgerFacts(
  tx: Tx,
  { from, to, agency }: Period,
  after: string,
  limit: number,
): Promise<LedgerFacts[]> {
  const dossiers = await tx.sql<DossierRow>(
    `select d.id, d.code, d.agency_id, d.procedure_version_id, d.case_key, d.parent_id, d.child_key,
            d.original_due_at, d.filed_at, d.received_at, d.finished_at,
            case when d.state in ('returned', 'refused', 'closed', 'withdrawn')
                 then coalesce(d.returned_at, d.finished_at) end as over_at
       from dossier d join agency a on a.id = d.agency_id
      where d.id > $1 and ($2::timestamptz is null or d.filed_at >= $2) and ($3::timestamptz is null or d.filed_at < $3)
        and ($4::text is null or a.code = $4)
      order by d.id limit $5`,
    [after, from ?? null, to ?? null, agency ?? null, limit],
  )
  const ids = dossiers.map(({ id }) => id)
  const intervals = byDossier(await intervalsOf(tx, ids))
  const asked = byDossier(await askedOf(tx, ids))
  const clocks = byDossier(await clocksOf(tx, ids))
  const events = await clockEvents(tx.sql, ids)
  const stops = standstillsOf(events)
  const eventsOf = byDossier(events)
  const acts = await actsOf(tx, ids)
  const hours = await hoursDecided(tx)
  const before = byDossier(await versionsBefore(tx.sql, ids))
  const posts = await postsOf(tx, [...intervals.values()].flat())
  const facts: LedgerFacts[] = []
  for (const row of dossiers) {
    const version = await publishedVersion(tx.sql, row.procedure_version_id)
    const calendar = await calendarOf(tx.sql, row.agency_id)
    const allotted = await allotmentTable(tx.sql, version.processId, row.case_key, calendar)
    const applicantWaits = waitsOfApplicant(version.definition)
    const earlier: LedgerFacts['earlier'] = []
    for (const { until, processId, versionId } of before.get(row.id) ?? []) {
      const { definition } = await publishedVersion(tx.sql, versionId)
      for (const id of waitsOfApplicant(definition)) applicantWaits.add(id)
      earlier.push({ until, allotted: await allotmentTable(tx.sql, processId, row.case_key, calendar) })
    }
    facts.push({
      id: row.id,
      code: row.code,
      filedAt: row.filed_at,
      overAt: row.over_at,
      finishedAt: row.finished_at,
      now: tx.at,
      calendar,
      rules: rulesOn(legalDay(row.received_at ?? row.filed_at)),
      intervals: intervals.get(row.id) ?? [],
      rounds: (clocks.get(row.id) ?? []).map(
        (clock): ClockRound => ({
          round: clock.round,
          startedAt: clock.started_at,
          dueAt: clock.due_at,
          stoppedAt: clock.stopped_at,
          endedAt: clock.ended_at,
          committed: clock.committed,
          stops: stops.get(roundKey(row.id, clock.round)) ?? [],
          mode: clock.mode,
          decidedSince: clock.decided_since || hours.some((change) => isSince(change, row.agency_id, clock)),
        }),
      ),
      originalDueAt: row.original_due_at,
      limits: clocks.has(row.id) ? await limitsEver(tx, row, before.get(row.id) ?? []) : [],
      ...sinceReceipt(eventsOf.get(row.id) ?? []),
      asked: asked.get(row.id) ?? [],
      acts: acts.get(row.id) ?? new Set(),
      applicantWaits,
      allotted,
      earlier,
      inLimit: allotmentsInLimit(allotted, version.definition),
      isOf: posts,
    })
  }
  return facts
}

const waitsOfApplicant = ({ waits }: ProcedureDefinition) =>
  new Set(Object.keys(waits).filter((id) => waits[id]?.holder === 'applicant'))

const byDossier = <T extends { dossier_id: string }>(rows: T[]) => Map.groupBy(rows, (row) => row.dossier_id)

/** Those of the dossier's version, and of the versions it was moved from: a round that began under one keeps its limit. */
async function limitsEver(tx: Tx, row: DossierRow, before: VersionBefore[]): Promise<Limit[]> {
  const limits = await limitsHeld(tx, row)
  for (const { versionId } of before)
    limits.push(...(await limitsHeld(tx, { ...row, procedure_version_id: versionId })))
  return limits
}

/** The limits a round may be held to: the usual one, and the longer one once something has to be verified. */
async function limitsHeld(tx: Tx, row: DossierRow): Promise<Limit[]> {
  const { committed, withVerification } = await limitsOf(tx.sql, {
    procedureVersionId: row.procedure_version_id,
    caseKey: row.case_key,
    parentId: row.parent_id,
    childKey: row.child_key,
  })
  return withVerification ? [committed, withVerification] : [committed]
}

/** The events as the rules read them; what an apology promises counts nothing anew. */
function sinceReceipt(rows: ClockEventRow[]): Pick<LedgerFacts, 'receivedAt' | 'events'> {
  return {
    receivedAt: rows.find(({ kind }) => kind === 'received')?.at ?? null,
    events: rows.flatMap(({ at, kind }): LegalEvent[] =>
      kind === 'received' || kind === 'reappointed' ? [] : [{ at, kind: kind as LegalEvent['kind'] }],
    ),
  }
}

const intervalsOf = (tx: Tx, ids: string[]) =>
  tx.sql<Interval & { dossier_id: string }>(
    `select h.id, h.dossier_id, h.track, h.subject_id, h.seq, h.round, h.agency_id, h.unit_id, u.agency_id as unit_agency_id,
            u.code as unit_code, u.name as unit_name, h.person_id, p.full_name as person_name, h.in_place_of, h.on_behalf,
            h.element_id, h.step_name, h.allotted_minutes, h.from_at, h.to_at, h.opened_by,
            t.element_id as task_element, t.unit_id as task_unit_id, dn.actor_id as decided_by
       from holding h join unit u on u.id = h.unit_id left join person p on p.id = h.person_id
       left join task t on t.id = h.task_id
       left join decision dn on dn.task_id = t.id and t.element_id = h.element_id and dn.acted_at = h.to_at and dn.state = 'released'
      where h.dossier_id = any($1::uuid[]) order by h.dossier_id, h.track, h.seq`,
    [ids],
  )

const askedOf = (tx: Tx, ids: string[]) =>
  tx.sql<Asked & { dossier_id: string }>(
    `select id, dossier_id, agency_id, unit_id, sent_at, outcome, answered_at
       from consultation where dossier_id = any($1::uuid[]) and sent_at is not null`,
    [ids],
  )

const clocksOf = (tx: Tx, ids: string[]) =>
  tx.sql<ClockRow>(
    `select c.dossier_id, c.round, c.started_at, c.due_at, c.stopped_at, c.ended_at, c.committed, c.mode,
            coalesce(c.stopped_at, c.ended_at) as still_at,
            exists (select from calendar_day y where y.date between (c.started_at at time zone 'Asia/Ho_Chi_Minh')::date
                       and (c.due_at at time zone 'Asia/Ho_Chi_Minh')::date
                       and coalesce(y.valid_to, y.valid_from) > coalesce(c.stopped_at, c.ended_at)) as decided_since
       from clock c where c.dossier_id = any($1::uuid[]) and c.kind = 'dossier' order by c.dossier_id, c.round`,
    [ids],
  )

type HoursDecided = { agency_id: string; at: Date; first: LegalDay }

/** Every decision on an agency's hours, from the trail: the record of hours keeps their days, not when one decided. */
const hoursDecided = (tx: Tx) =>
  tx.sql<HoursDecided>(
    `select line::jsonb->'detail'->>'agencyId' as agency_id, at, line::jsonb->'detail'->>'validFrom' as first
       from audit_entry where act = 'calendar.hours-decided'`,
  )

/** Whether hours that a clock counts by were decided when it was counted no more. */
const isSince = ({ agency_id, at, first }: HoursDecided, agencyId: string, clock: ClockRow): boolean =>
  agency_id === agencyId && clock.still_at !== null && at > clock.still_at && first <= legalDay(clock.due_at)

/**
 * The instants at which something happened that may move a dossier from one holder to the next: acts in the trail,
 * decisions (which take effect at the instant of the act, however late they leave), alarms that rang, hand-overs, and of
 * a group the receipt and end of its parts.
 */
async function actsOf(tx: Tx, ids: string[]): Promise<Map<string, Set<number>>> {
  const rows = await tx.sql<{ dossier_id: string; acts: number[] }>(
    `select dossier_id, array_agg(distinct (extract(epoch from at) * 1000)::float8) as acts from (
       select dossier_id, at from audit_entry where dossier_id = any($1::uuid[])
       union all select dossier_id, acted_at from decision where dossier_id = any($1::uuid[])
       union all select dossier_id, at from alarm where dossier_id = any($1::uuid[]) and handled_at is not null
       union all select i.dossier_id, h.given_at from handover_item i join handover h on h.id = i.handover_id
                  where i.dossier_id = any($1::uuid[])
       union all select dossier_id, answered_at from handover_item where dossier_id = any($1::uuid[])
       union all select g.id, unnest(array[p.finished_at, p.returned_at]) from dossier g join dossier p on p.parent_id = g.id
                  where g.id = any($1::uuid[])
       union all select p.id, unnest(array[g.received_at, s.finished_at]) from dossier p join dossier g on g.id = p.parent_id
                   left join dossier s on s.parent_id = g.id where p.id = any($1::uuid[])
     ) acts where at is not null group by dossier_id`,
    [ids],
  )
  return new Map(rows.map(({ dossier_id, acts }) => [dossier_id, new Set(acts.map(Math.round))]))
}

async function postsOf(tx: Tx, intervals: Interval[]): Promise<LedgerFacts['isOf']> {
  const people = [...new Set(intervals.flatMap(({ person_id, in_place_of }) => [person_id, in_place_of]))]
  const rows = await tx.sql<{
    person_id: string
    unit_id: string
    valid_from: LegalDay
    valid_to: LegalDay | null
  }>('select person_id, unit_id, valid_from, valid_to from post where person_id = any($1::uuid[])', [
    people.filter((id) => id !== null),
  ])
  const posts = Map.groupBy(rows, (row) => `${row.person_id} ${row.unit_id}`)
  return (personId, unitId, from, to) =>
    (posts.get(`${personId} ${unitId}`) ?? []).some(
      ({ valid_from, valid_to }) => valid_from <= to && (valid_to === null || valid_to >= from),
    )
}
