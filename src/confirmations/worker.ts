import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { excludeFromClock } from '../deadlines/clocks.ts'
import { startConfirmationClock } from '../deadlines/side-clocks.ts'
import { Dossier } from '../dossiers/entity.ts'
import { defineWorker, JobIncident } from '../engine/index.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { publishedVersion } from '../procedures/version.ts'
import { Confirmation } from './entity.ts'

/**
 * "Gửi biểu mẫu xác nhận": the applicant is shown the form that the result will be written from. Not needed where the
 * dossier came another way, nor for a form that they have settled already (sent back later and not changed since).
 */
export const confirmationRequest = defineWorker({
  type: 'confirmation.request',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({ outcome: z.enum(['sent', 'not-needed']) }),
  run: async (transaction, job) => {
    const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'confirmation.request') }
    const dossier = await tx.em.findOneOrFail(Dossier, { id: job.variables.dossierId })
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const rule = definition.confirmation
    if (!rule) throw new JobIncident(`${definition.code} has no "confirmation" in its data`)
    const last = await tx.em.findOne(
      Confirmation,
      { dossierId: dossier.id },
      { orderBy: { visit: 'desc' }, refresh: true },
    )
    if (!rule.channels.includes(dossier.channel) || (last && isSettled(last, dossier.formData)))
      return { outcome: 'not-needed' as const }
    const id = uuid()
    const { answerBy, effectiveAt } = await startConfirmationClock(tx, dossier.id, id, rule.limit, tx.at)
    tx.em.create(Confirmation, {
      id,
      dossierId: dossier.id,
      visit: (last?.visit ?? 0) + 1,
      formData: dossier.formData,
      askedAt: tx.at,
      answerBy,
      silentAt: effectiveAt,
      silenceBasis: rule.basis,
    })
    await tx.em.flush()
    if (rule.clock === 'STOPS')
      await excludeFromClock(tx, dossier.id, { at: tx.at, by: null, document: { confirmation: id } })
    await notifyApplicant(tx, {
      key: `confirmation/${id}`,
      dossierId: dossier.id,
      template: 'confirmation-requested',
      data: { confirmBy: answerBy },
    })
    tx.audit({
      act: 'confirmation.sent',
      dossierId: dossier.id,
      detail: { confirmation: id, answerBy: answerBy.toISOString(), silentAt: effectiveAt.toISOString() },
    })
    tx.notify('live', { type: 'dossier', ids: [dossier.id] })
    await tx.em.flush()
    return { outcome: 'sent' as const }
  },
})

const isSettled = (last: Confirmation, formData: Record<string, unknown>): boolean =>
  !!last.outcome && isDeepStrictEqual(last.amendedData ?? last.formData, formData)
