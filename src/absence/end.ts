import { allows } from '../access/ability.ts'
import { addDays, type LegalDay } from '../calendar/day.ts'
import { formatDay } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { tellEnded } from './tell.ts'

type Row = {
  agencyId: string
  unitIds: string[]
  personId: string
  substituteId: string | null
  from_day: LegalDay
  to_day: LegalDay
  cancelled: boolean
}

/**
 * Somebody is back before the last day entered, or never went. `lastDay` is the new last day; null cancels an absence that
 * has not passed its first day. What the substitute has done stays theirs. Problems: 403, 404, 409, 422 on `lastDay`.
 */
export async function endAbsence(tx: Tx, id: string, lastDay: LegalDay | null): Promise<void> {
  const [row] = await tx.sql<Row>(
    `select agency_id as "agencyId", unit_ids as "unitIds", person_id as "personId", substitute_id as "substituteId",
            from_day, to_day, cancelled_at is not null as cancelled
       from absence where id = $1 for update`,
    [id],
  )
  if (!row || !allows(tx.actor.ability, 'read', 'Absence', row)) throw notFound()
  if (!allows(tx.actor.ability, 'update', 'Absence', row)) throw forbidden()
  const today = legalDay(tx.at)
  if (row.cancelled || row.to_day < today)
    throw conflict('absence-over', {
      vi: 'Lần vắng mặt này đã kết thúc hoặc đã hủy.',
      en: 'This absence is over or was cancelled.',
    })
  if (lastDay === null) {
    if (row.from_day < today)
      throw invalidField(
        'lastDay',
        `Đã vắng từ ${formatDay(row.from_day, 'vi')} nên không hủy được; chọn ngày vắng cuối cùng.`,
        `The absence began on ${formatDay(row.from_day, 'en')} and cannot be cancelled; choose its last day.`,
      )
    await tx.sql('update absence set cancelled_at = $2, ended_by = $3, ended_at = $2 where id = $1', [
      id,
      tx.at,
      tx.actor.personId,
    ])
  } else {
    const first = [row.from_day, addDays(today, -1)].sort().at(-1) as LegalDay
    if (lastDay < first || lastDay >= row.to_day)
      throw invalidField(
        'lastDay',
        `Ngày cuối phải từ ${formatDay(first, 'vi')} và trước ${formatDay(row.to_day, 'vi')}.`,
        `The last day must be ${formatDay(first, 'en')} or later, and before ${formatDay(row.to_day, 'en')}.`,
      )
    await tx.sql('update absence set to_day = $2, ended_by = $3, ended_at = $4 where id = $1', [
      id,
      lastDay,
      tx.actor.personId,
      tx.at,
    ])
  }
  await tellEnded(tx, id, lastDay)
  tx.audit({ act: 'absence.ended', detail: { absence: id, person: row.personId, lastDay } })
}
