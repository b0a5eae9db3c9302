import type { Tx } from '../database/transaction.ts'
import { endSide } from '../deadlines/ledger.ts'
import { endClock } from '../deadlines/side-clocks.ts'
import { Dossier } from '../dossiers/entity.ts'
import { addFinding } from '../dossiers/finding.ts'
import { enqueueCancel, enqueueTaskCompletion } from '../engine/index.ts'
import { tellUnit } from '../notifications/holders.ts'
import type { Services } from '../services.ts'
import { Task } from '../tasks/entity.ts'
import { Consultation } from './entity.ts'
import { finishBatch } from './promises.ts'

/**
 * Alarm: a consulted body's limit has passed without an answer. REPORT goes to the head of the one-stop (NĐ 61/2018
 * art. 19.5b), CONSENT counts as agreement where the article says so; either way it stays the silent agency's breach.
 * It is so from `at`, the alarm's instant, however late somebody looks.
 */
export async function consultationSilent(
  tx: Tx,
  _services: Services,
  consultationId: string,
  at: Date,
): Promise<string> {
  const consultation = await tx.em.findOneOrFail(Consultation, { id: consultationId })
  if (consultation.outcome) return `answered before: ${consultation.outcome}`
  const task = await tx.em.findOne(Task, { subjectId: consultation.id, state: 'open' })
  const dossier = await tx.em.findOneOrFail(Dossier, { id: consultation.dossierId })
  consultation.outcome = 'silent'
  await tx.em.flush()
  await endClock(tx, consultation.id, 'consultation', at)
  await endSide(tx.sql, consultation.id, at, {
    act: 'consultation.silent',
    personId: null,
    text: { vi: 'Hết hạn, không trả lời', en: 'Limit passed without an answer' },
  })
  await addFinding(tx, { id: dossier.id, agencyId: consultation.agencyId }, 'consultation-silent', at, {
    consultation: consultation.id,
    agency: consultation.agencyId,
    onSilence: consultation.onSilence,
  })
  if (task) {
    task.state = 'moving'
    await enqueueTaskCompletion(tx, {
      subjectId: consultation.id,
      taskKey: task.engineKey,
      epoch: task.epoch,
      variables: { outcome: 'silent' },
    })
  } else {
    // The engine was away and has asked nobody yet: it must not ask for an opinion that counts no more.
    await enqueueCancel(tx, { subjectId: consultation.id })
  }
  if (consultation.onSilence === 'REPORT')
    await tellUnit(
      tx,
      dossier.id,
      dossier.oneStopUnitId,
      'one-stop-head',
      `silent/${consultation.id}`,
      'silence-reported',
    )
  await tx.em.flush()
  await finishBatch({ ...tx, at }, dossier, consultation.batch)
  tx.audit({
    act: 'consultation.silent',
    dossierId: dossier.id,
    detail: { consultation: consultation.id, onSilence: consultation.onSilence },
  })
  return `silent: ${consultation.onSilence}`
}
