import type { z } from 'zod'
import type { ConfirmationView } from '../dossiers/schemas.ts'
import { answerOf, titleOf } from '../letters/result-data.ts'
import type { Sight } from '../personal/sight.ts'
import type { Eform } from '../procedures/definition.ts'
import { changedFields } from './answer.ts'
import type { Confirmation } from './entity.ts'

const iso = (instant: Date | null | undefined): string | null => instant?.toISOString() ?? null

/** The form's fields in reading order; a record keeps none. */
const inOrder = (eform: Eform, fields: string[]): string[] => {
  const order = Object.keys(eform.schema.properties)
  return fields.sort((a, b) => order.indexOf(a) - order.indexOf(b))
}

/** Each question to the applicant with its answer, and what a correction changed, as the form words it. */
export const confirmationViews = (
  rows: Confirmation[],
  eform: Eform,
  sight: Sight,
): z.input<typeof ConfirmationView>[] =>
  rows.map((row) => ({
    id: row.id,
    askedAt: row.askedAt.toISOString(),
    answerBy: row.answerBy.toISOString(),
    silentAt: row.silentAt.toISOString(),
    basis: row.silenceBasis,
    outcome: row.outcome ?? null,
    answeredAt: iso(row.answeredAt),
    changes: inOrder(eform, changedFields(row)).map((field) => ({
      label: titleOf(eform, field),
      before: answerOf(eform, sight.answers(eform.schema, row.formData), field),
      after: answerOf(eform, sight.answers(eform.schema, row.amendedData ?? {}), field),
    })),
  }))
