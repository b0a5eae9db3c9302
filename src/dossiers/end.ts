import type { Tx } from '../database/transaction.ts'
import { stopWatch } from '../deadlines/alarms.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import type { LedgerAct } from '../deadlines/entity.ts'
import { endLine, endSide } from '../deadlines/ledger.ts'
import { endSideClocks } from '../deadlines/side-clocks.ts'
import { enqueueCancel } from '../engine/index.ts'
import { partFinished } from '../groups/finish.ts'
import { cancelApology } from '../letters/apology.ts'
import { Letter } from '../letters/entity.ts'
import { voidLetter } from '../letters/issue.ts'
import type { Dossier } from './entity.ts'

const ENDED = 'Hồ sơ đã kết thúc'

/** Nothing is to be done on the dossier any more: the line ends, the watch stops, what is still open is cancelled. */
export async function endDossier(
  tx: Tx,
  dossier: Dossier,
  state: 'returned' | 'refused' | 'closed' | 'withdrawn',
  at: Date,
  act: LedgerAct,
): Promise<void> {
  dossier.state = state
  dossier.finishedAt ??= at
  await tx.em.flush()
  await endLine(tx.sql, dossier.id, at, act)
  await finishDossierClock(tx, dossier.id, { at, by: act.personId })
  await cancelApology(tx, dossier.id, ENDED)
  await voidResult(tx, dossier)
  await cancelConsultations(tx, dossier.id, at, act)
  await endSideClocks(tx, dossier.id, at)
  await stopWatch(tx, dossier.id)
  await partFinished(tx, dossier, { at, by: act.personId })
  tx.audit({ act: `dossier.${state}`, dossierId: dossier.id, detail: {} })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}

/** A result that was in the making and will not be handed over is none. */
async function voidResult(tx: Tx, dossier: Dossier): Promise<void> {
  const left = await tx.em.find(Letter, {
    dossierId: dossier.id,
    kind: 'result',
    state: { $in: ['draft', 'initialled', 'signed', 'issued'] },
  })
  for (const letter of left) await voidLetter(tx, letter, ENDED)
  if (left.length > 0) dossier.result = null
}

/** Nobody waits for their opinion any more: their intervals end without an outcome. */
async function cancelConsultations(tx: Tx, dossierId: string, at: Date, act: LedgerAct): Promise<void> {
  const open = await tx.sql<{ id: string }>(
    'select id from consultation where dossier_id = $1 and sent_at is not null and outcome is null',
    [dossierId],
  )
  for (const { id } of open) {
    await endSide(tx.sql, id, at, act)
    await enqueueCancel(tx, { subjectId: id })
  }
}
