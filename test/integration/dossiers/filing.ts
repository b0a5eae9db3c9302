import { readFileSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../../../src/database/transaction.ts'
import { putFile } from '../../../src/documents/files.ts'
import type { Dossier } from '../../../src/dossiers/entity.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import type { Eform, ExampleCase } from '../../../src/procedures/definition.ts'
import type { Services } from '../../../src/services.ts'
import type { Scene } from './scene.ts'

const CASES = new URL('../../../processes/1.013225-cap-giay-phep-xay-dung-moi/cases/', import.meta.url)
const read = (name: string): ExampleCase => JSON.parse(readFileSync(new URL(name, CASES), 'utf8'))
export const examples = {
  house: read('01-house-straight.json'),
  other: read('02-other-consulted-all-answer.json'),
}
const PAPER = readFileSync(new URL('../../walk/paper.pdf', import.meta.url))

/** A file that the actor has uploaded and not yet used. */
export async function uploaded(tx: Tx, services: Services): Promise<string> {
  const { sha256, size } = await putFile(tx, services.files, PAPER, 'application/pdf')
  const id = uuid()
  await tx.sql(
    `insert into upload (id, owner_id, sha256, file_name, media_type, size) values ($1, $2, $3, 'giay-to.pdf', 'application/pdf', $4)`,
    [id, tx.actor.personId, sha256, size],
  )
  return id
}

/** What an example of the procedure would send, with the actor's own uploads. */
export async function exampleInput(tx: Tx, services: Services, caseKey: 'house' | 'other') {
  const { formData, papers, place } = examples[caseKey]
  const attached = []
  for (const paperKey of papers) attached.push({ paperKey, uploadId: await uploaded(tx, services) })
  return { procedureCode: '1.013225', place, formData, papers: attached }
}

export const fileExample = async (
  tx: Tx,
  services: Services,
  caseKey: 'house' | 'other',
  changes: Record<string, unknown> = {},
): Promise<Dossier> =>
  fileDossier(tx, FileDossier.parse({ ...(await exampleInput(tx, services, caseKey)), ...changes }))

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
