import { setImmediate } from 'node:timers/promises'
import { daysInForce } from '../../calendar/agency-calendar.ts'
import { atLegal, legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { standstills } from '../../deadlines/standstill.ts'
import type { Standstill } from '../../deadlines/variance.ts'
import type { Text } from '../../text.ts'
import { minuteOf } from '../history/axis.ts'
import { BATCH, flowScope, instantsOf, type Period, visitReader } from '../history/read-model.ts'
import type { Visit } from '../history/visits.ts'
import type { History, Hours, Past, PastVisit, Staff, UnitKind } from './past.ts'

/** The latest so many dossiers are replayed: what a run holds in memory is bounded. */
export const MOST_DOSSIERS = 20_000

type Row = {
  id: string
  code: string
  case_key: string
  agency_id: string
  state: string
  parent_id: string | null
  filed_at: Date
  finished_at: Date | null
  verified: boolean
  late: boolean | null
  units: Partial<Record<UnitKind, string>>
}

/** Dossiers of a procedure filed in a period, oldest first, with the units that work on them. */
async function filed(tx: Tx, code: string, period: Period): Promise<Row[]> {
  const params: unknown[] = [...instantsOf(period), code, tx.at, MOST_DOSSIERS]
  const rows = await tx.sql<Row>(
    `select d.id, d.code, d.case_key, d.agency_id, d.state, d.parent_id, d.filed_at, d.finished_at, j.late,
            d.facts->'verification' is not null as verified,
            coalesce((select jsonb_object_agg(u.kind, u.id) from (
               select distinct on (kind) kind, id from unit
                where agency_id = d.agency_id and kind in ('leadership', 'clerical') order by kind, code) u), '{}')
              || jsonb_build_object('one-stop', d.one_stop_unit_id, 'specialist', d.unit_id) as units
       from dossier d left join judged_dossier($4) j on j.dossier_id = d.id
      where d.filed_at >= $1 and d.filed_at < $2 and d.procedure_code = $3 and ${flowScope(tx, 'd', params)}
      order by d.filed_at desc, d.id limit $5`,
    params,
  )
  return rows.reverse()
}

function endOf({ state, parent_id, finished_at }: Row): Past['ended'] {
  if (parent_id) return 'part'
  if (state === 'withdrawn') return 'withdrawn'
  return finished_at ? 'finished' : 'open'
}

/** Where a clock stood still during a stay, from its beginning. */
const stillIn = (stops: readonly Standstill[], from: number, to: number): PastVisit['still'] =>
  stops
    .map((stop) => ({
      from: Math.max(0, minuteOf(stop.from) - from),
      to: Math.min(stop.to ? minuteOf(stop.to) : to, to) - from,
    }))
    .filter((stop) => stop.to > stop.from)

const visitOf = (visit: Visit, stops: readonly Standstill[], now: Date): PastVisit => ({
  elementId: visit.elementId,
  outcome: visit.outcome,
  pool: visit.role ? `${visit.unitId}/${visit.role}` : null,
  from: minuteOf(visit.from),
  to: minuteOf(visit.to ?? now),
  work: visit.work,
  wait: visit.wait,
  still: visit.role ? [] : stillIn(stops, minuteOf(visit.from), minuteOf(visit.to ?? now)),
})

/** A finished dossier whose result still waits for its applicant has no end yet for that step: it is left out. */
const ended = ({ to }: Visit) => to !== null

/** The units' people by role: a row for every day on which their number changed. */
async function staffOf(tx: Tx, unitIds: string[], period: Period): Promise<Staff[]> {
  const posts = await tx.sql<{ unit_id: string; role: string; valid_from: string; valid_to: string | null }>(
    `select unit_id, role, valid_from, valid_to from post
      where unit_id = any($1::uuid[]) and (valid_to is null or valid_to >= $2)`,
    [unitIds, period.from],
  )
  const units = await tx.sql<{ id: string; agency_id: string; name: Text; agency: Text }>(
    `select u.id, u.agency_id, u.name, a.name as agency from unit u join agency a on a.id = u.agency_id where u.id = any($1::uuid[])`,
    [unitIds],
  )
  const byPool = Map.groupBy(posts, ({ unit_id, role }) => `${unit_id}/${role}`)
  return units.flatMap(({ id, agency_id, name, agency }) =>
    ROLES.map((role): Staff => {
      const own = byPool.get(`${id}/${role}`) ?? []
      const turns = [
        ...new Set([period.from, ...own.map(({ valid_from }) => valid_from), ...own.flatMap(dayAfter)]),
      ]
        .filter((day) => day >= period.from)
        .sort()
      const people = turns.map((day) => ({
        from: minuteOf(atLegal(day, '00:00')),
        count: own.filter(
          (post) => post.valid_from <= day && (post.valid_to === null || post.valid_to >= day),
        ).length,
      }))
      return { key: `${id}/${role}`, unit: name, agency, agencyId: agency_id, role, people }
    }),
  )
}

const ROLES = ['clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical']
const dayAfter = ({ valid_to }: { valid_to: string | null }): string[] =>
  valid_to === null ? [] : [legalDay(new Date(atLegal(valid_to, '00:00').getTime() + 36 * 3_600_000))]

/** Everything a replay of a procedure's dossiers asks of the record. No persons, no content. */
export async function readHistory(tx: Tx, code: string, period: Period): Promise<History> {
  const rows = await filed(tx, code, period)
  const past: Past[] = []
  const read = visitReader(tx, { from: rows[0]?.filed_at ?? tx.at, to: tx.at })
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const ids = batch.map(({ id }) => id)
    const visits = await read(ids)
    const stops = Map.groupBy(await stopsOf(tx, ids), ([id]) => id)
    for (const row of batch)
      past.push({
        id: row.id,
        code: row.code,
        caseKey: row.case_key,
        agencyId: row.agency_id,
        filedAt: minuteOf(row.filed_at),
        finishedAt: row.finished_at && minuteOf(row.finished_at),
        ended: endOf(row),
        uncollected: row.state === 'done',
        verified: row.verified,
        late: row.late,
        units: row.units,
        visits: (visits.get(row.id) ?? [])
          .filter(ended)
          .map((visit) => visitOf(visit, stops.get(row.id)?.map(([, stop]) => stop) ?? [], tx.at)),
      })
    await setImmediate()
  }
  const unitIds = new Set(
    past.flatMap(({ units, visits }) => [...Object.values(units), ...visits.flatMap(unitOf)]),
  )
  const staff = await staffOf(tx, [...unitIds], period)
  const hours = await tx.sql<{ id: string; working_hours: Hours['hours'] }>(
    'select id, working_hours from agency where id = any($1::uuid[])',
    [[...new Set([...past.map(({ agencyId }) => agencyId), ...staff.map(({ agencyId }) => agencyId)])]],
  )
  return {
    past,
    staff,
    days: await daysInForce(tx.sql),
    hours: hours.map(({ id, working_hours }) => ({ agencyId: id, hours: working_hours })),
  }
}

/** Where dossiers' clocks stood still, whatever their round. */
const stopsOf = async (tx: Tx, ids: string[]): Promise<[dossier: string, stop: Standstill][]> =>
  [...(await standstills(tx.sql, ids))].flatMap(([key, stops]) =>
    stops.map((stop): [string, Standstill] => [key.slice(0, key.indexOf('/')), stop]),
  )

const unitOf = ({ pool }: PastVisit): string[] => (pool ? [pool.slice(0, pool.indexOf('/'))] : [])
