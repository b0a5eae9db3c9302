import type { LegalDay } from '../calendar/day.ts'
import { formatDay } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { uncovered } from './fit.ts'
import { type WorkingPost, workingPosts } from './posts.ts'

type Stretch = { fromDay: LegalDay; toDay: LegalDay }
type Asked = Stretch & { personId: string; substituteId: string }

/**
 * A substitute belongs to the same agency, has the role or is fit for its steps on every one of the days, and is there
 * themself; so nobody ends up standing in for themself in a circle. 422 on `substituteId` with the mend.
 */
export async function checkSubstitute(tx: Tx, asked: Asked, absent: WorkingPost[]): Promise<void> {
  const { personId, substituteId, fromDay, toDay } = asked
  if (substituteId === personId)
    throw refusal(
      'Không thể tự làm thay chính mình; chọn người khác, hoặc để trống để việc về đơn vị.',
      'Nobody stands in for themself; choose somebody else, or leave it empty and the work goes to the unit.',
    )
  const agencyId = absent[0]?.agency_id ?? ''
  const posts = await workingPosts(tx.sql, { agencyId, personId: substituteId }, fromDay, toDay)
  if (posts.length === 0)
    throw refusal(
      'Người này không giữ chức vụ ở cùng cơ quan trong suốt thời gian vắng mặt; chọn người trong danh sách.',
      'This person holds no post in the same agency for the whole absence; choose one of the list.',
    )
  const [missing] = uncovered(absent, posts) as WorkingPost[]
  if (missing)
    throw refusal(
      `Người này không làm được việc của “${missing.title.vi}” (${missing.unit.vi}); chọn người có cùng vai trò hoặc người phụ trách.`,
      `This person is not fit for the work of “${missing.title.en ?? missing.title.vi}” (${missing.unit.en ?? missing.unit.vi}); choose somebody of the same role or in charge.`,
    )
  const away = await awayIn(tx, substituteId, asked)
  if (!away) return
  const days = (lang: 'vi' | 'en') => [formatDay(away.from_day, lang), formatDay(away.to_day, lang)]
  const [viFrom, viTo] = days('vi')
  const [enFrom, enTo] = days('en')
  if (await leadsBack(tx, substituteId, asked))
    throw refusal(
      `Thay vòng: người này vắng từ ${viFrom} đến ${viTo} và việc của họ lại về chính người vắng; chọn người khác.`,
      `A circle: this person is away from ${enFrom} to ${enTo} and their work comes back to the absent one; choose somebody else.`,
    )
  throw refusal(
    `Người này cũng vắng từ ${viFrom} đến ${viTo}; chọn người khác hoặc ngày khác.`,
    `This person is away too, from ${enFrom} to ${enTo}; choose somebody else or other days.`,
  )
}

const refusal = (vi: string, en: string) => invalidField('substituteId', vi, en)

type Away = { from_day: LegalDay; to_day: LegalDay; substitute_id: string | null }

async function awayIn(tx: Tx, personId: string, { fromDay, toDay }: Stretch): Promise<Away | undefined> {
  const [row] = await tx.sql<Away>(
    `select from_day, to_day, substitute_id from absence
      where person_id = $1 and cancelled_at is null and from_day <= $3 and to_day >= $2
      order by from_day limit 1`,
    [personId, fromDay, toDay],
  )
  return row
}

/** Whether the work, handed on from one absent person to the next in these days, returns to where it came from. */
async function leadsBack(
  tx: Tx,
  from: string,
  { personId, fromDay, toDay }: Stretch & { personId: string },
): Promise<boolean> {
  const rows = await tx.sql(
    `with recursive chain(person_id) as (
       select $1::uuid
       union
       select b.substitute_id from absence b join chain c on c.person_id = b.person_id
        where b.cancelled_at is null and b.from_day <= $4 and b.to_day >= $3 and b.substitute_id is not null)
     select from chain where person_id = $2`,
    [from, personId, fromDay, toDay],
  )
  return rows.length > 0
}
