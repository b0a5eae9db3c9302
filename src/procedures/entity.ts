import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { Eform, ProcedureDefinition } from './definition.ts'

/** A published version of a procedure: written once by publishing, read for ever by the dossiers filed under it. */
export const ProcedureVersion = defineEntity({
  name: 'ProcedureVersion',
  tableName: 'procedure_version',
  properties: {
    id: p.uuid().primary(),
    code: p.text(),
    version: p.integer(),
    processId: p.text(),
    decisionId: p.text(),
    folder: p.text(),
    sha256: p.text(),
    definition: p.json<ProcedureDefinition>(),
    eform: p.json<Eform>(),
    bpmn: p.text(),
    dmn: p.text(),
    searchText: p.text(),
    sample: p.boolean(),
    current: p.boolean(),
    deployedEpoch: p.integer().nullable(),
    createdAt: p.datetime(),
  },
})
export type ProcedureVersion = InferEntity<typeof ProcedureVersion>
