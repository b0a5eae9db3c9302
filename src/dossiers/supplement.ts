import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { resumeDossierClock, stopDossierClock } from '../deadlines/clocks.ts'
import { passOn } from '../deadlines/ledger.ts'
import { endClock, startSupplementWait } from '../deadlines/side-clocks.ts'
import { settleWait } from '../engine/index.ts'
import { groupGoesOn, groupStands } from '../groups/clock.ts'
import { invalidField } from '../http/invalid.ts'
import { cancelApology } from '../letters/apology.ts'
import { officerOf } from '../letters/compose.ts'
import { attached, checkAtCounter, issueAtCounter } from '../letters/keepers.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Services } from '../services.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { Dossier, SupplementRequest } from './entity.ts'
import { addFinding } from './finding.ts'
import { form02, nextRound } from './form02.ts'

/** The request in the making: drafted and not yet sent. */
export const openRequest = (tx: Tx, dossierId: string): Promise<SupplementRequest | null> =>
  tx.em.findOne(SupplementRequest, { dossierId, sentAt: null }, { orderBy: { round: 'desc' } })

const sentRequests = (tx: Tx, dossierId: string): Promise<number> =>
  tx.em.count(SupplementRequest, { dossierId, sentAt: { $ne: null } })

async function needRequest(act: Act): Promise<SupplementRequest> {
  const request = await openRequest(act.tx, act.dossier.id)
  if (!request) throw new Error(`dossier ${act.dossier.id} has no drafted supplement request`)
  return request
}

type Items = SupplementRequest['items']

/** Form 02 drafted by the specialist: every missing item at once, each with its reason. */
export const draft: Keeper = {
  async check({ tx, dossier, data }) {
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const known = new Set([...definition.papers.map((paper) => paper.key), 'eform'])
    for (const [n, item] of (data.items as Items).entries())
      if (!known.has(item.paperKey))
        throw invalidField(
          `data.items.${n}.paperKey`,
          `Thủ tục này không có giấy tờ “${item.paperKey}”.`,
          `This procedure has no paper “${item.paperKey}”.`,
        )
  },
  async keep({ tx, dossier, data, by, at }) {
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const next = nextRound(definition, await sentRequests(tx, dossier.id))
    const known = await openRequest(tx, dossier.id)
    if (known) {
      known.items = data.items as Items
      known.draftedBy = by
      known.draftedAt = at
    } else
      tx.em.create(SupplementRequest, {
        id: uuid(),
        dossierId: dossier.id,
        round: next.round,
        stage: next.stage,
        items: data.items as Items,
        reason: '',
        draftedBy: by,
        draftedAt: at,
      })
    return undefined
  },
}

/** Beyond the rounds the rule gives, the leader's written reason is needed and a finding is made; never a silent block. */
export const approve: Keeper = {
  async check({ tx, dossier, data }) {
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    if (nextRound(definition, await sentRequests(tx, dossier.id)).beyondMax && !data.reason)
      throw invalidField(
        'data.reason',
        'Đã hết số lần yêu cầu bổ sung theo quy định: cần lý do bằng văn bản của lãnh đạo.',
        'The rounds the rule gives are used up: a leader’s written reason is needed.',
      )
  },
  async keep(act) {
    const request = await needRequest(act)
    const { definition } = await publishedVersion(act.tx.sql, act.dossier.procedureVersionId)
    request.approvedBy = act.by
    request.approvedAt = act.at
    request.reason = String(act.data.reason ?? '')
    if (nextRound(definition, await sentRequests(act.tx, act.dossier.id)).beyondMax)
      await addFinding(act.tx, act.dossier, 'supplement-beyond-max', act.at, { round: request.round })
    return undefined
  },
}

