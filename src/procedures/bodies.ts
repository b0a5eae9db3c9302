import type { ProcedureDefinition } from './definition.ts'

export type Body = NonNullable<ProcedureDefinition['consultation']>['bodies'][number]

/** Stands in a procedure's data for the commune that a dossier is about. */
const PLACE = /^place(?=\.|$)/

/** The bodies a procedure consults for a dossier of a place (a commune's code), with the codes of their agencies and units. */
export const bodiesAt = (
  { consultation }: Pick<ProcedureDefinition, 'consultation'>,
  place: string,
): Body[] =>
  (consultation?.bodies ?? []).map((body) => ({
    ...body,
    agency: body.agency.replace(PLACE, place),
    unit: body.unit.replace(PLACE, place),
  }))
