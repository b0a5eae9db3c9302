import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { flowScope } from '../history/read-model.ts'
import type { ReplayResult } from './schemas.ts'

type Result = z.input<typeof ReplayResult>

/**
 * A result as far as somebody may see into it, whoever had it made: sums betray nobody; codes of dossiers and the load of
 * units only where the way of dossiers is theirs to see, and never an application of their own.
 */
export async function withinReach(tx: Tx, result: Result): Promise<Result> {
  const asked: unknown[] = [result.left.flatMap(({ codes }) => codes)]
  const codes = await tx.sql<{ code: string }>(
    `select d.code from dossier d where d.code = any($1) and ${flowScope(tx, 'd', asked)}`,
    asked,
  )
  const columns = [result.actual, result.current, result.draft]
  const params: unknown[] = [columns.flatMap(({ units }) => units.map(unitOf))]
  const units = await tx.sql<{ id: string }>(
    `select u.id from unit u where u.id = any($1::uuid[]) and ${scope(tx.actor.ability, 'read', 'Flow', 'u', params)}`,
    params,
  )
  const open = { codes: new Set(codes.map(({ code }) => code)), units: new Set(units.map(({ id }) => id)) }
  const seen = (column: Result['actual']) => ({
    ...column,
    units: column.units.filter((unit) => open.units.has(unitOf(unit))),
  })
  return {
    ...result,
    left: result.left.map((one) => ({ ...one, codes: one.codes.filter((code) => open.codes.has(code)) })),
    actual: seen(result.actual),
    current: seen(result.current),
    draft: seen(result.draft),
  }
}

const unitOf = ({ key }: { key: string }): string => key.slice(0, key.indexOf('/'))
