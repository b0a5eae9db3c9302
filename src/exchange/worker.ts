import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { excludeFromClock } from '../deadlines/clocks.ts'
import { Dossier } from '../dossiers/entity.ts'
import { defineWorker, JobIncident } from '../engine/index.ts'
import type { ExchangeRule } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'

/**
 * "Hỏi hệ thống khác": writes the question; the sender asks it after the commit, and its answer ends the wait drawn
 * behind. Which system is asked with which fields stands in the procedure's data under the task's id.
 */
export const exchangeRequest = defineWorker({
  type: 'exchange.request',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({}),
  run: async (tx, job) => {
    const em = asSystem(tx.em, 'exchange.request')
    const dossier = await em.findOneOrFail(Dossier, { id: job.variables.dossierId })
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const rule = definition.exchanges[job.elementId]
    if (!rule)
      throw new JobIncident(
        `"exchanges" of ${definition.code} does not say which system ${job.elementId} asks`,
      )
    const added = await tx.sql<{ id: string }>(
      `insert into exchange (id, subject_id, element_id, visit, dossier_id, wait_id, system, request, state, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, 'queued', $9)
       on conflict (subject_id, element_id, visit) do nothing returning id`,
      [
        uuid(),
        job.subjectId,
        job.elementId,
        job.visit,
        dossier.id,
        rule.wait,
        rule.system,
        JSON.stringify(await requestOf(tx, dossier, rule)),
        tx.at,
      ],
    )
    if (added.length > 0)
      tx.audit({
        act: 'exchange.asked',
        dossierId: dossier.id,
        detail: { exchange: added[0]?.id, system: rule.system, fields: Object.keys(rule.fields) },
      })
    if (added.length > 0 && rule.clock === 'STOPS') {
      await excludeFromClock({ ...tx, em }, dossier.id, {
        at: tx.at,
        by: null,
        document: { exchange: added[0]?.id },
      })
      await em.flush()
    }
    tx.notify('exchange', {})
    return {}
  },
})

/** Only what the procedure's data names leaves the building. */
async function requestOf(tx: Tx, dossier: Dossier, rule: ExchangeRule) {
  const [person] = await tx.sql<{ full_name: string; identity_no: string }>(
    'select full_name, identity_no from person where id = $1',
    [dossier.applicantId],
  )
  const known: Record<string, unknown> = {
    ...dossier.formData,
    'applicant.name': person?.full_name,
    'applicant.identityNo': person?.identity_no,
  }
  return {
    dossier: dossier.code,
    procedure: dossier.procedureCode,
    fields: Object.fromEntries(
      Object.entries(rule.fields).map(([name, field]) => [name, known[field] ?? null]),
    ),
  }
}
