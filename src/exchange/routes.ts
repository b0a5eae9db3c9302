import { z } from 'zod'
import { dossierRow } from '../dossiers/read-model.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { personalKind } from '../personal/fields.ts'
import { sightOf } from '../personal/sight.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import { type SystemName, systemLabels } from './systems.ts'

const Words = z.object({ vi: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime({ offset: true })

/** A question to another system, as the staff of the dossier see it. */
export const ExchangeView = z.object({
  id: z.uuid(),
  system: Words,
  state: z.enum(['queued', 'answered', 'refused', 'cancelled']),
  askedAt: Instant,
  answeredAt: Instant.nullable(),
  attempts: z.int(),
  /** Why the last attempt brought no answer. */
  lastError: z.string().nullable(),
  answers: z.array(z.object({ label: Words, value: z.string() })),
  reason: z.string(),
})

type Row = {
  id: string
  element_id: string
  system: SystemName
  state: 'queued' | 'answered' | 'refused' | 'cancelled'
  asked_at: Date
  answered_at: Date | null
  attempts: number
  last_error: string | null
  answer: { data?: Record<string, unknown>; reason?: string } | null
  procedure_version_id: string
}

export const exchangeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/dossiers/:id/exchanges',
    summary: 'What other systems were asked about a dossier, and what they answered',
    permission: { action: 'note', subject: 'Dossier' },
    params: idParams,
    answer: z.object({ exchanges: z.array(ExchangeView) }),
    async handler({ tx, params }) {
      const dossier = await dossierRow(tx, params.id, 'note')
      if (!dossier) throw notFound()
      const sight = await sightOf(tx, { id: dossier.id, applicantId: dossier.applicant_id })
      const rows = await tx.sql<Row>(
        `select x.id, x.element_id, x.system, x.state, x.asked_at, x.answered_at, x.attempts, x.last_error, x.answer,
                d.procedure_version_id
           from exchange x join dossier d on d.id = x.dossier_id where x.dossier_id = $1 order by x.asked_at, x.visit`,
        [params.id],
      )
      const [first] = rows
      if (!first) return { exchanges: [] }
      const { definition } = await publishedVersion(tx.sql, first.procedure_version_id)
      const labelsOf = (row: Row): [string, Text][] =>
        Object.entries(definition.exchanges[row.element_id]?.answers ?? {})
      return {
        exchanges: rows.map((row) => ({
          id: row.id,
          system: systemLabels[row.system],
          state: row.state,
          askedAt: row.asked_at.toISOString(),
          answeredAt: row.answered_at?.toISOString() ?? null,
          attempts: row.attempts,
          lastError: row.last_error,
          answers: labelsOf(row).flatMap(([name, label]) => {
            const value = row.answer?.data?.[name]
            const kind = personalKind(name)
            if (value === undefined) return []
            return [{ label, value: kind ? sight.value(kind, String(value)) : String(value) }]
          }),
          reason: row.answer?.reason ?? '',
        })),
      }
    },
  }),
]
