import type { Tx } from '../database/transaction.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import { endDossier } from '../dossiers/end.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { cancelApology } from './apology.ts'
import { agencyHead, frameOf } from './compose.ts'
import { Letter } from './entity.ts'
import { deliverLetter, draftLetter, reopenLetter, voidLetter } from './issue.ts'
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

/** The specialist submits: granted, or denied with its reason. A draft sent back is replaced, never edited in silence. */
export const draft: Keeper = {
  async keep(act) {
    const { tx, dossier } = act
    const denied = act.decision.outcome === 'denied' || act.task.form === 'refusal-draft'
    const previous = await liveResult(tx, dossier.id)
    if (previous) voidLetter(tx, previous, 'Soạn lại')
    const frame = await frameOf(tx, dossier)
    const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const base = {
      head: agencyHead(frame),
      dossier: frame.dossier,
      applicant: frame.applicant,
      recipients: frame.recipients,
    }
    const signer = await expectedSigner(tx, dossier.agencyId)
    const reason = String(act.data.reason ?? '')
    if (denied)
      draftLetter(tx, dossier, {
        kind: 'result',
        template: 'refusalToGrant',
        reason,
        by: act.by,
        data: {
          ...base,
          agency: frame.agency,
          receivedAt: (dossier.receivedAt ?? act.at).toISOString(),
          reasons: [{ reason: reason || 'Hồ sơ không đủ điều kiện.' }],
          signer,
        },
      })
    else {
      const granted = grantedResult(version.definition, version.eform, dossier.formData)
      draftLetter(tx, dossier, {
        kind: 'result',
        template: granted.template,
        by: act.by,
        data: { ...base, ...granted.data, signer },
      })
    }
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
    await cancelApology(tx, dossier.id)
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
  if (letter) reopenLetter(letter)
}
