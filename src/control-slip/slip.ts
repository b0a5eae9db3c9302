import { allows } from '../access/ability.ts'
import { exportMark } from '../access/export-mark.ts'
import { asSystem } from '../access/filter.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { conflict } from '../http/problem.ts'
import { decisionsOf, viewed } from '../inspections/viewed.ts'
import { frameOf, officeHead } from '../letters/compose.ts'
import { formFor } from '../letters/form-rules.ts'
import { formatNumber } from '../letters/number.ts'
import { drawNumber } from '../letters/series.ts'
import { type AuditFrame, auditFrame } from '../reports/frame.ts'
import type { Services } from '../services.ts'
import { renderControlSlip } from './form.ts'
import { handingsOf } from './handings.ts'

/**
 * "Phiếu kiểm soát quá trình giải quyết hồ sơ" as the ledger stands now; printed again as often as papers move. Its
 * number is drawn once, when somebody who works on the dossier first prints it; until then others print it without one. What
 * an inspector prints names the decision. Undefined where the actor may not see the dossier's inside. 409 before
 * receipt.
 */
export async function controlSlip(
  tx: Tx,
  services: Pick<Services, 'settings'>,
  dossierId: string,
  { draw = true }: { draw?: boolean } = {},
): Promise<{ bytes: Buffer; code: string } | undefined> {
  const seen = await auditFrame(tx, dossierId)
  if (!seen) return undefined
  const { receivedAt, clock } = receivedOf(seen)
  const system: Tx = { ...tx, em: asSystem(tx.em, 'control slip') }
  const dossier = await system.em.findOneOrFail(Dossier, { id: dossierId })
  const frame = await frameOf(system, dossier, 'counter')
  const mayDraw = draw && allows(tx.actor.ability, 'note', 'Dossier', dossier)
  const drawn = await numberOf(tx, dossier, mayDraw ? frame.officeShort : null)
  const issuedOn = legalDay(drawn?.drawnAt ?? tx.at)
  const sides = seen.rows.filter(({ track }) => track === 'side')
  const bytes = await renderControlSlip(
    {
      head: { ...officeHead(frame), number: drawn?.numberText ?? null, issuedOn },
      dossier: frame.dossier,
      applicant: frame.applicant.name,
      agency: (await frameOf(system, dossier, 'lead')).agency,
      partners: [...new Set(sides.map(({ agency_name }) => agency_name.vi))],
      receivedAt: receivedAt.toISOString(),
      dueAt: clock.dueAt.toISOString(),
      reappointedDueAt: clock.reappointedDueAt?.toISOString() ?? null,
      handings: handingsOf(seen).map((one) => ({ ...one, at: one.at.toISOString() })),
      printedAt: tx.at.toISOString(),
      mark: decisionsOf(tx).length > 0 ? exportMark(tx.actor, tx.at) : null,
    },
    {
      rule: formFor('control', { receivedOn: legalDay(receivedAt), issuedOn }),
      status: 'unsigned-electronic',
      lookupUrl: `${services.settings.publicUrl}/tra-cuu/${encodeURIComponent(dossier.code)}`,
      demo: services.settings.demo,
    },
  )
  tx.audit({ act: 'control-slip.printed', dossierId, detail: { number: drawn?.numberText ?? null } })
  viewed(tx, dossierId, 'control-slip')
  return { bytes, code: dossier.code }
}

function receivedOf({ row, last }: AuditFrame) {
  if (!row.received_at || !last)
    throw conflict('not-received', {
      vi: 'Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát. Hãy in sau khi tiếp nhận.',
      en: 'Not received yet, so there is no control slip. Print it after reception.',
    })
  return { receivedAt: row.received_at, clock: last.clock }
}

async function numberOf(
  tx: Tx,
  dossier: Dossier,
  /** Null: whoever prints may not draw one. */
  office: string | null,
): Promise<{ numberText: string; drawnAt: Date } | undefined> {
  // Two who print at once: the second waits here and finds the first's number.
  await tx.sql('select from dossier where id = $1 for no key update', [dossier.id])
  const [drawn] = await tx.sql<{ number_text: string; drawn_at: Date }>(
    'select number_text, drawn_at from control_slip where dossier_id = $1',
    [dossier.id],
  )
  if (drawn) return { numberText: drawn.number_text, drawnAt: drawn.drawn_at }
  if (office === null) return undefined
  const series = `${dossier.oneStopUnitId}/control`
  const { year, number } = await drawNumber(tx, series)
  const numberText = formatNumber('control', number, office)
  await tx.sql(
    `insert into control_slip (dossier_id, series, number_year, number, number_text, drawn_by, drawn_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [dossier.id, series, year, number, numberText, tx.actor.personId, tx.at],
  )
  return { numberText, drawnAt: tx.at }
}
