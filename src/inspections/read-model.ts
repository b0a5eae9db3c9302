import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { InspectionList } from './schemas.ts'

type Row = {
  id: string
  person: { id: string; name: string }
  number: string
  decided_on: string
  decided_by: string
  agencies: { id: string; code: string; name: Text }[]
  procedure_codes: string[]
  filed_from: string
  filed_to: string
  valid_from: string
  valid_to: string
  ended_at: Date | null
  end_reason: string
  second_factor: boolean
  own_agency: boolean
  views: number
}

const SHOWN = 200

/** Inspection decisions, the latest first, with what was opened under each. */
export async function inspections(tx: Tx): Promise<z.input<typeof InspectionList>> {
  const params: unknown[] = [legalDay(tx.at)]
  const rows = await tx.sql<Row>(
    `select i.id, jsonb_build_object('id', p.id, 'name', p.full_name) as person, i.number, i.decided_on, i.decided_by,
            (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name) order by a.code), '[]')
               from agency a where a.id = any(i.agency_ids)) as agencies,
            i.procedure_codes, i.filed_from, i.filed_to, i.valid_from, i.valid_to, i.ended_at, i.end_reason,
            exists (select from second_factor s where s.person_id = p.id and s.confirmed_at is not null) as second_factor,
            exists (select from post t where t.person_id = p.id and valid_on(t.valid_from, t.valid_to, $1)
                       and (i.agency_ids = '{}' or t.agency_id = any(i.agency_ids))) as own_agency,
            (select count(*)::int from audit_entry e where e.act = 'inspection.opened' and e.actor_id = p.id
                and (e.line::jsonb)->'detail'->'inspections' ? i.id::text) as views
       from inspection i join person p on p.id = i.person_id
      where ${scope(tx.actor.ability, 'read', 'Inspection', 'i', params)}
      order by i.valid_to desc, i.id desc limit ${SHOWN}`,
    params,
  )
  const today = legalDay(tx.at)
  return {
    inspections: rows.map((row) => ({
      id: row.id,
      person: row.person,
      number: row.number,
      decidedOn: row.decided_on,
      decidedBy: row.decided_by,
      agencies: row.agencies,
      procedureCodes: row.procedure_codes,
      filedFrom: row.filed_from,
      filedTo: row.filed_to,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      state: row.ended_at
        ? ('ended' as const)
        : row.valid_from > today
          ? ('coming' as const)
          : row.valid_to < today
            ? ('over' as const)
            : ('running' as const),
      endReason: row.end_reason,
      secondFactor: row.second_factor,
      ownAgency: row.own_agency,
      views: row.views,
    })),
  }
}
