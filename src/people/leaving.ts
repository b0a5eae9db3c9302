import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'

/** How many tasks a person still has in hand, in all units or one. */
export async function openTasks(tx: Tx, personId: string, unitId: string | null = null): Promise<number> {
  const [row] = await tx.sql<{ count: number }>(
    `select count(*)::int as count from task
      where assignee_id = $1 and state in ('open', 'deciding') and ($2::uuid is null or unit_id = $2)`,
    [personId, unitId],
  )
  return row?.count ?? 0
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
