import { allows } from '../access/ability.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { notify } from '../notifications/notify.ts'
import type { Text } from '../text.ts'

type Row = {
  agencyId: string
  unitId: string
  oneStopUnitId: string
  number_text: string
  written_by: string
  answered_at: Date | null
  answered_by: string | null
  unit: Text
}

/** Whoever heads the unit answers, once; the one who urged is told. Problems: 403, 404, 409 (who and when). */
export async function answerUrging(tx: Tx, id: string, answer: string): Promise<void> {
  const [row] = await tx.sql<Row>(
    `select g.agency_id as "agencyId", g.unit_id as "unitId", g.one_stop_unit_id as "oneStopUnitId", g.number_text,
            g.written_by, g.answered_at, p.full_name as answered_by, u.name as unit
       from urging g join unit u on u.id = g.unit_id left join person p on p.id = g.answered_by
      where g.id = $1 for update of g`,
    [id],
  )
  if (!row || !allows(tx.actor.ability, 'read', 'Urging', row)) throw notFound()
  if (!allows(tx.actor.ability, 'update', 'Urging', row))
    throw forbidden({
      vi: 'Chỉ người phụ trách đơn vị được đôn đốc mới trả lời được phiếu này.',
      en: 'Only whoever heads the unit urged may answer this slip.',
    })
  if (row.answered_at)
    throw conflict(
      'urging-answered',
      {
        vi: `${row.answered_by ?? ''} đã trả lời phiếu này lúc ${formatLegal(row.answered_at, 'vi')}.`,
        en: `${row.answered_by ?? ''} answered this slip on ${formatLegal(row.answered_at, 'en')}.`,
      },
      { by: row.answered_by, at: row.answered_at.toISOString() },
    )
  const text = answer.normalize('NFC')
  await tx.sql('update urging set answer = $2, answered_by = $3, answered_at = $4 where id = $1', [
    id,
    text,
    tx.actor.personId,
    tx.at,
  ])
  const dossiers = await tx.sql<{ dossier_id: string }>(
    'select dossier_id from urging_dossier where urging_id = $1 order by dossier_id',
    [id],
  )
  for (const { dossier_id } of dossiers)
    tx.audit({
      act: 'urging.answered',
      dossierId: dossier_id,
      detail: { urging: id, number: row.number_text },
    })
  const first = dossiers[0]
  if (first)
    await notify(tx, {
      key: `urging-answered/${id}`,
      dossierId: first.dossier_id,
      personId: row.written_by,
      template: 'urging-answered',
      data: { number: row.number_text, unit: row.unit, answer: text },
    })
  tx.notify('live', { type: 'dossier', ids: dossiers.map(({ dossier_id }) => dossier_id) })
}
