import { checkCollection, recordCollection } from '../counter/collection.ts'
import type { Tx } from '../database/transaction.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import { endDossier } from '../dossiers/end.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { partFinished } from '../groups/finish.ts'
import { demandPaid } from '../payments/owed-again.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import type { Text } from '../text.ts'
import { cancelApology } from './apology.ts'
import { birthResult } from './birth.ts'
import { agencyHead, frameOf } from './compose.ts'
import { checkSigned } from './digital.ts'
import { Letter } from './entity.ts'
import { checkLetterData, deliverLetter, draftLetter, reopenLetter, voidLetter } from './issue.ts'
import { initialling, numbering, signing, whenSigned } from './keepers.ts'
import type { Merge } from './merge.ts'
import { type Chosen, fromTemplate, fromUpload, mergeOf, templatesFor } from './result-choice.ts'
import { grantedResult } from './result-data.ts'
import { ResultChoice } from './result-schema.ts'
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

type Draft = Pick<Letter, 'template' | 'reason' | 'data' | 'agencyId'> & { sourceSha256: string | null }

/** What a result is written from: the dossier, who writes, and the words and choices of the decision. */
export type Writing = Pick<Act, 'tx' | 'services' | 'dossier' | 'at' | 'by' | 'data'>

/** What a dossier's merge fields say; `reason` is why it is denied. */
export async function mergeFor(tx: Tx, dossier: Dossier, reason: string): Promise<Merge> {
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const frame = await frameOf(tx, dossier, 'deciding')
  const [place] = await tx.sql<{ name: Text }>('select name from agency where code = $1', [dossier.place])
  return mergeOf({ version, dossier, frame, place: place?.name.vi ?? dossier.place, reason })
}

/** The deciding agency's letter, and what it says: as chosen, or as the procedure has it without a choice. */
export async function composeResult(writing: Writing, denied: boolean): Promise<Draft> {
  const { tx, dossier, at, data } = writing
  const agencyId = dossier.decidingAgencyId
  const frame = await frameOf(tx, dossier, 'deciding')
  const base = {
    head: agencyHead(frame),
    dossier: frame.dossier,
    applicant: frame.applicant,
    recipients: frame.recipients,
    signer: await expectedSigner(tx, agencyId),
  }
  const reason = denied ? String(data.reason ?? '') : ''
  const chosen = await choiceOf(writing, denied, reason)
  if (chosen)
    return {
      agencyId,
      template: chosen.template,
      reason,
      sourceSha256: chosen.sourceSha256 ?? null,
      data: { ...base, ...chosen.data },
    }
  if (!denied) {
    const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const granted =
      version.definition.result.template === 'birth'
        ? await birthResult(tx, dossier, version)
        : grantedResult(version.definition, version.eform, dossier)
    const words = { ...base, ...granted.data }
    return { agencyId, template: granted.template, reason, sourceSha256: null, data: words }
  }
  return {
    agencyId,
    template: 'refusalToGrant',
    reason,
    sourceSha256: null,
    data: {
      ...base,
      agency: frame.agency,
      receivedAt: (dossier.receivedAt ?? at).toISOString(),
      reasons: [{ reason: reason || 'Hồ sơ không đủ điều kiện.' }],
    },
  }
}

/** The officer's template or file, if the decision names one. */
async function choiceOf(
  { tx, services, dossier, by, data }: Writing,
  denied: boolean,
  reason: string,
): Promise<Chosen | undefined> {
  if (data.result === undefined) return undefined
  const choice = ResultChoice.parse(data.result)
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if ('uploadId' in choice)
    return fromUpload(tx, services.files, choice, by, denied, {
      granted: version.definition.result.template === 'permit' ? 'permit' : 'grant',
    })
  return fromTemplate(
    choice,
    templatesFor(version, dossier.caseKey, denied),
    await mergeFor(tx, dossier, reason),
  )
}

const isDenied = ({ decision, task }: Act) => deniedBy(task.form, decision.outcome)

/** Whether an outcome of a form writes the notice that nothing is granted. */
export const deniedBy = (form: string, outcome: string): boolean =>
  outcome === 'denied' || form === 'refusal-draft'

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
    if (previous) await voidLetter(tx, previous, 'Soạn lại')
    const composed = await composeResult(act, denied)
    await draftLetter(tx, dossier, { kind: 'result', by: act.by, ...composed })
    // From here on the file belongs to the letter and is not swept as a forgotten upload.
    if (composed.sourceSha256)
      await tx.sql('update upload set used_at = coalesce(used_at, $3) where sha256 = $1 and owner_id = $2', [
        composed.sourceSha256,
        act.by,
        act.at,
      ])
    dossier.result = denied ? 'denied' : 'granted'
    return undefined
  },
}

export const initial = initialling(needResult)
export const sign = signing(needResult)
export const number = numbering(needResult)

/** "Đã xử lý xong": the result is at the one-stop; the clock ends here and an apology on its way is not needed any more. */
export const clockFinish: Keeper = {
  async check({ tx, dossier }) {
    const letter = await liveResult(tx, dossier.id)
    if (letter) await checkSigned(tx, letter)
  },
  async keep({ tx, dossier, at, by }) {
    await finishDossierClock(tx, dossier.id, { at, by })
    await cancelApology(tx, dossier.id, 'Kết quả có trước khi gửi thư')
    dossier.finishedAt = at
    dossier.state = 'done'
    await partFinished(tx, dossier, { at, by })
    return undefined
  },
}

/** Handed over at the counter to somebody whose identity was checked. */
export const returned: Keeper = whenSigned(needResult, {
  async check(act) {
    await demandPaid(act.tx.sql, act.dossier.id)
    await checkCollection(act)
  },
  async keep(act) {
    const letter = await needResult(act)
    deliverLetter(act.tx, letter, act.by)
    await recordCollection(act)
    act.dossier.returnedAt = act.at
    await endDossier(act.tx, act.dossier, 'returned', act.at, act.ledgerAct)
    return undefined
  },
})

export async function sendBackResult(act: Act): Promise<void> {
  const letter = await liveResult(act.tx, act.dossier.id)
  if (letter) await reopenLetter(act.tx, letter, String(act.data.reason ?? ''))
}
