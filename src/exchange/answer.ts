import type { Tx } from '../database/transaction.ts'
import { countAgain } from '../deadlines/clocks.ts'
import { passOn } from '../deadlines/ledger.ts'
import { Dossier } from '../dossiers/entity.ts'
import { settleWait } from '../engine/index.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Answer } from './call.ts'
import { tellResult } from './result.ts'
import { type SystemName, systemLabels } from './systems.ts'

type Row = {
  id: string
  subject_id: string
  element_id: string
  visit: number
  dossier_id: string
  wait_id: string
  system: SystemName
}

/**
 * Keeps a system's answer and ends the dossier's wait with it. The first answer counts: one that comes again, or after
 * the dossier has ended, changes nothing. True when it counted. `tx.em` sees every dossier.
 */
export async function keepAnswer(tx: Tx, exchangeId: string, answer: Answer): Promise<boolean> {
  const [row] = await tx.sql<Row>(
    `update exchange set state = $2, answer = $3::jsonb, answered_at = $4, last_error = null
      where id = $1 and state = 'queued'
      returning id, subject_id, element_id, visit, dossier_id, wait_id, system`,
    [exchangeId, answer.outcome, JSON.stringify(answer), tx.at],
  )
  if (!row) return false
  tx.audit({
    act: `exchange.${answer.outcome}`,
    dossierId: row.dossier_id,
    detail: { exchange: row.id, system: row.system },
  })
  const dossier = await tx.em.findOneOrFail(Dossier, { id: row.dossier_id })
  if (dossier.finishedAt) return false
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const rule = definition.exchanges[row.element_id]
  if (answer.outcome === 'answered' && rule)
    await tellResult(tx, dossier, systemLabels[row.system], rule.answers, answer.data)
  const settled = await settleWait(tx, {
    subjectId: row.subject_id,
    elementId: row.wait_id,
    visit: row.visit,
    outcome: answer.outcome,
  })
  if (settled !== 'won') return false
  // Refused, the stage has come to its end as well: what is to be mended is the agency's work again.
  if (rule?.clock === 'STOPS') {
    const act = { at: tx.at, by: null, document: { exchange: row.id } }
    await countAgain(tx, dossier.id, act, rule.clockBasis?.text ?? '')
    await tx.em.flush()
  }
  const label = systemLabels[row.system]
  await passOn(tx.sql, dossier.id, tx.at, {
    act: `exchange.${answer.outcome}`,
    personId: null,
    text:
      answer.outcome === 'answered'
        ? { vi: `${label.vi} đã trả lời`, en: `${label.en} answered` }
        : { vi: `${label.vi} từ chối`, en: `${label.en} refused` },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
  return true
}
