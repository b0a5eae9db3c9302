import { v5 } from 'uuid'
import { personId } from '../agencies/load.ts'
import { demoOrganisation, staffOf } from '../agencies/organisation.ts'
import type { Tx } from '../database/transaction.ts'
import { hashPassword } from './password.ts'

/** The same for every demo account; the README tells it. */
export const DEMO_PASSWORD = 'motcua-demo'

/**
 * Accounts for everybody in the fictitious organisation. For demo and test mode only: production neither calls this
 * nor lets such an account log in. Idempotent.
 */
export async function loadDemoAccounts(tx: Tx): Promise<void> {
  const organisation = demoOrganisation()
  const logins = [...staffOf(organisation), ...organisation.citizens].map(({ login }) => login)
  const [known] = await tx.sql<{ count: number }>(
    'select count(*)::int as count from account where login = any($1)',
    [logins],
  )
  if (known?.count === logins.length) return
  const rows = logins.map((login) => ({
    id: v5(`account:${login}`, personId(login)),
    person_id: personId(login),
    login,
  }))
  await tx.sql(
    `insert into account (id, person_id, login, password_hash, demo)
     select r.id, r.person_id, r.login, $2, true
       from jsonb_to_recordset($1) as r (id uuid, person_id uuid, login text) on conflict (login) do nothing`,
    [JSON.stringify(rows), await hashPassword(DEMO_PASSWORD)],
  )
  tx.audit({ act: 'account.load-demo', detail: { accounts: rows.length } })
}
