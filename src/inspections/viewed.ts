import type { Tx } from '../database/transaction.ts'

/**
 * An inspector has looked into a dossier: it stands in the trail like an opening, with the decision that allows it. For
 * everybody else nothing is written: their reading belongs to their work.
 */
export function viewed(tx: Tx, dossierId: string, page: 'dossier' | 'interval' | 'finding' | 'desk'): void {
  const inspections = tx.actor.inspections ?? []
  if (inspections.length === 0) return
  tx.audit({
    act: 'inspection.opened',
    dossierId,
    detail: { page, inspections: inspections.map(({ id }) => id) },
  })
}
