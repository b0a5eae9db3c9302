import { setImmediate } from 'node:timers/promises'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Limit } from '../deadlines/limit.ts'
import type { ClockMode, LegalEvent } from '../deadlines/modes.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { verdicts } from '../deadlines/verdict.ts'
import { calendars } from '../reports/facts.ts'
import { auditScope, dueDays, type LateFilter } from '../reports/read-model.ts'
import type { Text } from '../text.ts'

type Row = {
  id: string
  code: string
  procedure_code: string
  procedure_name: Text
  agency_id: string
  agency_code: string
  agency_name: Text
  unit_id: string
  unit_code: string
  unit_name: Text
  person_id: string | null
  person_name: string | null
  received_at: Date
  finished_at: Date
  due_at: Date
  late: boolean
  mode: ClockMode
  committed: Limit
  legal: Limit
  basis: string
  events: { at: string; kind: string }[]
}

/** A finished dossier as index 766 judges it. */
export type Judged = Pick<
  Row,
  | 'id'
  | 'code'
  | 'procedure_code'
  | 'procedure_name'
  | 'person_id'
  | 'person_name'
  | 'received_at'
  | 'finished_at'
> & {
  agency: { id: string; code: string; name: Text }
  unit: { id: string; code: string; name: Text }
  dueAt: Date
  endedAt: Date
  onTime: boolean
  /** Why 766 and the law do not agree; null when they do. */
  differ: Text | null
}

/**
 * Dossiers that ended on the legal days of the period. The unit is the one in charge; the person is whoever held, in that
 * unit, the step with the largest allotment (the appraisal): our choice, because the formula names nobody.
 */
function finished(tx: Tx, filter: LateFilter): Promise<Row[]> {
  const params: unknown[] = [...dueDays(filter), filter.agencyId ?? null, tx.at]
  return tx.sql<Row>(
    `select d.id, d.code, d.procedure_code, v.definition->'name' as procedure_name, a.id as agency_id, a.code as agency_code,
            a.name as agency_name, u.id as unit_id, u.code as unit_code, u.name as unit_name, p.id as person_id,
            p.full_name as person_name, d.received_at, d.finished_at, j.due_at, j.late, c.mode, c.committed, c.legal,
            v.definition->'clockMode'->'basis'->>'text' as basis,
            (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind) order by e.at, e.id), '[]')
               from clock_event e join clock k on k.id = e.clock_id and k.kind = 'dossier'
              where e.dossier_id = d.id and e.kind in ('asked', 'complete', 'excluded', 'resumed', 'finished')) as events
       from dossier d
       join judged_dossier($4) j on j.dossier_id = d.id
       join lateral (select mode, committed, legal from clock where dossier_id = d.id and kind = 'dossier'
                      order by round desc limit 1) c on true
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
       join unit u on u.id = d.unit_id
       left join lateral (
         select h.person_id from holding h
          where h.dossier_id = d.id and h.track = 'accountable' and h.unit_id = d.unit_id and h.person_id is not null
          order by h.allotted_minutes desc nulls last, h.from_at desc limit 1) o on true
       left join person p on p.id = o.person_id
      where d.finished_at >= $1 and d.finished_at < $2 and ($3::uuid is null or d.agency_id = $3)
        and ${auditScope(tx, 'd', params)}
      order by d.finished_at, d.id`,
    params,
  )
}

const stood = ({ events }: Row): boolean => events.some(({ kind }) => kind !== 'finished')

/** Every dossier that counts in the period, judged by formula 2.1. */
export async function judged(tx: Tx, filter: LateFilter): Promise<Judged[]> {
  const rows = await finished(tx, filter)
  const calendar = calendars(tx)
  const all: Judged[] = []
  for (const [n, row] of rows.entries()) {
    all.push(stood(row) ? byEvents(row, await calendar(row.agency_id), tx.at) : plain(row))
    if (n % 200 === 199) await setImmediate()
  }
  return all
}

const refs = (row: Row) => ({
  ...row,
  agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
  unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
})

/** Nothing stood still: there is one date, and law and 766 read it alike. */
const plain = (row: Row): Judged => ({
  ...refs(row),
  dueAt: row.due_at,
  endedAt: row.finished_at,
  onTime: !row.late,
  differ: null,
})

/** 766 takes the wait for supplements off, and counts a second request as late (rules 4). */
function byEvents(row: Row, calendar: Parameters<typeof verdicts>[0]['calendar'], now: Date): Judged {
  const { index766, differ } = verdicts({
    calendar,
    rules: rulesOn(legalDay(row.received_at)),
    mode: row.mode,
    receivedAt: row.received_at,
    legal: row.legal,
    committed: row.committed,
    events: row.events.map(({ at, kind }) => ({ at: new Date(at), kind }) as LegalEvent),
    basis: row.basis,
    now,
  })
  return {
    ...refs(row),
    dueAt: index766.dueAt,
    endedAt: index766.endedAt ?? row.finished_at,
    onTime: index766.outcome !== 'late',
    differ,
  }
}
