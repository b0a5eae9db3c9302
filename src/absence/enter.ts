import { v7 as uuid } from 'uuid'
import { allows } from '../access/ability.ts'
import { addDays, daysBetween, type LegalDay } from '../calendar/day.ts'
import { formatDay } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { forbidden } from '../http/problem.ts'
import { checkKinds } from './kinds.ts'
import { type WorkingPost, workingPosts } from './posts.ts'
import { checkSubstitute } from './substitute.ts'
import { tellEntered } from './tell.ts'

export type NewAbsence = {
  personId: string
  substituteId: string | null
  fromDay: LegalDay
  toDay: LegalDay
  procedures: string[]
  forms: string[]
  reason: string
}

// Any fixed number: two entries that would make a circle must not pass each other.
const LOCK = 20_261_126
const LONGEST_DAYS = 366

/**
 * Enters an absence (legal days, both counted), by the person or by who heads their unit. From its first day the
 * substitute sees and decides the person's work of these kinds, and new work goes to them; its last day ends it.
 * Problems: 403, 422 with the field and the mend. On an error nothing has changed.
 */
export async function enterAbsence(tx: Tx, absence: NewAbsence): Promise<string> {
  await tx.sql('select pg_advisory_xact_lock($1)', [LOCK])
  const today = legalDay(tx.at)
  checkDays(absence, today)
  const posts = await postsOf(tx, absence)
  const agencyId = posts[0]?.agency_id ?? ''
  const unitIds = [...new Set(posts.map(({ unit_id }) => unit_id))]
  const { personId, substituteId, fromDay, toDay, procedures, forms, reason } = absence
  const row = { agencyId, unitIds, personId, substituteId }
  if (!allows(tx.actor.ability, 'create', 'Absence', row))
    throw forbidden({
      vi: 'Chỉ chính người đó hoặc người phụ trách đơn vị của họ mới ghi được vắng mặt.',
      en: 'Only the person or whoever heads their unit may enter an absence.',
    })
  await checkKinds(tx, absence)
  await checkOverlap(tx, absence)
  if (substituteId) await checkSubstitute(tx, { ...absence, substituteId }, posts)
  const id = uuid()
  await tx.sql(
    `insert into absence (id, agency_id, unit_ids, person_id, substitute_id, from_day, to_day, procedures, forms, reason,
                          entered_by, entered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      agencyId,
      unitIds,
      personId,
      substituteId,
      fromDay,
      toDay,
      procedures,
      forms,
      reason.normalize('NFC'),
      tx.actor.personId,
      tx.at,
    ],
  )
  tx.audit({
    act: 'absence.entered',
    detail: { absence: id, person: personId, substitute: substituteId, fromDay, toDay, procedures, forms },
  })
  await tellEntered(tx, id)
  return id
}

function checkDays({ fromDay, toDay }: NewAbsence, today: LegalDay): void {
  if (fromDay < today)
    throw invalidField(
      'fromDay',
      `Ngày bắt đầu đã qua; chọn từ hôm nay (${formatDay(today, 'vi')}) trở đi.`,
      `The first day has passed; choose today (${formatDay(today, 'en')}) or later.`,
    )
  if (toDay < fromDay)
    throw invalidField(
      'toDay',
      `Ngày cuối trước ngày bắt đầu; chọn từ ${formatDay(fromDay, 'vi')} trở đi.`,
      `The last day is before the first; choose ${formatDay(fromDay, 'en')} or later.`,
    )
  if (daysBetween(fromDay, toDay) >= LONGEST_DAYS)
    throw invalidField(
      'toDay',
      `Một lần vắng mặt dài nhất ${LONGEST_DAYS} ngày, đến ${formatDay(addDays(fromDay, LONGEST_DAYS - 1), 'vi')}; dài hơn thì thôi chức vụ và giao lại việc.`,
      `An absence lasts ${LONGEST_DAYS} days at most, until ${formatDay(addDays(fromDay, LONGEST_DAYS - 1), 'en')}; for longer, end the post and reassign the work.`,
    )
}

/** The posts whose work the person is absent from: those of one agency. */
async function postsOf(tx: Tx, { personId, fromDay }: NewAbsence): Promise<WorkingPost[]> {
  const posts = await workingPosts(tx.sql, { personId }, fromDay, fromDay)
  const own = tx.actor.posts.map(({ agencyId }) => agencyId)
  const agencyId = posts.find(({ agency_id }) => own.includes(agency_id))?.agency_id ?? posts[0]?.agency_id
  if (!agencyId)
    throw invalidField(
      'personId',
      'Người này không giữ chức vụ nào nhận việc vào ngày đó nên không cần ghi vắng mặt.',
      'This person holds no post that is given work on that day, so there is no absence to enter.',
    )
  return posts.filter(({ agency_id }) => agency_id === agencyId)
}

/** Twice away from the same work has two substitutes for it: refused, unless the kinds of work have nothing in common. */
async function checkOverlap(
  tx: Tx,
  { personId, fromDay, toDay, procedures, forms }: NewAbsence,
): Promise<void> {
  const [other] = await tx.sql<{ from_day: LegalDay; to_day: LegalDay }>(
    `select from_day, to_day from absence
      where person_id = $1 and cancelled_at is null and from_day <= $3 and to_day >= $2
        and (procedures = '{}' or $4::text[] = '{}' or procedures && $4::text[])
        and (forms = '{}' or $5::text[] = '{}' or forms && $5::text[])
      order by from_day limit 1`,
    [personId, fromDay, toDay, procedures, forms],
  )
  if (other)
    throw invalidField(
      'fromDay',
      `Đã có lần vắng mặt từ ${formatDay(other.from_day, 'vi')} đến ${formatDay(other.to_day, 'vi')} cho cùng loại việc; kết thúc lần đó trước hoặc chọn ngày khác.`,
      `There is an absence from ${formatDay(other.from_day, 'en')} to ${formatDay(other.to_day, 'en')} for the same work; end that one first or choose other days.`,
    )
}
