import type { FixedBody, NamedBody, ProcedureDefinition } from './definition.ts'

/** Stands in a procedure's data for the commune that a dossier is about. */
const PLACE = /^place(?=\.|$)/

type Rule = Pick<ProcedureDefinition, 'consultation'>

/** The bodies a procedure always offers for a dossier of a place (a commune's code): codes of their agencies and units. */
export const bodiesAt = ({ consultation }: Rule, place: string): FixedBody[] =>
  (consultation?.bodies ?? []).flatMap((body) =>
    'named' in body
      ? []
      : [{ ...body, agency: body.agency.replace(PLACE, place), unit: body.unit.replace(PLACE, place) }],
  )

/** The body that the officer names, where the procedure has one. */
export const namedBodyOf = ({ consultation }: Rule): NamedBody | undefined =>
  consultation?.bodies.find((body) => 'named' in body)
