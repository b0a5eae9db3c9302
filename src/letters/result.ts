import type { Tx } from '../database/transaction.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import { endDossier } from '../dossiers/end.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { cancelApology } from './apology.ts'
import { agencyHead, frameOf } from './compose.ts'
import { Letter } from './entity.ts'
import { checkLetterData, deliverLetter, draftLetter, reopenLetter, voidLetter } from './issue.ts'
import { initialling, numbering, signing } from './keepers.ts'
import { grantedResult } from './result-data.ts'
import { expectedSigner } from './signer.ts'

/** The result in the making: the permit, or the notice that none is given. */
export const liveResult = (tx: Tx, dossierId: string): Promise<Letter | null> =>
  tx.em.findOne(
    Letter,
    { dossierId, kind: 'result', state: { $ne: 'void' } },
    { orderBy: { draftedAt: 'desc' } },
  )

async function needResult(act: Act): Promise<Letter> {
  const letter = await liveResult(act.tx, act.dossier.id)
  if (!letter) throw new Error(`dossier ${act.dossier.id} has no draft of its result`)
  return letter
}

type Draft = Pick<Letter, 'template' | 'reason' | 'data' | 'agencyId'>

/** The deciding agency's letter, and what it says: granted as the form asks, or denied with the reason. */
async function composeResult(act: Act, denied: boolean): Promise<Draft> {
  const { tx, dossier } = act
  const agencyId = dossier.decidingAgencyId
  const frame = await frameOf(tx, dossier, 'deciding')
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const base = {
    head: agencyHead(frame),
    dossier: frame.dossier,
    applicant: frame.applicant,
    recipients: frame.recipients,
    signer: await expectedSigner(tx, agencyId),
  }
  if (!denied) {
    const granted = grantedResult(version.definition, version.eform, dossier)
    return { agencyId, template: granted.template, reason: '', data: { ...base, ...granted.data } }
  }
  const reason = String(act.data.reason ?? '')
  return {
    agencyId,
    template: 'refusalToGrant',
    reason,
    data: {
      ...base,
      agency: frame.agency,
      receivedAt: (dossier.receivedAt ?? act.at).toISOString(),
      reasons: [{ reason: reason || 'Hồ sơ không đủ điều kiện.' }],
    },
  }
}

const isDenied = ({ decision, task }: Act) => decision.outcome === 'denied' || task.form === 'refusal-draft'

/** The specialist submits: granted, or denied with its reason. A draft sent back is replaced, never edited in silence. */
export const draft: Keeper = {
  // What cannot be printed is refused here, where it can be mended, not when the leader signs.
  async check(act) {
    const { template, data } = await composeResult(act, isDenied(act))
    checkLetterData(template, data)
  },
  async keep(act) {
    const { tx, dossier } = act
    const denied = isDenied(act)
    const previous = await liveResult(tx, dossier.id)
    if (previous) voidLetter(tx, previous, 'Soạn lại')
    draftLetter(tx, dossier, { kind: 'result', by: act.by, ...(await composeResult(act, denied)) })
    dossier.result = denied ? 'denied' : 'granted'
    return undefined
  },
}

export const initial = initialling(needResult)
export const sign = signing(needResult)
export const number = numbering(needResult)

/** "Đã xử lý xong": the result is at the one-stop; the clock ends here and an apology on its way is not needed any more. */
export const clockFinish: Keeper = {
  async keep({ tx, dossier, at, by }) {
    await finishDossierClock(tx, dossier.id, { at, by })
    await cancelApology(tx, dossier.id, 'Kết quả có trước khi gửi thư')
    dossier.finishedAt = at
    dossier.state = 'done'
    return undefined
  },
}

/** Handed over at the counter to somebody whose identity was checked. */
export const returned: Keeper = {
  async keep(act) {
    const letter = await needResult(act)
    deliverLetter(act.tx, letter, act.by)
    act.dossier.returnedAt = act.at
    await endDossier(act.tx, act.dossier, 'returned', act.at, act.ledgerAct)
    return undefined
  },
}

export async function sendBackResult(act: Act): Promise<void> {
  const letter = await liveResult(act.tx, act.dossier.id)
  if (letter) await reopenLetter(act.tx, letter, String(act.data.reason ?? ''))
}
