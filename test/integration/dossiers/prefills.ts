import type { Eform } from '../../../src/procedures/definition.ts'
import type { Scene } from './scene.ts'

type Sources = Record<string, 'fullName' | 'identityNo' | 'address'>

/** From here on dossiers are filed under a version whose questions the applicant's record answers; an address is not required. */
export async function withPrefills(scene: Scene, code: string, sources: Sources): Promise<void> {
  const [version] = await scene.sql<{ eform: Eform }>(
    'update procedure_version set current = false where code = $1 and current returning eform',
    [code],
  )
  const { eform } = version!
  const { properties, required } = eform.schema
  for (const [field, source] of Object.entries(sources))
    Object.assign(properties[field]!, { 'x-prefill': source })
  eform.schema.required = required!.filter((field) => sources[field] !== 'address')
  await scene.sql(
    `insert into procedure_version
     select (jsonb_populate_record(v, jsonb_build_object(
               'id', gen_random_uuid(), 'version', 9, 'current', true, 'sha256', 'prefilled', 'eform', $1::jsonb,
               'process_id', replace(v.process_id, '_v1', '_v9')))).*
       from procedure_version v where v.code = $2 and v.version = 1`,
    [JSON.stringify(eform), code],
  )
}
