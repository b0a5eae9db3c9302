import type { Tx } from '../database/transaction.ts'

type Page =
  | 'dossier'
  | 'interval'
  | 'finding'
  | 'desk'
  | 'trail'
  | 'diagrams'
  | 'deliveries'
  | 'urgings'
  | 'payment'
  | 'control-slip'

/** The decisions by which the actor looks, for a line of the trail; none for everybody but inspectors. */
export const decisionsOf = (tx: Tx): string[] => (tx.actor.inspections ?? []).map(({ id }) => id)

/**
 * An inspector has looked into a dossier: it stands in the trail like an opening, with the decision that allows it. For
 * everybody else nothing is written: their reading belongs to their work.
 */
export function viewed(tx: Tx, dossierId: string, page: Page): void {
  const inspections = decisionsOf(tx)
  if (inspections.length === 0) return
  tx.audit({ act: 'inspection.opened', dossierId, detail: { page, inspections } })
}

/** An inspector has read a list that names people or acts: which dossiers stood on it, never what was searched for. */
export function listed(tx: Tx, list: 'search' | 'register' | 'trail', dossierIds: string[]): void {
  const inspections = decisionsOf(tx)
  if (inspections.length === 0 || dossierIds.length === 0) return
  tx.audit({
    act: 'inspection.listed',
    detail: { list, dossiers: [...new Set(dossierIds)], inspections },
  })
}
