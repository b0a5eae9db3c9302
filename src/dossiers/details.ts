import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { type Route, route } from '../http/route.ts'
import { Details } from './schemas.ts'

/** Details of a person's own record. */
export async function detailsOf(tx: Tx, personId: string): Promise<z.infer<typeof Details>> {
  const [row] = await tx.sql<z.infer<typeof Details>>(
    `select full_name as "fullName", identity_no as "identityNo", phone, email, address from person where id = $1`,
    [personId],
  )
  return row ?? { fullName: '', identityNo: '', phone: '', email: '', address: '' }
}

export const detailsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/my/details',
    summary: 'My own details, as they answer questions of a form',
    permission: { action: 'create', subject: 'Dossier' },
    answer: Details,
    handler: ({ tx }) => detailsOf(tx, tx.actor.personId ?? ''),
  }),
]