/** The one-stop sends form 02: this stops the clock, and the applicant's time to answer begins. */
export const send: Keeper = {
  async check(act) {
    const request = await needRequest(act)
    const data = await form02(
      act.tx,
      act.dossier,
      // The applicant's time begins with sending.
      { ...request, waitUntil: act.at },
      await officerOf(act.tx, act.decision),
    )
    await checkAtCounter(act, { kind: 'supplement', data })
  },
  async keep(act) {
    const { tx, dossier, by, at } = act
    const request = await needRequest(act)
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    request.sentBy = by
    request.sentAt = at
    request.waitUntil = await startSupplementWait(
      tx,
      dossier.id,
      request.id,
      definition.supplement.wait.limit,
      at,
    )
    const letter = await issueAtCounter(act, {
      kind: 'supplement',
      data: await form02(
        tx,
        dossier,
        { ...request, waitUntil: request.waitUntil },
        await officerOf(tx, act.decision),
      ),
    })
    request.letterId = letter.id
    dossier.state = 'waiting-supplement'
    await stopDossierClock(tx, dossier.id, {
      at,
      by,
      document: { letter: letter.id, number: letter.numberText },
    })
    await groupStands(tx, dossier, { at, by, document: { number: letter.numberText } })
    await cancelApology(tx, dossier.id, 'Đã yêu cầu bổ sung: thời hạn được tính lại')
    await tx.em.flush()
    await notifyApplicant(tx, {
      key: `supplement/${request.id}`,
      dossierId: dossier.id,
      template: 'supplement-requested',
      attachments: attached(letter),
    })
    return undefined
  },
}

/** The one-stop received the complete papers: the time is counted anew (NĐ 61/2018 art. 19.4, RESTART). */
export const receive: Keeper = {
  async keep({ tx, dossier, by, at }) {
    const request = await tx.em.findOneOrFail(
      SupplementRequest,
      { dossierId: dossier.id, sentAt: { $ne: null } },
      { orderBy: { round: 'desc' } },
    )
    request.receivedAt = at
    dossier.state = 'processing'
    await resumeDossierClock(tx, dossier.id, {
      at,
      by,
      document: { supplement: request.id, letter: request.letterId },
    })
    await groupGoesOn(tx, dossier, { at, by })
    return undefined
  },
}

/** The applicant answered: the wait ends, unless something ended it before. Says what and when if it did. */
export async function submitSupplement(tx: Tx, dossier: Dossier, request: SupplementRequest, by: string) {
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.supplement'),
    visit: request.round,
    outcome: 'submitted',
    by,
  })
  if (settled !== 'won') return settled
  request.outcome = 'submitted'
  request.submittedAt = tx.at
  await passOn(tx.sql, dossier.id, tx.at, {
    act: 'supplement.submitted',
    personId: by,
    text: { vi: 'Người nộp gửi bổ sung', en: 'The applicant sent the supplement' },
  })
  await endClock(tx, request.id, 'supplement-wait', tx.at)
  return settled
}

/** Alarm: the applicant's time is over. Judged by the clock: an answer given before has already won. */
export async function supplementExpired(tx: Tx, _services: Services, requestId: string): Promise<string> {
  const request = await tx.em.findOneOrFail(SupplementRequest, { id: requestId })
  const dossier = await tx.em.findOneOrFail(Dossier, { id: request.dossierId })
  if (request.outcome) return `answered before: ${request.outcome}`
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.supplement'),
    visit: request.round,
    outcome: 'expired',
  })
  if (settled !== 'won') return `lost to ${settled.lostTo.outcome}`
  request.outcome = 'expired'
  await passOn(tx.sql, dossier.id, tx.at, {
    act: 'supplement.expired',
    personId: null,
    text: { vi: 'Hết hạn bổ sung', en: 'The time for the supplement is over' },
  })
  await endClock(tx, request.id, 'supplement-wait', tx.at)
  return 'the wait ended without an answer'
}

/** Alarm: the applicant has not answered yet and is reminded; `at` names the occasion, so that each speaks once. */
export async function supplementReminder(tx: Tx, requestId: string, at: Date): Promise<string> {
  const request = await tx.em.findOneOrFail(SupplementRequest, { id: requestId })
  if (request.outcome) return 'answered already'
  await notifyApplicant(tx, {
    key: `supplement-reminder/${request.id}/${at.toISOString()}`,
    dossierId: request.dossierId,
    template: 'supplement-reminder',
  })
  return 'reminded'
}

/** The element of a wait of some type in the version the dossier runs on. */
export async function waitElement(tx: Tx, dossier: Dossier, type: string): Promise<string> {
  const { definition, processId } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const found = Object.entries(definition.waits).find(([, wait]) => wait.type === type)
  if (!found) throw new Error(`${processId} has no wait of type ${type}`)
  return found[0]
}
