import { v7 as uuid } from 'uuid'
import type { Tx } from '../../database/transaction.ts'
import { type CostParameters, costParameters } from './cost-parameters.ts'
import { SAMPLE } from './parameters.ts'

/** The parameters that hold now: the last set here, else the product's sample. */
export async function parametersOf(tx: Tx): Promise<CostParameters & { set: boolean }> {
  const [row] = await tx.sql<{ parameters: unknown }>(
    'select parameters from cost_parameters order by set_at desc, id desc limit 1',
  )
  return row ? { ...costParameters.parse(row.parameters), set: true } : { ...SAMPLE, set: false }
}

/** Sets them for the province; earlier ones stay on the record. */
export async function setParameters(tx: Tx, parameters: CostParameters): Promise<void> {
  await tx.sql('insert into cost_parameters (id, parameters, set_by, set_at) values ($1, $2, $3, $4)', [
    uuid(),
    JSON.stringify(parameters),
    tx.actor.personId,
    tx.at,
  ])
  const { source: _, ...figures } = parameters
  tx.audit({ act: 'cost-parameters.set', detail: figures })
}
