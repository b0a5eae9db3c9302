import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { enqueueCancel, enqueueStart } from '../engine/index.ts'
import { restStopped } from '../groups/finish.ts'
import { conflict } from '../http/problem.ts'
import { startLetterProcess } from '../letters/apology.ts'
import { agencyHead, frameOf } from '../letters/compose.ts'
import { draftLetter } from '../letters/issue.ts'
import { liveResult } from '../letters/result.ts'
import { expectedSigner } from '../letters/signer.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { currentShared, publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import type { Text } from '../text.ts'
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

const DECIDED = ['signed', 'issued', 'delivered']

/** From the signature on there is a decision, numbered or not; and from the entry in a register, which no stop takes out. */
async function isDecided(tx: Tx, dossier: Dossier): Promise<boolean> {
  const result = await liveResult(tx, dossier.id)
  return !!dossier.facts.register || (!!result && DECIDED.includes(result.state))
}

/**
 * What a stop ends: the `whole` dossier, a group with its open `parts`; or, where a part of the group is decided already,
 * the others only, as no decided dossier is stopped (rules 11). Undefined when nothing can be stopped.
 */
async function endedBy(
  tx: Tx,
  dossier: Dossier,
): Promise<{ whole: boolean; parts: Dossier[]; decided: Dossier[] } | undefined> {
  if (dossier.finishedAt || (await isDecided(tx, dossier))) return undefined
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const opened = await tx.em.find(Dossier, { parentId: dossier.id })
  const parts: Dossier[] = []
  const decided: Dossier[] = []
  for (const part of opened)
    if (await isDecided(tx, part)) decided.push(part)
    else if (!part.finishedAt) parts.push(part)
  const whole = decided.length === 0
  const isLeft = whole || parts.length > 0 || opened.length < definition.children.length
  return isLeft ? { whole, parts, decided } : undefined
}

/** What confirming a stop would end now, for whoever checks it: all, the `rest` beside the decided parts, or nothing. */
export async function stopAhead(
  tx: Tx,
  dossier: Dossier,
): Promise<{ ends: 'whole' | 'rest' | 'nothing'; decided: { code: string; name: Text }[] }> {
  const ended = await endedBy(tx, dossier)
  if (!ended) return { ends: 'nothing', decided: [] }
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  return {
    ends: ended.whole ? 'whole' : 'rest',
    decided: definition.children.flatMap(({ key, name }) =>
      ended.decided.filter(({ childKey }) => childKey === key).map(({ code }) => ({ code, name })),
    ),
  }
}

export const confirm: Keeper = {
  async check({ tx, dossier }) {
    if (!(await endedBy(tx, dossier)))
      throw conflict('already-finished', {
        vi: 'Đã có kết quả: không thể dừng hồ sơ. Chọn “Không dừng”.',
        en: 'The result exists: the dossier cannot be stopped. Choose “Do not stop”.',
      })
  },
  async keep(act) {
    const { tx, dossier, at, by, ledgerAct } = act
    // A group that opens its next parts takes turns with its stop.
    await tx.sql('select from dossier where id = $1 for no key update', [dossier.id])
    const ended = await endedBy(tx, dossier)
    // Decided between the check and now.
    if (!ended) return reject.keep(act)
    const request = await requestOf(act)
    request.outcome = 'stopped'
    request.decidedBy = by
    request.decidedAt = at
    for (const one of ended.whole ? [dossier, ...ended.parts] : ended.parts) {
      await enqueueCancel(tx, { subjectId: one.id })
      await endDossier(tx, one, 'withdrawn', at, ledgerAct)
    }
    if (ended.whole) await draftNotice(act, request)
    else await stopRest(act, ended.parts)
    return undefined
  },
}

/** Form 05: nothing had been decided, and nothing will be. */
async function draftNotice({ tx, dossier, at, by }: Act, request: StopRequest): Promise<void> {
  const frame = await frameOf(tx, dossier)
  const letter = await draftLetter(tx, dossier, {
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
}

/**
 * Form 05 says that nothing was decided, which is not true of this group: the applicant is told of each part that was
 * stopped, and the notice of the group's results says what came of all (our reading).
 */
async function stopRest({ tx, dossier, at, by }: Act, parts: Dossier[]): Promise<void> {
  await restStopped(tx, dossier.id, { at, by })
  for (const { id } of parts)
    await notifyApplicant(tx, { key: `stopped/${id}`, dossierId: id, template: 'withdrawn' })
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
