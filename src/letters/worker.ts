import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { endDossier } from '../dossiers/end.ts'
import { Dossier, SupplementRequest } from '../dossiers/entity.ts'
import { defineWorker, JobIncident } from '../engine/index.ts'
import { publishedVersion } from '../procedures/version.ts'
import { startLetterProcess } from './apology.ts'
import { agencyHead, frameOf, onDay } from './compose.ts'
import { Letter } from './entity.ts'
import { draftLetter } from './issue.ts'
import { expectedSigner } from './signer.ts'

/**
 * A letter that the diagram asks for (header `letter`). `closing`: no supplement came, the dossier is closed and the
 * notice goes its way through initials, signature and seal like every letter of the agency.
 */
export const letterIssue = defineWorker({
  type: 'letter.issue',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({}),
  run: async (transaction, job) => {
    const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'letter.issue') }
    const dossier = await tx.em.findOneOrFail(Dossier, { id: job.variables.dossierId })
    const kind = job.headers.letter
    if (kind === 'closing') await closing(tx, dossier)
    // The refusal at reception was issued by the clerk's own act; the diagram shows it where it ends.
    else if (kind !== 'refusal')
      throw new JobIncident(`The diagram asks for a letter "${kind}" that nobody knows: mend its header.`)
    await tx.em.flush()
    return {}
  },
})

async function closing(tx: Tx, dossier: Dossier): Promise<void> {
  const request = await tx.em.findOneOrFail(
    SupplementRequest,
    { dossierId: dossier.id, sentAt: { $ne: null } },
    { orderBy: { round: 'desc' } },
  )
  const form02 = await tx.em.findOneOrFail(Letter, { id: request.letterId ?? '' })
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const frame = await frameOf(tx, dossier)
  const letter = await draftLetter(tx, dossier, {
    kind: 'closing',
    template: 'closing',
    by: null,
    data: {
      head: agencyHead(frame),
      dossier: frame.dossier,
      applicant: frame.applicant,
      agency: frame.agency,
      supplement: { number: form02.numberText, issuedOn: onDay(form02.issuedAt ?? tx.at) },
      waitedUntil: onDay(request.waitUntil ?? tx.at),
      basis: definition.supplement.wait.basis.text,
      signer: await expectedSigner(tx, dossier.agencyId),
      recipients: frame.recipients,
    },
  })
  await tx.em.flush()
  await startLetterProcess(tx, letter)
  await endDossier(tx, dossier, 'closed', tx.at, {
    act: 'letter.issue:closing',
    personId: null,
    text: { vi: 'Đóng hồ sơ vì quá hạn bổ sung', en: 'Closed: no supplement came' },
  })
}
