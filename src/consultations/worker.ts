import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Tx } from '../database/transaction.ts'
import { silenceTooLate } from '../deadlines/clocks.ts'
import { beginSide } from '../deadlines/ledger.ts'
import { startConsultationClock } from '../deadlines/side-clocks.ts'
import { Dossier } from '../dossiers/entity.ts'
import { defineWorker, enqueueStart, JobIncident } from '../engine/index.ts'
import { beginApology } from '../letters/apology.ts'
import { currentShared, publishedVersion } from '../procedures/version.ts'
import { Consultation } from './entity.ts'

/**
 * "Gửi lấy ý kiến": one instance of shared/consultation.bpmn per body, each with its own limit and side interval. When
 * silence cannot take effect before the dossier is due, the apology is offered at once (rules 6).
 */
export const consultationRequest = defineWorker({
  type: 'consultation.request',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({ outcome: z.literal('sent') }),
  run: async (transaction, job) => {
    const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'consultation.request') }
    const dossier = await tx.em.findOneOrFail(Dossier, { id: job.variables.dossierId })
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const drafted = await tx.em.find(Consultation, { dossierId: dossier.id, sentAt: null })
    if (drafted.length === 0 || !definition.consultation)
      throw new JobIncident('No body was chosen: open the dossier, choose the bodies to consult and retry.')
    const { processId } = await currentShared(tx.sql, 'consultation')
    const tooLate = await silenceTooLate(tx, dossier.id, definition.consultation.limit)
    for (const consultation of drafted) {
      consultation.sentAt = tx.at
      const answerBy = await startConsultationClock(
        tx,
        dossier.id,
        consultation.id,
        definition.consultation.limit,
        tx.at,
      )
      consultation.dueAt = answerBy
      consultation.conflictsWithDue = tooLate
      const calendar = await calendarOf(tx.sql, consultation.agencyId)
      await beginSide(
        tx.sql,
        dossier.id,
        consultation.id,
        { agencyId: consultation.agencyId, unitId: consultation.unitId, personId: null },
        {
          elementId: 'Answer',
          stepName: { vi: 'Trả lời ý kiến', en: 'Answer the consultation' },
          taskId: null,
          allottedMinutes: calendar.workingMinutesBetween(tx.at, answerBy),
        },
        tx.at,
        {
          act: 'consultation.request',
          personId: consultation.askedBy,
          text: { vi: 'Gửi lấy ý kiến', en: 'Sent for opinion' },
        },
      )
      await enqueueStart(tx, {
        subjectId: consultation.id,
        processId,
        kind: 'consultation',
        dossierId: dossier.id,
        variables: {},
      })
      tx.audit({
        act: 'consultation.sent',
        dossierId: dossier.id,
        detail: {
          consultation: consultation.id,
          agency: consultation.agencyId,
          answerBy: answerBy.toISOString(),
        },
      })
    }
    const asked = drafted.map((one) => one.agencyId)
    dossier.participantAgencyIds = [...new Set([...dossier.participantAgencyIds, ...asked])]
    await tx.em.flush()
    if (tooLate) await beginApology(tx, dossier, 'silence')
    await tx.em.flush()
    return { outcome: 'sent' as const }
  },
})
