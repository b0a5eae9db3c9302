import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'

export type Place = { code: string; name: Text }

const VALID = '$1::date between a.valid_from and coalesce(a.valid_to, $1::date)'

/** Where a citizen can file: the communes of the day, by name. */
export function places(tx: Tx): Promise<Place[]> {
  const params: unknown[] = [legalDay(tx.at)]
  return tx.sql<Place>(
    `select a.code, a.name from agency a
      where a.level = 'commune' and ${VALID} and ${scope(tx.actor.ability, 'read', 'Agency', 'a', params)}
      order by a.name->>'vi' collate "und-x-icu"`,
    params,
  )
}
