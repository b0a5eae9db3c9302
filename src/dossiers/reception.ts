import { legalDay } from '../clock.ts'
import { stillMissing } from '../counter/filing.ts'
import { filedFor, takenPapers } from '../counter/receipt.ts'
import { dossierClock, startDossierClock } from '../deadlines/clocks.ts'
import { limitText } from '../deadlines/limit.ts'
import { partLimit } from '../deadlines/limits-of.ts'
import { proofText } from '../deadlines/proof.ts'
import { needsReceipt } from '../deadlines/reception.ts'
import { endClock } from '../deadlines/side-clocks.ts'
import { invalidField } from '../http/invalid.ts'
import { contentOf, frameOf, officerOf, onDay } from '../letters/compose.ts'
import { Letter } from '../letters/entity.ts'
import { attached, type CounterLetter, checkAtCounter, issueAtCounter } from '../letters/keepers.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { demandPaid } from '../payments/owed-again.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { endDossier } from './end.ts'

/** A named clerk receives the dossier: only now does its clock begin (rules 1). */
export const clockStart: Keeper = {
  // Incomplete at the counter: form 02 or form 03 at once, never a receipt (NĐ 61/2018 art. 17).
  async check({ tx, dossier }) {
    await demandPaid(tx.sql, dossier.id)
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const missing = await stillMissing(tx, dossier, definition)
    if (missing.length > 0)
      throw invalidField(
        'outcome',
        `Còn thiếu: ${missing.map((paper) => paper.name.vi).join('; ')}. Đưa phiếu hướng dẫn bổ sung (mẫu 02) hoặc từ chối tiếp nhận (mẫu 03).`,
        `Still missing: ${missing.map((paper) => paper.name.en ?? paper.name.vi).join('; ')}. Give form 02 or refuse with form 03.`,
      )
  },
  async keep({ tx, dossier, at, by }) {
    dossier.receivedAt = at
    dossier.receivedBy = by
    dossier.state = 'processing'
    await tx.em.flush()
    await endClock(tx, dossier.id, 'reception', at)
    await startDossierClock(tx, dossier.id, { at, by })
    return undefined
  },
}

/**
 * Form 01 with the date and its proof; a result of the same day goes without, unless the applicant asks (art. 17.4). After supplements it is a new one that cites form 02 and keeps the old date.
 */
export const receiptLetter: Keeper = {
  check: async (act) => checkAtCounter(act, { kind: 'receipt', data: await receiptFacts(act) }),
  async keep(act) {
    const { tx, dossier, at } = act
    const clock = await dossierClock(tx.em, dossier.id)
    if (!clock) throw new Error(`dossier ${dossier.id} has no clock to promise a date`)
    if (act.data.receipt !== true && !(await needsReceipt(tx, dossier, clock))) return withoutReceipt(act)
    const frame = await frameOf(tx, dossier)
    const letter = await issueAtCounter(act, {
      kind: 'receipt',
      data: {
        ...(await receiptFacts(act)),
        legalLimit: limitText(clock.legal).vi,
        ...(clock.committed.decision
          ? { committedLimit: { limit: limitText(clock.committed).vi, decision: clock.committed.decision } }
          : {}),
        receivedAt: at.toISOString(),
        dueAt: clock.dueAt.toISOString(),
        resultAt: frame.office,
        proofText: [proofText(clock.proof, 'vi')],
        ...(clock.round > 1 ? { restart: await restartOf(act) } : {}),
      },
    })
    await notifyApplicant(tx, {
      key: `receipt/${letter.id}`,
      dossierId: dossier.id,
      template: clock.round > 1 ? 'supplement-received' : 'received',
      attachments: attached(letter),
    })
    return undefined
  },
}

/** Received, and told so, without a paper: the result itself is recorded when it is returned. */
async function withoutReceipt({ tx, dossier }: Act) {
  tx.audit({ act: 'receipt.not-issued', dossierId: dossier.id, detail: { basis: 'NĐ 61/2018 art. 17.4' } })
  await notifyApplicant(tx, {
    key: `received/${dossier.id}`,
    dossierId: dossier.id,
    template: 'received',
  })
  return undefined
}

/** What form 01 says before the clock has been started. */
const receiptFacts = async (act: Act) => ({
  content: await contentOf(act.tx, act.dossier),
  papers: await papersOf(act),
  ...(await filedFor(act.tx, act.dossier.id)),
  ...(await groupOf(act)),
  sets: Number(act.data.copies ?? 1),
  receiver: await officerOf(act.tx, act.decision),
})

/** Of a group, the procedures that this one receipt stands for, with the time of each. */
async function groupOf({ tx, dossier }: Act) {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if (definition.children.length === 0) return {}
  const group = await Promise.all(
    definition.children.map(async (part) => ({
      name: part.name.vi,
      agency: part.agency.vi,
      limit: limitText((await partLimit(tx.sql, part, legalDay(tx.at))).legal).vi,
    })),
  )
  return { group }
}

async function papersOf({ tx, dossier }: Act) {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const taken = await takenPapers(tx, dossier.id, definition)
  return taken.length > 0 ? taken : [{ name: 'Đơn điện tử (eForm)', originals: 1, copies: 0 }]
}

async function restartOf({ tx, dossier }: Act) {
  const [supplement] = await tx.em.find(
    Letter,
    { dossierId: dossier.id, kind: 'supplement', state: 'delivered' },
    { orderBy: { deliveredAt: 'desc' }, limit: 1 },
  )
  const [previous] = await tx.sql<{ due_at: Date }>(
    `select due_at from clock where dossier_id = $1 and kind = 'dossier' order by round desc offset 1 limit 1`,
    [dossier.id],
  )
  if (!supplement?.numberText || !supplement.issuedAt || !previous) return undefined
  return {
    supplementNumber: supplement.numberText,
    supplementOn: onDay(supplement.issuedAt),
    previousDueAt: previous.due_at.toISOString(),
  }
}

/** Form 03: reception refused, with the reason; the dossier ends here (NĐ 61/2018 art. 17). */
export const refusalLetter: Keeper = {
  check: async (act) => checkAtCounter(act, await composeRefusal(act)),
  async keep(act) {
    const { tx, dossier, at } = act
    const letter = await issueAtCounter(act, await composeRefusal(act))
    await endClock(tx, dossier.id, 'reception', at)
    await endDossier(tx, dossier, 'refused', at, act.ledgerAct)
    await notifyApplicant(tx, {
      key: `refusal/${letter.id}`,
      dossierId: dossier.id,
      template: 'refused',
      attachments: attached(letter),
    })
    return undefined
  },
}

async function composeRefusal({ tx, dossier, data, decision }: Act): Promise<CounterLetter> {
  const reason = String(data.reason ?? '')
  return {
    kind: 'refusal',
    reason,
    data: {
      content: await contentOf(tx, dossier),
      reasons: [{ reason }],
      receiver: await officerOf(tx, decision),
    },
  }
}
