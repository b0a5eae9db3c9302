import type { Tx } from '../database/transaction.ts'
import { dossierClock, extendDossierClock } from '../deadlines/clocks.ts'
import type { Limit } from '../deadlines/limit.ts'
import { limitsOf } from '../deadlines/limits-of.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { conflict } from '../http/problem.ts'
import { cancelApology } from '../letters/apology.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { groupHeld } from './clock.ts'

/**
 * Something has to be verified before the part can be decided: it and its group get the longer limit that the group's
 * text gives for that (NĐ 63/2024/NĐ-CP art. 7: residence 5 working days in place of 2, the group 5 in place of 3),
 * counted from the same receipt. Once, before the date has passed and while it is the first one; the applicant is told both dates and the reason.
 * `tx` sees with the product's own eyes.
 */
export async function extendForVerification(
  tx: Tx,
  part: Dossier,
  reason: string,
  by: string,
): Promise<Date> {
  const { withVerification, basis } = await limitsOf(tx.sql, part)
  if (!part.parentId || !withVerification)
    throw conflict('no-longer-limit', {
      vi: 'Không có văn bản cho hồ sơ này thêm thời hạn để xác minh.',
      en: 'No text gives this dossier more time for a verification.',
    })
  const clock = await dossierClock(tx.em, part.id)
  const open = clock && !clock.endedAt && !clock.stoppedAt && !clock.reappointedDueAt && clock.dueAt >= tx.at
  if (part.facts.verification || !open)
    throw conflict('not-to-be-extended', {
      vi: 'Thời hạn đã được kéo dài để xác minh một lần, hoặc đã qua, đang dừng, đã hẹn lại: không kéo dài được nữa.',
      en: 'The limit was extended for a verification already, or it has passed, stands still or was given a new date.',
    })
  const group = await groupHeld(tx, part.parentId)
  const dueAt = await extend(tx, part, withVerification, reason, by)
  const ofGroup = (await limitsOf(tx.sql, group)).withVerification
  if (ofGroup && !group.facts.verification && (await keepsItsFirstDate(tx, group)))
    await extend(tx, group, ofGroup, reason, by)
  tx.audit({
    act: 'limit.extended',
    dossierId: part.id,
    detail: { dueAt: dueAt.toISOString(), basis: basis.source },
  })
  for (const { id } of [part, group]) tx.notify('live', { type: 'dossier', ids: [id] })
  return dueAt
}

/** A group that was late before is not made timely by its part: only a date that has not passed moves. */
async function keepsItsFirstDate(tx: Tx, group: Dossier): Promise<boolean> {
  const clock = await dossierClock(tx.em, group.id)
  if (!clock || clock.endedAt || clock.reappointedDueAt) return false
  return clock.dueAt >= (clock.stoppedAt ?? tx.at)
}

async function extend(tx: Tx, dossier: Dossier, limit: Limit, reason: string, by: string): Promise<Date> {
  const before = dossier.dueAt
  dossier.facts = { ...dossier.facts, verification: { reason, by, at: tx.at.toISOString() } }
  await tx.em.flush()
  const { dueAt } = await extendDossierClock(tx, dossier.id, limit)
  await cancelApology(tx, dossier.id, 'Thời hạn được kéo dài để xác minh')
  await tx.em.flush()
  await notifyApplicant(tx, {
    key: `extended/${dossier.id}`,
    dossierId: dossier.id,
    template: 'limit-extended',
    data: { oldDueAt: before ?? dueAt, newDueAt: dueAt, reason },
  })
  return dueAt
}
