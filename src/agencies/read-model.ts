import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { AgencyView, Place } from './schemas.ts'

/** Where a citizen can file: the communes of the day, by name. */
export function places(tx: Tx): Promise<Place[]> {
  const params: unknown[] = [legalDay(tx.at)]
  return tx.sql<Place>(
    `select a.code, a.name from agency a
      where a.level = 'commune' and $1::date between a.valid_from and coalesce(a.valid_to, 'infinity')
        and ${scope(tx.actor.ability, 'read', 'Agency', 'a', params)}
      order by a.name->>'vi' collate "und-x-icu"`,
    params,
  )
}

/** Every agency with its units, the dissolved ones too. */
export function agencies(tx: Tx): Promise<AgencyView[]> {
  const params: unknown[] = []
  return tx.sql<AgencyView>(
    `select a.id, a.code, a.name, a.level, a.parent_id as "parentId", a.successor_id as "successorId", a.address, a.phone,
            a.sample, a.valid_from as "validFrom", a.valid_to as "validTo", a.working_hours as "workingHours",
            coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'code', u.code, 'name', u.name, 'kind', u.kind,
                               'validFrom', u.valid_from, 'validTo', u.valid_to) order by u.code)
                        from unit u where u.agency_id = a.id), '[]') as units
       from agency a where ${scope(tx.actor.ability, 'read', 'Agency', 'a', params)} order by a.code`,
    params,
  )
}
