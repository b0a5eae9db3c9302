import { readFileSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../../../src/database/transaction.ts'
import { putFile } from '../../../src/documents/files.ts'
import type { Dossier } from '../../../src/dossiers/entity.ts'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import type { ExampleCase } from '../../../src/procedures/definition.ts'
import type { Services } from '../../../src/services.ts'

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
