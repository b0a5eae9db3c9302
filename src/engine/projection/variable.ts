import type { Sql } from '../../database/sql.ts'
import { type EngineRecord, keyOf, text } from '../records.ts'
import { recordset } from './recordset.ts'

type VariableRow = { instance_key: string; scope_key: string; name: string; value: string }

export const variableFold = () => new Map<string, VariableRow>()
export type VariableFold = ReturnType<typeof variableFold>

export function foldVariable(fold: VariableFold, { value, intent }: EngineRecord): void {
  if (intent !== 'CREATED' && intent !== 'UPDATED') return
  const row = {
    instance_key: keyOf(value.processInstanceKey),
    scope_key: keyOf(value.scopeKey),
    name: text(value.name),
    value: text(value.value),
  }
  fold.set(`${row.scope_key} ${row.name}`, row)
}

/** Variables are kept while their scope lives: they are what a rebuilt instance starts with. */
export const writeVariables = (sql: Sql, epoch: number, fold: VariableFold): Promise<unknown> =>
  fold.size === 0 ? Promise.resolve() : sql(UPSERT, [epoch, recordset(fold.values())])

const UPSERT = `
  insert into engine_variable as t (epoch, instance_key, scope_key, name, value)
  select $1, instance_key, scope_key, name, value
    from jsonb_to_recordset($2::jsonb) as r (instance_key text, scope_key text, name text, value text)
   where not exists (select from engine_instance i where i.epoch = $1 and i.key = r.instance_key and i.state <> 'active')
     and not exists (select from engine_element e where e.epoch = $1 and e.key = r.scope_key and e.state <> 'active')
  on conflict (epoch, scope_key, name) do update set value = excluded.value`

export async function dropVariables(
  sql: Sql,
  epoch: number,
  ended: { elements: string[]; instances: string[] },
): Promise<void> {
  if (ended.elements.length > 0)
    await sql('delete from engine_variable where epoch = $1 and scope_key = any($2)', [epoch, ended.elements])
  if (ended.instances.length > 0)
    await sql('delete from engine_variable where epoch = $1 and instance_key = any($2)', [
      epoch,
      ended.instances,
    ])
}
