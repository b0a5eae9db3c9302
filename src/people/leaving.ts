import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'
import { headsOf } from '../team/heads.ts'
import type { Text } from '../text.ts'

type OpenRow = {
  task_id: string
  code: string
  step: Text
  unit_id: string
  unit: Text
  agency_id: string
  state: string
}

/** What a person still has in hand, in all units or one: codes, steps and units, and nothing of what the dossiers say. */
const openWork = (tx: Tx, personId: string, unitId: string | null): Promise<OpenRow[]> =>
  tx.sql<OpenRow>(
    `select t.id as task_id, d.code, t.name as step, u.id as unit_id, u.name as unit, t.agency_id, t.state
       from task t join dossier d on d.id = t.dossier_id join unit u on u.id = t.unit_id
      where t.assignee_id = $1 and t.state in ('open', 'deciding') and ($2::uuid is null or t.unit_id = $2)
      order by u.code, t.due_at nulls last, d.code`,
    [personId, unitId],
  )

/** More than this and the list is read where it is reassigned; the number still tells the truth. */
const SHOWN = 50

/**
 * 409 while somebody still holds work, in all units or one: how much, what, and for each unit who reassigns it and where.
 * `then` ends the sentence.
 */
export async function refuseWithWork(
  tx: Tx,
  personId: string,
  unitId: string | null,
  then: { vi: string; en: string },
): Promise<void> {
  const rows = await openWork(tx, personId, unitId)
  if (rows.length === 0) return
  const units = new Map(rows.map((row) => [row.unit_id, row]))
  const reassign: { unit: Text; tasks: number; by: string[]; page: string }[] = []
  for (const [id, { unit, agency_id }] of units) {
    const heads = await headsOf(tx, { unitId: id, agencyId: agency_id }, legalDay(tx.at))
    const names = await tx.sql<{ name: string }>(
      'select full_name as name from person where id = any($1::uuid[]) order by full_name',
      [heads],
    )
    reassign.push({
      unit,
      tasks: rows.filter((row) => row.unit_id === id).length,
      by: names.map(({ name }) => name),
      page: `/nhom?don-vi=${id}&nguoi=${personId}`,
    })
  }
  const where = (lang: 'vi' | 'en') =>
    reassign
      .map(({ unit, tasks, by }) => {
        const name = (lang === 'en' ? unit.en : undefined) ?? unit.vi
        return `${name}: ${tasks}${by.length > 0 ? ` (${by.join(', ')})` : ''}`
      })
      .join('; ')
  throw conflict(
    'open-tasks',
    {
      vi: `Người này còn giữ ${rows.length} việc chưa xong. Hãy để người phụ trách giao lại các việc đó ${then.vi}. ${where('vi')}.`,
      en: `The person still holds ${rows.length} open task(s). Have whoever heads the unit give them to others ${then.en}. ${where('en')}.`,
    },
    {
      tasks: rows.length,
      open: rows.slice(0, SHOWN).map(({ code, step, unit, state }) => ({ code, step, unit, state })),
      reassign,
    },
  )
}

// Any fixed number: two administrators must not send each other away at once.
const ADMIN_LOCK = 20_261_125

/** Somebody must remain who can configure: 409 when this person is the last administrator. */
export async function keepAnAdmin(tx: Tx, personId: string): Promise<void> {
  await tx.sql('select pg_advisory_xact_lock($1)', [ADMIN_LOCK])
  const rows = await tx.sql<{ person_id: string }>(
    `select distinct t.person_id from post t join person p on p.id = t.person_id and p.active
      where t.role = 'admin' and valid_on(t.valid_from, t.valid_to, $1)`,
    [legalDay(tx.at)],
  )
  if (rows.length === 1 && rows[0]?.person_id === personId)
    throw conflict('last-admin', {
      vi: 'Đây là quản trị viên cuối cùng; hãy giao vai trò quản trị cho người khác trước.',
      en: 'This is the last administrator; give the role to somebody else first.',
    })
}
