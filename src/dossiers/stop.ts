import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { enqueueCancel, enqueueStart } from '../engine/index.ts'
import { conflict } from '../http/problem.ts'
import { startLetterProcess } from '../letters/apology.ts'
import { agencyHead, frameOf } from '../letters/compose.ts'
import { draftLetter } from '../letters/issue.ts'
import { liveResult } from '../letters/result.ts'
import { expectedSigner } from '../letters/signer.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { currentShared } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { endDossier } from './end.ts'
import { Dossier, StopRequest } from './entity.ts'

/** The applicant asks to stop: the one-stop checks that no decision exists before anything ends (rules 11). */
export async function requestStop(
  tx: Tx,
  dossier: Dossier,
  reason: string,
  by: string,
): Promise<StopRequest> {
  if (dossier.finishedAt)
    throw conflict('already-finished', {
      vi: 'Hồ sơ đã có kết quả hoặc đã kết thúc nên không thể rút.',
      en: 'The dossier has its result or has ended and cannot be withdrawn.',
    })
  // Asked twice at the same moment it is one request: the second waits here and finds the first.
  await tx.sql('select from dossier where id = $1 for no key update', [dossier.id])
  const known = await tx.em.findOne(StopRequest, { dossierId: dossier.id, outcome: null })
  if (known) return known
  const request = tx.em.create(StopRequest, {
    id: uuid(),
    dossierId: dossier.id,
    requestedBy: by,
    reason,
    requestedAt: tx.at,
  })
  await tx.em.flush()
  const { processId } = await currentShared(tx.sql, 'stop')
  await enqueueStart(tx, {
    subjectId: request.id,
    processId,
    kind: 'stop',
    dossierId: dossier.id,
    variables: {},
  })
  tx.audit({ act: 'stop.requested', dossierId: dossier.id, detail: { request: request.id } })
  return request
}

const requestOf = (act: Act): Promise<StopRequest> =>
  act.tx.em.findOneOrFail(StopRequest, { id: act.task.subjectId })

/** From the signature on there is a decision, numbered or not. */
const DECIDED = ['signed', 'issued', 'delivered']

export const confirm: Keeper = {
  async check({ tx, dossier }) {
    const result = await liveResult(tx, dossier.id)
    if (dossier.finishedAt || (result && DECIDED.includes(result.state)))
      throw conflict('already-finished', {
        vi: 'Đã có kết quả: không thể dừng hồ sơ. Chọn “Không dừng”.',
        en: 'The result exists: the dossier cannot be stopped. Choose “Do not stop”.',
      })
  },
  async keep(act) {
    const { tx, dossier, at, by } = act
    const request = await requestOf(act)
    request.outcome = 'stopped'
    request.decidedBy = by
    request.decidedAt = at
    await enqueueCancel(tx, { subjectId: dossier.id })
    await endDossier(tx, dossier, 'withdrawn', at, act.ledgerAct)
    await stopParts(act)
    const frame = await frameOf(tx, dossier)
    const letter = draftLetter(tx, dossier, {
      kind: 'stop',
      template: 'stop',
      by,
      reason: request.reason,
      data: {
        head: agencyHead(frame),
        dossier: frame.dossier,
        applicant: frame.applicant,
        agency: frame.agency,
        requestedAt: request.requestedAt.toISOString(),
        reason: request.reason,
        stoppedAt: at.toISOString(),
        signer: await expectedSigner(tx, dossier.agencyId),
        recipients: frame.recipients,
      },
    })
    await tx.em.flush()
    await startLetterProcess(tx, letter)
    return undefined
  },
}

/** A group is stopped with its parts. One with a decision goes on to its result, as no dossier is stopped then (rules 11). */
async function stopParts({ tx, dossier, at, ledgerAct }: Act): Promise<void> {
  for (const part of await tx.em.find(Dossier, { parentId: dossier.id, finishedAt: null })) {
    const result = await liveResult(tx, part.id)
    if (result && DECIDED.includes(result.state)) continue
    await enqueueCancel(tx, { subjectId: part.id })
    await endDossier(tx, part, 'withdrawn', at, ledgerAct)
  }
}

export const reject: Keeper = {
  async keep(act) {
    const request = await requestOf(act)
    request.outcome = 'rejected'
    request.decidedBy = act.by
    request.decidedAt = act.at
    await notifyApplicant(act.tx, {
      key: `stop/${request.id}`,
      dossierId: act.dossier.id,
      template: 'stop-rejected',
    })
    return undefined
  },
}
